//! The markup of the progress page. `progress.js` replaces the elements with
//! `data-part` whose markup has changed, so that what a visitor opened or
//! scrolled to stays.

use jiban_domain::Lang;
use leptos::prelude::*;

use super::case_words::CaseWords;
use super::view::ProgressView;
use super::words::ProgressWords;
use crate::parts::priority::PriorityWords;
use crate::parts::telephone;
use crate::parts::wait::Sentence;
use crate::words::fill;

/// The body of the progress page.
#[component]
pub fn ProgressPage(
    view: ProgressView,
    /// Where the number is given back.
    give_back: String,
) -> impl IntoView {
    let ProgressView { lang, state, times, over, .. } = view;
    let words = ProgressWords::of(lang);
    let materials = (!view.materials.is_empty() && !over)
        .then(|| view! { <Materials lang materials=view.materials /> });
    let priority = view.priority.map(|priority| {
        view! {
            <div>
                <dt>{PriorityWords::of(lang).label}</dt>
                <dd>{priority}</dd>
            </div>
        }
    });
    view! {
        <main class="progress" data-state=state>
            <Head lang hall=view.hall />
            <p class="stale" role="status" hidden data-words=view.stale_words></p>
            <Now
                class=format!("ticket is-{state}")
                label=words.your_number
                number=view.number
                say="say"
                lead=view.lead
                main=view.main
                wait=view.wait
                next=view.next
            />
            <dl class="facts">
                <div>
                    <dt>{words.matter}</dt>
                    <dd>{view.matter}</dd>
                </div>
                <div data-part="line">
                    <dt>{words.line}</dt>
                    <dd>{view.line}</dd>
                </div>
                {priority}
            </dl>
            {(!over).then(|| view! { <Sound lang /> })}
            <Times lang times over />
            {materials}
            {view.case.map(|case| view! { <OfCase lang case /> })}
            <p class="give-back" data-part="give-back">
                {view
                    .may_give_back
                    .then(|| view! { <a href=give_back>{words.give_back}</a> })}
            </p>
            <Foot lang telephone=view.telephone updated=view.updated />
        </main>
    }
    .into_any()
}

/// Rings at the call, once the visitor has allowed it. The script shows it.
#[component]
fn Sound(lang: Lang) -> impl IntoView {
    let words = ProgressWords::of(lang);
    view! {
        <p class="sound" hidden data-on=words.sound_on>
            <button type="button">{words.sound}</button>
            <span class="soft">{words.sound_why}</span>
        </p>
    }
}

/// A link to the case that was opened at this visit.
#[component]
fn OfCase(lang: Lang, case: (String, String, String)) -> impl IntoView {
    let (number, name, address) = case;
    view! {
        <section data-part="case">
            <h2>{CaseWords::of(lang).ticket_leads}</h2>
            <ul class="doors">
                <li>
                    <a href=address>
                        <strong>{name}</strong>
                        " "
                        <span>{number}</span>
                    </a>
                </li>
            </ul>
        </section>
    }
}

/// The telephone number for enquiries, and the time of the page.
#[component]
pub(super) fn Foot(
    lang: Lang,
    /// May be empty.
    telephone: String,
    /// The time of the page, by the hall's clock.
    updated: String,
) -> impl IntoView {
    let words = ProgressWords::of(lang);
    let telephone = (!telephone.is_empty()).then(|| {
        view! {
            <p class="telephone">
                <span class="soft">{words.telephone}</span>
                " "
                {telephone::links(&telephone)}
            </p>
        }
    });
    view! {
        <footer>
            {telephone}
            <p class="fresh soft">
                <span data-part="updated">{fill(words.updated, &[("time", &updated)])}</span>
                " "
                <a href=format!("?lang={}", lang.tag())>{words.refresh}</a>
            </p>
            <p class="is-live soft" hidden>
                {words.live}
            </p>
        </footer>
    }
}

/// The hall's name, and a link to the page in the other language.
#[component]
pub(crate) fn Head(
    lang: Lang,
    /// The text at the left.
    hall: String,
    /// Query parameters to keep in the link: `q=food&`.
    #[prop(optional, into)]
    query_string: String,
) -> impl IntoView {
    view! {
        <header>
            <p class="hall">{hall}</p>
            <Languages lang query_string />
        </header>
    }
}

/// Links to the page in each other language.
#[component]
pub(super) fn Languages(
    lang: Lang,
    /// Query parameters to keep in the links: `q=food&`.
    #[prop(optional)]
    query_string: String,
) -> impl IntoView {
    let link = |other: Lang| {
        let tag = other.tag();
        view! {
            <a
                class="language"
                href=format!("?{query_string}lang={tag}")
                lang=tag
                hreflang=tag
            >
                {other.name()}
            </a>
        }
    };
    let all = Lang::all().into_iter().filter(|other| *other != lang);
    view! { <p class="languages">{all.map(link).collect_view()}</p> }
}

/// The present state, in a few large words.
#[component]
pub(super) fn Now(
    class: String,
    /// Says what the number is.
    label: &'static str,
    /// The ticket's number, or the case's.
    number: String,
    /// The CSS class of the main words.
    say: &'static str,
    /// The words before the main words; may be empty.
    lead: String,
    main: String,
    /// The estimated wait, or the time left.
    wait: Option<Sentence>,
    /// What to do.
    next: String,
) -> impl IntoView {
    let lead = (!lead.is_empty()).then(|| {
        view! {
            <span class="lead">{lead}</span>
            " "
        }
    });
    view! {
        <section class=class data-part="now" aria-live="polite" aria-atomic="true">
            <p class="label">{label}</p>
            <h1 class="figure">{number}</h1>
            <p class=say>{lead} <strong>{main}</strong></p>
            {wait.map(|wait| view! { <p class="wait">{wait.view()}</p> })}
            <p class="next">{next}</p>
        </section>
    }
}

/// Facts: names and values.
#[component]
pub(crate) fn Facts(
    facts: Vec<(String, String)>,
    class: &'static str,
    /// Names whose values are telephone numbers.
    #[prop(optional)]
    telephones: Vec<&'static str>,
) -> impl IntoView {
    let facts = facts
        .into_iter()
        .map(|(name, value)| {
            let value = if telephones.contains(&name.as_str()) {
                telephone::links(&value).into_any()
            } else {
                value.into_any()
            };
            view! {
                <div>
                    <dt>{name}</dt>
                    <dd>{value}</dd>
                </div>
            }
        })
        .collect_view();
    view! { <dl class=class>{facts}</dl> }
}

/// What has happened so far, along a line that ends now.
#[component]
pub(super) fn Times(
    lang: Lang,
    /// The time, and what happened.
    times: Vec<(String, String)>,
    /// Nothing can change any more.
    over: bool,
) -> impl IntoView {
    let rows = times
        .into_iter()
        .map(|(time, what)| {
            view! {
                <li>
                    <span class="time">{time}</span>
                    " "
                    <span class="what">{what}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <section data-part="times">
            <h2>{ProgressWords::of(lang).so_far}</h2>
            <ol class=if over { "times is-over" } else { "times" }>{rows}</ol>
        </section>
    }
}

#[component]
fn Materials(lang: Lang, materials: Vec<String>) -> impl IntoView {
    let rows = materials.into_iter().map(|name| view! { <li>{name}</li> }).collect_view();
    view! {
        <details>
            <summary>{ProgressWords::of(lang).bring}</summary>
            <ul>{rows}</ul>
        </details>
    }
}
