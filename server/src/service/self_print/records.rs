//! The records that departments bring: imported as a whole, sealed, found by the keyed hash of
//! a number, and erased when they are too old to be true.

use std::sync::Arc;

use data_encoding::HEXLOWER;
use jiban_domain::event::HallEvent;
use jiban_domain::identity::same_name;
use jiban_domain::setup::{Statement, StatementSource};
use jiban_domain::{HallId, Millis, Refusal, StatementId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::passes::Proven;
use crate::change::{Change, Record, RecordsVersion};
use crate::record_file::RecordRow;
use crate::service::unit_of_work::About;
use crate::service::{HallService, read_failed};
use crate::vault::{Vault, VaultError};

const DAY_MS: Millis = 24 * 60 * 60 * 1000;

/// A record as it is sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedContent {
    pub number: String,
    pub name: String,
    pub cells: Vec<String>,
}

/// What the records say of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRecords {
    pub name: String,
    pub rows: Vec<Vec<String>>,
    /// When they were brought, or answered.
    pub as_of: Millis,
}

/// The context a record is sealed with: it opens only as one of its statement and number.
pub fn about_record(hall: &HallId, statement: &StatementId, number_key: &[u8]) -> String {
    format!("record/{hall}/{statement}/{}", HEXLOWER.encode(number_key))
}

/// Opens a record.
///
/// # Errors
/// It was changed, or needs another key.
pub fn opened_record(
    vault: &Vault,
    about: &str,
    sealed: &[u8],
) -> Result<(SealedContent, Vec<u8>), VaultError> {
    let plain = vault.open(about, sealed)?;
    let content = serde_json::from_slice(&plain).map_err(|_| VaultError::NotText)?;
    Ok((content, plain))
}

/// A keyed hash of all records of an import, in their order.
pub fn content_digest<'a>(vault: &Vault, plain: impl Iterator<Item = &'a [u8]>) -> [u8; 32] {
    let mut hash = Sha256::new();
    for one in plain {
        hash.update((one.len() as u64).to_be_bytes());
        hash.update(one);
    }
    vault.digest(&hash.finalize())
}

impl HallService {
    /// A statement of a hall.
    ///
    /// # Errors
    /// [`Refusal::UnknownHall`], [`Refusal::NotPrintable`].
    pub fn statement(&self, hall: &HallId, id: &StatementId) -> Result<Statement, Refusal> {
        let live_state = self.live_state();
        let hall = live_state.setup().setup.hall(hall).ok_or(Refusal::UnknownHall)?;
        hall.statement(id).cloned().ok_or(Refusal::NotPrintable)
    }

    /// Puts records in force, instead of those before; the new version.
    ///
    /// # Errors
    /// The statement is not made of records, or nothing can be written.
    pub async fn import_records(
        &self,
        (hall, id): (&HallId, &StatementId),
        rows: Vec<RecordRow>,
        by: &str,
    ) -> Result<i64, Refusal> {
        let statement = self.statement(hall, id)?;
        if statement.source != StatementSource::Records {
            let what = format!("the statement {id} is not made of records: see its source");
            return Err(Refusal::BadRequest(what));
        }
        let before = self.records_in_force(hall, id).await?.map_or(0, |version| version.version);
        let (mut records, mut plain) = (Vec::new(), Vec::new());
        for RecordRow { number, name, cells } in rows {
            let number_key = self.vault.index("number", &number);
            let content = SealedContent { number, name, cells };
            let bytes = serde_json::to_vec(&content).map_err(|_| Refusal::Unavailable)?;
            let sealed = self.vault.seal(&about_record(hall, id, &number_key), &bytes);
            records.push(Record { number_key, sealed });
            plain.push(bytes);
        }
        let digest = content_digest(&self.vault, plain.iter().map(Vec::as_slice));
        let (hall, id, by) = (hall.clone(), id.clone(), by.to_owned());
        let records = Arc::new(records);
        self.execute(None, move |work| {
            let version = RecordsVersion {
                hall: hall.clone(),
                statement: id.clone(),
                version: before + 1,
                at: work.now(),
                by: by.clone(),
                records: records.to_vec(),
                digest,
            };
            let detail =
                json!({ "statement": id, "version": before + 1, "records": records.len() });
            work.put(Change::Records(Arc::new(version)));
            let kind = HallEvent::RecordsImported;
            work.append_event(kind, hall.clone(), About::Hall, &by, &detail);
            Ok("{}".to_owned())
        })
        .await?;
        Ok(before + 1)
    }

    async fn records_in_force(
        &self,
        hall: &HallId,
        id: &StatementId,
    ) -> Result<Option<crate::store::RecordsInForce>, Refusal> {
        let all = self.reader.records_in_force().await.map_err(read_failed)?;
        Ok(all.into_iter().find(|one| one.hall == *hall && one.statement == *id))
    }

    /// The statements of a hall of which somebody has records.
    pub(super) async fn statements_with_records(
        &self,
        hall: &HallId,
        key: &[u8; 32],
    ) -> Result<Vec<StatementId>, Refusal> {
        let ids: Vec<StatementId> = {
            let live_state = self.live_state();
            let hall = live_state.setup().setup.hall(hall).ok_or(Refusal::UnknownHall)?;
            let of_records = |one: &&Statement| one.source == StatementSource::Records;
            hall.statements.iter().filter(of_records).map(|one| one.id.clone()).collect()
        };
        let mut found = Vec::new();
        for id in ids {
            let records = self.reader.records_of((hall, &id), key).await.map_err(read_failed)?;
            if !records.is_empty() {
                found.push(id);
            }
        }
        Ok(found)
    }

    /// What a statement's records say of somebody. Records of another name are not theirs.
    ///
    /// # Errors
    /// [`Refusal::NoRecord`].
    pub(super) async fn imported_rows(
        &self,
        proven: &Proven,
        statement: &Statement,
    ) -> Result<PersonRecords, Refusal> {
        let (hall, key) = (&proven.hall, &proven.number_key);
        let no_record = || Refusal::NoRecord(statement.name.clone());
        let version = self.records_in_force(hall, &statement.id).await?.ok_or_else(no_record)?;
        let sealed = self.reader.records_of((hall, &statement.id), key).await;
        let about = about_record(hall, &statement.id, key);
        let (mut name, mut rows) = (proven.name.clone(), Vec::new());
        for record in sealed.map_err(read_failed)? {
            let opened = opened_record(&self.vault, &about, &record.sealed);
            let (content, _) = opened.map_err(|error| {
                tracing::error!(%error, statement = %statement.id, "a record cannot be opened");
                Refusal::Unavailable
            })?;
            if name.is_empty() {
                name.clone_from(&content.name);
            }
            // Of an import before the statement got another column.
            let fits = content.cells.len() == statement.columns.len();
            if same_name(&content.name, &name) && fits {
                rows.push(content.cells);
            }
        }
        if rows.is_empty() {
            Err(no_record())
        } else {
            Ok(PersonRecords { name, rows, as_of: version.at })
        }
    }

    /// Erases the records that are too old, and those whose statement is gone.
    ///
    /// # Errors
    /// The database cannot be read or written.
    pub async fn erase_old_records(&self) -> Result<(), Refusal> {
        if self.clock.doubt().is_some() {
            return Ok(());
        }
        for version in self.reader.records_in_force().await.map_err(read_failed)? {
            let (hall, id) = (version.hall.clone(), version.statement.clone());
            let kept = self.statement(&hall, &id).map_or(0, |one| one.records_kept_days);
            if self.clock.now() - version.at < Millis::from(kept) * DAY_MS {
                continue;
            }
            self.execute(None, move |work| {
                let (hall, statement) = (hall.clone(), id.clone());
                let detail = json!({ "statement": id, "version": version.version });
                work.put(Change::RecordsErased { hall: hall.clone(), statement });
                work.append_event(HallEvent::RecordsErased, hall, About::Hall, "", &detail);
                Ok("{}".to_owned())
            })
            .await?;
            self.log_has_erased.store(true, std::sync::atomic::Ordering::Relaxed);
            self.empty_log().await;
        }
        Ok(())
    }
}
