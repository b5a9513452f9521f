//! A guide to be read: whole, as the hall tells it, to be printed or taken along
//! on a phone.

use std::time::Duration;

use jiban_domain::{Lang, MatterId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

use super::known::known;
use super::notice::Notice;
use super::paper::OnPaper;
use super::scene::Screen;
use super::visit::visit;
use super::words::{people_waiting, words};
use crate::api::guide::{Brought, Guide};
use crate::api::kiosk::{GuidePrinted, JobState, PrintGuide, ReadGuide};
use crate::api::{Refused, ask};
use crate::guides::words::GuideWords;
use crate::parts::icon::{self, Icon};
use crate::parts::qr;
use crate::words::lang;

/// When a hall that did not answer is asked again.
const AGAIN_AFTER: Duration = Duration::from_secs(3);
/// What is longer stands in a row of its own.
const SHORT: usize = 16;
/// So many stand still beside the wait: more would not fit a flat screen in
/// large type.
const STANDING: usize = 5;

/// The guide of a matter or bundle.
#[component]
pub fn ReadingPage(
    /// Which.
    id: String,
) -> impl IntoView {
    let known = known();
    let lang = lang();
    let told = RwSignal::new(None::<Result<Guide, Refused>>);
    let again = RwSignal::new(0_u32);
    Effect::new(move || {
        again.track();
        let lang_asked = lang.get();
        let question = ReadGuide { kiosk: known.id.get_value(), id: id.clone(), lang: lang_asked };
        spawn_local(async move {
            let answer = ask(&question, lang_asked).await;
            if lang.try_get_untracked() != Some(lang_asked) {
                return;
            }
            if matches!(&answer, Err(no) if no.code == Refused::NO_ANSWER) {
                set_timeout(
                    move || {
                        again.try_update(|again| *again += 1);
                    },
                    AGAIN_AFTER,
                );
            }
            told.try_set(Some(answer));
        });
    });
    move || match told.get() {
        None => ().into_any(),
        Some(Ok(guide)) => view! { <Whole guide /> }.into_any(),
        Some(Err(no)) => view! {
            <Notice icon=icon::GUIDE title=no.message>
                <p>{no.next}</p>
            </Notice>
        }
        .into_any(),
    }
}

#[component]
fn Whole(guide: Guide) -> impl IntoView {
    let lang = guide.lang;
    let bundle = guide.is_bundle.then(|| view! { <span class="mark">{words().bundle}</span> });
    let (mut first, mut rest): (Vec<_>, Vec<_>) =
        guide.first.into_iter().partition(|(_, said)| is_short(said));
    if first.len() > STANDING {
        rest.splice(0..0, first.split_off(STANDING));
    }
    if known().hall.get_untracked().open {
        first.push((words().now_waiting.to_owned(), people_waiting(lang, guide.waiting)));
    }
    rest.extend(guide.rest);
    let said = GuideWords::of(lang);
    let parts = guide.parts.into_iter().map(|one| (one.name, one.after)).collect();
    let steps = guide.steps.into_iter().map(|one| (one.name, one.aside)).collect();
    view! {
        <section class="page guide reading">
            <div class="title">
                <h1>{guide.name}</h1>
                <p class="about">
                    <span class="soft">{guide.department}</span>
                    {bundle}
                </p>
            </div>
            <div class="materials">
                <Materials lang materials=guide.materials />
                {in_order(said.parts, parts)}
                {in_order(said.steps, steps)}
                <Bundles lang bundles=guide.bundles />
                <h2>{words().more}</h2>
                {facts(rest)}
            </div>
            {facts(first)}
            <div class="act">
                <figure class="take-along">
                    {qr::drawing(&guide.address, "")}
                    <figcaption>{words().guide_scan}</figcaption>
                </figure>
                <div class="choose">
                    <PrintKey id=guide.id />
                    <TakeKey matter=guide.take />
                </div>
            </div>
        </section>
    }
}

fn is_short(said: &str) -> bool {
    said.chars().count() <= SHORT
}

/// Names and what they say.
fn facts(facts: Vec<(String, String)>) -> impl IntoView {
    let facts = facts
        .into_iter()
        .map(|(name, said)| {
            let wide = !is_short(&said);
            view! {
                <div class:wide=wide>
                    <dt>{name}</dt>
                    <dd>{said}</dd>
                </div>
            }
        })
        .collect_view();
    view! { <dl class="facts">{facts}</dl> }
}

#[component]
fn Materials(lang: Lang, materials: Vec<Brought>) -> impl IntoView {
    let said = GuideWords::of(lang);
    let none = materials.is_empty();
    let rows = materials
        .into_iter()
        .map(|Brought { name, aside, deferrable }| {
            let later =
                deferrable.then(|| view! { <span class="mark warn">{said.deferrable}</span> });
            row(name, aside.join(" · "), later)
        })
        .collect_view();
    view! {
        <h2>{if none { said.no_materials } else { said.materials }}</h2>
        <ol>{rows}</ol>
    }
}

/// What follows one after the other, where there is any of it.
fn in_order(heading: &'static str, rows: Vec<(String, String)>) -> Option<impl IntoView> {
    (!rows.is_empty()).then(|| {
        let rows = rows.into_iter().map(|(name, aside)| row(name, aside, None::<()>));
        view! {
            <h2>{heading}</h2>
            <ol>{rows.collect_view()}</ol>
        }
    })
}

fn row(name: String, aside: String, mark: Option<impl IntoView>) -> impl IntoView {
    view! {
        <li>
            <span>{name} <span class="soft">{aside}</span></span>
            {mark}
        </li>
    }
}

/// What a matter is handled together with.
#[component]
fn Bundles(lang: Lang, bundles: Vec<(String, String)>) -> impl IntoView {
    let visit = visit();
    (!bundles.is_empty()).then(|| {
        let keys = bundles
            .into_iter()
            .map(|(id, name)| {
                view! {
                    <button
                        class="button"
                        on:click=move |_| visit.go(Screen::Reading(id.clone()))
                    >
                        <span>{name}</span>
                        <Icon path=icon::FORWARD />
                    </button>
                }
            })
            .collect_view();
        view! {
            <h2>{GuideWords::of(lang).part_of}</h2>
            <div class="together">{keys}</div>
        }
    })
}

/// How the print is getting on.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Print {
    Wanted,
    Coming,
    Here,
    Perhaps,
    Failed(String),
}

/// Prints the guide, once a visit to it.
#[component]
fn PrintKey(id: String) -> impl IntoView {
    let known = known();
    let visit = visit();
    let paper: OnPaper = expect_context();
    let print = RwSignal::new(Print::Wanted);
    // One request however often the key is touched, or the answer lost.
    let question = StoredValue::new(PrintGuide {
        request_id: Uuid::new_v4(),
        kiosk: known.id.get_value(),
        id,
        lang: visit.lang.get_untracked(),
    });
    let go = move |_| {
        if matches!(print.get_untracked(), Print::Coming) {
            return;
        }
        print.set(Print::Coming);
        let question = question.get_value();
        spawn_local(async move {
            let answer = ask(&question, question.lang).await;
            // Who has gone wants no paper, and the next has another page.
            if print.try_get_untracked().is_none() {
                return;
            }
            let next = match answer {
                Ok(GuidePrinted { sheet: Some(sheet), .. }) => {
                    paper.print(sheet);
                    Print::Perhaps
                }
                Ok(GuidePrinted { state: JobState::Confirmed, .. }) => Print::Here,
                Ok(_) => Print::Perhaps,
                Err(no) if no.code == "too_many_sheets" => Print::Failed(no.message),
                Err(_) => Print::Failed(words().guide_failed.to_owned()),
            };
            print.set(next);
            visit.quiet.set(0);
        });
    };
    on_cleanup(move || paper.clear());
    move || {
        if !known.printer.get().prints() {
            return ().into_any();
        }
        let said = |said: String, more: Option<&'static str>| {
            view! {
                <p class="said" role="status">
                    <strong>{said}</strong>
                    {more.map(|more| view! { <span class="soft">{more}</span> })}
                </p>
            }
            .into_any()
        };
        match print.get() {
            Print::Wanted => view! {
                <button class="button" on:click=go>
                    {words().print_guide}
                </button>
            }
            .into_any(),
            Print::Coming => said(words().guide_coming.to_owned(), None),
            Print::Here => said(words().guide_here.to_owned(), None),
            Print::Perhaps => said(words().guide_here.to_owned(), Some(words().guide_maybe)),
            Print::Failed(why) => said(why, None),
        }
    }
}

/// From reading to taking a number, while there are numbers.
#[component]
fn TakeKey(matter: Option<MatterId>) -> impl IntoView {
    let known = known();
    let visit = visit();
    let open = Memo::new(move |_| known.hall.with(|hall| hall.open));
    move || {
        let Some(matter) = matter.clone() else { return ().into_any() };
        if open.get() {
            view! {
                <button
                    class="button take"
                    on:click=move |_| visit.go(Screen::Guide(matter.clone()))
                >
                    <span>{words().take_too}</span>
                    <Icon path=icon::FORWARD />
                </button>
            }
            .into_any()
        } else {
            view! { <p class="soft note">{words().closed_no_numbers}</p> }.into_any()
        }
    }
}
