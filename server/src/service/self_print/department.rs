//! The service of a department that answers what its records say of a person. The contract is
//! in `docs/STATEMENTS.md`.

use std::path::Path;
use std::time::Duration;

use data_encoding::BASE64;
use hmac::{Hmac, KeyInit as _, Mac as _};
use hyper::Uri;
use hyper::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use jiban_domain::identity::same_name;
use jiban_domain::self_print::cell;
use jiban_domain::setup::{Statement, StatementSource};
use jiban_domain::{Millis, Refusal};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::Sha256;
use uuid::Uuid;

use super::passes::Proven;
use super::records::PersonRecords;
use crate::post::{self, Bounds};
use crate::service::HallService;

/// A visitor waits for it.
const PATIENCE: Duration = Duration::from_secs(3);
const ANSWER_BYTES: usize = 1024 * 1024;
/// More rows than these fill dozens of pages.
const MOST_ROWS: usize = 600;
/// A shorter secret can be guessed.
const LEAST_SECRET: usize = 32;

/// The secret by which services know that the hall asks.
pub struct StatementKey(Vec<u8>);

impl StatementKey {
    /// Reads the file of the secret.
    ///
    /// # Errors
    /// It cannot be read, or is too short.
    pub fn read(path: &Path) -> std::io::Result<Self> {
        let secret = std::fs::read_to_string(path)?.trim().as_bytes().to_vec();
        if secret.len() < LEAST_SECRET {
            let what = format!("the secret needs {LEAST_SECRET} characters or more");
            return Err(std::io::Error::new(std::io::ErrorKind::InvalidData, what));
        }
        Ok(Self(secret))
    }

    /// The signature of a request, as of Standard Webhooks.
    fn signature(&self, id: &str, seconds: i64, body: &str) -> String {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else { return String::new() };
        mac.update(format!("{id}.{seconds}.{body}").as_bytes());
        format!("v1,{}", BASE64.encode(&mac.finalize().into_bytes()))
    }
}

/// What is asked.
#[derive(Debug, Serialize)]
struct Question<'a> {
    hall: &'a str,
    statement: &'a str,
    number: &'a str,
    /// As far as it is known.
    name: &'a str,
}

/// What is answered. Other fields are ignored.
#[derive(Debug, Deserialize)]
struct Answered {
    name: String,
    rows: Vec<serde_json::Map<String, Value>>,
}

impl HallService {
    /// What a statement says of somebody.
    ///
    /// # Errors
    /// [`Refusal::NoRecord`]; [`Refusal::StatementAway`] where the department's service does
    /// not answer in time, or answers something else.
    pub async fn statement_rows(
        &self,
        proven: &Proven,
        statement: &Statement,
    ) -> Result<PersonRecords, Refusal> {
        match &statement.source {
            StatementSource::Records => self.imported_rows(proven, statement).await,
            StatementSource::Service(address) => {
                self.ask_department(address, proven, statement).await
            }
        }
    }

    async fn ask_department(
        &self,
        address: &str,
        proven: &Proven,
        statement: &Statement,
    ) -> Result<PersonRecords, Refusal> {
        let setup = self.live_state().setup().clone();
        let away = |why: &dyn std::fmt::Display| {
            tracing::warn!(statement = %statement.id, "the department's service: {why}");
            Refusal::StatementAway(setup.setup.department_name(&statement.department))
        };
        let question = Question {
            hall: proven.hall.as_str(),
            statement: statement.id.as_str(),
            number: &proven.number,
            name: &proven.name,
        };
        let body = serde_json::to_string(&question).map_err(|error| away(&error))?;
        let uri: Uri = address.parse().map_err(|_| away(&"the address is not valid"))?;
        let now = self.clock.now();
        let headers = self.signed(&body, now);
        let bounds = Bounds { connect: PATIENCE, answer: PATIENCE, answer_bytes: ANSWER_BYTES };
        let asked = post::post(&uri, headers, body.into(), bounds);
        let answer = tokio::time::timeout(PATIENCE, asked).await;
        let answer = answer.map_err(|_| away(&"it took too long"))?;
        let answer = answer.map_err(|error| away(&error))?;
        match answer.status {
            200 => {}
            404 => return Err(Refusal::NoRecord(statement.name.clone())),
            status => return Err(away(&format!("HTTP status {status}"))),
        }
        let Answered { name, rows } =
            serde_json::from_slice(&answer.body).map_err(|error| away(&error))?;
        if !proven.name.is_empty() && !same_name(&name, &proven.name) {
            // It is somebody else's, or the number was copied wrongly there.
            return Err(Refusal::NoRecord(statement.name.clone()));
        }
        let rows = read_rows(&rows, statement).map_err(|why| away(&why))?;
        if rows.is_empty() {
            return Err(Refusal::NoRecord(statement.name.clone()));
        }
        Ok(PersonRecords { name, rows, as_of: now })
    }

    fn signed(&self, body: &str, now: Millis) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        let (id, seconds) = (Uuid::new_v4().to_string(), now / 1000);
        let signature = self.statement_key.get().map(|key| key.signature(&id, seconds, body));
        let own = [
            ("webhook-id", Some(id)),
            ("webhook-timestamp", Some(seconds.to_string())),
            ("webhook-signature", signature),
        ];
        for (name, value) in own {
            if let Some(value) = value.and_then(|value| HeaderValue::from_str(&value).ok()) {
                headers.insert(HeaderName::from_static(name), value);
            }
        }
        headers
    }

    /// Sets the secret by which services know that the hall asks.
    pub fn use_statement_key(&self, key: StatementKey) {
        let _ = self.statement_key.set(key);
    }
}

/// The rows of an answer, by the statement's columns.
fn read_rows(
    rows: &[serde_json::Map<String, Value>],
    statement: &Statement,
) -> Result<Vec<Vec<String>>, String> {
    if rows.len() > MOST_ROWS {
        return Err(format!("{} rows; at most {MOST_ROWS} are printed", rows.len()));
    }
    let row = |(at, row): (usize, &serde_json::Map<String, Value>)| {
        let value = |column: &jiban_domain::setup::Column| {
            let text = match row.get(&column.id) {
                None | Some(Value::Null) => String::new(),
                Some(Value::String(text)) => text.clone(),
                Some(number @ Value::Number(_)) => number.to_string(),
                Some(_) => return Err(format!("row {at}, {}: neither text nor number", column.id)),
            };
            // What was answered is not logged: it is somebody's.
            cell(column, &text).map_err(|_| format!("row {at}, {}: does not fit", column.id))
        };
        statement.columns.iter().map(value).collect::<Result<Vec<_>, String>>()
    };
    rows.iter().enumerate().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_signed_as_standard_webhooks_are() {
        // Computed by openssl dgst -sha256 -hmac.
        let key = StatementKey(b"0123456789abcdef0123456789abcdef".to_vec());
        let signature = key.signature("msg_1", 1_700_000_000, "{}");
        assert_eq!(signature, "v1,2c4VI0bO4Wd5svqP2unEA9pCk0dTAXr/elrHCJ+/efk=");
    }
}
