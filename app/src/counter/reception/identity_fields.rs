//! What the fields about an applicant and about an agent have in common: how what is typed is
//! checked, and the choice of a paper.

use jiban_domain::case::ApplicantKind;
use jiban_domain::identity::IdentityPaper;
use jiban_domain::{Text, identity};
use jiff::civil::Date;
use leptos::html::Input;
use leptos::prelude::*;

use super::field::Validity;
use super::state::{ReceptionState, use_reception};
use crate::parts::days;

/// Characters of an identity number, and of a credit code.
const NUMBER_LENGTH: usize = 18;

/// A text field of the form.
#[derive(Clone, Copy)]
pub struct TextField {
    pub validity: Memo<Validity>,
    pub left: RwSignal<bool>,
    pub node: NodeRef<Input>,
}

impl TextField {
    pub fn new(validity: impl Fn() -> Validity + Send + Sync + 'static) -> Self {
        Self {
            validity: Memo::new(move |_| validity()),
            left: RwSignal::new(false),
            node: NodeRef::new(),
        }
    }

    pub fn focus(self) {
        if let Some(field) = self.node.get_untracked() {
            let _ = field.focus();
        }
    }
}

/// The paper that a person's number is from.
#[component]
pub fn PaperChoice(paper: RwSignal<IdentityPaper>, name: &'static str) -> impl IntoView {
    let reception = use_reception();
    let choose = move |event| {
        let chosen = event_target_value(&event);
        let known = IdentityPaper::ALL.into_iter().find(|paper| <&str>::from(*paper) == chosen);
        paper.set(known.unwrap_or_default());
    };
    let options = move || {
        let option = |one: IdentityPaper| {
            let name = one.name().get(reception.lang()).to_owned();
            let value: &str = one.into();
            view! {
                <option value=value prop:selected=move || paper.get() == one>
                    {name}
                </option>
            }
        };
        IdentityPaper::ALL.into_iter().map(option).collect_view()
    };
    view! {
        <label class="typed">
            <span class="field-label">{move || reception.words().paper}</span>
            <select class="input" name=name on:change=choose>
                {options}
            </select>
        </label>
    }
}

/// A number shows often of which paper it is.
pub fn recognise_paper(number: RwSignal<String>, paper: RwSignal<IdentityPaper>) -> bool {
    let recognised = IdentityPaper::recognise(&number.get());
    let known = paper.get_untracked();
    let other = known == IdentityPaper::IdentityCard && recognised != known;
    if other {
        paper.set(recognised);
    }
    other
}

/// The day at the hall.
pub fn today(reception: ReceptionState) -> Date {
    let counter = reception.counter;
    counter.now.with_untracked(|now| {
        days::on(counter.clock.get_untracked(), &now.time_zone).parse::<Date>().unwrap_or(Date::MAX)
    })
}

pub fn validity(typed: &str, check: impl Fn(&str) -> Result<String, Text>) -> Validity {
    match check(typed) {
        _ if typed.trim().is_empty() => Validity::Incomplete(None),
        Ok(_) => Validity::Valid,
        Err(why) => Validity::Invalid(why),
    }
}

/// Counts a number while it is typed; validates it once it is complete.
pub fn number_validity(
    reception: ReceptionState,
    kind: ApplicantKind,
    paper: IdentityPaper,
    typed: &str,
) -> Validity {
    let today = today(reception);
    let counted = kind == ApplicantKind::Business || paper.has_eighteen_places();
    let check =
        |typed: &str| identity::number(kind, Some(paper), typed, today).map(|_| String::new());
    match identity::normalise(typed).chars().count() {
        0 => Validity::Incomplete(None),
        length if counted && length < NUMBER_LENGTH => Validity::Incomplete(Some(length)),
        _ => validity(typed, check),
    }
}
