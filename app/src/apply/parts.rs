//! Addresses, persons and businesses: a control for each part.

use jiban_domain::form::FieldKind;
use jiban_domain::identity::IdentityPaper;
use leptos::prelude::*;

use super::choosing::select;
use super::control::line;
use super::refusal::why;
use super::slot::Slot;
use super::words::ApplyWords;

pub(super) fn parts(kind: FieldKind, slot: &Slot) -> AnyView {
    let shown = kind.parts().iter().map(|part| one(kind, part, slot)).collect_view();
    view! { <span class="ask-parts">{shown}</span> }.into_any()
}

fn one(kind: FieldKind, part: &'static str, whole: &Slot) -> AnyView {
    let lang = whole.lang();
    let words = ApplyWords::of(lang);
    let slot = whole.part(part);
    let label = match (kind, part) {
        (_, "region") => words.region,
        (_, "detail") => words.detail,
        (FieldKind::Business, "name") => words.business_name,
        (_, "name") => words.person_name,
        (_, "paper") => words.paper,
        (_, "code") => words.code,
        _ => words.number,
    };
    let control = if part == "paper" {
        let papers = IdentityPaper::ALL
            .map(|paper| (<&str>::from(paper).to_owned(), paper.name().get(lang).to_owned()));
        // Most have one that its number tells.
        let options = std::iter::once((String::new(), words.by_number.to_owned())).chain(papers);
        select(&slot, options.collect(), false, false)
    } else {
        line(&slot, ("text", "text"), false, false, slot.text())
    };
    view! {
        <span class="ask-part" class:ask-part-wide=matches!(part, "detail" | "region")>
            <label for=slot.id()>{label}</label>
            {control}
            {why(&slot)}
        </span>
    }
    .into_any()
}
