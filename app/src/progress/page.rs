//! The progress page's markup. `progress.js` replaces the elements that carry
//! `data-part` when their fresh markup differs, so what a visitor opened or
//! scrolled to stays as it was.

use jiban_domain::Lang;
use leptos::prelude::*;

use super::view::ProgressView;
use super::words::ProgressWords;

/// What stands in `<body>`.
#[component]
pub fn ProgressPage(
    /// What it says.
    view: ProgressView,
) -> impl IntoView {
    let words = ProgressWords::of(view.lang);
    let materials = (!view.materials.is_empty() && !view.over)
        .then(|| view! { <Materials lang=view.lang materials=view.materials.clone() /> });
    let telephone = (!view.telephone.is_empty()).then(|| {
        let href = format!("tel:{}", view.telephone.replace([' ', '-'], ""));
        view! {
            <p class="telephone">
                <span class="soft">{words.telephone}</span>
                " "
                <a href=href>{view.telephone.clone()}</a>
            </p>
        }
    });
    view! {
        <main class="progress" data-state=view.state>
            <Head lang=view.lang hall=view.hall.clone() />
            <p class="stale" role="status" hidden data-words=words.stale></p>
            <section
                class=format!("ticket is-{}", view.state)
                data-part="now"
                aria-live="polite"
                aria-atomic="true"
            >
                <p class="label">{words.your_number}</p>
                <p class="figure">{view.number.clone()}</p>
                <p class="say">
                    {(!view.lead.is_empty())
                        .then(|| view! { <span class="lead">{view.lead.clone()}" "</span> })}
                    <strong>{view.main.clone()}</strong>
                </p>
                {view.wait.clone().map(|wait| view! { <p class="wait">{wait}</p> })}
                <p class="next">{view.next.clone()}</p>
            </section>
            <dl class="facts">
                <div>
                    <dt>{words.matter}</dt>
                    <dd>{view.matter.clone()}</dd>
                </div>
                <div data-part="line">
                    <dt>{words.line}</dt>
                    <dd>{view.line.clone()}</dd>
                </div>
            </dl>
            <Times view=view.clone() />
            {materials}
            <footer>
                {telephone}
                <p class="fresh soft">
                    <span data-part="updated">
                        {crate::words::fill(words.updated, &[("time", &view.updated)])}
                    </span>
                    " "
                    <a href="?" data-refresh="">
                        {words.refresh}
                    </a>
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
fn Times(view: ProgressView) -> impl IntoView {
    let rows = view
        .times
        .into_iter()
        .map(|(time, what)| {
            view! {
                <li>
                    <span class="time">{time}</span>
                    <span class="what">{what}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <section data-part="times">
            <h2>{ProgressWords::of(view.lang).so_far}</h2>
            <ol class=if view.over { "times is-over" } else { "times" }>{rows}</ol>
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
