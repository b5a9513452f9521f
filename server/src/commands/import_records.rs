//! `jiban import-records --hall HALL --statement ID FILE`

use std::path::Path;

use jiban_domain::{HallId, StatementId};

use super::{CommandError, console, service};
use crate::cli::ImportRecords;
use crate::record_file::{self, LISTED, RecordFault};
use crate::settings::Settings;

pub(super) async fn run(settings: &Settings, import: &ImportRecords) -> Result<(), CommandError> {
    let file: &Path = &import.file;
    let bytes = std::fs::read(file).map_err(|error| CommandError::File(file.to_owned(), error))?;
    // A mistyped name must not begin a new database.
    std::fs::metadata(&settings.db)
        .map_err(|missing| CommandError::File(settings.db.clone(), missing))?;
    let service = service(settings).await?;
    let (hall, id) = (HallId(import.hall.clone()), StatementId(import.statement.clone()));
    let imported = async {
        let statement = service.statement(&hall, &id)?;
        let today = service.today_at(&hall);
        let rows = record_file::read(&bytes, &statement, today)
            .map_err(|faults| CommandError::RecordFile(file.to_owned(), listed(faults)))?;
        let count = rows.len();
        let version = service.import_records((&hall, &id), rows, "jiban import-records").await?;
        Ok::<_, CommandError>((count, version, statement))
    };
    let done = imported.await;
    service.close().await;
    let (count, version, statement) = done?;
    let (name, days) = (&statement.name.zh, statement.records_kept_days);
    console::print_line(&format!(
        "{}: {count} records of {name} ({id}) are in force as version {version}, for {days} days.",
        file.display()
    ));
    Ok(())
}

/// The first faults, and how many more there are.
fn listed(mut faults: Vec<RecordFault>) -> Vec<RecordFault> {
    let more = faults.len().saturating_sub(LISTED);
    faults.truncate(LISTED);
    if more > 0
        && let Some(last) = faults.last().map(|fault| fault.line)
    {
        let what = jiban_domain::text!("还有 {more} 处错误" | "and {more} faults more");
        faults.push(RecordFault { line: last, column: String::new(), what });
    }
    faults
}
