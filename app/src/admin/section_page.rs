//! A page of the setup: the items of a list on the left, the form of the selected
//! one on the right.

use jiban_domain::Lang;
use leptos::prelude::*;
use serde_json::Value;

use super::fields::item_form;
use super::forms::{PRINTERS, ROLES, Section, choice_label, display_name};
use super::json_pointer;
use super::list_buttons::{ADD, list_buttons};
use super::navigation::Navigation;
use super::password::password_form;
use super::words::SetupWords;
use super::working_copy::WorkingCopy;
use crate::parts::icon::Icon;
use crate::words::fill;

pub fn section_page(
    copy: WorkingCopy,
    navigation: Navigation,
    section: &'static Section,
    lang: Lang,
) -> AnyView {
    let words = SetupWords::of(lang);
    let hall = navigation.hall.get();
    let list_at = section.list_at(hall);
    let count = copy.edited.with_untracked(|root| json_pointer::len(root, &list_at));
    if navigation.item.get_untracked() >= count {
        navigation.item.set(count.saturating_sub(1));
    }
    let entries =
        (0..count).map(|index| entry(copy, navigation, section, hall, index, lang)).collect_view();
    let singular = section.singular.get(lang);
    let add = move |_| {
        let new_item = copy.edited.with_untracked(|root| section.new_item(root, hall));
        navigation.item.set(count);
        // No item moves, so known faults keep their pointers.
        copy.restructure("", |root| json_pointer::push(root, &list_at, new_item));
        navigation.go_to(&format!("{list_at}/{count}/name/zh"));
    };
    let selected = move || {
        let index = navigation.item.get();
        if index < count {
            item(copy, navigation, section, hall, index, lang)
        } else {
            view! { <p class="soft empty">{fill(words.none_yet, &[("item", &singular)])}</p> }
                .into_any()
        }
    };
    view! {
        <div class="items">
            <div class="items-list">
                <ul>{entries}</ul>
                <button type="button" class="button" on:click=add>
                    <Icon path=ADD />
                    {fill(words.add, &[("item", &singular)])}
                </button>
            </div>
            <div class="items-one">{selected}</div>
        </div>
    }
    .into_any()
}

fn entry(
    copy: WorkingCopy,
    navigation: Navigation,
    section: &'static Section,
    hall: usize,
    index: usize,
    lang: Lang,
) -> AnyView {
    let at = format!("{}/{index}", section.list_at(hall));
    let (name_at, badge_at, detail_at) = (at.clone(), at.clone(), at.clone());
    let name = move || {
        let name = copy.edited.with(|root| display_name(root, &name_at, lang));
        if name.is_empty() { SetupWords::of(lang).unnamed.to_owned() } else { name }
    };
    let badge = move || {
        let badge = copy.edited.with(|root| badge_of(root, section, &badge_at, hall));
        badge.map(|badge| view! { <span class="entry-badge number">{badge}</span> })
    };
    let detail = move || copy.edited.with(|root| detail_of(root, section, &detail_at, hall, lang));
    let faulty = move || copy.faults.with(|faults| faults.iter().any(|fault| fault.is_within(&at)));
    view! {
        <li>
            <button
                type="button"
                class="entry"
                class:faulty=faulty
                aria-current=move || (navigation.item.get() == index).then_some("true")
                on:click=move |_| navigation.item.set(index)
            >
                {badge}
                <span class="entry-name">{name}</span>
                <span class="entry-aside">{detail}</span>
            </button>
        </li>
    }
    .into_any()
}

/// The letter of a line, or of a matter's line.
fn badge_of(root: &Value, section: &Section, at: &str, hall: usize) -> Option<String> {
    match section.key {
        "line" => Some(json_pointer::text(root, &format!("{at}/letter"))),
        "matter" => Some(letter_of(root, hall, &json_pointer::text(root, &format!("{at}/line")))),
        _ => None,
    }
}

fn letter_of(root: &Value, hall: usize, line: &str) -> String {
    json_pointer::list(root, &format!("/hall/{hall}/line"))
        .iter()
        .find(|known| json_pointer::text(known, "/id") == line)
        .map_or_else(|| "?".to_owned(), |known| json_pointer::text(known, "/letter"))
}

/// What distinguishes an item from others with the same name.
fn detail_of(root: &Value, section: &Section, at: &str, hall: usize, lang: Lang) -> String {
    let words = SetupWords::of(lang);
    let own = |key: &str| json_pointer::text(root, &format!("{at}{key}"));
    match section.key {
        "matter" => {
            let (departments, id) = (json_pointer::list(root, "/department"), own("/department"));
            let known = departments.iter().find(|known| json_pointer::text(known, "/id") == id);
            known.map_or(id.clone(), |known| display_name(known, "", lang))
        }
        "line" if json_pointer::is_true(root, &format!("{at}/closed")) => {
            words.closed_line.to_owned()
        }
        "counter" => {
            let lines = json_pointer::list(root, &format!("{at}/lines")).iter();
            let letters: Vec<_> =
                lines.map(|id| letter_of(root, hall, id.as_str().unwrap_or_default())).collect();
            letters.join(" ")
        }
        "kiosk" => {
            format!("{} · {}", own("/id"), choice_label(PRINTERS, &own("/printer/kind"), lang))
        }
        "clerk" => format!("{} · {}", own("/id"), choice_label(ROLES, &own("/role"), lang)),
        _ => own("/id"),
    }
}

fn item(
    copy: WorkingCopy,
    navigation: Navigation,
    section: &'static Section,
    hall: usize,
    index: usize,
    lang: Lang,
) -> AnyView {
    let list_at = section.list_at(hall);
    let at = format!("{list_at}/{index}");
    let name_at = at.clone();
    let form_hall = if section.key == "hall" { index } else { hall };
    let password = (section.key == "clerk").then(|| password_form(copy, &at, lang));
    let follow = move |index: usize| navigation.item.set(index);
    view! {
        <div class="items-head">
            <h2>{move || copy.edited.with(|root| display_name(root, &name_at, lang))}</h2>
            {list_buttons(copy, list_at, index, follow, lang)}
        </div>
        {item_form(copy, section.fields, &at, form_hall, lang)}
        {password}
    }
    .into_any()
}
