//! A matter's guide: what to bring, how long, what it costs. With the purpose
//! to take a number it is short and has the key; to be read it is whole.

use jiban_domain::setup::{Material, Matter};
use jiban_domain::ticket::Priority;
use jiban_domain::{Lang, MatterId, Text};
use leptos::prelude::*;

use super::known::known;
use super::matters::Marks;
use super::notice::Notice;
use super::scene::{Purpose, Screen};
use super::visit::visit;
use super::words::{KioskWords, people_waiting, priority_name, wait_range, words};
use crate::api::kiosk::KioskMatter;
use crate::parts::icon::{self, Icon};
use crate::words::{fill, lang};

/// The guide of a matter.
#[component]
pub fn GuidePage(
    /// Which.
    matter: MatterId,
    /// What the visitor wants.
    purpose: Purpose,
) -> impl IntoView {
    let known = known();
    let found = Memo::new(move |_| known.matter(&matter));
    move || match found.get() {
        Some(known) => view! { <Guide known purpose /> }.into_any(),
        None => view! {
            <Notice icon=icon::GUIDE title=move || words().gone_matter.to_owned()>
                <p>{move || words().gone_matter_next}</p>
            </Notice>
        }
        .into_any(),
    }
}

#[component]
fn Guide(known: KioskMatter, purpose: Purpose) -> impl IntoView {
    let lang = lang();
    let KioskMatter { matter, department_name, .. } = known;
    let matter = StoredValue::new(matter);
    let say = move |text: fn(&Matter) -> &Text| {
        move || matter.with_value(|matter| text(matter).get(lang.get()).to_owned())
    };
    let (handling, self_service) =
        matter.with_value(|matter| (matter.handling, matter.self_service));
    // Whoever takes a number has to know the promise; the law's limit is for readers.
    let statutory = move || {
        let days = matter.with_value(|matter| {
            let longer = matter.statutory_days > matter.promised_days;
            (longer && purpose == Purpose::Read).then_some(matter.statutory_days)
        });
        days.map(|days| fill(words().time_statutory, &[("n", &days)]))
    };
    let act = match purpose {
        Purpose::Take => view! {
            <Priorities />
            <TakeKey matter />
        }
        .into_any(),
        Purpose::Read => view! { <TakeTooKey matter /> }.into_any(),
    };
    view! {
        <section class="page guide">
            <div class="title">
                <h1>{say(|matter| &matter.name)}</h1>
                <p class="about">
                    <span class="soft">{move || department_name.get(lang.get()).to_owned()}</span>
                    <Marks handling self_service />
                </p>
            </div>
            <Materials matter purpose />
            <dl class="facts">
                <div>
                    <dt>{move || words().time}</dt>
                    <dd>{move || matter.with_value(|matter| time(lang.get(), matter))}</dd>
                    <dd class="more">{statutory}</dd>
                </div>
                <div>
                    <dt>{move || words().fee}</dt>
                    <dd>{say(|matter| &matter.fee)}</dd>
                </div>
                {(purpose == Purpose::Take).then(|| view! { <WaitNow matter /> })}
                {(purpose == Purpose::Read).then(|| view! { <Rest matter /> })}
            </dl>
            <div class="act">{act}</div>
        </section>
    }
}

/// The promised time, which is the one watched.
fn time(lang: Lang, matter: &Matter) -> String {
    let words = KioskWords::of(lang);
    match matter.promised_days {
        0 => words.time_at_once.to_owned(),
        1 => words.time_promised_one.to_owned(),
        days => fill(words.time_promised, &[("n", &days)]),
    }
}

/// In what form a material is wanted, from whom and when: for readers.
fn aside(material: &Material, purpose: Purpose, lang: Lang) -> Option<String> {
    let words = KioskWords::of(lang);
    let source = material.source.as_ref();
    let source = source.map(|source| fill(words.source, &[("source", &source.get(lang))]));
    let when = material.needed_when.as_ref();
    let when = when.map(|when| fill(words.needed_when, &[("when", &when.get(lang))]));
    let form = material.form.name().get(lang).to_owned();
    (purpose == Purpose::Read)
        .then(|| std::iter::once(form).chain(source).chain(when).collect::<Vec<_>>().join(" · "))
}

#[component]
fn Materials(matter: StoredValue<Matter>, purpose: Purpose) -> impl IntoView {
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
                            <span>
                                {material.name.get(lang.get()).to_owned()}
                                {aside(material, purpose, lang.get())
                                    .map(|aside| view! { <span class="soft">{aside}</span> })}
                            </span>
                            {deferrable}
                        </li>
                    }
                })
                .collect_view()
        })
    };
    let none = matter.with_value(|matter| matter.materials.is_empty());
    view! {
        <div class="materials">
            <h2>
                {move || if none { words().no_materials } else { words().materials }}
            </h2>
            <ol>{list}</ol>
        </div>
    }
}

/// How many wait for it now.
#[component]
fn WaitNow(matter: StoredValue<Matter>) -> impl IntoView {
    let known = known();
    let lang = lang();
    let wait = move || {
        let line = known.line(&matter.with_value(|matter| matter.line.clone()))?;
        let lang = lang.get();
        Some((people_waiting(lang, line.waiting), wait_range(lang, line.wait_minutes)))
    };
    view! {
        <div class="wait">
            <dt>{move || words().now_waiting}</dt>
            <dd>{move || wait().map(|(people, _)| people)}</dd>
            <dd class="more">{move || wait().map(|(_, range)| range)}</dd>
        </div>
    }
}

/// How often one has to come.
fn visits(visits: u8, lang: Lang) -> String {
    let words = KioskWords::of(lang);
    match visits {
        0 => words.visits_none.to_owned(),
        n => fill(words.visits_n, &[("n", &n)]),
    }
}

/// What is a sentence and wants the whole width.
fn wide(words: &KioskWords, name: &str) -> bool {
    [words.steps, words.conditions, words.basis, words.code].contains(&name)
}

/// What only a reader has time for.
#[component]
fn Rest(matter: StoredValue<Matter>) -> impl IntoView {
    let lang = lang();
    let rest = move || {
        let words = words();
        let lang = lang.get();
        matter.with_value(|matter| {
            let steps: Vec<_> = matter.steps.iter().map(|step| step.name.get(lang)).collect();
            [
                (words.result, matter.result.get(lang).to_owned()),
                (words.steps, steps.join(" › ")),
                (words.visits, visits(matter.visits, lang)),
                (
                    words.conditions,
                    matter.conditions.as_ref().map_or("", |text| text.get(lang)).to_owned(),
                ),
                (words.basis, matter.basis.as_ref().map_or("", |text| text.get(lang)).to_owned()),
                (words.questions, matter.telephone.clone().unwrap_or_default()),
                (words.complaints, matter.complaints.clone().unwrap_or_default()),
                (words.code, matter.code.clone().unwrap_or_default()),
            ]
            .into_iter()
            .filter(|(_, said)| !said.is_empty())
            .map(|(name, said)| {
                view! {
                    <div class:wide=wide(words, name)>
                        <dt>{name}</dt>
                        <dd>{said}</dd>
                    </div>
                }
            })
            .collect_view()
        })
    };
    view! { {rest} }
}

/// Who goes before others, by law: offered quietly, with no for an answer.
#[component]
fn Priorities() -> impl IntoView {
    let visit = visit();
    let choices = Priority::ALL
        .map(|class| {
            view! {
                <button
                    class="button choice"
                    role="radio"
                    aria-checked=move || (visit.priority.get() == class).to_string()
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
            <div class="choices">{choices}</div>
        </div>
    }
}

#[component]
fn TakeKey(matter: StoredValue<Matter>) -> impl IntoView {
    let known = known();
    let visit = visit();
    let note = move || {
        (!known.printer.get().prints())
            .then(|| view! { <p class="soft note">{words().no_slip_note}</p> })
    };
    view! {
        {note}
        <button
            class="key take"
            on:click=move |_| visit.take(known, matter.with_value(|matter| matter.id.clone()))
        >
            {move || words().take}
        </button>
    }
}

/// From reading to taking a number, while there are numbers.
#[component]
fn TakeTooKey(matter: StoredValue<Matter>) -> impl IntoView {
    let known = known();
    let visit = visit();
    let open = Memo::new(move |_| known.hall.with(|hall| hall.open));
    move || {
        if open.get() {
            view! {
                <button
                    class="button take"
                    on:click=move |_| {
                        visit.go(
                            Screen::Guide(
                                matter.with_value(|matter| matter.id.clone()),
                                Purpose::Take,
                            ),
                        );
                    }
                >
                    <span>{move || words().take_too}</span>
                    <Icon path=icon::FORWARD />
                </button>
            }
            .into_any()
        } else {
            view! { <p class="soft note">{move || words().closed_no_numbers}</p> }.into_any()
        }
    }
}
