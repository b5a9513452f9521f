//! `/verify/{code}`: what anyone may know about a document.

use jiban_domain::Lang;
use leptos::prelude::*;

use super::page::Head;
use super::verify_words::VerifyWords;
use super::when;
use crate::api::case::{Verdict, Verified};
use crate::words::fill;

/// The body of the page.
#[component]
pub fn VerifyPage(
    lang: Lang,
    /// The code as it was entered; empty before one is entered.
    code: String,
    /// The result; none before a code is entered.
    verified: Option<Verified>,
) -> impl IntoView {
    let words = VerifyWords::of(lang);
    let title = verified.is_none().then(|| view! { <h1 class="ask-title">{words.title}</h1> });
    let shown = verified.map(|verified| view! { <Known lang code=code.clone() verified /> });
    view! {
        <main class="progress verify">
            <Head lang hall=words.title.to_owned() />
            {title} {shown}
            <form class="ask" method="get" action="/verify">
                <label>
                    <span>{words.ask}</span>
                    <input
                        name="code"
                        value=code
                        autocomplete="off"
                        autocapitalize="characters"
                        spellcheck="false"
                        maxlength="40"
                        required
                    />
                </label>
                <button class="action">{words.check}</button>
                <p class="soft small">{words.where_it_is}</p>
            </form>
        </main>
    }
    .into_any()
}

#[component]
fn Known(lang: Lang, code: String, verified: Verified) -> impl IntoView {
    let words = VerifyWords::of(lang);
    let (class, verdict, says) = match verified.result {
        Verdict::Genuine => ("is-genuine", words.genuine, words.genuine_says.to_owned()),
        Verdict::Revoked => {
            let day = verified.revoked_on.as_ref().map(|day| when::long(day, lang));
            let day = day.unwrap_or_default();
            ("is-revoked", words.revoked, fill(words.revoked_says, &[("day", &day)]))
        }
        Verdict::Unknown => ("is-unknown", words.unknown, words.unknown_says.to_owned()),
    };
    let fact = |name: &'static str, value: Option<String>| {
        value.map(|value| {
            view! {
                <div>
                    <dt>{name}</dt>
                    <dd>{value}</dd>
                </div>
            }
        })
    };
    let in_lang = |text: Option<jiban_domain::Text>| text.map(|text| text.get(lang).to_owned());
    view! {
        <section class=format!("ticket {class}")>
            <p class="label">{code}</p>
            <h1 class="verdict">{verdict}</h1>
            <p class="next">{says}</p>
        </section>
        <dl class="facts">
            {fact(words.document, in_lang(verified.document))}
            {fact(words.matter, in_lang(verified.matter))}
            {fact(words.issuer, in_lang(verified.issuer))}
            {fact(words.issued_on, verified.issued_on.map(|day| when::long(&day, lang)))}
        </dl>
    }
}
