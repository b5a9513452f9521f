//! What the hall knows of an applicant's number from earlier cases.

use std::collections::HashSet;

use jiban_app::api::case::NameConflict;
use jiban_domain::case::Case;
use jiban_domain::identity::same_name;
use jiban_domain::{CaseId, HallId, Refusal};

use super::sealed::about_person;
use crate::service::{HallService, read_failed};

/// The earlier cases of a number, newest first.
#[derive(Debug, Default)]
pub struct KnownBy {
    /// Of the same name: what the hall has of these may be offered again.
    pub same: Vec<Case>,
    /// Of another name.
    pub others: Vec<Case>,
}

impl KnownBy {
    /// What a clerk of a hall is told of those with another name.
    pub fn conflict(&self, hall: &HallId) -> Option<NameConflict> {
        let here = self.others.iter().filter(|case| case.hall == *hall);
        let cases: Vec<String> = here.map(|case| case.number.to_string()).collect();
        let elsewhere = cases.len() < self.others.len();
        (!self.others.is_empty()).then_some(NameConflict { cases, elsewhere })
    }
}

impl HallService {
    /// The earlier cases of a number: those of the same name, and those of another.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn known_by(
        &self,
        number_key: &[u8; 32],
        name: &str,
        own: Option<CaseId>,
    ) -> Result<KnownBy, Refusal> {
        let mut known = KnownBy::default();
        for (case, person) in self.reader.history(number_key).await.map_err(read_failed)? {
            if Some(case.id) == own {
                continue;
            }
            let sealed = &person.name;
            // What cannot be opened is nobody's that could be offered.
            match self.vault.open_text(&about_person(case.token, "name"), sealed) {
                Ok(earlier) if same_name(&earlier, name) => known.same.push(case),
                Ok(_) => known.others.push(case),
                Err(error) => tracing::error!(%error, case = case.id.0, "a name cannot be opened"),
            }
        }
        Ok(known)
    }

    /// The earlier cases of the applicant of a case, by number and name.
    ///
    /// # Errors
    /// The data cannot be read or decrypted.
    pub async fn earlier_of_same_person(&self, id: CaseId) -> Result<HashSet<CaseId>, Refusal> {
        let case = self.case(id).await?;
        let Some(person) = self.reader.person(id).await.map_err(read_failed)? else {
            return Ok(HashSet::new());
        };
        let applicant = self.open_person(&case, &person)?;
        let known = self.known_by(&person.number_key, &applicant.name, Some(id)).await?;
        Ok(known.same.iter().map(|case| case.id).collect())
    }
}
