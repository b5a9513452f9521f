//! The progress page's markup. `progress.js` replaces the elements that carry
//! `data-part` when their fresh markup differs, so what a visitor opened or
//! scrolled to stays as it was.

use jiban_domain::Lang;
use leptos::prelude::*;

use super::case_words::CaseWords;
use super::view::ProgressView;
use super::words::ProgressWords;
use crate::words::fill;

/// What stands in `<body>`.
#[component]
pub fn ProgressPage(
    /// What it says.
    view: ProgressView,
) -> impl IntoView {
    let ProgressView { lang, state, times, over, .. } = view;
    let words = ProgressWords::of(lang);
    let materials = (!view.materials.is_empty() && !over)
        .then(|| view! { <Materials lang materials=view.materials /> });
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
            </dl>
            <Times lang times over />
            {materials}
            {view.case.map(|case| view! { <OfCase lang case /> })}
            <Foot lang telephone=view.telephone updated=view.updated />
        </main>
    }
    .into_any()
}

/// The way to the case that was opened at this visit.
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

/// Whom to ask, and when this was true.
#[component]
pub(super) fn Foot(
    /// The language of the page.
    lang: Lang,
    /// Whom to ask; may be empty.
    telephone: String,
    /// When this was true.
    updated: String,
) -> impl IntoView {
    let words = ProgressWords::of(lang);
    let telephone = (!telephone.is_empty()).then(|| {
        let href = format!("tel:{}", telephone.replace([' ', '-'], ""));
        view! {
            <p class="telephone">
                <span class="soft">{words.telephone}</span>
                " "
                <a href=href>{telephone}</a>
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

/// The hall's name, and the page in the other language.
#[component]
pub(crate) fn Head(
    /// The language of the page.
    lang: Lang,
    /// What stands at the left.
    hall: String,
    /// What else stands behind the address's question mark: `q=food&`.
    #[prop(optional, into)]
    behind: String,
) -> impl IntoView {
    let tag = match lang {
        Lang::Zh => "en",
        Lang::En => "zh-CN",
    };
    let other = format!("?{behind}lang={tag}");
    view! {
        <header>
            <p class="hall">{hall}</p>
            <a class="language" href=other lang=tag hreflang=tag>
                {ProgressWords::of(lang).other_language}
            </a>
        </header>
    }
}

/// Where it stands, in a few large words.
#[component]
pub(super) fn Now(
    /// How it is set.
    class: String,
    /// What the number is.
    label: &'static str,
    /// The ticket's, or the case's.
    number: String,
    /// How the main words are set.
    say: &'static str,
    /// Before the main words; may be empty.
    lead: String,
    /// The main words.
    main: String,
    /// How long it takes.
    wait: Option<String>,
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
            <p class="figure">{number}</p>
            <p class=say>{lead} <strong>{main}</strong></p>
            {wait.map(|wait| view! { <p class="wait">{wait}</p> })}
            <p class="next">{next}</p>
        </section>
    }
}

/// Names and what they say.
#[component]
pub(crate) fn Facts(
    /// Each name, and what it says.
    facts: Vec<(String, String)>,
    /// How the list is set.
    class: &'static str,
) -> impl IntoView {
    let facts = facts
        .into_iter()
        .map(|(name, said)| {
            view! {
                <div>
                    <dt>{name}</dt>
                    <dd>{said}</dd>
                </div>
            }
        })
        .collect_view();
    view! { <dl class=class>{facts}</dl> }
}

/// The times so far, along a line that ends at now.
#[component]
pub(super) fn Times(
    /// The language of the page.
    lang: Lang,
    /// The time, and what happened.
    times: Vec<(String, String)>,
    /// Nothing more comes.
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
