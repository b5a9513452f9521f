//! The service: what the hall can be asked to do. Each command becomes a work
//! of changes for the one writer; answers are the JSON that was kept.
//!
//! - [`work`], [`writer`]: how a command becomes rows, once and for all
//! - [`cases`]: everything about cases; [`prefetch`]: what is fetched for a command
//! - [`issue`], [`verbs`], [`slips`], [`sign_in`], [`setup`], [`day_turn`]: the commands
//! - [`presence`], [`lock_out`], [`sheets`]: what is known of now and need not outlive the server

mod cases;
mod changed;
pub mod day_turn;
mod issue;
pub mod lock_out;
mod prefetch;
pub mod presence;
pub mod secret;
mod setup;
pub mod sheets;
pub mod sign_in;
mod slips;
pub mod unit_of_work;
mod verbs;
mod writer;

use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

use jiban_domain::{Refusal, Token};
use serde::Serialize;
use sha2::{Digest, Sha256};
use tokio::sync::{Semaphore, mpsc, oneshot};
use uuid::Uuid;

pub use cases::{Reviewer, about_person, digest_of, has_a_step, moment};
pub use changed::{Changed, Topic};
use lock_out::LockOut;
use prefetch::Prefetch;
use presence::Presence;
use sheets::Sheets;
pub use unit_of_work::AtCounter;
use unit_of_work::UnitOfWork;
use writer::{Command, Handler, Writer, WriterMessage};

use crate::clock::Clock;
use crate::live_state::LiveState;
use crate::store::{Reader, Store, StoreError};
use crate::uploads::Files;
use crate::vault::Vault;

/// Commands that may stand before the writer; more are told that the hall
/// cannot save just now.
const INBOX: usize = 4_096;

/// Passwords hashed at the same time: each takes a core and 19 MiB, and anyone
/// may ask for it.
const HASHING: usize = 2;

/// Where visitors' phones find the hall.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addresses {
    /// `http://192.168.1.20:3000`: scheme and host, no path, no slash.
    pub base: String,
}

impl Addresses {
    /// The address of a ticket's progress page.
    pub fn progress(&self, token: Token) -> String {
        format!("{}/t/{token}", self.base)
    }
}

/// What the hall can be asked to do. Shared by all who ask.
pub struct HallService {
    live_state: Arc<RwLock<LiveState>>,
    inbox: mpsc::Sender<WriterMessage>,
    /// Who must look again.
    pub changed: Changed,
    /// Reads past the live state.
    pub reader: Reader,
    /// The time.
    pub clock: Clock,
    /// Where phones find the hall.
    pub addresses: Addresses,
    /// What seals persons.
    pub vault: Arc<Vault>,
    /// Photographs, scans and signatures.
    pub files: Arc<Files>,
    /// Kiosks and printers as last heard.
    pub presence: Presence,
    /// Guides that kiosks printed lately.
    pub sheets: Sheets,
    lock_out: LockOut,
    guessing: LockOut,
    hashing: Semaphore,
}

impl HallService {
    /// Opens the service upon a database: loads the live state and starts the writer.
    ///
    /// # Errors
    /// When the rows cannot be read.
    pub async fn open(
        mut store: Store,
        clock: Clock,
        addresses: Addresses,
        vault: Arc<Vault>,
        files: Arc<Files>,
    ) -> Result<Arc<Self>, StoreError> {
        let loaded = store.load(clock.now()).await?;
        let live_state = Arc::new(RwLock::new(loaded.live_state.clone()));
        let changed = Changed::default();
        let reader = store.reader();
        let (inbox, asked) = mpsc::channel(INBOX);
        let writer = Writer::new(
            store,
            clock.clone(),
            loaded.live_state,
            loaded.next,
            live_state.clone(),
            changed.clone(),
        );
        writing_thread(writer, asked)?;
        Ok(Arc::new(Self {
            live_state,
            inbox,
            changed,
            reader,
            clock,
            addresses,
            vault,
            files,
            presence: Presence::default(),
            sheets: Sheets::default(),
            lock_out: LockOut::default(),
            guessing: LockOut::default(),
            hashing: Semaphore::new(HASHING),
        }))
    }

    /// The live state as last committed. Hold it briefly: the writer waits for it.
    pub fn live_state(&self) -> RwLockReadGuard<'_, LiveState> {
        self.live_state.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks the writer, and waits for the commit.
    async fn execute(
        &self,
        request: Option<(Uuid, [u8; 32])>,
        handler: impl Fn(&mut UnitOfWork<'_>) -> Result<String, Refusal> + Send + Sync + 'static,
    ) -> Result<Arc<str>, Refusal> {
        self.execute_with(request, Vec::new(), handler).await
    }

    /// Asks the writer something that must know of cases.
    async fn execute_with(
        &self,
        request: Option<(Uuid, [u8; 32])>,
        prefetch: Vec<Prefetch>,
        handler: impl Fn(&mut UnitOfWork<'_>) -> Result<String, Refusal> + Send + Sync + 'static,
    ) -> Result<Arc<str>, Refusal> {
        let (reply, answer) = oneshot::channel();
        let handler: Handler = Box::new(handler);
        self.inbox
            .try_send(WriterMessage::Command(Command { request, prefetch, handler, reply }))
            .map_err(|_| Refusal::Unavailable)?;
        answer.await.map_err(|_| Refusal::Unavailable)?
    }

    /// Whether the writer lives.
    pub fn takes_questions(&self) -> bool {
        !self.inbox.is_closed()
    }

    /// Lets go of rows nobody will ask for again, a little at a time.
    pub async fn prune(&self) {
        loop {
            let (reply, more) = oneshot::channel();
            if self.inbox.send(WriterMessage::Prune(reply)).await.is_err()
                || !more.await.unwrap_or(false)
            {
                return;
            }
        }
    }

    /// Closes the database once all that was asked is answered.
    pub async fn close(&self) {
        let (reply, closed) = oneshot::channel();
        if self.inbox.send(WriterMessage::Close(reply)).await.is_ok() {
            let _ = closed.await;
        }
    }
}

/// Gives the writer a thread of its own: among the tasks that answer requests
/// it would stand in line after every statement.
fn writing_thread(writer: Writer, asked: mpsc::Receiver<WriterMessage>) -> Result<(), StoreError> {
    let not_started = |error| StoreError::File("the writer's thread".into(), error);
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_time().build().map_err(not_started)?;
    std::thread::Builder::new()
        .name("writer".to_owned())
        .spawn(move || runtime.block_on(writer.run(asked)))
        .map_err(not_started)?;
    Ok(())
}

/// The hash under which a command is prefetched: what was asked, and of whom.
fn digest(call: &str, command: &impl Serialize) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(call.as_bytes());
    hash.update([0]);
    // The shapes of commands hold nothing JSON cannot say.
    hash.update(serde_json::to_vec(command).unwrap_or_default());
    hash.finalize().into()
}

/// What could not be read.
#[allow(clippy::needless_pass_by_value)]
pub(crate) fn unread(error: StoreError) -> Refusal {
    tracing::error!(%error, "the database could not be read");
    Refusal::Unavailable
}

/// An answer as it is kept and sent.
fn answer(answer: &impl Serialize) -> Result<String, Refusal> {
    serde_json::to_string(answer).map_err(|error| {
        tracing::error!(%error, "an answer could not be put into JSON");
        Refusal::Unavailable
    })
}
