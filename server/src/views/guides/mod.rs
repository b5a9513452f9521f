//! The guides: what can be done in a hall, found by line, department, life
//! event, name and pinyin.
//!
//! - [`offered`]: a matter or bundle; [`search`]: the search
//! - [`one`]: its guide

mod offered;
mod one;
mod search;

use jiban_app::guides::guide_at;
use jiban_app::guides::view::{FilterBy, FilterGroup, FilterOption, GuideList, Row};
use jiban_app::guides::words::GuideWords;
use jiban_app::words::fill;
use jiban_domain::setup::{Hall, Setup};
use jiban_domain::{HallId, Lang, Refusal, Text};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::live_state::LiveState;
use offered::Offered;
use search::Index;

pub use offered::GuideFilter;
pub use one::{guide, guide_at_kiosk, of_hall};
pub use search::search_at_kiosk;

/// The list of guides.
///
/// # Errors
/// [`Refusal::UnknownHall`].
pub fn list(
    live_state: &LiveState,
    hall: Option<&HallId>,
    filter: &GuideFilter,
    lang: Lang,
) -> Result<GuideList, Refusal> {
    let setup = &live_state.setup().setup;
    let hall = super::hall::meant(live_state, hall)?;
    let all = Offered::all(hall);
    let index = Index::of(setup, hall);
    let found = index.find(&filter.query, lang).into_iter().filter(|one| one.matches(filter));
    let filters = filters(setup, hall, &all, filter, lang);
    let selected = filters.iter().flat_map(|group| &group.options).find(|one| one.selected);
    Ok(GuideList {
        lang,
        hall: hall.id.to_string(),
        hall_name: hall.name.get(lang).to_owned(),
        other_halls: setup
            .halls
            .iter()
            .filter(|other| other.id != hall.id && !other.matters.is_empty())
            .map(|other| (list_at(other, "", "", lang), other.name.get(lang).to_owned()))
            .collect(),
        query_string: query_string(hall, filter),
        query: filter.query.clone(),
        selected: selected.map(|one| one.name.clone()),
        found: found.map(|one| row(setup, hall, one, lang)).collect(),
        filters,
    })
}

/// The query parameters without the language; more can be appended.
fn query_string(hall: &Hall, filter: &GuideFilter) -> String {
    let parameters = [
        ("q", Some(&filter.query).filter(|query| !query.is_empty())),
        ("line", filter.line.as_ref()),
        ("department", filter.department.as_ref()),
        ("event", filter.event.as_ref()),
    ];
    let parameters = parameters.into_iter().filter_map(|(key, value)| Some(pair(key, value?)));
    std::iter::once(format!("hall={}&", hall.id)).chain(parameters).collect()
}

fn pair(key: &str, value: &str) -> String {
    format!("{key}={}&", utf8_percent_encode(value, NON_ALPHANUMERIC))
}

/// The address of the list with one filter.
fn list_at(hall: &Hall, key: &str, value: &str, lang: Lang) -> String {
    let parameters = if key.is_empty() { String::new() } else { pair(key, value) };
    format!("/guides?hall={}&{parameters}lang={}", hall.id, lang.tag())
}

fn filters(
    setup: &Setup,
    hall: &Hall,
    all: &[Offered<'_>],
    filter: &GuideFilter,
    lang: Lang,
) -> Vec<FilterGroup> {
    let make = |by, key: &str, ids: Vec<(String, Text)>, selected: Option<&String>| {
        let options = ids
            .into_iter()
            .map(|(id, name)| {
                let only = match by {
                    FilterBy::Line => {
                        GuideFilter { line: Some(id.clone()), ..GuideFilter::default() }
                    }
                    FilterBy::Department => {
                        GuideFilter { department: Some(id.clone()), ..GuideFilter::default() }
                    }
                    FilterBy::LifeEvent => {
                        GuideFilter { event: Some(id.clone()), ..GuideFilter::default() }
                    }
                };
                FilterOption {
                    name: name.get(lang).to_owned(),
                    address: list_at(hall, key, &id, lang),
                    count: all.iter().filter(|one| one.matches(&only)).count(),
                    selected: selected == Some(&id),
                }
            })
            .filter(|one| one.count > 0)
            .collect();
        FilterGroup { by, options }
    };
    let mut events: Vec<(String, Text)> = Vec::new();
    for event in all.iter().flat_map(Offered::life_events) {
        if !events.iter().any(|(known, _)| *known == event.zh) {
            events.push((event.zh.clone(), event.clone()));
        }
    }
    let departments = setup.departments.iter().map(|one| (one.id.to_string(), one.name.clone()));
    let lines = hall.lines.iter().map(|line| (line.id.to_string(), line.name.clone()));
    let mut filters = vec![
        make(FilterBy::LifeEvent, "event", events, filter.event.as_ref()),
        make(FilterBy::Department, "department", departments.collect(), filter.department.as_ref()),
        make(FilterBy::Line, "line", lines.collect(), filter.line.as_ref()),
    ];
    filters.retain(|group| !group.options.is_empty());
    filters
}

fn row(setup: &Setup, hall: &Hall, one: &Offered<'_>, lang: Lang) -> Row {
    Row {
        address: guide_at(hall.id.as_str(), one.id(), lang),
        name: one.name().get(lang).to_owned(),
        department: departments(setup, one, lang),
        time: time(one.promised_days(hall), lang),
        is_bundle: matches!(one, Offered::Bundle(..)),
        self_service: matches!(one, Offered::Matter(matter) if matter.self_service),
    }
}

fn departments(setup: &Setup, one: &Offered<'_>, lang: Lang) -> String {
    let names: Vec<_> =
        one.departments(setup).into_iter().map(|(_, name)| name.get(lang).to_owned()).collect();
    names.join(lang.list_separator())
}

fn time(days: u16, lang: Lang) -> String {
    let words = GuideWords::of(lang);
    match days {
        0 => words.at_once.to_owned(),
        1 => words.day.to_owned(),
        n => fill(words.days, &[("n", &n)]),
    }
}
