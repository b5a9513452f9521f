//! What a command must know beside the live state. Cases are not kept in memory,
//! so the writer fetches them within the command's own transaction.

use std::collections::HashMap;

use jiban_domain::case::Case;
use jiban_domain::setup::Setup;
use jiban_domain::ticket::Ticket;
use jiban_domain::{CaseId, ClerkId, DraftId, KioskId, Token};
use jiff::civil::Date;

use crate::change::Person;
use crate::store::{StoreError, StoredDraft, Transaction};

/// What to fetch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Prefetch {
    Case(CaseId),
    /// The applicant of a case, their earlier cases, and their broken promises.
    PersonOf(CaseId),
    /// The password of one who signs in.
    Password(ClerkId),
    /// Who has a password.
    Passwords,
    /// A ticket by its token, in any state.
    Ticket(Token),
    /// The token of the ticket that has a number.
    Holder(NumberOfDay),
    Draft(DraftId),
    /// The earlier cases of a number, and its broken promises.
    Number([u8; 32]),
}

/// A number of the hall of a kiosk on one day.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct NumberOfDay {
    pub kiosk: KioskId,
    pub day: String,
    pub number: (char, u32),
}

/// What was fetched.
#[derive(Debug, Default)]
pub struct Prefetched {
    pub cases: HashMap<CaseId, Case>,
    /// The applicant of each case, until erased.
    pub persons: HashMap<CaseId, Person>,
    /// Earlier cases of the same number, newest first; under another name they are somebody
    /// else's.
    pub history: Vec<Case>,
    /// Until when no promise is offered.
    pub broken_until: Option<Date>,
    /// The password asked for.
    pub password: Option<String>,
    /// The ids that have one.
    pub passwords: Vec<ClerkId>,
    pub tickets: HashMap<Token, Ticket>,
    pub holders: HashMap<NumberOfDay, Token>,
    pub drafts: HashMap<DraftId, StoredDraft>,
}

impl Prefetched {
    /// Fetches one thing.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn fetch(
        &mut self,
        transaction: &mut Transaction<'_>,
        wanted: &Prefetch,
        setup: &Setup,
    ) -> Result<(), StoreError> {
        match wanted {
            Prefetch::Case(id) => {
                if let Some(case) = transaction.case(*id).await? {
                    self.cases.insert(*id, case);
                }
            }
            Prefetch::PersonOf(id) => {
                if let Some(person) = transaction.person(*id).await? {
                    self.number(transaction, &person.number_key).await?;
                    self.persons.insert(*id, person);
                }
            }
            Prefetch::Password(clerk) => self.password = transaction.password(clerk).await?,
            Prefetch::Passwords => self.passwords = transaction.passwords().await?,
            Prefetch::Ticket(token) => {
                if let Some(ticket) = transaction.ticket(*token).await? {
                    self.tickets.insert(*token, ticket);
                }
            }
            Prefetch::Draft(id) => {
                if let Some(draft) = transaction.draft(*id).await? {
                    self.drafts.insert(*id, draft);
                }
            }
            Prefetch::Number(key) => self.number(transaction, key).await?,
            Prefetch::Holder(wanted) => {
                if let Some((hall, _)) = setup.kiosk(&wanted.kiosk)
                    && let Some(token) =
                        transaction.holder(&hall.id, &wanted.day, wanted.number).await?
                {
                    self.holders.insert(wanted.clone(), token);
                }
            }
        }
        Ok(())
    }

    async fn number(
        &mut self,
        transaction: &mut Transaction<'_>,
        key: &[u8; 32],
    ) -> Result<(), StoreError> {
        self.history = transaction.history(key).await?;
        self.broken_until = transaction.broken_until(key).await?;
        Ok(())
    }

    /// Whether a promise may be offered on a day.
    pub fn may_promise(&self, today: Date) -> bool {
        self.broken_until.is_none_or(|until| today > until)
    }
}
