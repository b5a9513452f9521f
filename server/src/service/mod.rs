//! The application service: every command the hall accepts. The one writer runs each
//! command in a unit of work and commits its changes; the answer is the JSON that was
//! stored with them.
//!
//! - [`unit_of_work`], [`writer`], [`prefetch`]: how a command becomes rows
//! - [`issue`], [`give_back`], [`abandon`], [`verbs`], [`orders`], [`slips`], [`sign_in`],
//!   [`setup`], [`day_turn`]: the commands; [`empty_counters`]: what time alone moves
//! - [`clock_check`], [`clock_setting`]: when the machine's clock is not believed, and when it
//!   is again
//! - [`bookings`]: the commands about bookings
//! - [`drafts`]: the commands about drafts
//! - [`cases`]: the commands about cases; [`tellings`]: what applicants are told of them
//! - [`self_print`]: what people print by themselves at kiosks
//! - [`health`]: whether what they change can be kept
//! - [`access`]: who a command comes from, and whether they may; [`sessions`]: how those end
//! - [`presence`], [`guesses`], [`passes`], [`guide_prints`], [`kiosk_bounds`],
//!   [`print_requests`], [`looks`]: state in memory that need not survive a restart
//! - [`terminals`]: the programs on the kiosks' own machines
//! - [`hashing`]: the threads that hash passwords; [`failures`]: failed tries as events;
//!   [`device`]: browsers that are known

mod abandon;
pub mod access;
mod bookings;
mod cases;
mod changed;
mod clock_check;
mod clock_setting;
pub mod day_turn;
mod device;
pub mod drafts;
mod empty_counters;
mod failures;
mod give_back;
pub mod guesses;
pub mod guide_prints;
mod hashing;
mod health;
pub mod idle;
mod issue;
pub mod kiosk_bounds;
pub mod looks;
mod orders;
mod own_password;
mod passes;
mod passwords;
mod prefetch;
pub mod presence;
mod print_requests;
mod recent_answers;
pub mod secret;
pub mod self_print;
mod sessions;
mod setup;
pub mod sign_in;
mod slips;
mod tellings;
mod terminals;
pub mod unit_of_work;
mod verbs;
mod writer;

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock, PoisonError, RwLock, RwLockReadGuard};

use jiban_app::api::Call;
use jiban_domain::{HallId, Refusal, Token};
use serde::Serialize;
use sha2::{Digest, Sha256};
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

pub use access::{AtCounter, Author, Caller};
use bookings::BookingBounds;
pub use bookings::{about_booking, opened_booking};
use cases::UploadPlaces;
pub use cases::{KnownBy, MAX_FILE, Notes, SupplyPlace, about_person, moment, of_paper};
pub(crate) use cases::{row_of_case, store_case};
pub use changed::{Changed, Topic};
use drafts::{Drafts, Rooms};
pub use drafts::{REMARKS, about_draft};
use empty_counters::EmptyCounters;
use guesses::{FailedTries, Guesses};
use guide_prints::GuidePrints;
use hashing::Hashing;
use health::Health;
pub use health::Unhealthy;
pub use issue::slip;
use kiosk_bounds::KioskBounds;
use looks::Looks;
use passes::Passes;
use prefetch::Prefetch;
use presence::Presence;
use print_requests::PrintRequests;
use self_print::{Papers, ProofPasses, StatementKey};
use terminals::Pairings;
pub use terminals::{Seen, Terminals, hall_version};
use unit_of_work::UnitOfWork;
use writer::{Command, Handler, Writer, WriterMessage};

use crate::alerting::Alerting;
use crate::clock::{Clock, HallTime};
use crate::limits::{Limits, Place, Places};
use crate::live_state::LiveState;
use crate::oidc::Provider;
use crate::sms::Gateway;
use crate::store::{Reader, Store, StoreError};
use crate::uploads::UploadStore;
use crate::vault::Vault;

/// Commands that may wait for the writer; further ones are refused as unavailable.
const INBOX: usize = 4_096;

/// The context of a number that belongs to nobody.
const NOBODY: &str = "nobody";

/// Where visitors' phones reach the hall.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addresses {
    /// Scheme and host without a path or final slash: `http://192.168.1.20:3000`.
    pub base: String,
}

impl Addresses {
    /// The address of a ticket's progress page.
    pub fn progress(&self, token: Token) -> String {
        format!("{}/t/{token}", self.base)
    }

    /// The address at which a matter or bundle is applied for.
    pub fn apply(&self, hall: &HallId, id: &str) -> String {
        format!("{}/apply/{hall}/{id}", self.base)
    }

    /// The address of a booking's page.
    pub fn booking(&self, token: Token) -> String {
        format!("{}/b/{token}", self.base)
    }

    /// The address of a draft's page.
    pub fn draft(&self, token: Token) -> String {
        format!("{}/d/{token}", self.base)
    }
}

/// What keeps personal data, and where it is.
pub struct Secured {
    pub vault: Arc<Vault>,
    /// The key file of the vault.
    pub key: PathBuf,
    pub uploads: Arc<UploadStore>,
}

/// The application service, shared by all handlers and jobs.
pub struct HallService {
    live_state: Arc<RwLock<LiveState>>,
    inbox: mpsc::Sender<WriterMessage>,
    /// Wakes the streams whose snapshot may have changed.
    pub changed: Changed,
    /// Queries beyond the live state.
    pub reader: Reader,
    /// The time that the hall goes by.
    pub clock: Arc<HallTime>,
    /// Whether the log tells that the clock is in doubt, and whether the trail does.
    doubt_told: AtomicBool,
    doubt_in_trail: AtomicBool,
    pub addresses: Addresses,
    /// Encrypts personal data.
    pub vault: Arc<Vault>,
    /// Photographs, scans and signatures.
    pub uploads: Arc<UploadStore>,
    health: Health,
    /// Rows that could not be read at the start and were set aside.
    pub set_aside: u32,
    /// Whether the write-ahead log may still have rows that were erased.
    log_has_erased: AtomicBool,
    /// The last known state of kiosks and printers.
    pub presence: Presence,
    /// What terminals reported last.
    pub terminals: Terminals,
    /// Codes that new terminals show.
    pairings: Pairings,
    /// When somebody last worked with each session.
    pub activity: idle::Activity,
    empty_counters: EmptyCounters,
    /// Guides that kiosks printed recently.
    pub guide_prints: GuidePrints,
    print_requests: PrintRequests,
    /// What was taken at kiosks recently.
    pub kiosk_bounds: KioskBounds,
    booking_bounds: BookingBounds,
    pub drafts: Drafts,
    upload_places: UploadPlaces,
    /// Documents and hall files that are worked on, see [`HallService::drawing_place`].
    drawings: Places<()>,
    limits: Limits,
    /// What sends messages, if anything does.
    gateway: OnceLock<Gateway>,
    /// Who is told of ill terminals, if anybody is.
    alerting: OnceLock<Alerting>,
    /// Held while messages are sent.
    sending: tokio::sync::Mutex<()>,
    /// Looks at cases.
    looks: Arc<Looks>,
    /// What may still be guessed at.
    guesses: Arc<Guesses>,
    failed_tries: FailedTries,
    passes: Passes,
    proof_passes: ProofPasses,
    papers: Papers,
    statement_key: OnceLock<StatementKey>,
    /// At which applicants prove who they are, if there is one.
    identity_provider: OnceLock<Provider>,
    hashing: Hashing,
    /// Opened where a case was not found, so that the answer takes as long.
    nobody: Vec<u8>,
}

impl HallService {
    /// Opens the service on a database: loads the live state and starts the writer.
    ///
    /// # Errors
    /// The rows cannot be read.
    pub async fn open(
        mut store: Store,
        clock: Clock,
        addresses: Addresses,
        secured: Secured,
        limits: Limits,
    ) -> Result<Arc<Self>, StoreError> {
        let Secured { vault, key, uploads } = secured;
        let remembered = store.remembered().await?;
        let clock = Arc::new(HallTime::at_start(clock, remembered));
        let loaded = store.load(clock.now()).await?;
        let live_state = Arc::new(RwLock::new(loaded.live_state.clone()));
        let changed = Changed::default();
        let rooms = Rooms::default();
        let reader = store.reader();
        let health = Health::new(store.ground(), key);
        let (inbox, messages) = mpsc::channel(INBOX);
        let writer = Writer::new(
            store,
            clock.clone(),
            loaded.live_state,
            loaded.next,
            live_state.clone(),
            (changed.clone(), rooms.clone()),
        );
        start_writer(writer, messages)?;
        let hashing = Hashing::start(&limits.in_force())
            .map_err(|error| StoreError::File("the hashing threads".into(), error))?;
        let nobody = vault.seal_text(NOBODY, "000000000000000000");
        Ok(Arc::new(Self {
            live_state,
            inbox,
            changed,
            reader,
            clock,
            doubt_told: AtomicBool::new(false),
            doubt_in_trail: AtomicBool::new(remembered.in_doubt_since.is_some()),
            addresses,
            vault,
            uploads,
            health,
            set_aside: u32::try_from(loaded.set_aside.len()).unwrap_or(u32::MAX),
            // A server before this one may have been killed.
            log_has_erased: AtomicBool::new(true),
            presence: Presence::default(),
            terminals: Terminals::default(),
            pairings: Pairings::default(),
            activity: idle::Activity::default(),
            empty_counters: EmptyCounters::default(),
            guide_prints: GuidePrints::new(limits.most(limits.guides_per_kiosk)),
            kiosk_bounds: KioskBounds::new(&limits),
            booking_bounds: BookingBounds::new(&limits),
            drafts: Drafts::new(&limits, rooms),
            upload_places: UploadPlaces::new(&limits),
            drawings: Places::new(limits.most(limits.drawings)),
            guesses: Arc::new(Guesses::new(&limits.in_force())),
            failed_tries: FailedTries::new(limits.failed_tries_written),
            passes: Passes::default(),
            proof_passes: ProofPasses::default(),
            papers: Papers::default(),
            statement_key: OnceLock::new(),
            identity_provider: OnceLock::new(),
            hashing,
            nobody,
            limits,
            print_requests: PrintRequests::default(),
            gateway: OnceLock::new(),
            alerting: OnceLock::new(),
            sending: tokio::sync::Mutex::default(),
            looks: Arc::default(),
        }))
    }

    /// The live state as last committed. Hold the guard briefly: the writer waits for it.
    pub fn live_state(&self) -> RwLockReadGuard<'_, LiveState> {
        self.live_state.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sends a command to the writer and waits for the commit.
    async fn execute(
        &self,
        request: Option<(Uuid, [u8; 32])>,
        handler: impl Fn(&mut UnitOfWork<'_>) -> Result<String, Refusal> + Send + Sync + 'static,
    ) -> Result<Arc<str>, Refusal> {
        self.execute_with(request, Vec::new(), handler).await
    }

    /// The same for a command that needs cases, which are not in the live state.
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

    /// A place to draw a document or to read a hall file: each takes a core for up to a
    /// second, and visitors need the cores for their numbers.
    ///
    /// # Errors
    /// [`Refusal::Busy`] if none becomes free in time.
    pub async fn drawing_place(&self) -> Result<Place<()>, Refusal> {
        let place = self.drawings.take((), self.limits.patience()).await;
        place.ok_or(Refusal::Busy { seconds: 5 })
    }

    /// Deletes rows that are no longer needed, a few at a time.
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

    /// Empties the write-ahead log, which still has rows as they were before they were
    /// erased. Returns whether that was possible.
    async fn empty_log(&self) -> bool {
        if !self.log_has_erased.load(Ordering::Relaxed) {
            return true;
        }
        let (reply, done) = oneshot::channel();
        let done = self.inbox.send(WriterMessage::EmptyLog(reply)).await.is_ok()
            && done.await.unwrap_or(false);
        self.log_has_erased.store(!done, Ordering::Relaxed);
        done
    }

    /// Closes the database after every command before it is answered.
    pub async fn close(&self) {
        self.sum_up_failed_tries().await;
        self.keep_all_drafts().await;
        let (reply, closed) = oneshot::channel();
        if self.inbox.send(WriterMessage::Close(reply)).await.is_ok() {
            let _ = closed.await;
        }
    }
}

/// Starts the writer on a thread of its own. Among the tasks that answer requests it
/// would have to wait for its turn after every call of the database.
fn start_writer(writer: Writer, messages: mpsc::Receiver<WriterMessage>) -> Result<(), StoreError> {
    let failed = |error| StoreError::File("the writer's thread".into(), error);
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_time().build().map_err(failed)?;
    std::thread::Builder::new()
        .name("writer".to_owned())
        .spawn(move || runtime.block_on(writer.run(messages)))
        .map_err(failed)?;
    Ok(())
}

/// The digest that is stored with an answer: the path of the call, and its
/// content together with who sent it. A repeated request must have the same one.
///
/// Answers are kept for three days, so a change of this function matters only to
/// a request that is repeated across an upgrade: it is refused as reused.
fn digest<C: Call>(content: &impl Serialize) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(C::PATH);
    hash.update([0]);
    // API types contain nothing that JSON cannot represent.
    hash.update(serde_json::to_vec(content).unwrap_or_default());
    hash.finalize().into()
}

/// Logs a failed query and refuses the command.
#[allow(clippy::needless_pass_by_value)]
pub(crate) fn read_failed(error: StoreError) -> Refusal {
    tracing::error!(%error, "the database could not be read");
    Refusal::Unavailable
}

/// An answer as it is stored and sent.
fn answer(answer: &impl Serialize) -> Result<String, Refusal> {
    serde_json::to_string(answer).map_err(|error| {
        tracing::error!(%error, "an answer could not be serialised");
        Refusal::Unavailable
    })
}
