//! What was typed of an applicant before there is a case. It is kept in this
//! page alone, and forgotten with the ticket: the next visitor must not see it.

use jiban_domain::case::{ApplicantKind, Subject, ToldBy};
use jiban_domain::{MatterId, TicketId};
use leptos::prelude::*;

/// The fields of the first sheet.
#[derive(Clone, Copy)]
pub struct Draft {
    ticket: StoredValue<Option<TicketId>>,
    /// For what.
    pub subject: RwSignal<Option<Subject>>,
    /// Person or business.
    pub kind: RwSignal<ApplicantKind>,
    /// The name.
    pub name: RwSignal<String>,
    /// Identity number or credit code.
    pub number: RwSignal<String>,
    /// The telephone.
    pub telephone: RwSignal<String>,
    /// How to be told.
    pub told_by: RwSignal<ToldBy>,
}

impl Draft {
    /// Empty.
    pub fn new() -> Self {
        Self {
            ticket: StoredValue::new(None),
            subject: RwSignal::new(None),
            kind: RwSignal::new(ApplicantKind::Person),
            name: RwSignal::new(String::new()),
            number: RwSignal::new(String::new()),
            telephone: RwSignal::new(String::new()),
            told_by: RwSignal::new(ToldBy::Page),
        }
    }

    /// Begins for a ticket; goes on where it is the same one.
    pub fn begin(self, ticket: TicketId, matter: MatterId) {
        if self.ticket.get_value() != Some(ticket) {
            self.clear();
            self.ticket.set_value(Some(ticket));
            self.subject.set(Some(Subject::Matter(matter)));
        }
    }

    /// Forgets all of it.
    pub fn clear(self) {
        self.ticket.set_value(None);
        self.subject.set(None);
        self.kind.set(ApplicantKind::Person);
        self.told_by.set(ToldBy::Page);
        for field in [self.name, self.number, self.telephone] {
            field.set(String::new());
        }
    }

    /// Forgets it where another ticket is in hand.
    pub fn forget_unless(self, in_hand: Option<TicketId>) {
        if self.ticket.get_value().is_some() && self.ticket.get_value() != in_hand {
            self.clear();
        }
    }
}
