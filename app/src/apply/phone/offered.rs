//! What is offered for the fields of a step, each beside its field with one touch to take it: a
//! button of the step's own form, so that what is typed meanwhile is kept and no script is needed.

use jiban_domain::Lang;
use jiban_domain::form::offer::{Offered, OfferedFrom};
use jiban_domain::form::{Field, Group};
use leptos::prelude::*;

use super::super::answer::lines;
use super::view::DraftView;
use crate::words::fill;

/// The button that takes what is offered; its value is the field, or [`ALL`].
pub const TAKE: &str = "take";
/// All that is offered for the fields of the page.
pub const ALL: &str = "*";

crate::words! {
    pub OfferWords {
        several: "有 {n} 项以前告诉过我们，不用再填。" | "You told us {n} of these before.",
        take_all: "全部填上" | "Fill them all in",
        earlier: "您上次申报时填写的" | "As you wrote it last time",
        applicant: "与申请人相同" | "As the applicant",
        same: "与“{label}”相同" | "As in “{label}”",
        licence: "大厅发给您的证照上的" | "From what this hall issued to you",
        take: "用这个" | "Use this",
    }
}

/// What is offered for a field.
fn of<'a>(view: &'a DraftView, field: &Field) -> Option<&'a Offered> {
    view.offers.iter().find(|one| one.field == field.id)
}

/// Beside a field.
pub(super) fn beside(view: &DraftView, field: &Field) -> Option<AnyView> {
    let offer = of(view, field)?;
    let (lang, words) = (view.lang, OfferWords::of(view.lang));
    let said = lines(field, &offer.value, lang);
    let said = said.into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
    let label = format!("{} {}", words.take, field.label.get(lang));
    Some(
        view! {
            <div class="offer">
                <p class="soft">{source(view, &offer.from)}</p>
                {said}
                <button
                    class="link"
                    name=TAKE
                    value=field.id.to_string()
                    formnovalidate
                    aria-label=label
                >
                    {words.take}
                </button>
            </div>
        }
        .into_any(),
    )
}

/// Above a group for which several are offered.
pub(super) fn above(view: &DraftView, group: &Group) -> Option<AnyView> {
    let words = OfferWords::of(view.lang);
    let count = view.asked(group).filter(|field| of(view, field).is_some()).count();
    (count > 1).then(|| {
        view! {
            <div class="offer all">
                <p>{fill(words.several, &[("n", &count)])}</p>
                <button class="action quiet" name=TAKE value=ALL formnovalidate>
                    {words.take_all}
                </button>
            </div>
        }
        .into_any()
    })
}

fn source(view: &DraftView, from: &OfferedFrom) -> String {
    let words = OfferWords::of(view.lang);
    match from {
        OfferedFrom::Earlier => words.earlier.to_owned(),
        OfferedFrom::Applicant => words.applicant.to_owned(),
        OfferedFrom::Licence(_) => words.licence.to_owned(),
        OfferedFrom::Field(id) => {
            let label = view.draft.form.field(id).map(|field| label(field, view.lang));
            fill(words.same, &[("label", &label.unwrap_or_default())])
        }
    }
}

fn label(field: &Field, lang: Lang) -> String {
    field.label.get(lang).to_owned()
}
