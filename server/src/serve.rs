//! The server: starts everything in order, and stops it in reverse.

use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum_server::Handle;
use jiban_domain::Refusal;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::alerting::{Alerting, AlertingFault};
use crate::clock::Clock;
use crate::connections::{self, Acceptor, Certificate, TlsFault};
use crate::http::events::seats::Seats;
use crate::http::events::snapshots::Snapshots;
use crate::http::{self, App};
use crate::oidc::{ProviderConfig, ProviderFault};
use crate::printing::fonts;
use crate::service::idle::IdleRules;
use crate::service::self_print::StatementKey;
use crate::service::{Addresses, HallService, Secured, secret};
use crate::settings::Settings;
use crate::sms::{Gateway, GatewayFault};
use crate::store::{Store, StoreError};
use crate::unlock::{UnlockError, unlock};
use crate::uploads::UploadStore;
use crate::{hall_file, voice};

/// What the start says if the operator has lifted all bounds.
pub const LIMITS_ARE_LIFTED: &str = "LIMITS ARE OFF: anyone can guess codes and passwords without \
    end, and one client can take the hall away from all others. This is for load tests only; \
    remove JIBAN_LIMITS=off.";

/// Why a server did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The address is in use, or does not belong to this machine.
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, std::io::Error),
    /// The folder of uploaded files.
    #[error("{}: {}", .0.display(), .1)]
    Uploads(PathBuf, std::io::Error),
    #[error(transparent)]
    Key(#[from] UnlockError),
    /// The file of the gateway for messages.
    #[error(transparent)]
    Gateway(#[from] GatewayFault),
    #[error("alerts: {0}")]
    Alerting(#[from] AlertingFault),
    /// The secret for the services of departments.
    #[error("{}: {}", .0.display(), .1)]
    StatementSecret(PathBuf, std::io::Error),
    /// The file about the provider of identities.
    #[error("identity_provider: {0}")]
    IdentityProvider(#[from] ProviderFault),
    /// The files of the certificate.
    #[error(transparent)]
    Tls(#[from] TlsFault),
    #[error("the demo hall could not be installed: {0}")]
    Demo(String),
}

/// A running server.
pub struct Running {
    /// The address it listens on.
    pub address: SocketAddr,
    /// The address for phones, without a path.
    pub base: String,
    /// The random password of a demo that was just installed.
    pub made_password: Option<String>,
    pub service: Arc<HallService>,
    /// What connections get if they speak TLS.
    pub certificate: Option<Arc<Certificate>>,
    /// What event streams send.
    pub snapshots: Arc<Snapshots>,
    closing: watch::Sender<bool>,
    connections: Handle<SocketAddr>,
    serving: JoinHandle<()>,
    jobs: Vec<JoinHandle<()>>,
}

/// Starts a server.
///
/// # Errors
/// Another server uses the database, the address is in use, or the disk fails.
pub async fn start(settings: &Settings, clock: Clock) -> Result<Running, StartError> {
    // Pages are rendered on tokio's threads. It fails if it is already set, which is fine.
    let _ = any_spawner::Executor::init_tokio();
    let certificate = match &settings.tls {
        Some(files) => Some(Certificate::read(&files.cert, &files.key)?),
        None => None,
    };
    let gateway = settings.sms_gateway.as_deref().map(Gateway::read).transpose()?;
    let alerting = settings.alerts.as_deref().map(Alerting::read).transpose()?;
    let statement_key = statement_key(settings)?;
    let provider = settings.identity_provider.as_deref().map(ProviderConfig::read).transpose()?;
    let store = open_store(settings).await?;
    let listener = TcpListener::bind(settings.listen)
        .await
        .map_err(|error| StartError::Listen(settings.listen, error))?;
    let address =
        listener.local_addr().map_err(|error| StartError::Listen(settings.listen, error))?;
    let base = settings.public_url.clone().unwrap_or_else(|| own_address(settings, address));
    let service = open_service(settings, store, clock, Addresses { base: base.clone() }).await?;
    if let Some(gateway) = gateway {
        service.use_gateway(gateway);
    }
    if let Some(alerting) = alerting {
        service.use_alerting(alerting);
    }
    if let Some(key) = statement_key {
        service.use_statement_key(key);
    }
    if let Some(config) = provider {
        service.use_identity_provider(config);
    }
    let made_password = if settings.demo && service.setup_now().version == 0 {
        seed(&service, settings.demo_password.as_deref()).await.map_err(StartError::Demo)?
    } else {
        None
    };
    let idle = IdleRules {
        office_minutes: settings.office_idle_minutes,
        counter_minutes: settings.counter_idle_minutes,
    };
    service.activity.begin(idle, service.clock.steady());
    // Before anything is done that time alone asks for.
    if let Err(refusal) = service.check_clock().await {
        tracing::warn!(%refusal, "the clock could not be set; trying again soon");
    }
    if let Err(refusal) = service.remember_terminals().await {
        tracing::warn!(%refusal, "the last reports of terminals could not be read");
    }
    // Tickets of the day before must be gone before the first visitor connects.
    if let Err(refusal) = service.turn_day().await {
        tracing::warn!(%refusal, "the day could not be turned; trying again soon");
    }
    warn_of_missing_parts(&service);
    if settings.limits.lifted {
        tracing::warn!("{LIMITS_ARE_LIFTED}");
    }
    if let Some(certificate) = &certificate {
        warn_of_wrong_name(certificate, &base);
    }
    let (closing, closed) = watch::channel(false);
    let snapshots = Arc::new(Snapshots::default());
    let app = App {
        service: service.clone(),
        assets: Arc::new(http::assets::names()),
        voice: settings.voice && voice::available(),
        trusted_proxies: settings.trusted_proxies.clone().into(),
        limits: settings.limits.clone(),
        seats: Arc::new(Seats::new(&settings.limits)),
        snapshots: snapshots.clone(),
        hosts: http::Hosts::new(&[&base, &own_address(settings, address)], &settings.hosts),
        secure: http::Secure(base.starts_with("https://")),
        closing: closed.clone(),
    };
    let mut jobs = vec![
        tokio::spawn(crate::jobs::alerts::run(service.clone())),
        tokio::spawn(crate::jobs::clock::run(service.clone())),
        tokio::spawn(crate::jobs::drafts::run(service.clone())),
        tokio::spawn(crate::jobs::ground::run(service.clone())),
        tokio::spawn(crate::jobs::maintenance::run(service.clone())),
        tokio::spawn(crate::jobs::messages::run(service.clone())),
        tokio::spawn(crate::jobs::printers::run(service.clone())),
        tokio::spawn(crate::jobs::document_printers::run(service.clone())),
    ];
    if let Some(certificate) = &certificate {
        jobs.push(tokio::spawn(crate::jobs::certificate::run(certificate.clone())));
    }
    let connections = Handle::new();
    let acceptor = Acceptor::new(certificate.as_ref(), &settings.limits, &settings.trusted_proxies);
    let routes = http::router(app);
    let serving = tokio::spawn(connections::serve(listener, acceptor, connections.clone(), routes));
    Ok(Running {
        address,
        base,
        made_password,
        service,
        certificate,
        snapshots,
        closing,
        connections,
        serving,
        jobs,
    })
}

/// Opens the database of a hall. If it was lost, the key file and the files that are left
/// say so, and no new hall is begun.
///
/// # Errors
/// See [`Store::open_beside`].
pub async fn open_store(settings: &Settings) -> Result<Store, StoreError> {
    let (key, files) = (settings.key_file(), settings.files_folder());
    let remains: Vec<&Path> = [(&*key, key.exists()), (&*files, has_files(&files))]
        .into_iter()
        .filter_map(|(path, left)| left.then_some(path))
        .collect();
    Store::open_beside(&settings.db, &remains).await
}

/// Whether there is anything in a folder.
fn has_files(folder: &Path) -> bool {
    std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some())
}

/// Opens the service on a database, with its keys and uploaded files.
///
/// # Errors
/// The rows cannot be read, or the key is missing or another one's.
pub async fn open_service(
    settings: &Settings,
    mut store: Store,
    clock: Clock,
    addresses: Addresses,
) -> Result<Arc<HallService>, StartError> {
    let key = settings.key_file();
    let vault = Arc::new(unlock(&mut store, &key).await?);
    let folder = settings.files_folder();
    let uploads = UploadStore::open(&folder, vault.clone())
        .map_err(|error| StartError::Uploads(folder.clone(), error))?;
    // PDFs of strangers are inspected in a process of their own.
    let own = std::env::current_exe().ok();
    let uploads = match own.filter(|program| program.file_stem().is_some_and(|n| n == "jiban")) {
        Some(program) => uploads.with_pdf_renderer(program),
        None => uploads,
    };
    let uploads = Arc::new(uploads.with_bodies(settings.limits.uploads as usize));
    let secured = Secured { vault, key, uploads };
    Ok(HallService::open(store, clock, addresses, secured, settings.limits.clone()).await?)
}

impl Running {
    /// Stops the server: streams end, pending requests are answered, the database is closed.
    pub async fn stop(self) {
        let Self { service, closing, connections, mut serving, jobs, .. } = self;
        let _ = closing.send(true);
        // A job that is being worked on keeps the database open.
        for job in jobs {
            job.abort();
            let _ = job.await;
        }
        connections.graceful_shutdown(None);
        let grace_period = std::time::Duration::from_secs(5);
        if tokio::time::timeout(grace_period, &mut serving).await.is_err() {
            tracing::warn!("some connections were still open and were closed");
            connections.shutdown();
            serving.abort();
        }
        service.close().await;
    }
}

/// The secret for the services of departments, if there is one.
fn statement_key(settings: &Settings) -> Result<Option<StatementKey>, StartError> {
    let Some(file) = &settings.statement_secret else { return Ok(None) };
    let key = StatementKey::read(file);
    key.map(Some).map_err(|error| StartError::StatementSecret(file.clone(), error))
}

/// Warns at the start about problems that a visitor would otherwise discover.
fn warn_of_missing_parts(service: &HallService) {
    if !http::assets::are_built() {
        tracing::warn!("this program was built without the pages: only the API is served");
    }
    let setup = service.live_state().setup().clone();
    let networked = setup
        .setup
        .halls
        .iter()
        .flat_map(|hall| &hall.kiosks)
        .any(|kiosk| kiosk.printer.network().is_some());
    if networked && let Err(missing) = fonts::chinese() {
        tracing::error!(%missing, "network printers cannot print slips");
    }
}

/// Warns of a certificate that browsers would not accept at the public address.
fn warn_of_wrong_name(certificate: &Certificate, base: &str) {
    let host = base.parse::<axum::http::Uri>().ok();
    let host = host.as_ref().and_then(|base| base.host()).unwrap_or_default();
    if !certificate.names(host) {
        tracing::warn!(
            "the certificate does not name {host}: browsers will warn at {base}. Its subject \
             alternative names must contain it, or public_url must be an address that it names"
        );
    }
}

/// Installs the demo hall and returns its password, if that is a random one.
async fn seed(service: &HallService, password: Option<&str>) -> Result<Option<String>, String> {
    let setup = hall_file::read(hall_file::DEMO)
        .map_err(|faults| faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))?;
    let message = |refusal: Refusal| refusal.message(jiban_domain::Lang::En);
    let random = password.is_none().then(secret::readable_password);
    let password = password.or(random.as_deref()).unwrap_or_default();
    service.seed(setup, password, "demo").await.map_err(message)?;
    Ok(random)
}

/// The address that phones on the same network open: the one the server listens on, or the
/// machine's network address if it listens on all.
fn own_address(settings: &Settings, listening: SocketAddr) -> String {
    let ip = if listening.ip().is_unspecified() {
        network_address().unwrap_or(Ipv4Addr::LOCALHOST.into())
    } else {
        listening.ip()
    };
    format!("{}://{}", settings.scheme(), SocketAddr::new(ip, listening.port()))
}

/// The address from which the machine reaches its network. Nothing is sent: asking the system
/// for a route is enough.
fn network_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    // An address reserved for documentation; nobody has it.
    socket.connect((Ipv4Addr::new(198, 51, 100, 1), 9)).ok()?;
    let own = socket.local_addr().ok()?.ip();
    (!own.is_unspecified()).then_some(own)
}
