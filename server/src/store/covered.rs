//! `jiban check` for rows that the trail covers by digests, see [`super::cover`].

use std::collections::{BTreeMap, HashMap, HashSet};

use data_encoding::BASE64_NOPAD;
use futures::TryStreamExt as _;
use jiban_domain::case::VerifyCode;
use jiban_domain::event::{CaseEvent, EventKind, HallEvent};
use serde::Deserialize;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};

use super::StoreError;
use super::cases;
use super::columns::{Columns, RowDigest};
use super::rows::has_table;
use super::walked::Walked;

/// What the trail says of rows.
#[derive(Default)]
pub(super) struct Covered {
    tickets: HashMap<i64, RowDigest>,
    cases: HashMap<i64, RowDigest>,
    /// Of all other tables, by their names in the trail.
    others: BTreeMap<String, RowDigest>,
    /// The names of the files of each case that was covered.
    files: HashMap<i64, HashSet<String>>,
    /// Clerks whose password was set by an event without digests.
    old_passwords: HashSet<String>,
    /// The time of the first event with digests, and whether it was the very first.
    since: Option<(i64, bool)>,
    /// Rows that are older than digests.
    pub(super) older: u64,
}

#[derive(Deserialize)]
struct Detail {
    rows: Option<HashMap<String, String>>,
    clerk: Option<String>,
}

/// A table whose rows are covered one by one.
struct Table {
    name: &'static str,
    /// Its columns after the first, which is the key and is read twice.
    statement: &'static str,
    /// The time of a row, to tell whether it is older than digests.
    at: Option<usize>,
    /// A row may be deleted without an event when its time is over.
    ends: bool,
}

const TABLES: [Table; 12] = [
    Table {
        name: "setups",
        statement: "SELECT CAST(version AS TEXT), version, at, by, document FROM setups",
        at: Some(2),
        ends: false,
    },
    Table {
        name: "calendars",
        statement: "SELECT CAST(version AS TEXT), version, at, by, document FROM calendars",
        at: Some(2),
        ends: false,
    },
    Table {
        name: "terminals",
        statement: "SELECT CAST(id AS TEXT), id, kiosk, key, next_key, paired_at, by, \
                    revoked_at, run, replaced FROM terminals",
        at: Some(5),
        ends: false,
    },
    Table {
        name: "passwords",
        statement: "SELECT clerk, clerk, phc FROM passwords",
        at: None,
        ends: false,
    },
    Table {
        name: "sessions",
        statement: "SELECT lower(hex(substr(key, 1, 8))), key, clerk, counter, begun_at, ends_at \
                    FROM sessions",
        at: Some(4),
        ends: true,
    },
    Table {
        name: "files",
        statement: "SELECT id, id, case_id, at, sha256 FROM files",
        at: Some(3),
        ends: false,
    },
    Table {
        name: "bookings",
        statement: "SELECT CAST(id AS TEXT), id, token, code, hall, matter, day, state, document \
                    FROM bookings",
        at: None,
        ends: false,
    },
    Table {
        name: "drafts",
        statement: "SELECT CAST(id AS TEXT), id, token, hall, state, sent_at, keep_until, document \
                    FROM drafts",
        at: None,
        ends: false,
    },
    // Those of a draft are deleted with its answers.
    Table {
        name: "draft_files",
        statement: "SELECT id, id, draft, at, sha256 FROM draft_files",
        at: None,
        ends: true,
    },
    Table {
        name: "broken_promises",
        statement: "SELECT CAST(case_id AS TEXT), case_id, until FROM broken_promises",
        at: None,
        ends: false,
    },
    Table {
        name: "issued_statements",
        statement: "SELECT code, code, print, statement, document, issuer, issued_on \
                    FROM issued_statements",
        at: None,
        ends: false,
    },
    Table {
        name: "record_versions",
        statement: "SELECT hall || '/' || statement, hall, statement, version, at, by, records \
                    FROM record_versions",
        at: Some(4),
        ends: false,
    },
];

impl Covered {
    /// Takes in an event.
    pub(super) fn read_event(
        &mut self,
        (id, at): (i64, i64),
        kind: Option<EventKind>,
        case: Option<i64>,
        detail: &str,
    ) {
        if kind == Some(EventKind::Case(CaseEvent::PersonErased))
            && let Some(case) = case
        {
            for file in self.files.remove(&case).unwrap_or_default() {
                self.others.remove(&file);
            }
            self.others.remove(&format!("broken_promises/{case}"));
        }
        let Ok(detail) = serde_json::from_str::<Detail>(detail) else { return };
        if kind == Some(EventKind::Hall(HallEvent::PasswordSet))
            && let Some(clerk) = detail.clerk
        {
            self.old_passwords.insert(clerk);
        }
        let Some(rows) = detail.rows else { return };
        self.since.get_or_insert((at, id == 1));
        for (name, digest) in rows {
            let digest: Option<RowDigest> =
                BASE64_NOPAD.decode(digest.as_bytes()).ok().and_then(|half| half.try_into().ok());
            self.read_row(name, digest, case);
        }
    }

    fn read_row(&mut self, name: String, digest: Option<RowDigest>, case: Option<i64>) {
        let (table, key) = name.split_once('/').unwrap_or((&name, ""));
        let numbered = match table {
            "tickets" => Some(&mut self.tickets),
            "cases" => Some(&mut self.cases),
            _ => None,
        };
        if let (Some(rows), Ok(id), Some(digest)) = (numbered, key.parse(), digest) {
            rows.insert(id, digest);
            return;
        }
        if table == "passwords" {
            self.old_passwords.remove(key);
        }
        match digest {
            Some(digest) => {
                if let ("files", Some(case)) = (table, case) {
                    self.files.entry(case).or_default().insert(name.clone());
                }
                self.others.insert(name, digest);
            }
            None => {
                self.others.remove(&name);
            }
        }
    }

    /// Whether a ticket is as its last event wrote it; `None` where that event is older than
    /// digests.
    pub(super) fn ticket(&mut self, id: i64, row: &SqliteRow) -> Result<Option<bool>, StoreError> {
        let Some(known) = self.tickets.remove(&id) else {
            self.older += 1;
            return Ok(None);
        };
        Ok(Some(Columns::default().row(row, 0)?.digest() == known))
    }

    /// Compares the rows of all other tables.
    pub(super) async fn compare(
        &mut self,
        connection: &mut SqliteConnection,
    ) -> Result<Option<Walked>, StoreError> {
        for (case, digest) in cases::digests(connection).await? {
            match self.cases.remove(&case) {
                Some(known) if known == digest => {}
                Some(_) => {
                    let what = "has columns, steps or documents that are not as its events tell";
                    return Ok(Some(broken("cases", case, what)));
                }
                None => self.older += 1,
            }
        }
        for table in &TABLES {
            if let Some(wrong) = self.compare_table(table, connection).await? {
                return Ok(Some(wrong));
            }
        }
        Ok(None)
    }

    async fn compare_table(
        &mut self,
        table: &Table,
        connection: &mut SqliteConnection,
    ) -> Result<Option<Walked>, StoreError> {
        let mut place = 0;
        // A backup of an earlier version lacks some tables, and has no digests of files.
        if !has_table(connection, table.name).await? {
            return Ok(None);
        }
        let is_old = table.name == "files" && !has_file_digests(connection).await?;
        let statement = if is_old { OLD_FILES } else { table.statement };
        {
            let mut rows = sqlx::query(statement).fetch(&mut *connection);
            while let Some(row) = rows.try_next().await? {
                place += 1;
                let key = name(&row)?;
                let wrong =
                    |what: &str| Ok(Some(broken(table.name, place, &format!("{key}: {what}"))));
                match self.others.remove(&format!("{}/{key}", table.name)) {
                    Some(known) if known == Columns::default().row(&row, 1)?.digest() => {}
                    Some(_) => return wrong("is not as its event tells"),
                    None if self.is_older(table, &key, &row)? => self.older += 1,
                    None => return wrong("has no event that made it"),
                }
            }
        }
        let prefix = format!("{}/", table.name);
        let missing = self.others.range(prefix.clone()..).next().map(|(name, _)| name.clone());
        match missing.filter(|name| name.starts_with(&prefix) && !table.ends) {
            Some(name) => {
                let what =
                    format!("{}: is missing, but an event tells of it", &name[prefix.len()..]);
                Ok(Some(broken(table.name, place + 1, &what)))
            }
            None => Ok(None),
        }
    }

    /// Whether a row without a digest was written before there were digests.
    fn is_older(&self, table: &Table, key: &str, row: &SqliteRow) -> Result<bool, StoreError> {
        match (self.since, table.at) {
            (Some((_, true)), _) => Ok(false),
            (Some((since, false)), Some(at)) => Ok(row.try_get::<i64, _>(at)? <= since),
            (Some(_), None) if table.name == "passwords" => Ok(self.old_passwords.contains(key)),
            (None, _) | (Some(_), None) => Ok(true),
        }
    }
}

/// The name of a row in the trail. A code is bytes in its column, and characters there.
fn name(row: &SqliteRow) -> Result<String, StoreError> {
    // Text first: a name of ten letters is as long as a code.
    if let Ok(text) = row.try_get::<String, _>(0) {
        return Ok(text);
    }
    let code = row.try_get::<Vec<u8>, _>(0)?;
    match <[u8; 10]>::try_from(code) {
        Ok(code) => Ok(VerifyCode(code).to_string()),
        Err(other) => Ok(String::from_utf8_lossy(&other).into_owned()),
    }
}

const OLD_FILES: &str = "SELECT id, id, case_id, at FROM files";

async fn has_file_digests(connection: &mut SqliteConnection) -> Result<bool, StoreError> {
    let found: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM pragma_table_info('files') WHERE name = 'sha256'")
            .fetch_one(connection)
            .await?;
    Ok(found > 0)
}

fn broken(table: &'static str, row: i64, what: &str) -> Walked {
    Walked::Broken { table, row, what: what.to_owned() }
}
