//! The result of verifying a document's code. It holds no personal data.

use jiban_app::api::case::{Verdict, Verified};
use jiban_domain::Refusal;
use jiban_domain::case::VerifyCode;

use crate::limits::ClientAddress;
use crate::service::HallService;

/// Whether a document is valid.
///
/// # Errors
/// The client, or all together, entered too many unknown codes; or it cannot be read.
pub async fn verify(
    service: &HallService,
    code: &str,
    client: ClientAddress,
) -> Result<Verified, Refusal> {
    let found = service.issued_document(code.parse::<VerifyCode>().ok(), client).await?;
    Ok(match found {
        Some(issued) => Verified {
            result: if issued.revoked_on.is_some() { Verdict::Revoked } else { Verdict::Genuine },
            matter: issued.matter,
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
