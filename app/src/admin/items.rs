//! A page of the set-up: the items of a list at the left, the chosen one's
//! form at the right.

use jiban_domain::Lang;
use leptos::prelude::*;
use serde_json::Value;

use super::document;
use super::draft::Draft;
use super::field::form;
use super::forms::{self, PRINTERS, ROLES, Section, chosen, name_of};
use super::password::password_form;
use super::place::Place;
use super::rows::{ADD, moves};
use super::words::SetupWords;
use crate::parts::icon::Icon;
use crate::words::fill;

/// The page of a list.
pub fn items_page(draft: Draft, place: Place, section: &'static Section, lang: Lang) -> AnyView {
    let words = SetupWords::of(lang);
    let hall = place.hall.get();
    let list_at = section.list_at(hall);
    let count = draft.edited.with_untracked(|root| document::count(root, &list_at));
    if place.item.get_untracked() >= count {
        place.item.set(count.saturating_sub(1));
    }
    let listed =
        (0..count).map(|index| entry(draft, place, section, hall, index, lang)).collect_view();
    let one = section.one.get(lang);
    let added_at = list_at.clone();
    let added = move |_| {
        let fresh = draft.edited.with_untracked(|root| section.fresh(root, hall));
        place.item.set(count);
        // Nothing moves: faults found before stay where they are.
        draft.alter("", |root| document::push(root, &added_at, fresh));
        place.go_to(&format!("{added_at}/{count}/name/zh"));
    };
    let chosen = move || {
        let index = place.item.get();
        if index < count {
            item(draft, place, section, hall, index, lang)
        } else {
            view! { <p class="soft empty">{fill(words.none_yet, &[("one", &one)])}</p> }.into_any()
        }
    };
    view! {
        <div class="items">
            <div class="items-list">
                <ul>{listed}</ul>
                <button type="button" class="button" on:click=added>
                    <Icon path=ADD />
                    {fill(words.add, &[("one", &one)])}
                </button>
            </div>
            <div class="items-one">{chosen}</div>
        </div>
    }
    .into_any()
}

fn entry(
    draft: Draft,
    place: Place,
    section: &'static Section,
    hall: usize,
    index: usize,
    lang: Lang,
) -> AnyView {
    let at = format!("{}/{index}", section.list_at(hall));
    let (name_at, badge_at, aside_at) = (at.clone(), at.clone(), at.clone());
    let name = move || {
        let name = draft.edited.with(|root| name_of(root, &name_at, lang));
        if name.is_empty() { SetupWords::of(lang).unnamed.to_owned() } else { name }
    };
    let badge = move || {
        let badge = draft.edited.with(|root| badge_of(root, section, &badge_at, hall));
        badge.map(|badge| view! { <span class="entry-badge number">{badge}</span> })
    };
    let aside = move || draft.edited.with(|root| aside_of(root, section, &aside_at, hall, lang));
    let faulty = move || draft.faults.with(|faults| faults.iter().any(|fault| fault.is_at(&at)));
    view! {
        <li>
            <button
                type="button"
                class="entry"
                class:faulty=faulty
                aria-current=move || (place.item.get() == index).then_some("true")
                on:click=move |_| place.item.set(index)
            >
                {badge}
                <span class="entry-name">{name}</span>
                <span class="entry-aside">{aside}</span>
            </button>
        </li>
    }
    .into_any()
}

/// The letter of what waits in a line, or of the line itself.
fn badge_of(root: &Value, section: &Section, at: &str, hall: usize) -> Option<String> {
    match section.key {
        "line" => Some(document::text(root, &format!("{at}/letter"))),
        "matter" => Some(letter_of(root, hall, &document::text(root, &format!("{at}/line")))),
        _ => None,
    }
}

fn letter_of(root: &Value, hall: usize, line: &str) -> String {
    document::list(root, &format!("/hall/{hall}/line"))
        .iter()
        .find(|known| document::text(known, "/id") == line)
        .map_or_else(|| "?".to_owned(), |known| document::text(known, "/letter"))
}

/// What tells an item from others of the same name.
fn aside_of(root: &Value, section: &Section, at: &str, hall: usize, lang: Lang) -> String {
    let words = SetupWords::of(lang);
    let own = |key: &str| document::text(root, &format!("{at}{key}"));
    match section.key {
        "matter" => {
            let (departments, id) = (document::list(root, "/department"), own("/department"));
            let known = departments.iter().find(|known| document::text(known, "/id") == id);
            known.map_or(id.clone(), |known| name_of(known, "", lang))
        }
        "line" if document::ticked(root, &format!("{at}/closed")) => words.closed_line.to_owned(),
        "counter" => {
            let lines = document::list(root, &format!("{at}/lines")).iter();
            let letters: Vec<_> =
                lines.map(|id| letter_of(root, hall, id.as_str().unwrap_or_default())).collect();
            letters.join(" ")
        }
        "kiosk" => {
            format!("{} · {}", own("/id"), chosen(PRINTERS, &own("/printer/kind"), lang))
        }
        "clerk" => format!("{} · {}", own("/id"), chosen(ROLES, &own("/role"), lang)),
        _ => own("/id"),
    }
}

fn item(
    draft: Draft,
    place: Place,
    section: &'static Section,
    hall: usize,
    index: usize,
    lang: Lang,
) -> AnyView {
    let list_at = section.list_at(hall);
    let at = format!("{list_at}/{index}");
    let named_at = at.clone();
    let form_hall = if section.key == "hall" { index } else { hall };
    let password = (section.key == "clerk").then(|| password_form(draft, &at, lang));
    let moved = move |to: usize| place.item.set(to);
    view! {
        <div class="items-head">
            <h2>{move || draft.edited.with(|root| forms::name_of(root, &named_at, lang))}</h2>
            {moves(draft, list_at, index, moved, lang)}
        </div>
        {form(draft, section.fields, &at, form_hall, lang)}
        {password}
    }
    .into_any()
}
