//! What applicants are to be told, for whoever calls them.

use jiban_app::api::office::{TellingShown, Tellings};
use jiban_domain::Refusal;
use jiban_domain::access::{Action, Subject};

use crate::service::{Caller, HallService, read_failed};

/// The calls to make and the last messages, of the caller's halls.
///
/// # Errors
/// The database cannot be read.
pub async fn tellings(service: &HallService, me: &Caller) -> Result<Tellings, Refusal> {
    let sends_messages = service.sends_messages();
    let mut shown = Vec::new();
    for one in service.reader.tellings().await.map_err(read_failed)? {
        if service.require(me, Action::ReadTellings, &Subject::Hall(&one.hall)).is_err() {
            continue;
        }
        let case = service.case(one.case).await?;
        // What is no longer true needs no call.
        let to_call = one.is_to_call(sends_messages) && one.why.still_holds(&case);
        shown.push(TellingShown {
            telling: one.id,
            number: case.number.to_string(),
            why: one.why.name(),
            way: one.way,
            state: one.state,
            to_call,
            at: one.at,
            changed_at: one.changed_at,
            tries: one.tries,
            by: one.by,
        });
    }
    let time_zone = service.setup_now().setup.halls.first().map(|hall| hall.time_zone.clone());
    let time_zone = time_zone.unwrap_or_else(|| "UTC".to_owned());
    Ok(Tellings { sends_messages, time_zone, tellings: shown })
}
