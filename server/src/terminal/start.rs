//! Starts a terminal, and stops it.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, RwLock};
use std::time::{Duration, Instant};

use axum_server::Handle;
use jiban_app::api::kiosk::PrinterNow;
use jiban_domain::terminal_event::TerminalEventKind;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use uuid::Uuid;

use super::clock::TerminalClock;
use super::routes::{Served, router};
use super::server_link::{BadServer, ServerLink};
use super::{
    MINUTE, Terminal, TerminalSettings, browser, forgetting, listening, pairing, reports, slips,
    update, watchdog,
};
use crate::clock::Clock;
use crate::connections::{Acceptor, serve};
use crate::http::{Front, Hosts, Secure, assets};
use crate::limits::{Limits, Recent};
use crate::service::guide_prints::GuidePrints;
use crate::store::StoreError;
use crate::store::terminal::{SetAside, TerminalStore};
use crate::vault::random;

/// Why a terminal did not start.
#[derive(Debug, thiserror::Error)]
pub enum TerminalError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Server(#[from] BadServer),
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, std::io::Error),
    #[error("{}: {}", .0.display(), .1)]
    Key(PathBuf, std::io::Error),
}

/// A running terminal.
pub struct Running {
    /// The address it listens on.
    pub address: SocketAddr,
    pub terminal: Arc<Terminal>,
    closing: watch::Sender<bool>,
    connections: Handle<SocketAddr>,
    serving: JoinHandle<()>,
    jobs: Vec<JoinHandle<()>>,
}

/// Starts a terminal.
///
/// # Errors
/// Another terminal uses the store, the address is in use, or the disk fails.
pub async fn start(settings: TerminalSettings, clock: Clock) -> Result<Running, TerminalError> {
    // Pages are rendered on tokio's threads. It fails if it is already set, which is fine.
    let _ = any_spawner::Executor::init_tokio();
    // Slips that were queued before are read with the languages they are in.
    crate::languages::load();
    let server = ServerLink::new(&settings.server, settings.authority.as_deref())?;
    let key_file = settings.key_file();
    let key = pairing::read_key(&key_file).map_err(|error| TerminalError::Key(key_file, error))?;
    server.use_key(key.as_deref());
    let (store, set_aside) = TerminalStore::open(&settings.store, random()).await?;
    let listener = TcpListener::bind(settings.listen)
        .await
        .map_err(|error| TerminalError::Listen(settings.listen, error))?;
    let address =
        listener.local_addr().map_err(|error| TerminalError::Listen(settings.listen, error))?;
    let limits = Limits::default();
    let assets = Arc::new(assets::names());
    let (closing, closed) = watch::channel(false);
    let clock = TerminalClock::at_start(clock, store.clock().await?.as_ref());
    let terminal = Arc::new(Terminal {
        kiosk: settings.kiosk.clone(),
        hall: RwLock::new(store.hall().await?.map(Arc::new)),
        told: RwLock::default(),
        standing: RwLock::default(),
        // A restart must not tell visitors that there is no paper.
        printer_now: RwLock::new(PrinterNow::Ready),
        slips: Mutex::new(store.slips().await?),
        confirmed: Mutex::default(),
        shown: Mutex::default(),
        one_number: tokio::sync::Mutex::default(),
        one_sheet: tokio::sync::Mutex::default(),
        touches: Recent::new(limits.most(limits.numbers_per_kiosk), MINUTE),
        guide_prints: GuidePrints::new(limits.most(limits.guides_per_kiosk)),
        limits: limits.clone(),
        disk_full: AtomicBool::new(false),
        told_full: AtomicBool::new(false),
        unkept: Mutex::default(),
        changed: watch::Sender::new(0),
        closing: closed,
        page: super::Page::default(),
        browser: Mutex::default(),
        assets: assets.clone(),
        run: Uuid::new_v4(),
        ever_reached: AtomicBool::new(false),
        started: Instant::now(),
        settings,
        store,
        clock,
        server,
    });
    if let Some(SetAside { why, to, saved }) = set_aside {
        tracing::error!("the store was damaged ({why}); it is now {}", to.display());
        let detail = format!("{why}; {saved} numbers saved");
        terminal.note(TerminalEventKind::StoreDamaged, &detail).await;
    }
    terminal.note(TerminalEventKind::Started, env!("CARGO_PKG_VERSION")).await;
    // The page is not to begin cut off where the server is there.
    reports::round(&terminal).await;
    let base = format!("http://{address}");
    let front = Front {
        assets: assets.clone(),
        hosts: Hosts::new(&[&base], &[]),
        base,
        secure: Secure(false),
        trusted_proxies: [].into(),
        limits: limits.clone(),
    };
    let routes = front.before(router(Served { terminal: terminal.clone(), assets }));
    let connections = Handle::new();
    let acceptor = Acceptor::new(None, &limits, &[]);
    let serving = tokio::spawn(serve(listener, acceptor, connections.clone(), routes));
    let mut jobs = vec![
        tokio::spawn(reports::run(terminal.clone())),
        tokio::spawn(listening::run(terminal.clone())),
        tokio::spawn(pairing::run(terminal.clone())),
        tokio::spawn(slips::run(terminal.clone())),
        tokio::spawn(forgetting::run(terminal.clone())),
    ];
    jobs.push(tokio::spawn(watchdog::run(address)));
    jobs.push(tokio::spawn(update::run(terminal.clone())));
    if let Some(browser) = terminal.settings.browser.clone() {
        jobs.push(tokio::spawn(browser::run(terminal.clone(), browser, address)));
    }
    Ok(Running { address, terminal, closing, connections, serving, jobs })
}

impl Running {
    /// Stops it: streams end, pending requests are answered. The store is closed with the
    /// last of its users.
    pub async fn stop(self) {
        let Self { closing, connections, mut serving, jobs, .. } = self;
        let _ = closing.send(true);
        for job in jobs {
            job.abort();
            let _ = job.await;
        }
        connections.graceful_shutdown(None);
        if tokio::time::timeout(Duration::from_secs(5), &mut serving).await.is_err() {
            connections.shutdown();
            serving.abort();
        }
    }
}
