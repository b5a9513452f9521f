//! The materials of the case: what was received, what is to follow, and the
//! uploaded files.

use jiban_domain::case::{CaseState, MaterialState};
use leptos::prelude::*;

use super::format;
use super::state::{OfficeState, office_state};
use super::unreadable::{UnreadableButton, may_ask_again};
use crate::api::case::{CaseShown, FileShown, MaterialShown};
use crate::parts::days;
use crate::parts::viewer::Large;
use crate::print::grouped;
use crate::words::fill;

#[component]
pub(super) fn Materials(case: StoredValue<CaseShown>) -> impl IntoView {
    let page = office_state();
    let may_ask = Memo::new(move |_| may_ask_again(page));
    let rows = move || {
        let mut next_file = 0;
        case.with_value(|case| {
            case.materials
                .iter()
                .map(|material| {
                    let first = next_file;
                    next_file += material.files.len();
                    row(page, case, material, (first, may_ask))
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

/// A material; `first` is the index of its first file among all of the case.
fn row(
    page: OfficeState,
    case: &CaseShown,
    material: &MaterialShown,
    (first, may_ask): (usize, Memo<bool>),
) -> AnyView {
    let (words, lang) = (page.words(), page.lang.get());
    let (word, class) = format::material(material.state, words);
    let word = match &material.until {
        Some(until) => fill(words.deferred_until, &[("day", &days::weekday(until, lang))]),
        None => word.to_owned(),
    };
    let asked = material.asked.then(|| view! { <span class="mark">{words.asked}</span> });
    // No clerk has seen it yet, so it must be checked.
    let by_phone =
        material.by_phone.then(|| view! { <span class="mark warn">{words.by_phone}</span> });
    let again = material.unreadable.is_some() && !material.unseen;
    let again = again.then(|| view! { <span class="mark warn">{words.asked_again}</span> });
    let unseen = material.unseen.then(|| view! { <span class="mark warn">{words.unseen}</span> });
    let earlier = material.from_earlier.as_ref().map(|number| {
        let text = fill(words.from_earlier, &[("number", &grouped(number))]);
        view! { <span class="soft">{text}</span> }
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
        <li class=material.state.into_str()>
            <span class="name">{name}</span>
            <span class="marks">
                {asked} {by_phone} {again} {unseen} <span class=format!("mark {class}")>{word}</span>
            </span>
            <span class="beside small">
                {earlier} {seen} <span class="soft tally">{at}</span>
            </span>
            {(!material.files.is_empty())
                .then(|| {
                    view! {
                        <span class="pictures">
                            {files} <UnreadableButton material=material.clone() may_ask />
                        </span>
                    }
                })}
        </li>
    }
    .into_any()
}

/// All files of a case, in the order of their materials.
pub(super) fn case_files(case: &CaseShown) -> Vec<Large> {
    let of = |material: &MaterialShown| {
        let name = material.name.clone();
        let file = |file: &FileShown| Large::of(file, file_url(case, file, false), name.clone());
        material.files.iter().map(file).collect::<Vec<_>>()
    };
    case.materials.iter().flat_map(of).collect()
}

/// The address of a file, or of its thumbnail if `small`.
fn file_url(case: &CaseShown, file: &FileShown, small: bool) -> String {
    let small = if small { "&small=true" } else { "" };
    format!("/api/office/file?case={}&file={}{small}", case.id.0, file.file)
}

fn thumbnail(
    page: OfficeState,
    case: &CaseShown,
    file: &FileShown,
    name: &str,
    index: usize,
) -> AnyView {
    let words = page.words();
    let shown = if file.kind == "ofd" {
        view! { <span class="pdf">"OFD"</span> }.into_any()
    } else {
        view! { <img src=file_url(case, file, true) alt="" loading="lazy" /> }.into_any()
    };
    view! {
        <button
            type="button"
            class="thumbnail"
            class:unreadable=file.unreadable
            title=file.name.clone()
            aria-label=fill(words.open_file, &[("name", &name)])
            on:click=move |_| page.viewer_index.set(Some(index))
        >
            {shown}
        </button>
    }
    .into_any()
}
