//! The progress page's markup. `progress.js` replaces the elements that carry
//! `data-part` when their fresh markup differs, so what a visitor opened or
//! scrolled to stays as it was.

use jiban_domain::Lang;
use leptos::prelude::*;

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
    let telephone = (!view.telephone.is_empty()).then(|| {
        let href = format!("tel:{}", view.telephone.replace([' ', '-'], ""));
        view! {
            <p class="telephone">
                <span class="soft">{words.telephone}</span>
                " "
                <a href=href>{view.telephone}</a>
            </p>
        }
    });
    let lead = (!view.lead.is_empty()).then(|| {
        view! {
            <span class="lead">{view.lead}</span>
            " "
        }
    });
    view! {
        <main class="progress" data-state=state>
            <Head lang hall=view.hall />
            <p class="stale" role="status" hidden data-words=words.stale></p>
            <section
                class=format!("ticket is-{state}")
                data-part="now"
                aria-live="polite"
                aria-atomic="true"
            >
                <p class="label">{words.your_number}</p>
                <p class="figure">{view.number}</p>
                <p class="say">{lead} <strong>{view.main}</strong></p>
                {view.wait.map(|wait| view! { <p class="wait">{wait}</p> })}
                <p class="next">{view.next}</p>
            </section>
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
            <footer>
                {telephone}
                <p class="fresh soft">
                    <span data-part="updated">
                        {fill(words.updated, &[("time", &view.updated)])}
                    </span>
                    " "
                    <a href=format!("?lang={}", lang.tag())>{words.refresh}</a>
                </p>
                <p class="is-live soft" hidden>
                    {words.live}
                </p>
            </footer>
        </main>
    }
    .into_any()
}

/// The hall's name, and the page in the other language.
#[component]
fn Head(lang: Lang, hall: String) -> impl IntoView {
    let (other, tag) = match lang {
        Lang::Zh => ("?lang=en", "en"),
        Lang::En => ("?lang=zh-CN", "zh-CN"),
    };
    view! {
        <header>
            <p class="hall">{hall}</p>
            <a class="language" href=other lang=tag hreflang=tag>
                {ProgressWords::of(lang).other_language}
            </a>
        </header>
    }
}

/// The times so far, along a line that ends at now.
#[component]
fn Times(lang: Lang, times: Vec<(String, &'static str)>, over: bool) -> impl IntoView {
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
