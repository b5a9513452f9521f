//! The fields of a new case about who acts for the applicant (代办人, of a business 经办人).

use jiban_domain::case::ApplicantKind;
use jiban_domain::{Text, identity};
use jiff::civil::Date;
use leptos::prelude::*;

use super::applicant_form::{AgentForm, ApplicantForm, Here};
use super::field::{Field, OnEnter, Validity};
use super::identity_fields::{
    PaperChoice, TextField, number_validity, recognise_paper, today, validity,
};
use super::state::{ReceptionState, use_reception};
use super::words::Word;
use crate::api::reception::OpenAgent;

/// The text fields about an agent.
#[derive(Clone, Copy)]
pub struct AgentTextFields {
    pub name: TextField,
    number: TextField,
    telephone: TextField,
}

impl AgentTextFields {
    pub fn new(reception: ReceptionState) -> Self {
        let form = reception.applicant_form;
        let AgentForm { name, paper, number, telephone, .. } = form.agent;
        let own = move |typed: &str| {
            let plain = identity::normalise(typed);
            !plain.is_empty() && plain == identity::normalise(&form.number.get())
        };
        Self {
            name: TextField::new(move || validity(&name.get(), identity::name)),
            number: TextField::new(move || {
                let typed = number.get();
                if own(&typed) {
                    return Validity::Invalid(Text::new(
                        "与申请人的号码相同。",
                        "This is the applicant's own number.",
                    ));
                }
                number_validity(reception, ApplicantKind::Person, paper.get(), &typed)
            }),
            telephone: TextField::new(move || validity(&telephone.get(), identity::telephone)),
        }
    }

    pub fn all(self) -> [TextField; 3] {
        [self.name, self.number, self.telephone]
    }
}

#[component]
pub fn AgentFields(fields: AgentTextFields, send: Callback<()>) -> impl IntoView {
    let reception = use_reception();
    let kind = reception.applicant_form.kind;
    let AgentForm { name, paper, number, telephone, authorised_on } =
        reception.applicant_form.agent;
    let AgentTextFields { name: name_field, number: number_field, telephone: telephone_field } =
        fields;
    Effect::new(move || {
        recognise_paper(number, paper);
    });
    let plain = move |of: Word| Signal::derive(move || of(reception.words()));
    let title = move || match kind.get() {
        ApplicantKind::Person => reception.words().agent,
        ApplicantKind::Business => reception.words().business_agent,
    };
    let ahead = move || {
        authorised_on.track();
        is_ahead(reception).then(|| reception.words().authorised_ahead)
    };
    view! {
        <div class="agent" role="group" aria-label=title>
            <h3>{title}</h3>
            <Field
                label=plain(|words| words.name)
                value=name
                validity=name_field.validity
                left=name_field.left
                node=name_field.node
                on_enter=OnEnter::Focus(number_field.node)
            />
            <PaperChoice paper name="agent-paper" />
            <Field
                label=plain(|words| words.identity)
                value=number
                validity=number_field.validity
                left=number_field.left
                node=number_field.node
                on_enter=OnEnter::Focus(telephone_field.node)
                even=true
            />
            <Field
                label=plain(|words| words.telephone)
                value=telephone
                validity=telephone_field.validity
                left=telephone_field.left
                node=telephone_field.node
                on_enter=OnEnter::Submit(send)
                mode="tel"
            />
            <label class="typed">
                <span class="field-label">{move || reception.words().authorised_on}</span>
                <input
                    class="input"
                    type="date"
                    name="authorised-on"
                    max=move || today(reception).to_string()
                    bind:value=authorised_on
                />
                <span class="beside bad-words" role="status">
                    {ahead}
                </span>
            </label>
            <p class="soft small">{move || reception.words().authorised_hint}</p>
        </div>
    }
}

/// Whether the date on the authorisation is still to come.
pub fn is_ahead(reception: ReceptionState) -> bool {
    let typed = reception.applicant_form.agent.authorised_on.get_untracked();
    typed.parse::<Date>().is_ok_and(|day| day > today(reception))
}

/// Who acts for the applicant, as typed; none where the applicant has come.
pub fn agent_of(form: ApplicantForm) -> Option<OpenAgent> {
    (form.here.get_untracked() == Here::Agent).then(|| typed_agent(form.agent))
}

fn typed_agent(form: AgentForm) -> OpenAgent {
    OpenAgent {
        name: form.name.get_untracked(),
        paper: Some(form.paper.get_untracked()),
        number: identity::normalise(&form.number.get_untracked()),
        telephone: form.telephone.get_untracked(),
        authorised_on: Some(form.authorised_on.get_untracked()).filter(|day| !day.is_empty()),
    }
}
