//! The form of a new case: who applies, and for which matter. Enter goes from
//! field to field, since card readers end with it; at the last it opens the case.

use jiban_domain::case::{ApplicantKind, Subject, ToldBy};
use jiban_domain::identity;
use jiban_domain::identity::IdentityPaper;
use leptos::prelude::*;

use super::agent_fields::{AgentFields, AgentTextFields, agent_of, is_ahead};
use super::applicant_form::Here;
use super::field::{Field, OnEnter, Segments, Validity};
use super::from_draft::FromDraft;
use super::identity_fields::{PaperChoice, TextField, number_validity, recognise_paper, validity};
use super::state::{ReceptionState, use_reception};
use super::subject::SubjectChoice;
use super::words::Word;
use crate::api::reception::{OpenApplicant, OpenCase};

#[component]
pub fn NewCase() -> impl IntoView {
    let reception = use_reception();
    let form = reception.applicant_form;
    let name = TextField::new(move || validity(&form.name.get(), identity::name));
    let number = TextField::new(move || {
        number_validity(reception, form.kind.get(), form.paper.get(), &form.number.get())
    });
    let telephone = TextField::new(move || validity(&form.telephone.get(), identity::telephone));
    let agent = AgentTextFields::new(reception);
    Effect::new(move || {
        name.node.track();
        name.focus();
    });
    let send = Callback::new(move |()| {
        let invalid = first_invalid([name, number, telephone]);
        let is_agent = form.here.get_untracked() == Here::Agent;
        let of_agent = is_agent.then(|| first_invalid(agent.all())).flatten();
        let words = untrack(|| reception.words());
        if let Some(field) = invalid {
            reception.request.show_message(words.fill_in);
            field.focus();
        } else if let Some(field) = of_agent {
            reception.request.show_message(words.fill_agent);
            field.focus();
        } else if is_agent && is_ahead(reception) {
            reception.request.show_message(words.authorised_ahead);
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
                <ApplicantFields name number telephone agent send />
                <section class="sheet">
                    <FromDraft />
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
    agent: AgentTextFields,
    send: Callback<()>,
) -> impl IntoView {
    let reception = use_reception();
    let form = reception.applicant_form;
    // A number shows whether it belongs to a person or a business, and often of which paper
    // it is.
    Effect::new(move || {
        let typed = form.number.get();
        let is_person = form.kind.get_untracked() == ApplicantKind::Person;
        if is_person && recognise_paper(form.number, form.paper) {
            return;
        }
        let paper = form.paper.get_untracked();
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
    let after_telephone = Callback::new(move |()| match form.here.get_untracked() {
        Here::Agent => agent.name.focus(),
        Here::Applicant => send.run(()),
    });
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
            {move || {
                (form.kind.get() == ApplicantKind::Person)
                    .then(|| view! { <PaperChoice paper=form.paper name="paper" /> })
            }}
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
                on_enter=OnEnter::Submit(after_telephone)
                mode="tel"
            />
            <Segments
                label=plain(|words| words.told_by)
                name="told-by"
                choices=ways
                value=form.told_by
            />
            <Segments
                label=plain(|words| words.here)
                name="here"
                choices=vec![
                    (Here::Applicant, plain(|words| words.here_self)),
                    (Here::Agent, word(|words| words.here_agent, |words| words.business_agent)),
                ]
                value=form.here
            />
            <Show when=move || form.here.get() == Here::Agent>
                <AgentFields fields=agent send />
            </Show>
        </section>
    }
}

/// Marks the fields as left, so that each says what is wrong, and gives the first that is.
fn first_invalid(fields: [TextField; 3]) -> Option<TextField> {
    for field in fields {
        field.left.set(true);
    }
    fields.into_iter().find(|field| field.validity.get_untracked() != Validity::Valid)
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
    let agent = agent_of(form);
    let told_by = form.told_by.get_untracked();
    let command = |request_id| OpenCase {
        request_id,
        ticket,
        matter,
        bundle,
        applicant: Some(applicant),
        draft: None,
        agent,
        told_by,
    };
    reception.request.send(command, move |answer| match answer {
        Ok(opened) => {
            form.sent();
            reception.open_case(opened.id);
        }
        Err(refused) => reception.leave_if_signed_out(&refused),
    });
}
