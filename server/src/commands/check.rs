//! `jiban check`

use super::{CommandError, told};
use crate::settings::Settings;
use crate::store::{self, trail::Walked};

pub(super) async fn run(settings: &Settings) -> Result<(), CommandError> {
    let db = settings.db.display();
    match store::open_to_read(&settings.db).await?.walk().await? {
        Walked::Whole { events, tickets, cases } => {
            told::say(&format!(
                "{db} is whole: {events} events, {tickets} tickets and {cases} cases are as they \
                 were written."
            ));
            Ok(())
        }
        Walked::Broken { table, row, what } => Err(CommandError::Broken { table, row, what }),
    }
}
