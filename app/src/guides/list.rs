//! The list of what can be done in a hall.

use jiban_domain::Lang;
use leptos::prelude::*;

use super::view::{FilterBy, FilterGroup, GuideList, Row};
use super::words::GuideWords;
use crate::progress::page::Head;
use crate::words::fill;

/// The body of the list's page.
#[component]
pub fn ListPage(list: GuideList) -> impl IntoView {
    let lang = list.lang;
    let words = GuideWords::of(lang);
    let filtered = list.selected.is_some() || !list.query.is_empty();
    let heading = match (&list.selected, list.found.len()) {
        (Some(selected), _) => selected.clone(),
        (None, _) if !filtered => words.all_of.to_owned(),
        (None, 1) => words.found_one.to_owned(),
        (None, n) => fill(words.found, &[("n", &n)]),
    };
    let nothing = list.found.is_empty().then(|| {
        view! {
            <p class="nothing">
                <strong>{words.none}</strong>
                " "
                {words.none_next}
            </p>
        }
    });
    let all = filtered.then(|| {
        view! {
            <a class="all" href=format!("/guides?hall={}&lang={}", list.hall, lang.tag())>
                {words.all}
            </a>
        }
    });
    let other_halls = (!list.other_halls.is_empty()).then(|| {
        let halls = list
            .other_halls
            .into_iter()
            .map(|(address, name)| {
                view! {
                    <li>
                        <a href=address>{name}</a>
                    </li>
                }
            })
            .collect_view();
        view! {
            <h2>{words.other_halls}</h2>
            <ul class="doors">{halls}</ul>
        }
    });
    view! {
        <main class="guides">
            <Head lang hall=list.hall_name query_string=list.query_string />
            <h1>{words.title}</h1>
            <form class="find" method="get" action="/guides" role="search">
                <input type="hidden" name="hall" value=list.hall />
                <input type="hidden" name="lang" value=lang.tag() />
                <input
                    type="search"
                    name="q"
                    value=list.query
                    placeholder=words.search_hint
                    aria-label=words.search_hint
                    autocomplete="off"
                    maxlength="40"
                />
                <button class="action">{words.search}</button>
            </form>
            <nav class="shelves">
                {list.filters.into_iter().map(|group| view! { <Filter lang group /> }).collect_view()}
            </nav>
            <h2>{heading} " " {all}</h2>
            {nothing}
            <ul class="matters">
                {list.found.into_iter().map(|row| view! { <ListRow lang row /> }).collect_view()}
            </ul>
            {other_halls}
        </main>
    }
    .into_any()
}

#[component]
fn Filter(lang: Lang, group: FilterGroup) -> impl IntoView {
    let words = GuideWords::of(lang);
    let (name, open) = match group.by {
        FilterBy::LifeEvent => (words.by_event, true),
        FilterBy::Department => (words.by_department, false),
        FilterBy::Line => (words.by_line, false),
    };
    let open = open || group.options.iter().any(|one| one.selected);
    let options = group
        .options
        .into_iter()
        .map(|one| {
            view! {
                <li>
                    <a href=one.address aria-current=one.selected.then_some("true")>
                        {one.name}
                        " "
                        <span>{one.count}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <details open=open>
            <summary>{name}</summary>
            <ul class="boxes">{options}</ul>
        </details>
    }
}

#[component]
fn ListRow(lang: Lang, row: Row) -> impl IntoView {
    let words = GuideWords::of(lang);
    view! {
        <li>
            <a href=row.address>
                <strong>{row.name}</strong>
                " "
                {row.is_bundle.then(|| view! { <span class="tag">{words.bundle}</span> })}
                {row.self_service.then(|| view! { <span class="tag">{words.self_service}</span> })}
                <span class="soft">{row.department} " · " {row.time}</span>
            </a>
        </li>
    }
}
