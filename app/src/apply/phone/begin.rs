//! What can be applied for in a hall, and what a matter or bundle asks.

use jiban_domain::Lang;
use jiban_domain::form::Form;
use leptos::prelude::*;

use super::words::ApplyPageWords;
use crate::progress::Head;
use crate::words::fill;

/// A matter or bundle, and the address of its page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    pub name: String,
    /// How much is asked.
    pub about: String,
    pub address: String,
}

/// How much a form asks: `4 steps, about 12 minutes`.
pub fn how_much(form: &Form, lang: Lang) -> String {
    let steps = form.groups.len() + 2;
    let minutes = form.fields().count().div_ceil(2).max(3);
    fill(ApplyPageWords::of(lang).parts_n, &[("n", &steps), ("minutes", &minutes)])
}

/// `/apply/{hall}`.
#[component]
pub(super) fn OfferedPage(lang: Lang, hall: String, offered: Vec<Offered>) -> impl IntoView {
    let words = ApplyPageWords::of(lang);
    let none = offered.is_empty().then(|| view! { <p>{words.none}</p> });
    let rows = offered
        .into_iter()
        .map(|one| {
            view! {
                <li>
                    <a href=one.address>
                        <strong>{one.name}</strong>
                        " "
                        <span>{one.about}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <main class="booking applying">
            <Head lang hall />
            <h1>{words.choose}</h1>
            {none}
            <ul class="bookable">{rows}</ul>
            <p class="soft">
                <a href=continue_at(lang)>{words.have_code}</a>
            </p>
        </main>
    }
    .into_any()
}

fn continue_at(lang: Lang) -> String {
    format!("/apply/continue?lang={}", lang.tag())
}

/// What a matter or bundle asks.
#[derive(Debug, Clone, PartialEq)]
pub struct Start {
    pub hall_name: String,
    /// Of the hall, in addresses.
    pub hall: String,
    /// Of the matter or bundle.
    pub id: String,
    pub name: String,
    pub form: Form,
    /// Names of materials, and how each is brought.
    pub materials: Vec<(String, String)>,
    pub kept_days: u16,
    /// Makes a second touch harmless.
    pub request_id: String,
}

/// `/apply/{hall}/{matter}`.
#[component]
pub(super) fn StartPage(lang: Lang, start: Start) -> impl IntoView {
    let words = ApplyPageWords::of(lang);
    let tag = lang.tag();
    let action = format!("/apply/{}/{}?lang={tag}", start.hall, start.id);
    let guide = format!("/guides/{}/{}?lang={tag}", start.hall, start.id);
    let others = format!("/apply/{}?lang={tag}", start.hall);
    let groups = start.form.groups.iter().map(|group| {
        let count = match group.fields.len() {
            1 => words.items_one.to_owned(),
            n => fill(words.items_n, &[("n", &n)]),
        };
        view! {
            <li>
                <strong>{group.name.get(lang).to_owned()}</strong>
                " "
                <span class="soft">{count}</span>
            </li>
        }
    });
    let materials = start.materials.iter().map(|(name, form)| {
        view! {
            <li>
                <strong>{name.clone()}</strong>
                " "
                <span class="soft">{form.clone()}</span>
            </li>
        }
    });
    let needed = if start.materials.is_empty() { words.nothing_needed } else { words.needed_how };
    view! {
        <main class="applying">
            <Head lang hall=start.hall_name />
            <p class="of-matter">{words.title}</p>
            <h1>{start.name}</h1>
            <p>{how_much(&start.form, lang)}</p>
            <form method="post" action=action.clone()>
                <input type="hidden" name="request_id" value=start.request_id.clone() />
                <button class="action">{words.begin}</button>
            </form>
            <h2>{words.asked}</h2>
            <ol class="plain-list">{groups.collect_view()}</ol>
            <h2>{words.needed}</h2>
            <p class="soft">{needed}</p>
            <ol class="plain-list">{materials.collect_view()}</ol>
            <h2>{words.how}</h2>
            <ul class="points">
                <li>{words.how_kept}</li>
                <li>{words.how_checked}</li>
                <li>{words.how_visit}</li>
                <li>{fill(words.how_days, &[("n", &start.kept_days)])}</li>
            </ul>
            <form method="post" action=action>
                <input type="hidden" name="request_id" value=start.request_id />
                <button class="action">{words.begin}</button>
            </form>
            <ul class="doors">
                <li>
                    <a href=guide>{words.guide}</a>
                </li>
                <li>
                    <a href=others>{words.other_matters}</a>
                </li>
                <li>
                    <a href=continue_at(lang)>{words.have_code}</a>
                </li>
            </ul>
        </main>
    }
    .into_any()
}
