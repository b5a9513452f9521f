//! How the data of an applicant and of an agent is sealed.

use jiban_domain::identity::IdentityPaper;
use jiban_domain::{Refusal, Token};
use serde::{Deserialize, Serialize};

use crate::vault::{Vault, VaultError};

/// The field of a person under which the agent is sealed.
const AGENT: &str = "agent";

/// Who acts for an applicant, as it is sealed.
#[derive(Serialize, Deserialize)]
pub(super) struct Agent {
    pub name: String,
    pub paper: IdentityPaper,
    pub number: String,
    pub telephone: String,
}

impl Agent {
    pub fn seal(&self, vault: &Vault, case: Token) -> Vec<u8> {
        let record = serde_json::to_string(self).unwrap_or_default();
        vault.seal_text(&about_person(case, AGENT), &record)
    }

    pub fn open(vault: &Vault, case: Token, sealed: &[u8]) -> Result<Self, Refusal> {
        let record = vault.open_text(&about_person(case, AGENT), sealed).map_err(vault_failed)?;
        serde_json::from_str(&record).map_err(|error| {
            tracing::error!(%error, "an agent could not be read");
            Refusal::Unavailable
        })
    }
}

/// The context a personal value is sealed with: it opens only with the same case and
/// field.
pub fn about_person(token: Token, field: &str) -> String {
    format!("person/{token}/{field}")
}

#[allow(clippy::needless_pass_by_value)]
pub(super) fn vault_failed(error: VaultError) -> Refusal {
    tracing::error!(%error, "personal data could not be decrypted");
    Refusal::Unavailable
}

/// A number as it is sealed: with its paper in front, unless that is an identity card. So
/// what is sealed by an earlier version reads as one.
pub(super) fn with_paper(paper: Option<IdentityPaper>, number: &str) -> String {
    match paper {
        None | Some(IdentityPaper::IdentityCard) => number.to_owned(),
        Some(paper) => format!("{}:{number}", <&str>::from(paper)),
    }
}

/// The paper and the number of what [`with_paper`] made. No number has a colon.
pub fn of_paper(sealed: &str) -> (IdentityPaper, &str) {
    let known = sealed.split_once(':');
    let known = known.and_then(|(paper, number)| Some((paper.parse().ok()?, number)));
    known.unwrap_or((IdentityPaper::IdentityCard, sealed))
}
