//! Who booked: checked by the rules of identity papers, and sealed before the writer sees it.

use std::sync::Arc;

use jiban_app::api::booking::BookedBy;
use jiban_domain::booking::BookingRefusal;
use jiban_domain::case::ApplicantKind;
use jiban_domain::identity;
use jiban_domain::{Millis, Refusal, Token};

use crate::change;
use crate::service::HallService;
use crate::vault::{Vault, VaultError};
use crate::zone::utc_day;

/// The context in which a value of a booking is sealed.
pub fn about_booking(token: Token, field: &str) -> String {
    format!("booking/{token}/{field}")
}

/// Name and telephone number in plain words.
///
/// # Errors
/// When they cannot be opened.
pub fn opened(
    vault: &Vault,
    token: Token,
    by: &change::BookedBy,
) -> Result<(String, String), VaultError> {
    let open = |field: &str, sealed| vault.open_text(&about_booking(token, field), sealed);
    Ok((open("name", &by.name)?, open("telephone", &by.telephone)?))
}

impl HallService {
    /// The person of a booking, sealed for the booking with this token; `named` is that a name
    /// is needed.
    ///
    /// # Errors
    /// [`BookingRefusal::PersonNotValid`] with the reason.
    pub(super) fn sealed(
        &self,
        token: Token,
        by: &BookedBy,
        (named, now): (bool, Millis),
    ) -> Result<Arc<change::BookedBy>, Refusal> {
        let not_valid = BookingRefusal::PersonNotValid;
        // At a kiosk names cannot be typed: the number says who it is.
        let nameless = !named && by.name.trim().is_empty();
        let name = if nameless { Ok(String::new()) } else { identity::name(&by.name) };
        let name = name.map_err(not_valid)?;
        let (_, number) =
            identity::number(ApplicantKind::Person, by.paper, &by.number, utc_day(now))
                .map_err(BookingRefusal::PersonNotValid)?;
        let telephone =
            identity::telephone(&by.telephone).map_err(BookingRefusal::PersonNotValid)?;
        let seal =
            |field: &str, plain: &str| self.vault.seal_text(&about_booking(token, field), plain);
        Ok(Arc::new(change::BookedBy {
            name: seal("name", &name),
            number: seal("number", &number),
            telephone: seal("telephone", &telephone),
            number_key: self.vault.index("number", &number),
            telephone_key: self.vault.index("telephone", &telephone),
        }))
    }
}
