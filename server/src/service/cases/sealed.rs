//! How an applicant's data is sealed.

use jiban_domain::identity::IdentityPaper;
use jiban_domain::{Refusal, Token};

use crate::vault::VaultError;

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
pub(super) fn of_paper(sealed: &str) -> (IdentityPaper, &str) {
    let known = sealed.split_once(':');
    let known = known.and_then(|(paper, number)| Some((paper.parse().ok()?, number)));
    known.unwrap_or((IdentityPaper::IdentityCard, sealed))
}
