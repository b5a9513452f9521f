//! Whom to call, and how far the messages are.

use jiban_domain::Lang;
use jiban_domain::case::{TellingState, ToldBy};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::office::{MarkTold, RevealTelephone, Telephone, TellingShown, Tellings};
use crate::api::{Refused, ask, get};
use crate::parts::days;
use crate::words::fill;

crate::words! {
    pub TellingWords {
        title: "告知申请人" | "Telling applicants",
        by_message: "本大厅自动发送短信；发不出去的请打电话。" | "This hall sends text messages by itself. Please call where one could not be sent.",
        by_call: "本大厅未接入短信，请打电话告知。" | "No text messages are sent here. Please call.",
        none: "没有需要拨打的电话。" | "Nobody has to be called.",
        number: "办件" | "Case",
        why: "告知事项" | "What about",
        state: "状态" | "State",
        since: "日期" | "Date",
        show: "查看电话" | "Show telephone",
        told: "已告知" | "Told",
        not_reached: "未打通" | "Not reached",
        to_call: "待拨打" | "To call",
        tried: "待拨打，已试 {n} 次" | "To call; tried {n} times",
        waiting: "短信待发送" | "Message waiting",
        sent: "短信已发送" | "Message sent",
        called: "{by} 已电话告知" | "{by} called",
        dropped: "已无需告知" | "No longer needed",
    }
}

#[component]
pub fn TellingList(lang: Lang) -> impl IntoView {
    let words = TellingWords::of(lang);
    let list = RwSignal::new(None::<Tellings>);
    let shown = RwSignal::new(None::<(i64, Telephone)>);
    let refused = RwSignal::new(None::<Refused>);
    let load = move || {
        spawn_local(async move {
            match get::<Tellings>("/api/office/tellings", lang).await {
                Ok(found) => drop(list.try_set(Some(found))),
                Err(why) => drop(refused.try_set(Some(why))),
            }
        });
    };
    load();
    let reveal = move |telling| {
        spawn_local(async move {
            match ask(&RevealTelephone { telling }, lang).await {
                Ok(found) => drop(shown.try_set(Some((telling, found)))),
                Err(why) => drop(refused.try_set(Some(why))),
            }
        });
    };
    let mark = move |telling, reached| {
        spawn_local(async move {
            match ask(&MarkTold { telling, reached }, lang).await {
                Ok(_) => {
                    let _ = shown.try_set(None);
                    load();
                }
                Err(why) => drop(refused.try_set(Some(why))),
            }
        });
    };
    let row = move |one: TellingShown, zone: &str| {
        let telling = one.telling;
        let telephone = move || {
            shown.with(|shown| {
                let (_, found) = shown.as_ref().filter(|(of, _)| *of == telling)?;
                let address = format!("tel:{}", found.telephone);
                Some(view! {
                    <b>{found.name.clone()}</b>
                    " "
                    <a href=address>{found.telephone.clone()}</a>
                })
            })
        };
        let actions = one.to_call.then(|| {
            view! {
                <span>{telephone}</span>
                <button class="button" type="button" on:click=move |_| reveal(telling)>
                    {words.show}
                </button>
                <button class="button" type="button" on:click=move |_| mark(telling, true)>
                    {words.told}
                </button>
                <button class="button" type="button" on:click=move |_| mark(telling, false)>
                    {words.not_reached}
                </button>
            }
        });
        view! {
            <tr>
                <th scope="row">{one.number.clone()}</th>
                <td>{one.why.get(lang).to_owned()}</td>
                <td>{state_name(&one, words)}</td>
                <td>{days::on(one.at, zone)}</td>
                <td class="telling-actions">{actions}</td>
            </tr>
        }
    };
    let table = move || {
        let Tellings { sends_messages, time_zone, tellings } = list.get()?;
        let lead = if sends_messages { words.by_message } else { words.by_call };
        let idle = tellings.iter().all(|one| !one.to_call);
        let rows = tellings.into_iter().map(|one| row(one, &time_zone)).collect_view();
        Some(view! {
            <p class="soft">{lead}</p>
            {idle.then(|| view! { <p class="soft">{words.none}</p> })}
            <table>
                <thead>
                    <tr>
                        <th scope="col">{words.number}</th>
                        <th scope="col">{words.why}</th>
                        <th scope="col">{words.state}</th>
                        <th scope="col">{words.since}</th>
                        <td></td>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        })
    };
    view! {
        <section class="sheet now-table tellings">
            <h2>{words.title}</h2>
            <p role="alert">
                {move || refused.with(|why| why.as_ref().map(|why| why.in_a_line(lang)))}
            </p>
            {table}
        </section>
    }
}

fn state_name(one: &TellingShown, words: &'static TellingWords) -> String {
    match (one.state, one.way) {
        _ if one.to_call && one.tries > 0 => fill(words.tried, &[("n", &one.tries)]),
        _ if one.to_call => words.to_call.to_owned(),
        (TellingState::Waiting, ToldBy::Message) => words.waiting.to_owned(),
        (TellingState::Sent, _) => words.sent.to_owned(),
        (TellingState::Called, _) => fill(words.called, &[("by", &one.by)]),
        _ => words.dropped.to_owned(),
    }
}
