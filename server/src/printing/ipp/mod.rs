//! Printing A4 pages by IPP (RFC 8011), on a printer itself or on a queue of CUPS: the
//! printer's state is asked first, then the job is sent once and followed to its end.
//!
//! What a printer says of a job is believed only as far as it counts pages: CUPS may call a job
//! completed of which no page was printed, and leaves a queue paused after a jam or an open
//! door. Nothing is ever sent twice by itself.
//!
//! - [`messages`]: requests, and what answers say
//! - [`following`]: a job from the request to its end

#[cfg(test)]
#[path = "../../../examples/ipp_printer/emulator/mod.rs"]
mod emulator;
mod following;
mod messages;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::Duration;

use hyper::Uri;
use hyper::body::Bytes;
use hyper::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use ipp::model::StatusCode;
use ipp::request::IppRequestResponse;
use jiban_domain::print_job::JobState;
use jiban_domain::self_print::DocumentPrinterNow;
use jiban_domain::setup::IppPrinter;
use tokio::sync::OwnedMutexGuard;

use crate::post::{self, Bounds, PostError};
use messages::PrinterStatus;

/// Bytes of an answer that are read.
const ANSWER_BYTES: usize = 1024 * 1024;

/// How long a printer is waited for.
#[derive(Debug, Clone, Copy)]
pub struct Timeouts {
    pub connect: Duration,
    /// For the answer to a question.
    pub answer: Duration,
    /// For sending a document, with the answer.
    pub send: Duration,
    /// Between two looks at a job.
    pub between: Duration,
    /// How long a job may stand still: the printer is busy or stopped, and no page comes out.
    pub standstill: Duration,
    /// How long a job is looked for whose answer was lost.
    pub look_for: Duration,
}

impl Default for Timeouts {
    /// A printer that warms up takes half a minute to its first page. Somebody who refills
    /// paper is given a minute and a half.
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(3),
            answer: Duration::from_secs(5),
            send: Duration::from_secs(40),
            between: Duration::from_millis(700),
            standstill: Duration::from_secs(90),
            look_for: Duration::from_secs(10),
        }
    }
}

/// A document on its way to a printer.
#[derive(Debug, Clone)]
pub struct Document {
    /// How the job is called at the printer. It is unique, and names nobody.
    pub name: String,
    pub pdf: Bytes,
    pub pages: u32,
}

/// How far a job is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub state: JobState,
    /// Pages that came out, as far as the printer counts them.
    pub came_out: u32,
    pub printer: DocumentPrinterNow,
}

/// A printer, and how long it is waited for.
#[derive(Debug, Clone)]
pub struct Device {
    pub setup: IppPrinter,
    pub timeouts: Timeouts,
}

/// Why a question to a printer has no answer.
#[derive(Debug, thiserror::Error)]
enum IppError {
    #[error(transparent)]
    Post(#[from] PostError),
    #[error("the address is not valid: {0}")]
    Address(String),
    /// An HTTP status other than 200; 401 and 403 where the printer asks for a password.
    #[error("the printer answered with HTTP status {0}")]
    Http(u16),
    #[error("the printer's answer cannot be read: {0}")]
    Unreadable(String),
    #[error("the printer refused: {0:?}")]
    Refused(StatusCode),
}

impl IppError {
    /// Whether a job may have reached the printer all the same.
    const fn may_have_arrived(&self) -> bool {
        matches!(self, Self::Post(PostError::Unanswered(_)) | Self::Unreadable(_))
    }
}

impl Device {
    pub fn new(setup: IppPrinter) -> Self {
        Self { setup, timeouts: Timeouts::default() }
    }

    /// The printer's state now.
    pub async fn status(&self) -> DocumentPrinterNow {
        match self.ask_status().await {
            Ok(status) => status.now(),
            Err(error) => {
                tracing::debug!(printer = self.setup.address, %error, "no state");
                DocumentPrinterNow::Offline
            }
        }
    }

    /// Prints a document once, and tells each step. Waits for other documents of ours at the
    /// same printer first, so that nobody takes another's sheets.
    pub async fn print(&self, document: Document, told: impl Fn(Progress) + Sync) -> Progress {
        let _turn = self.turn().await;
        let end = following::print(self, document, &told).await;
        told(end);
        if end.state != JobState::Confirmed {
            tracing::warn!(printer = self.setup.address, ?end, "a document was not confirmed");
        }
        end
    }

    /// Waits until no other document of ours is at the printer.
    async fn turn(&self) -> OwnedMutexGuard<()> {
        type Turns = HashMap<String, Arc<tokio::sync::Mutex<()>>>;
        static TURNS: LazyLock<Mutex<Turns>> = LazyLock::new(Mutex::default);
        let printer = {
            let mut turns = TURNS.lock().unwrap_or_else(PoisonError::into_inner);
            turns.entry(self.setup.address.to_lowercase()).or_default().clone()
        };
        printer.lock_owned().await
    }

    fn uri(&self) -> Result<Uri, IppError> {
        self.setup.address.parse().map_err(|_| IppError::Address(self.setup.address.clone()))
    }

    async fn ask_status(&self) -> Result<PrinterStatus, IppError> {
        let question = messages::get_printer(&self.uri()?)?;
        Ok(PrinterStatus::read(&self.ask(question).await?))
    }

    /// Sends a request without a document.
    async fn ask(&self, request: IppRequestResponse) -> Result<IppRequestResponse, IppError> {
        self.send(request, &Bytes::new(), self.timeouts.answer).await
    }

    async fn send(
        &self,
        request: IppRequestResponse,
        document: &Bytes,
        patience: Duration,
    ) -> Result<IppRequestResponse, IppError> {
        let mut body = request.to_bytes().to_vec();
        body.extend_from_slice(document);
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/ipp"));
        let bounds =
            Bounds { connect: self.timeouts.connect, answer: patience, answer_bytes: ANSWER_BYTES };
        let answer = post::post(&self.uri()?, headers, body.into(), bounds).await?;
        if answer.status != 200 {
            return Err(IppError::Http(answer.status));
        }
        messages::read(answer.body)
    }
}
