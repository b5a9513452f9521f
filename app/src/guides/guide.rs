//! One guide, to read and print.

use jiban_domain::Lang;
use leptos::prelude::*;

use super::guide_at;
use super::words::GuideWords;
use crate::api::guide::{BundlePart, Guide, GuideMaterial, GuideStep};
use crate::parts::qr;
use crate::progress::page::{Facts, Head};
use crate::words::fill;

/// The button that prints appears only where it can; ES5, for old phones.
const PRINT_SCRIPT: &str = "var b=document.querySelector('.guide .keys button');\
     b.hidden=false;b.onclick=function(){print()}";

/// The body of a guide's page.
#[component]
pub fn GuidePage(guide: Guide, nonce: String) -> impl IntoView {
    let lang = guide.lang;
    let words = GuideWords::of(lang);
    let kind = guide.is_bundle.then(|| view! { <span class="tag">{words.bundle}</span> });
    let mut first = guide.first;
    first.push((words.waiting_now.to_owned(), fill(words.people, &[("n", &guide.waiting)])));
    let list = format!("/guides?hall={}&lang={}", guide.hall, lang.tag());
    view! {
        <main class="guides guide">
            <Head lang hall=guide.hall_name />
            <p class="keys">
                <a href=list>"‹ " {words.back}</a>
                <button type="button" hidden>
                    {words.print}
                </button>
            </p>
            <h1>{guide.name} " " {kind}</h1>
            <p class="soft">{guide.department}</p>
            <Facts facts=first class="facts first" />
            {guide.apply.map(|address| {
                let blank = format!("{}/form.pdf", address.replacen("/apply/", "/guides/", 1));
                let address = format!("{address}?lang={}", lang.tag());
                view! {
                    <p class="book">
                        <a class="action" href=address>
                            {words.apply}
                        </a>
                    </p>
                    <p>
                        <a href=blank target="_blank">
                            {words.blank_form}
                        </a>
                    </p>
                }
            })}
            {guide.book.map(|address| {
                let address = format!("{address}?lang={}", lang.tag());
                view! {
                    <p class="book">
                        <a class="action" href=address>
                            {words.book}
                        </a>
                    </p>
                }
            })}
            <Materials lang materials=guide.materials />
            <Parts lang hall=guide.hall.clone() parts=guide.parts />
            <Steps lang steps=guide.steps />
            <Facts
                facts=guide.rest
                class="facts rest"
                telephones=vec![words.questions, words.complaints]
            />
            <Bundles lang hall=guide.hall bundles=guide.bundles />
            <figure class="code">
                {qr::drawing(&guide.address, "", move || words.online)} <figcaption>{words.online}</figcaption>
            </figure>
            <script nonce=nonce inner_html=PRINT_SCRIPT></script>
        </main>
    }
    .into_any()
}

#[component]
fn Materials(lang: Lang, materials: Vec<GuideMaterial>) -> impl IntoView {
    let words = GuideWords::of(lang);
    let none = materials.is_empty();
    let rows = materials
        .into_iter()
        .map(|one| {
            let later =
                one.deferrable.then(|| view! { <span class="tag">{words.deferrable}</span> });
            view! {
                <li>
                    <span class="what">{one.name} " " {later}</span>
                    <span class="soft">{one.aside.join(" · ")}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <h2>{if none { words.no_materials } else { words.materials }}</h2>
        <ol class="brought">{rows}</ol>
    }
}

#[component]
fn Parts(lang: Lang, hall: String, parts: Vec<BundlePart>) -> impl IntoView {
    (!parts.is_empty()).then(|| {
        let rows = parts
            .into_iter()
            .map(|BundlePart { id, name, after }| {
                view! {
                    <li>
                        <a href=guide_at(&hall, &id, lang)>
                            <strong>{name}</strong>
                            " "
                            <span class="soft">{after}</span>
                        </a>
                    </li>
                }
            })
            .collect_view();
        view! {
            <h2>{GuideWords::of(lang).parts}</h2>
            <ul class="matters">{rows}</ul>
        }
    })
}

#[component]
fn Steps(lang: Lang, steps: Vec<GuideStep>) -> impl IntoView {
    (!steps.is_empty()).then(|| {
        let rows = steps
            .into_iter()
            .map(|step| {
                view! {
                    <li>
                        <span class="what">{step.name}</span>
                        <span class="soft">{step.aside}</span>
                    </li>
                }
            })
            .collect_view();
        view! {
            <h2>{GuideWords::of(lang).steps}</h2>
            <ol class="passed">{rows}</ol>
        }
    })
}

#[component]
fn Bundles(lang: Lang, hall: String, bundles: Vec<(String, String)>) -> impl IntoView {
    (!bundles.is_empty()).then(|| {
        let rows = bundles
            .into_iter()
            .map(|(id, name)| {
                view! {
                    <li>
                        <a href=guide_at(&hall, &id, lang)>
                            <strong>{name}</strong>
                        </a>
                    </li>
                }
            })
            .collect_view();
        view! {
            <h2>{GuideWords::of(lang).part_of}</h2>
            <ul class="matters">{rows}</ul>
        }
    })
}
