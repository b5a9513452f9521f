//! `jiban clock`

use jiban_domain::hall_clock::Remembered;

use super::{CommandError, console, service};
use crate::clock::{Clock, HallTime};
use crate::service::Author;
use crate::settings::Settings;
use crate::store::open_to_read;
use crate::zone::utc_date_and_time;

pub(super) async fn run(settings: &Settings, accept: bool) -> Result<(), CommandError> {
    // A mistyped path must not create a database.
    std::fs::metadata(&settings.db)
        .map_err(|missing| CommandError::File(settings.db.clone(), missing))?;
    if accept {
        let service = service(settings).await?;
        let accepted = service.accept_clock(None, Author::Operator("jiban clock")).await;
        service.close().await;
        accepted?;
    }
    let remembered = open_to_read(&settings.db).await?.remembered().await?;
    console::print_line(&state(remembered));
    Ok(())
}

/// What a start would think of the clock.
fn state(remembered: Remembered) -> String {
    let time = HallTime::at_start(Clock::from_environment(), remembered);
    let last = remembered.last.map_or_else(|| "none".to_owned(), utc_date_and_time);
    let mut lines = vec![
        format!("machine's clock: {}", utc_date_and_time(time.machine())),
        format!("last event: {last}"),
    ];
    let verdict = if !time.is_in_doubt() {
        "The hall goes by the machine's clock."
    } else if time.can_settle() {
        "The clock was wrong and is right again: the hall goes by it with the next start."
    } else {
        "The hall does not believe the clock: nothing is cancelled, erased or decided by time. If it \
         is wrong, set it; the hall then goes on by itself. If it is right, stop the server and run \
         \"jiban clock --accept\", or confirm it on the admin page."
    };
    lines.push(verdict.to_owned());
    lines.join("\n")
}
