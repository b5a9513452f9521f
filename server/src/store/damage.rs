//! `jiban check` for damage: pages that a disk lost, and rows that a start could not read.

use sqlx::{ConnectOptions as _, Connection as _, Row as _, SqliteConnection};

use super::{Reader, StoreError, load};

/// Faults told at most; after a lost page there are thousands.
const TOLD: usize = 20;

impl Reader {
    /// What is damaged, each in a sentence; empty where nothing is.
    ///
    /// # Errors
    /// When the database cannot be read at all.
    pub async fn damage(&self) -> Result<Vec<String>, StoreError> {
        let mut connection = self.pool.acquire().await?;
        // A connection that only reads does not know the CHECK constraints. The one that does
        // still writes nothing (query_only); and since the other stays open, closing it
        // leaves the log as it is.
        let options = self.pool.connect_options().as_ref().clone();
        let mut found = match options.read_only(false).connect().await {
            Ok(mut knowing) => {
                let found = pages(&mut knowing).await;
                knowing.close().await?;
                found?
            }
            // On a disk that is read-only.
            Err(_) => pages(&mut connection).await?,
        };
        // Whatever reads rows next would only say the same again, and less clearly.
        if found.is_empty() {
            found = migrations(&mut connection).await?;
            found.extend(start(&mut connection).await?);
            found.extend(slips(&mut connection).await?);
        }
        found.truncate(TOLD);
        Ok(found)
    }
}

/// What `SQLite` itself finds: pages, indexes, constraints, foreign keys.
async fn pages(connection: &mut SqliteConnection) -> Result<Vec<String>, StoreError> {
    let whole: Vec<String> =
        sqlx::query_scalar("PRAGMA integrity_check(20)").fetch_all(&mut *connection).await?;
    let mut found: Vec<String> = whole
        .into_iter()
        .filter(|line| line != "ok")
        .map(|line| format!("the file is damaged: {line}"))
        .collect();
    let orphans = sqlx::query("PRAGMA foreign_key_check").fetch_all(connection).await?;
    for row in orphans.iter().take(TOLD) {
        let (table, id): (String, Option<i64>) = (row.try_get(0)?, row.try_get(1)?);
        let (parent, id): (String, _) = (row.try_get(2)?, id.unwrap_or_default());
        found.push(format!("table {table}, row {id}: it refers to a row of {parent} that is gone"));
    }
    Ok(found)
}

/// Tables that a start would refuse: made by another version, or not completely.
async fn migrations(connection: &mut SqliteConnection) -> Result<Vec<String>, StoreError> {
    let known = sqlx::migrate!("migrations/sqlite");
    let applied: Vec<(i64, Vec<u8>, bool)> =
        sqlx::query_as("SELECT version, checksum, success FROM _sqlx_migrations ORDER BY version")
            .fetch_all(connection)
            .await?;
    let mut found = Vec::new();
    for (place, (version, checksum, success)) in applied.iter().enumerate() {
        let same = known.iter().nth(place).is_some_and(|migration| {
            migration.version == *version && *migration.checksum == **checksum
        });
        if !same || !success {
            found.push(format!(
                "table _sqlx_migrations, row {version}: the tables were made by another version \
                 of the program, or not completely"
            ));
        }
    }
    Ok(found)
}

/// Reads what a start reads, by the same code.
async fn start(connection: &mut SqliteConnection) -> Result<Vec<String>, StoreError> {
    // Long ago, so that no session has ended and no slip is old.
    Ok(match load::load(connection, 0).await {
        Ok(loaded) => loaded
            .set_aside
            .into_iter()
            .map(|row| format!("{row}. A start sets it aside"))
            .collect(),
        Err(error) => vec![format!("the server cannot start with it: {error}")],
    })
}

/// Slips that are not those of their tickets.
async fn slips(connection: &mut SqliteConnection) -> Result<Vec<String>, StoreError> {
    let swapped: Vec<i64> = sqlx::query_scalar(
        "SELECT j.id FROM print_jobs j JOIN tickets t ON t.id = j.ticket \
         WHERE json_valid(j.slip) AND (json_extract(j.slip, '$.issued_at') <> t.issued_at \
         OR json_extract(j.slip, '$.number') <> printf('%s%03d', t.letter, t.number))",
    )
    .fetch_all(connection)
    .await?;
    let told = |id: i64| format!("table print_jobs, row {id}: the slip is not that of its ticket");
    Ok(swapped.into_iter().map(told).collect())
}
