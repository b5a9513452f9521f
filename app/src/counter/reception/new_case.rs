//! The form of a new case: who applies, and for which matter. Enter goes from
//! field to field, since card readers end with it; at the last it opens the case.

use jiban_domain::case::{ApplicantKind, Subject, ToldBy};
use jiban_domain::identity::IdentityPaper;
use jiban_domain::{Text, identity};
use jiff::civil::Date;
use leptos::html::Input;
use leptos::prelude::*;

use super::field::{Field, OnEnter, Segments, Validity};
use super::state::{ReceptionState, use_reception};
use super::subject::SubjectChoice;
use super::words::Word;
use crate::api::reception::{OpenApplicant, OpenCase};
use crate::parts::days;

/// Characters of an identity number, and of a credit code.
const NUMBER_LENGTH: usize = 18;

/// A text field of the form.
#[derive(Clone, Copy)]
struct TextField {
    validity: Memo<Validity>,
    left: RwSignal<bool>,
    node: NodeRef<Input>,
}

impl TextField {
    fn new(validity: impl Fn() -> Validity + Send + Sync + 'static) -> Self {
        Self {
            validity: Memo::new(move |_| validity()),
            left: RwSignal::new(false),
            node: NodeRef::new(),
        }
    }

    fn focus(self) {
        if let Some(field) = self.node.get_untracked() {
            let _ = field.focus();
        }
    }
}

#[component]
pub fn NewCase() -> impl IntoView {
    let reception = use_reception();
    let form = reception.applicant_form;
    let name = TextField::new(move || validity(&form.name.get(), identity::name));
    let number = TextField::new(move || {
        number_validity(reception, form.kind.get(), form.paper.get(), &form.number.get())
    });
    let telephone = TextField::new(move || validity(&form.telephone.get(), identity::telephone));
    Effect::new(move || {
        name.node.track();
        name.focus();
    });
    let send = Callback::new(move |()| {
        let fields = [name, number, telephone];
        for field in fields {
            field.left.set(true);
        }
        let invalid =
            fields.into_iter().find(|field| field.validity.get_untracked() != Validity::Valid);
        if let Some(field) = invalid {
            reception.request.show_message(untrack(|| reception.words()).fill_in);
            field.focus();
        } else if !untrack(|| reception.is_blocked()) {
            open(reception);
        }
    });
    view! {
        <form
            class="opening"
            on:submit=move |event| {
                event.prevent_default();
                send.run(());
            }
        >
            <div class="columns">
                <ApplicantFields name number telephone send />
                <section class="sheet">
                    <SubjectChoice />
                </section>
            </div>
            <footer class="foot">
                <p class="reply refusal" role="alert">
                    {move || reception.request.message()}
                </p>
                <button class="key next" type="submit" disabled=move || reception.is_blocked()>
                    {move || reception.words().begin_case}
                    <kbd>"Enter"</kbd>
                </button>
            </footer>
        </form>
    }
}

#[component]
fn ApplicantFields(
    name: TextField,
    number: TextField,
    telephone: TextField,
    send: Callback<()>,
) -> impl IntoView {
    let reception = use_reception();
    let form = reception.applicant_form;
    // A number shows whether it belongs to a person or a business, and often of which paper
    // it is.
    Effect::new(move || {
        let typed = form.number.get();
        let paper = form.paper.get_untracked();
        let recognised = IdentityPaper::recognise(&typed);
        if form.kind.get_untracked() == ApplicantKind::Person
            && paper == IdentityPaper::IdentityCard
            && recognised != paper
        {
            form.paper.set(recognised);
            return;
        }
        let (kind, other) = match form.kind.get_untracked() {
            ApplicantKind::Person => (ApplicantKind::Person, ApplicantKind::Business),
            ApplicantKind::Business => (ApplicantKind::Business, ApplicantKind::Person),
        };
        let card = IdentityPaper::IdentityCard;
        if matches!(number_validity(reception, kind, paper, &typed), Validity::Invalid(_))
            && number_validity(reception, other, card, &typed) == Validity::Valid
        {
            form.paper.set(card);
            form.kind.set(other);
        }
    });
    let word = move |person: Word, business: Word| {
        Signal::derive(move || match form.kind.get() {
            ApplicantKind::Person => person(reception.words()),
            ApplicantKind::Business => business(reception.words()),
        })
    };
    let plain = move |of: Word| Signal::derive(move || of(reception.words()));
    let mut ways = vec![
        (ToldBy::Page, plain(|words| words.by_page)),
        (ToldBy::Call, plain(|words| words.by_call)),
    ];
    // Nobody is promised a message that nothing would send.
    if reception.counter.now.with_untracked(|now| now.sends_messages) {
        ways.push((ToldBy::Message, plain(|words| words.by_message)));
    }
    view! {
        <section class="sheet applies">
            <Segments
                label=plain(|words| words.applicant)
                name="kind"
                choices=vec![
                    (ApplicantKind::Person, plain(|words| words.person)),
                    (ApplicantKind::Business, plain(|words| words.business)),
                ]
                value=form.kind
            />
            <Field
                label=word(|words| words.name, |words| words.business_name)
                value=form.name
                validity=name.validity
                left=name.left
                node=name.node
                on_enter=OnEnter::Focus(number.node)
            />
            <PaperChoice />
            <Field
                label=word(|words| words.identity, |words| words.credit_code)
                value=form.number
                validity=number.validity
                left=number.left
                node=number.node
                on_enter=OnEnter::Focus(telephone.node)
                even=true
            />
            <Field
                label=plain(|words| words.telephone)
                value=form.telephone
                validity=telephone.validity
                left=telephone.left
                node=telephone.node
                on_enter=OnEnter::Submit(send)
                mode="tel"
            />
            <Segments
                label=plain(|words| words.told_by)
                name="told-by"
                choices=ways
                value=form.told_by
            />
        </section>
    }
}

/// The paper that a person's number is from.
#[component]
fn PaperChoice() -> impl IntoView {
    let reception = use_reception();
    let form = reception.applicant_form;
    let choose = move |event| {
        let chosen = event_target_value(&event);
        let known = IdentityPaper::ALL.into_iter().find(|paper| <&str>::from(*paper) == chosen);
        form.paper.set(known.unwrap_or_default());
    };
    let options = move || {
        let option = |paper: IdentityPaper| {
            let name = paper.name().get(reception.lang()).to_owned();
            let value: &str = paper.into();
            view! {
                <option value=value prop:selected=move || form.paper.get() == paper>
                    {name}
                </option>
            }
        };
        IdentityPaper::ALL.into_iter().map(option).collect_view()
    };
    move || {
        (form.kind.get() == ApplicantKind::Person).then(|| {
            view! {
                <label class="typed">
                    <span class="field-label">{move || reception.words().paper}</span>
                    <select class="input" name="paper" on:change=choose>
                        {options}
                    </select>
                </label>
            }
        })
    }
}

/// Opens the case, and goes on to its materials.
fn open(reception: ReceptionState) {
    let form = reception.applicant_form;
    let ticket =
        reception.counter.now.with_untracked(|now| now.in_hand.as_ref().map(|ticket| ticket.id));
    let (Some(ticket), Some(subject)) = (ticket, form.subject.get_untracked()) else {
        return reception.request.show_message(untrack(|| reception.words()).not_serving);
    };
    let (matter, bundle) = match subject {
        Subject::Matter(id) => (Some(id), None),
        Subject::Bundle(id) => (None, Some(id)),
    };
    let applicant = OpenApplicant {
        kind: form.kind.get_untracked(),
        paper: (form.kind.get_untracked() == ApplicantKind::Person)
            .then(|| form.paper.get_untracked()),
        name: form.name.get_untracked(),
        number: identity::normalise(&form.number.get_untracked()),
        telephone: form.telephone.get_untracked(),
    };
    let told_by = form.told_by.get_untracked();
    let command = |request_id| OpenCase { request_id, ticket, matter, bundle, applicant, told_by };
    reception.request.send(command, move |answer| match answer {
        Ok(opened) => {
            form.sent();
            reception.open_case(opened.id);
        }
        Err(refused) => reception.leave_if_signed_out(&refused),
    });
}

fn validity(typed: &str, check: impl Fn(&str) -> Result<String, Text>) -> Validity {
    match check(typed) {
        _ if typed.trim().is_empty() => Validity::Incomplete(None),
        Ok(_) => Validity::Valid,
        Err(why) => Validity::Invalid(why),
    }
}

/// Counts a number while it is typed; validates it once it is complete.
fn number_validity(
    reception: ReceptionState,
    kind: ApplicantKind,
    paper: IdentityPaper,
    typed: &str,
) -> Validity {
    let counter = reception.counter;
    let today = counter.now.with_untracked(|now| {
        days::on(counter.clock.get_untracked(), &now.time_zone).parse::<Date>().unwrap_or(Date::MAX)
    });
    let counted = kind == ApplicantKind::Business || paper == IdentityPaper::IdentityCard;
    let check =
        |typed: &str| identity::number(kind, Some(paper), typed, today).map(|_| String::new());
    match identity::normalise(typed).chars().count() {
        0 => Validity::Incomplete(None),
        length if counted && length < NUMBER_LENGTH => Validity::Incomplete(Some(length)),
        _ => validity(typed, check),
    }
}
