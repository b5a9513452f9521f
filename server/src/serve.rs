//! Serving: everything started in its order, and stopped in the other.

use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};
use std::path::PathBuf;
use std::sync::Arc;

use axum::serve::ListenerExt as _;
use jiban_domain::Refusal;
use jiban_domain::setup::Printer;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::clock::Clock;
use crate::http::{self, App};
use crate::printing::fonts;
use crate::service::{Addresses, HallService, secret};
use crate::settings::Settings;
use crate::store::{Store, StoreError};
use crate::uploads::Files;
use crate::vault::{KeyFile, VaultError};
use crate::{hall_file, jobs, voice};

/// Why a server did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The address is taken, or not the machine's.
    #[error("cannot listen at {0}: {1}")]
    Listen(SocketAddr, std::io::Error),
    /// The folder of papers.
    #[error("{}: {}", .0.display(), .1)]
    Files(PathBuf, std::io::Error),
    /// The keys.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The demo hall could not be put in place.
    #[error("the demo hall could not be put in place: {0}")]
    Demo(String),
}

/// A server that runs.
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    /// Where phones find it.
    pub base: String,
    /// The password made for the demo, where one was just made.
    pub made_password: Option<String>,
    /// What it can be asked.
    pub service: Arc<HallService>,
    closing: watch::Sender<bool>,
    serving: JoinHandle<()>,
    keeping: Vec<JoinHandle<()>>,
}

/// Starts a server.
///
/// # Errors
/// Another server has the database, the address is taken, or a disk is broken.
pub async fn start(settings: &Settings, clock: Clock) -> Result<Running, StartError> {
    // Documents are rendered on tokio's threads; set before, it stays set.
    let _ = any_spawner::Executor::init_tokio();
    let store = Store::open(&settings.db).await?;
    let listener = TcpListener::bind(settings.listen)
        .await
        .map_err(|error| StartError::Listen(settings.listen, error))?;
    let address =
        listener.local_addr().map_err(|error| StartError::Listen(settings.listen, error))?;
    let base = settings.public_url.clone().unwrap_or_else(|| own_address(address));
    let service = open_desk(settings, store, clock, Addresses { base: base.clone() }).await?;
    let made_password = if settings.demo && service.setup_now().version == 0 {
        seed(&service, settings.demo_password.as_deref()).await.map_err(StartError::Demo)?
    } else {
        None
    };
    // What the day before left is gone before the first visitor looks.
    if let Err(refusal) = service.turn_day().await {
        tracing::warn!(%refusal, "the day could not be turned; tried again soon");
    }
    warn_of_what_is_missing(&service);
    let (closing, closed) = watch::channel(false);
    let app = App {
        service: service.clone(),
        assets: Arc::new(http::assets::names()),
        voice: settings.voice && voice::available(),
        closing: closed.clone(),
    };
    let keeping = vec![
        tokio::spawn(jobs::keeping::keep(service.clone())),
        tokio::spawn(jobs::printers::run(service.clone())),
    ];
    let serving = tokio::spawn(answer(listener, app, closed));
    Ok(Running { address, base, made_password, service, closing, serving, keeping })
}

/// Opens the service upon a database, with what seals persons and keeps files.
///
/// # Errors
/// The rows cannot be read, or the keys are not right.
pub async fn open_desk(
    settings: &Settings,
    store: Store,
    clock: Clock,
    addresses: Addresses,
) -> Result<Arc<HallService>, StartError> {
    // Without a key nothing that is sealed could be read: only where nothing is
    // may a new one be made.
    let may_make = !store.reader().seals_anyone().await?;
    let vault = Arc::new(KeyFile::open(&settings.key_file(), may_make)?);
    let folder = settings.files_folder();
    let files = Files::open(&folder, vault.clone())
        .map_err(|error| StartError::Files(folder.clone(), error))?;
    // It looks into documents of strangers in a process of its own.
    let own = std::env::current_exe().ok();
    let files = match own.filter(|program| program.file_stem().is_some_and(|n| n == "jiban")) {
        Some(program) => files.looking_with(program),
        None => files,
    };
    let files = Arc::new(files);
    Ok(HallService::open(store, clock, addresses, vault, files).await?)
}

async fn answer(listener: TcpListener, app: App, mut closing: watch::Receiver<bool>) {
    let stop = async move {
        let _ = closing.wait_for(|closing| *closing).await;
    };
    // Small answers go out at once: a kiosk waits for each.
    let listener = listener.tap_io(|stream| {
        let _ = stream.set_nodelay(true);
    });
    let served = axum::serve(listener, http::router(app)).with_graceful_shutdown(stop).await;
    if let Err(error) = served {
        tracing::error!(%error, "the server has ended");
    }
}

impl Running {
    /// Stops: streams end, what was asked is answered, the database is closed.
    pub async fn stop(self) {
        let _ = self.closing.send(true);
        for job in self.keeping {
            job.abort();
        }
        let patience = std::time::Duration::from_secs(5);
        if tokio::time::timeout(patience, self.serving).await.is_err() {
            tracing::warn!("some connections were still open and were cut");
        }
        self.service.close().await;
    }
}

/// Says at the start what would else be found out by a visitor.
fn warn_of_what_is_missing(service: &HallService) {
    if !http::assets::are_built() {
        tracing::warn!("the pages were not built into this program: only the API is served");
    }
    let setup = service.live_state().setup().clone();
    let networked = setup
        .setup
        .halls
        .iter()
        .flat_map(|hall| &hall.kiosks)
        .any(|kiosk| matches!(kiosk.printer, Printer::Escpos { .. }));
    if networked && let Err(missing) = fonts::chinese() {
        tracing::error!(%missing, "network printers cannot print slips");
    }
}

/// Puts the demo hall in place; the password, where it was made here.
async fn seed(service: &HallService, password: Option<&str>) -> Result<Option<String>, String> {
    let setup = hall_file::read(hall_file::DEMO)
        .map_err(|faults| faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))?;
    let refused = |refusal: Refusal| refusal.message(jiban_domain::Lang::En);
    let made = password.is_none().then(secret::spoken_password);
    let password = password.or(made.as_deref()).unwrap_or_default();
    service.seed(setup, password, "demo").await.map_err(refused)?;
    Ok(made)
}

/// The machine's own address on its network, for the phone beside it. A server
/// that listens at one address can be reached by that one only.
fn own_address(listening: SocketAddr) -> String {
    let ip = if listening.ip().is_unspecified() {
        network_address().unwrap_or(Ipv4Addr::LOCALHOST.into())
    } else {
        listening.ip()
    };
    format!("http://{}", SocketAddr::new(ip, listening.port()))
}

/// The address the machine would use to reach others. Nothing is sent: asking
/// the system for a route is enough.
fn network_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    // An address kept for documentation: it is nobody's.
    socket.connect((Ipv4Addr::new(198, 51, 100, 1), 9)).ok()?;
    let own = socket.local_addr().ok()?.ip();
    (!own.is_unspecified()).then_some(own)
}
