//! A matter before a number is taken for it: what to bring, how long it takes,
//! what it costs. The whole guide is another page: [`super::guide`].

use jiban_domain::ticket::Priority;
use jiban_domain::{Lang, MatterId, Text};
use leptos::prelude::*;

use super::hall_snapshot::hall_snapshot;
use super::notice::Notice;
use super::offer_list::Marks;
use super::scene::Screen;
use super::visit::{Visit, visit};
use super::words::{KioskWords, people_waiting, priority_name, words};
use crate::api::kiosk::KioskMatter;
use crate::parts::icon::{self, Icon};
use crate::words::{fill, lang};

#[component]
pub fn MatterPage(matter: MatterId) -> impl IntoView {
    let snapshot = hall_snapshot();
    let found = Memo::new(move |_| snapshot.matter(&matter));
    move || match found.get() {
        Some(found) => view! { <Details found /> }.into_any(),
        None => view! {
            <Notice icon=icon::GUIDE title=move || words().gone_matter.to_owned()>
                <p>{move || words().gone_matter_next}</p>
            </Notice>
        }
        .into_any(),
    }
}

#[component]
fn Details(found: KioskMatter) -> impl IntoView {
    let lang = lang();
    let matter = StoredValue::new(found);
    let say = move |text: fn(&KioskMatter) -> &Text| {
        move || matter.with_value(|matter| text(matter).get(lang.get()).to_owned())
    };
    let (handling, self_service) =
        matter.with_value(|matter| (matter.handling, matter.self_service));
    view! {
        <section class="page guide">
            <div class="title">
                <h1>{say(|matter| &matter.name)}</h1>
                <p class="about">
                    <span class="soft">{say(|matter| &matter.department_name)}</span>
                    <Marks handling self_service />
                </p>
            </div>
            <Materials matter />
            <dl class="facts">
                <div>
                    <dt>{move || words().time}</dt>
                    <dd>{move || matter.with_value(|matter| time(lang.get(), matter))}</dd>
                </div>
                <div>
                    <dt>{move || words().fee}</dt>
                    <dd>{say(|matter| &matter.fee)}</dd>
                </div>
                <WaitNow matter />
            </dl>
            <div class="act">
                <Priorities />
                <TakeNumberButton matter />
            </div>
        </section>
    }
}

/// The promised time, not the statutory limit: the promise is what is monitored.
fn time(lang: Lang, matter: &KioskMatter) -> String {
    let words = KioskWords::of(lang);
    match matter.promised_days {
        0 => words.time_at_once.to_owned(),
        1 => words.time_promised_one.to_owned(),
        days => fill(words.time_promised, &[("n", &days)]),
    }
}

#[component]
fn Materials(matter: StoredValue<KioskMatter>) -> impl IntoView {
    let lang = lang();
    let list = move || {
        matter.with_value(|matter| {
            matter
                .materials
                .iter()
                .map(|material| {
                    let deferrable = material.deferrable.then(|| {
                        view! { <span class="mark warn">{words().deferrable}</span> }
                    });
                    view! {
                        <li>
                            <span>{material.name.get(lang.get()).to_owned()}</span>
                            {deferrable}
                        </li>
                    }
                })
                .collect_view()
        })
    };
    let none = matter.with_value(|matter| matter.materials.is_empty());
    view! {
        <div
            class="materials"
            tabindex="0"
            role="group"
            aria-label=move || words().materials
        >
            <h2>
                {move || if none { words().no_materials } else { words().materials }}
            </h2>
            <ol>{list}</ol>
        </div>
    }
}

/// The people waiting for it now, and the estimated wait.
#[component]
fn WaitNow(matter: StoredValue<KioskMatter>) -> impl IntoView {
    let snapshot = hall_snapshot();
    let lang = lang();
    let waiting = move || {
        let line = snapshot.line(&matter.with_value(|matter| matter.line.clone()))?;
        let lang = lang.get();
        if snapshot.cut_off.get() {
            return None;
        }
        Some((people_waiting(lang, line.waiting), line.wait().sentence(lang)))
    };
    let unknown = move || snapshot.cut_off.get().then(|| words().waiting_unknown);
    view! {
        <div class="wait">
            <dt>{move || words().now_waiting}</dt>
            <dd>{move || waiting().map(|(people, _)| people)} {unknown}</dd>
            <dd class="more">{move || waiting().map(|(_, wait)| wait.view())}</dd>
        </div>
    }
}

/// The classes of visitors with priority by law; "none" is selected first.
#[component]
fn Priorities() -> impl IntoView {
    let visit = visit();
    move || if visit.easy.get() { easy_priorities(visit) } else { all_priorities(visit) }
}

/// The one that is chosen, on the key to the others.
fn easy_priorities(visit: Visit) -> AnyView {
    view! {
        <div class="priorities">
            <p class="soft">{move || words().priority}</p>
            <button class="button" on:click=move |_| visit.go(Screen::Priorities)>
                <span>{move || priority_name(words(), visit.priority.get())}</span>
                <Icon path=icon::FORWARD />
            </button>
        </div>
    }
    .into_any()
}

fn all_priorities(visit: Visit) -> AnyView {
    let offers = Priority::ALL
        .map(|class| {
            view! {
                <button
                    class="button choice"
                    role="radio"
                    aria-checked=move || (visit.priority.get() == class).to_string()
                    tabindex=move || if visit.priority.get() == class { "0" } else { "-1" }
                    on:click=move |_| visit.priority.set(class)
                >
                    {move || priority_name(words(), class)}
                </button>
            }
        })
        .collect_view();
    view! {
        <div class="priorities" role="radiogroup" aria-labelledby="priorities">
            <p id="priorities" class="soft">
                {move || words().priority}
            </p>
            <div class="choices">{offers}</div>
        </div>
    }
    .into_any()
}

#[component]
fn TakeNumberButton(matter: StoredValue<KioskMatter>) -> impl IntoView {
    let snapshot = hall_snapshot();
    let visit = visit();
    let note = move || {
        (!snapshot.printer.get().prints())
            .then(|| view! { <p class="soft note">{words().no_slip_note}</p> })
    };
    view! {
        {note}
        <button
            class="key take"
            on:click=move |_| {
                let (matter, line) = matter.with_value(|matter| (matter.id.clone(), matter.line.clone()));
                let now = snapshot.line(&line).is_none_or(|line| line.calls_from.is_none());
                if now {
                    visit.take_number(snapshot, matter, false);
                } else {
                    visit.go(Screen::CalledLater(matter));
                }
            }
        >
            {move || words().take}
        </button>
    }
}
