//! What was typed about an applicant and an agent before there is a case. It is kept in this
//! page alone and cleared with the ticket: the next visitor must not see it.

use jiban_domain::case::{ApplicantKind, Subject, ToldBy};
use jiban_domain::identity::IdentityPaper;
use jiban_domain::{MatterId, TicketId};
use leptos::prelude::*;

use crate::parts::drafts;

/// The names of its drafts begin like this.
fn prefix(ticket: TicketId) -> String {
    format!("applicant/{}/", ticket.0)
}

/// Who has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Here {
    Applicant,
    Agent,
}

/// The fields about who acts for the applicant.
#[derive(Clone, Copy)]
pub struct AgentForm {
    pub name: RwSignal<String>,
    pub paper: RwSignal<IdentityPaper>,
    pub number: RwSignal<String>,
    pub telephone: RwSignal<String>,
    /// The date on the authorisation: `YYYY-MM-DD`; empty if there was none to see.
    pub authorised_on: RwSignal<String>,
}

/// The fields of a new case.
#[derive(Clone, Copy)]
pub struct ApplicantForm {
    ticket: StoredValue<Option<TicketId>>,
    /// The matter or bundle.
    pub subject: RwSignal<Option<Subject>>,
    pub kind: RwSignal<ApplicantKind>,
    pub name: RwSignal<String>,
    /// The paper that a person's number is from.
    pub paper: RwSignal<IdentityPaper>,
    /// The number of the paper, or the credit code.
    pub number: RwSignal<String>,
    pub telephone: RwSignal<String>,
    pub told_by: RwSignal<ToldBy>,
    pub here: RwSignal<Here>,
    pub agent: AgentForm,
}

impl ApplicantForm {
    pub fn new() -> Self {
        let form = Self {
            ticket: StoredValue::new(None),
            subject: RwSignal::new(None),
            kind: RwSignal::new(ApplicantKind::Person),
            name: RwSignal::new(String::new()),
            paper: RwSignal::new(IdentityPaper::default()),
            number: RwSignal::new(String::new()),
            telephone: RwSignal::new(String::new()),
            told_by: RwSignal::new(ToldBy::Page),
            here: RwSignal::new(Here::Applicant),
            agent: AgentForm {
                name: RwSignal::new(String::new()),
                paper: RwSignal::new(IdentityPaper::default()),
                number: RwSignal::new(String::new()),
                telephone: RwSignal::new(String::new()),
                authorised_on: RwSignal::new(String::new()),
            },
        };
        for (name, field) in form.fields() {
            Effect::watch(
                move || field.get(),
                move |text, _, _| {
                    if let Some(ticket) = form.ticket.get_value() {
                        drafts::keep(&format!("{}{name}", prefix(ticket)), text);
                    }
                },
                false,
            );
        }
        form
    }

    fn fields(self) -> [(&'static str, RwSignal<String>); 7] {
        [
            ("name", self.name),
            ("number", self.number),
            ("telephone", self.telephone),
            ("agent-name", self.agent.name),
            ("agent-number", self.agent.number),
            ("agent-telephone", self.agent.telephone),
            ("authorised-on", self.agent.authorised_on),
        ]
    }

    /// Begins for a ticket; what was typed for the same ticket stays, also over a reload or
    /// the end of a session.
    pub fn begin(self, ticket: TicketId, matter: MatterId) {
        if self.ticket.get_value() != Some(ticket) {
            self.clear();
            self.ticket.set_value(Some(ticket));
            self.subject.set(Some(Subject::Matter(matter)));
            for (name, field) in self.fields() {
                field.set(drafts::kept(&format!("{}{name}", prefix(ticket))));
            }
            let agent = self.agent;
            if [agent.name, agent.number]
                .iter()
                .any(|field| !field.with_untracked(String::is_empty))
            {
                self.here.set(Here::Agent);
            }
        }
    }

    /// The case was opened: nothing of the form is kept.
    pub fn sent(self) {
        if let Some(ticket) = self.ticket.get_value() {
            drafts::forget(&prefix(ticket));
        }
        self.clear();
    }

    fn clear(self) {
        self.ticket.set_value(None);
        self.subject.set(None);
        self.kind.set(ApplicantKind::Person);
        self.paper.set(IdentityPaper::default());
        self.told_by.set(ToldBy::Page);
        self.here.set(Here::Applicant);
        self.agent.paper.set(IdentityPaper::default());
        for (_, field) in self.fields() {
            field.set(String::new());
        }
    }

    /// Clears it when its ticket is no longer in hand.
    pub fn clear_unless(self, in_hand: Option<TicketId>) {
        if self.ticket.get_value().is_some() && self.ticket.get_value() != in_hand {
            self.clear();
        }
    }
}
