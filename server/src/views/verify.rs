//! The result of verifying a document's code. It holds no personal data.

use jiban_app::api::case::{Verdict, Verified};
use jiban_domain::Refusal;
use jiban_domain::case::VerifyCode;

use crate::service::{HallService, read_failed};

/// Whether a document is valid.
///
/// # Errors
/// When it cannot be read.
pub async fn verify(service: &HallService, code: &str) -> Result<Verified, Refusal> {
    let found = match code.parse::<VerifyCode>() {
        Ok(code) => service.reader.issued(&code.0).await.map_err(read_failed)?,
        Err(_) => None,
    };
    Ok(match found {
        Some(issued) => Verified {
            result: if issued.revoked_on.is_some() { Verdict::Revoked } else { Verdict::Genuine },
            matter: Some(issued.matter),
            document: Some(issued.document),
            issued_on: Some(issued.issued_on),
            issuer: Some(issued.issuer),
            revoked_on: issued.revoked_on,
        },
        None => Verified {
            result: Verdict::Unknown,
            matter: None,
            document: None,
            issued_on: None,
            issuer: None,
            revoked_on: None,
        },
    })
}
