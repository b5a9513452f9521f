//! What was asked for: what is there, what follows, and its pictures.

use jiban_domain::case::{CaseState, MaterialState};
use leptos::prelude::*;

use super::spell;
use super::state::{OfficeState, page};
use crate::api::case::{CaseShown, FileShown, MaterialShown};
use crate::parts::days;
use crate::parts::viewer::Large;
use crate::print::grouped;
use crate::words::fill;

/// The materials.
#[component]
pub(super) fn Materials(case: StoredValue<CaseShown>) -> impl IntoView {
    let page = page();
    let rows = move || {
        let mut place = 0;
        case.with_value(|case| {
            case.materials
                .iter()
                .map(|material| {
                    let first = place;
                    place += material.files.len();
                    row(page, case, material, first)
                })
                .collect_view()
        })
    };
    view! {
        <section class="block materials">
            <h3>
                {move || page.words().materials} " "
                <span class="soft tally">{case.with_value(|case| case.materials.len())}</span>
            </h3>
            <ol>{rows}</ol>
        </section>
    }
}

/// A material; `first` is the place of its first file among all of the case.
fn row(page: OfficeState, case: &CaseShown, material: &MaterialShown, first: usize) -> AnyView {
    let (words, lang) = (page.words(), page.lang.get());
    let (word, class) = spell::material(material.state, words);
    let word = match &material.until {
        Some(until) => fill(words.deferred_until, &[("day", &days::weekday(until, lang))]),
        None => word.to_owned(),
    };
    let asked = material.asked.then(|| view! { <span class="mark">{words.asked}</span> });
    // What the counter has not seen wants an eye.
    let by_phone =
        material.by_phone.then(|| view! { <span class="mark warn">{words.by_phone}</span> });
    let earlier = material.from_earlier.as_ref().map(|number| {
        let said = fill(words.from_earlier, &[("number", &grouped(number))]);
        view! { <span class="soft">{said}</span> }
    });
    let seen = material.files.is_empty()
        && material.state == MaterialState::Present
        && case.state != CaseState::Open
        && material.from_earlier.is_none();
    let seen = seen.then(|| view! { <span class="soft">{words.no_files}</span> });
    let at = material.at.filter(|_| material.state == MaterialState::Present);
    let at = at.map(|at| days::with_time(at, &case.time_zone, lang));
    let name = material.name.get(lang).to_owned();
    let files = material
        .files
        .iter()
        .enumerate()
        .map(|(at, file)| thumbnail(page, case, file, &name, first + at))
        .collect_view();
    view! {
        <li class=material.state.as_str()>
            <span class="name">{name}</span>
            <span class="marks">
                {asked} {by_phone} <span class=format!("mark {class}")>{word}</span>
            </span>
            <span class="beside small">
                {earlier} {seen} <span class="soft tally">{at}</span>
            </span>
            {(!material.files.is_empty()).then(|| view! { <span class="pictures">{files}</span> })}
        </li>
    }
    .into_any()
}

/// All files of a case, in the order of their materials.
pub(super) fn files(case: &CaseShown) -> Vec<Large> {
    let of = |material: &MaterialShown| {
        let name = material.name.clone();
        let file = |file: &FileShown| Large {
            address: address(case, file, false),
            is_pdf: file.kind == "pdf",
            name: name.clone(),
        };
        material.files.iter().map(file).collect::<Vec<_>>()
    };
    case.materials.iter().flat_map(of).collect()
}

/// Where a file is; small for its thumbnail.
fn address(case: &CaseShown, file: &FileShown, small: bool) -> String {
    let small = if small { "&small=true" } else { "" };
    format!("/api/office/file?case={}&file={}{small}", case.id.0, file.file)
}

fn thumbnail(
    page: OfficeState,
    case: &CaseShown,
    file: &FileShown,
    name: &str,
    place: usize,
) -> AnyView {
    let words = page.words();
    let shown = if file.kind == "pdf" {
        view! { <span class="pdf">{words.pdf}</span> }.into_any()
    } else {
        view! { <img src=address(case, file, true) alt="" loading="lazy" /> }.into_any()
    };
    view! {
        <button
            type="button"
            class="thumbnail"
            aria-label=fill(words.open_file, &[("name", &name)])
            on:click=move |_| page.large.set(Some(place))
        >
            {shown}
        </button>
    }
    .into_any()
}
