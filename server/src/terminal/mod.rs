//! A kiosk's own terminal: a small hall on the kiosk's machine. It serves the same page and the
//! same calls, passes them on to the hall's server, keeps what must not be lost, prints, and
//! goes on by itself while the server is away.
//!
//! - [`start`]: starts and stops it; [`routes`]: what it answers
//! - [`server_link`]: calls to the server; [`listening`]: its stream; [`reports`]: what is told
//!   to it every few seconds, and handed in; [`pairing`]: the key
//! - [`numbers`]: numbers, with and without the server; [`by_itself`]: the hall's rules without
//!   it; [`check_in`]: bookings that become numbers
//! - [`forgetting`]: what is over; [`slips`]: the printer; [`guides`]: guides and search
//! - [`snapshot`], [`stream`]: what the page shows; [`tunnel`]: its WebSocket to the server; [`page`]: what the page says
//! - [`browser`]: minds the browser; [`watchdog`]: tells systemd that all goes on; [`update`]: ends
//!   for a newer program when nobody is there
//! - [`clock`]: the hall's time; [`machine`]: how the machine is

#[cfg(target_os = "linux")]
pub mod browser;
pub mod by_itself;
mod check_in;
pub mod clock;
mod forgetting;
mod guides;
mod listening;
mod machine;
mod numbers;
pub mod page;
pub mod pairing;
mod reports;
mod routes;
pub mod server_link;
mod slips;
mod snapshot;
pub mod start;
mod stream;
mod tunnel;
#[cfg(target_os = "linux")]
mod update;
#[cfg(target_os = "linux")]
mod watchdog;

use std::collections::{HashMap, VecDeque};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Instant;

use jiban_app::api::kiosk::{Issued, KioskNow};
use jiban_app::api::terminal::TerminalHall;
use jiban_app::shell::Assets;
use jiban_domain::print_job::PrinterNow;
use jiban_domain::setup::{KioskScreen, Printer};
use jiban_domain::terminal_event::TerminalEventKind;
use jiban_domain::{KioskId, Millis, Refusal, Token};
use tokio::sync::watch;
use uuid::Uuid;

use crate::limits::{Limits, Recent};
use crate::service::guide_prints::GuidePrints;
use crate::store::StoreError;
use crate::store::terminal::{StoredSlip, TerminalStore, damage, is_full};
use browser::BrowserSettings;
use by_itself::Known;
use clock::TerminalClock;
use forgetting::ShownBy;
use page::Page;
use pairing::Standing;
use server_link::ServerLink;

/// How a terminal is started.
#[derive(Debug, Clone)]
pub struct TerminalSettings {
    /// The hall's server: `http://10.0.0.2:3000`.
    pub server: String,
    /// The certificate that signs the server's, where this machine does not know it.
    pub authority: Option<PathBuf>,
    pub kiosk: KioskId,
    pub listen: SocketAddr,
    pub store: PathBuf,
    /// Instead of the hall file's.
    pub printer: Option<Printer>,
    /// Synthesise speech with espeak-ng.
    pub voice: bool,
    /// The browser to start and mind; none where somebody else does.
    pub browser: Option<BrowserSettings>,
}

impl TerminalSettings {
    /// The file with the key that the server gave.
    pub fn key_file(&self) -> PathBuf {
        self.store.with_extension("key")
    }
}

/// A running terminal.
#[derive(Debug)]
pub struct Terminal {
    pub kiosk: KioskId,
    pub settings: TerminalSettings,
    pub store: TerminalStore,
    pub clock: TerminalClock,
    pub server: ServerLink,
    /// What the page said last.
    pub page: Page,
    /// What the browser's watch knows.
    pub browser: Mutex<BrowserNow>,
    assets: Arc<Assets>,
    /// Made at each start.
    run: Uuid,
    /// Whether the server was reached since then: the first time is no return.
    ever_reached: AtomicBool,
    started: Instant,
    /// The hall as it was told last.
    hall: RwLock<Option<Arc<TerminalHall>>>,
    /// The server's last snapshot.
    told: RwLock<Option<Arc<KioskNow>>>,
    standing: RwLock<Standing>,
    printer_now: RwLock<PrinterNow>,
    slips: Mutex<Vec<StoredSlip>>,
    /// Numbers that were given here, as the hall has them now; the newest last.
    confirmed: Mutex<VecDeque<(Token, Issued)>>,
    /// The tokens of the tickets that pages show, or did until a moment ago.
    shown: Mutex<HashMap<Token, ShownBy>>,
    /// One number at a time: a terminal has one visitor.
    one_number: tokio::sync::Mutex<()>,
    touches: Recent<()>,
    guide_prints: GuidePrints,
    /// One guide is printed at a time.
    one_sheet: tokio::sync::Mutex<()>,
    limits: Limits,
    /// The disk took no more, since the last report.
    disk_full: AtomicBool,
    told_full: AtomicBool,
    /// What happened, and could not be kept yet: when, its kind and detail.
    unkept: Mutex<Vec<(Millis, TerminalEventKind, String)>>,
    /// Something that pages show has changed.
    changed: watch::Sender<u64>,
    closing: watch::Receiver<bool>,
}

/// The browser, as its watch tells.
#[derive(Debug, Clone, Default)]
pub struct BrowserNow {
    /// Its starts since the program started.
    pub starts: u32,
    /// Bytes of memory that the page uses.
    pub page_memory: u64,
}

impl Terminal {
    /// The hall as it was told last.
    ///
    /// # Errors
    /// [`Refusal::NeedsServer`] where it never was.
    pub fn hall(&self) -> Result<Arc<TerminalHall>, Refusal> {
        read(&self.hall).clone().ok_or(Refusal::NeedsServer)
    }

    /// Where this terminal's screen is, as far as it was measured.
    pub fn screen(&self) -> KioskScreen {
        let hall = read(&self.hall).clone();
        let known = hall.as_ref().and_then(|hall| Known::of(hall, &self.kiosk).ok());
        known.map_or_else(KioskScreen::default, |known| known.kiosk.screen)
    }

    /// This terminal's printer.
    pub fn printer(&self) -> Printer {
        let own = self.settings.printer.as_ref();
        let hall = read(&self.hall).clone();
        let known = hall.as_ref().and_then(|hall| Known::of(hall, &self.kiosk).ok());
        known.map_or_else(
            || own.cloned().unwrap_or_default(),
            |known| by_itself::printer(known.kiosk, own),
        )
    }

    /// How the printer is.
    pub fn printer_now(&self) -> PrinterNow {
        match self.printer() {
            Printer::None => PrinterNow::None,
            Printer::Browser { .. } => PrinterNow::Browser,
            Printer::Escpos(_) => *read(&self.printer_now),
        }
    }

    /// Notes that something happened, for the director.
    pub async fn note(&self, kind: TerminalEventKind, detail: &str) {
        let name = kind.into_str();
        tracing::info!(kind = name, detail, "noted");
        let at = self.clock.now();
        let noted = self.store.happened(at, name, detail).await;
        if self.watch_store(noted.map_err(|error| (error, "an event"))).is_none() {
            // The disk is full: kept here until it is not.
            let mut unkept = lock(&self.unkept);
            unkept.push((at, kind, detail.to_owned()));
            if unkept.len() > 50 {
                unkept.remove(0);
            }
        }
    }

    /// Keeps what happened while the disk was full.
    async fn keep_unkept(&self) {
        let disk_was_full = self.disk_full.swap(false, Ordering::SeqCst);
        if disk_was_full && !self.told_full.swap(true, Ordering::SeqCst) {
            self.note(TerminalEventKind::DiskFull, "").await;
        }
        let unkept = std::mem::take(&mut *lock(&self.unkept));
        for (place, (at, kind, detail)) in unkept.iter().enumerate() {
            if self.store.happened(*at, kind.into_str(), detail).await.is_err() {
                lock(&self.unkept).splice(0..0, unkept[place..].iter().cloned());
                return;
            }
        }
        if !disk_was_full {
            self.told_full.store(false, Ordering::SeqCst);
        }
    }

    /// Wakes whoever shows something of the terminal.
    pub fn wake(&self) {
        self.changed.send_modify(|count| *count += 1);
    }

    /// The server does not answer.
    async fn lost(&self, why: &server_link::Away) {
        if self.server.set_reached(false) {
            self.server.look_now();
            tracing::warn!("cut off: {why}");
            self.wake();
            self.note(TerminalEventKind::CutOff, &why.0).await;
        }
    }

    /// Logs that something could not be kept. A store that is damaged ends the program: at
    /// its next start it sets the file aside and begins a new one, which takes a second.
    fn watch_store<T>(&self, kept: Result<T, (StoreError, &str)>) -> Option<T> {
        match kept {
            Ok(kept) => Some(kept),
            Err((error, what)) => {
                tracing::error!("{what} could not be kept: {error}");
                self.disk_full.fetch_or(is_full(&error), Ordering::SeqCst);
                if damage(&error).is_some() {
                    tracing::error!("{} is damaged: starting anew", self.store.path().display());
                    std::process::exit(DAMAGED);
                }
                None
            }
        }
    }
}

/// The exit code where the store is damaged.
pub const DAMAGED: i32 = 75;

/// An answer as JSON.
fn json(answer: &impl serde::Serialize) -> Result<String, Refusal> {
    serde_json::to_string(answer).map_err(|error| {
        tracing::error!(%error, "an answer could not be written");
        Refusal::Unavailable
    })
}

fn read<T>(shared: &RwLock<T>) -> std::sync::RwLockReadGuard<'_, T> {
    shared.read().unwrap_or_else(PoisonError::into_inner)
}

fn write<T>(shared: &RwLock<T>) -> std::sync::RwLockWriteGuard<'_, T> {
    shared.write().unwrap_or_else(PoisonError::into_inner)
}

fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A minute, in which touches are counted.
const MINUTE: Millis = 60_000;
