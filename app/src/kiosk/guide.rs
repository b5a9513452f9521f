//! A whole guide, to be read, printed, or opened on a phone.

use std::time::Duration;

use jiban_domain::{HallId, Lang, MatterId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

use super::apply::words::KioskApplyWords;
use super::browser_print::BrowserPrint;
use super::hall_snapshot::hall_snapshot;
use super::notice::Notice;
use super::scene::Screen;
use super::visit::visit;
use super::words::{people_waiting, words};
use crate::api::guide::{Guide, GuideMaterial};
use crate::api::kiosk::{GuidePrinted, JobState, PrintGuide, ReadGuide};
use crate::api::{Refused, ask};
use crate::guides::words::GuideWords;
use crate::parts::icon::{self, Icon};
use crate::parts::qr;
use crate::words::lang;

/// When a request without an answer is sent again.
const RETRY_AFTER: Duration = Duration::from_secs(3);
/// Longer facts get a row of their own.
const SHORT_LEN: usize = 16;
/// Facts that stay in place beside the wait while the rest scrolls. More would
/// not fit a landscape screen in large type.
const FIXED_FACTS: usize = 5;

#[component]
pub fn GuidePage(
    /// Of a matter or bundle.
    id: String,
) -> impl IntoView {
    let snapshot = hall_snapshot();
    let lang = lang();
    let answer = RwSignal::new(None::<Result<Guide, Refused>>);
    let attempt = RwSignal::new(0_u32);
    Effect::new(move || {
        attempt.track();
        let lang_asked = lang.get();
        let request =
            ReadGuide { kiosk: snapshot.id.get_value(), id: id.clone(), lang: lang_asked };
        spawn_local(async move {
            let received = ask(&request, lang_asked).await;
            if lang.try_get_untracked() != Some(lang_asked) {
                return;
            }
            if matches!(&received, Err(refused) if refused.code == Refused::NO_ANSWER) {
                set_timeout(
                    move || {
                        attempt.try_update(|attempt| *attempt += 1);
                    },
                    RETRY_AFTER,
                );
            }
            answer.try_set(Some(received));
        });
    });
    move || match answer.get() {
        None => ().into_any(),
        Some(Ok(guide)) => view! { <GuideContents guide /> }.into_any(),
        Some(Err(refused)) => view! {
            <Notice icon=icon::GUIDE title=refused.message>
                <p>{refused.next}</p>
            </Notice>
        }
        .into_any(),
    }
}

#[component]
fn GuideContents(guide: Guide) -> impl IntoView {
    let lang = guide.lang;
    let bundle = guide.is_bundle.then(|| view! { <span class="mark">{words().bundle}</span> });
    let (mut first, mut rest): (Vec<_>, Vec<_>) =
        guide.first.into_iter().partition(|(_, value)| is_short(value));
    if first.len() > FIXED_FACTS {
        rest.splice(0..0, first.split_off(FIXED_FACTS));
    }
    let snapshot = hall_snapshot();
    if snapshot.hall.get_untracked().open && !snapshot.cut_off.get_untracked() {
        first.push((words().now_waiting.to_owned(), people_waiting(lang, guide.waiting)));
    }
    rest.extend(guide.rest);
    let guide_words = GuideWords::of(lang);
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
            <div
            class="materials"
            tabindex="0"
            role="group"
            aria-label=move || words().materials
        >
                <Materials lang materials=guide.materials />
                {numbered(guide_words.parts, parts)}
                {numbered(guide_words.steps, steps)}
                <Bundles lang bundles=guide.bundles />
                <h2>{words().more}</h2>
                {facts(rest)}
            </div>
            {facts(first)}
            <div class="act">
                <figure class="take-along">
                    {qr::drawing(&guide.address, "", || words().guide_scan)}
                    <figcaption>{words().guide_scan}</figcaption>
                </figure>
                <div class="choose">
                    <ApplyButton
                        hall=guide.hall.as_str().into()
                        id=guide.id.clone()
                        is_bundle=guide.is_bundle
                        applies=guide.apply.is_some()
                    />
                    <PrintGuideButton id=guide.id />
                    <TakeNumberButton matter=guide.take />
                </div>
            </div>
        </section>
    }
}

fn is_short(value: &str) -> bool {
    value.chars().count() <= SHORT_LEN
}

/// Facts: names and values.
fn facts(facts: Vec<(String, String)>) -> impl IntoView {
    let facts = facts
        .into_iter()
        .map(|(name, value)| {
            let wide = !is_short(&value);
            view! {
                <div class:wide=wide>
                    <dt>{name}</dt>
                    <dd>{value}</dd>
                </div>
            }
        })
        .collect_view();
    view! { <dl class="facts">{facts}</dl> }
}

#[component]
fn Materials(lang: Lang, materials: Vec<GuideMaterial>) -> impl IntoView {
    let guide_words = GuideWords::of(lang);
    let none = materials.is_empty();
    let rows = materials
        .into_iter()
        .map(|GuideMaterial { name, aside, deferrable }| {
            let later = deferrable
                .then(|| view! { <span class="mark warn">{guide_words.deferrable}</span> });
            row(name, aside.join(" · "), later)
        })
        .collect_view();
    view! {
        <h2>{if none { guide_words.no_materials } else { guide_words.materials }}</h2>
        <ol>{rows}</ol>
    }
}

/// A numbered list, if it has any rows.
fn numbered(heading: &'static str, rows: Vec<(String, String)>) -> Option<impl IntoView> {
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

/// The bundles that contain the matter.
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
                        on:click=move |_| visit.go(Screen::Guide(id.clone()))
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

/// The status of the print.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Print {
    Offered,
    Printing,
    Printed,
    ProbablyPrinted,
    Failed(String),
}

/// Prints the guide, once each time the page is opened.
#[component]
fn PrintGuideButton(id: String) -> impl IntoView {
    let snapshot = hall_snapshot();
    let visit = visit();
    let browser_print: BrowserPrint = expect_context();
    let print = RwSignal::new(Print::Offered);
    // One request, however often the button is touched or an answer is lost.
    let request = StoredValue::new(PrintGuide {
        request_id: Uuid::new_v4(),
        kiosk: snapshot.id.get_value(),
        id,
        lang: visit.lang.get_untracked(),
    });
    let go = move |_| {
        if matches!(print.get_untracked(), Print::Printing) {
            return;
        }
        print.set(Print::Printing);
        let request = request.get_value();
        spawn_local(async move {
            let answer = ask(&request, request.lang).await;
            // After the visitor has left, nothing is printed on the next one's page.
            if print.try_get_untracked().is_none() {
                return;
            }
            let next = match answer {
                Ok(GuidePrinted { sheet: Some(sheet), .. }) => {
                    browser_print.print(sheet);
                    Print::ProbablyPrinted
                }
                Ok(GuidePrinted { state: JobState::Confirmed, .. }) => Print::Printed,
                Ok(_) => Print::ProbablyPrinted,
                Err(refused)
                    if ["too_many_sheets", "slip_printer_not_ready"].contains(&&*refused.code) =>
                {
                    Print::Failed(refused.message)
                }
                Err(_) => Print::Failed(words().guide_failed.to_owned()),
            };
            print.set(next);
            visit.idle_seconds.set(0);
        });
    };
    on_cleanup(move || browser_print.clear());
    move || {
        if !snapshot.printer.get().prints() {
            return ().into_any();
        }
        let message = |text: String, more: Option<&'static str>| {
            view! {
                <p class="said" role="status">
                    <strong>{text}</strong>
                    {more.map(|more| view! { <span class="soft">{more}</span> })}
                </p>
            }
            .into_any()
        };
        match print.get() {
            Print::Offered => view! {
                <button class="button" on:click=go>
                    {words().print_guide}
                </button>
            }
            .into_any(),
            Print::Printing => message(words().guide_printing.to_owned(), None),
            Print::Printed => message(words().guide_printed.to_owned(), None),
            Print::ProbablyPrinted => {
                message(words().guide_printed.to_owned(), Some(words().guide_maybe))
            }
            Print::Failed(why) => message(why, None),
        }
    }
}

/// Leads from the guide to its form, while there is a server to keep what is filled in.
#[component]
fn ApplyButton(hall: HallId, id: String, is_bundle: bool, applies: bool) -> impl IntoView {
    let (snapshot, visit) = (hall_snapshot(), visit());
    let lang = lang();
    applies.then(|| {
        view! {
            <button
                class="button"
                disabled=move || snapshot.cut_off.get()
                on:click=move |_| visit.go(Screen::Apply { hall: hall.clone(), id: id.clone(), is_bundle })
            >
                <span>{move || KioskApplyWords::of(lang.get()).begin}</span>
                <Icon path=icon::FORWARD />
            </button>
        }
    })
}

/// Leads from the guide to taking a number, while numbers are given.
#[component]
fn TakeNumberButton(matter: Option<MatterId>) -> impl IntoView {
    let snapshot = hall_snapshot();
    let visit = visit();
    let open = Memo::new(move |_| snapshot.hall.with(|hall| hall.open));
    move || {
        let Some(matter) = matter.clone() else { return ().into_any() };
        if open.get() {
            view! {
                <button
                    class="button take"
                    on:click=move |_| visit.go(Screen::Matter(matter.clone()))
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
