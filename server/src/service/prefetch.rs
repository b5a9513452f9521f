//! What a question must know beside the live state: cases are not kept in memory, so
//! the writer fetches them, within the question's own transaction.

use std::collections::HashMap;

use jiban_domain::CaseId;
use jiban_domain::case::Case;
use jiff::civil::Date;

use crate::change::Person;
use crate::store::{StoreError, Writing};

/// What is to be fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Prefetch {
    /// A case.
    Case(CaseId),
    /// Who applied in it, and what is held against them.
    PersonOf(CaseId),
    /// Earlier cases of who has a number, and what is held against them.
    Number([u8; 32]),
}

/// What was fetched.
#[derive(Debug, Default)]
pub struct Prefetched {
    /// Cases.
    pub cases: HashMap<CaseId, Case>,
    /// Who applied in them; none once erased.
    pub persons: HashMap<CaseId, Person>,
    /// Earlier cases of the same number, newest first.
    pub history: Vec<Case>,
    /// Until when no promise is offered.
    pub broken_until: Option<Date>,
}

impl Prefetched {
    /// Fetches one.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn fetch(
        &mut self,
        rows: &mut Writing<'_>,
        need: &Prefetch,
    ) -> Result<(), StoreError> {
        match need {
            Prefetch::Case(id) => {
                if let Some(case) = rows.case(*id).await? {
                    self.cases.insert(*id, case);
                }
            }
            Prefetch::PersonOf(id) => {
                if let Some(person) = rows.person(*id).await? {
                    self.number(rows, &person.number_key).await?;
                    self.persons.insert(*id, person);
                }
            }
            Prefetch::Number(key) => self.number(rows, key).await?,
        }
        Ok(())
    }

    async fn number(&mut self, rows: &mut Writing<'_>, key: &[u8; 32]) -> Result<(), StoreError> {
        self.history = rows.history(key).await?;
        self.broken_until = rows.broken_until(key).await?;
        Ok(())
    }

    /// Whether a promise may be offered on a day.
    pub fn may_promise(&self, today: Date) -> bool {
        self.broken_until.is_none_or(|until| today > until)
    }
}
