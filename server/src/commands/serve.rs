//! `jiban serve`

use std::io::IsTerminal as _;
use std::net::SocketAddr;

use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

use super::{CommandError, console, create_folder_of};
use crate::clock::Clock;
use crate::serve::{LIMITS_ARE_LIFTED, Running, start};
use crate::settings::Settings;

pub(super) async fn run(settings: &Settings) -> Result<(), CommandError> {
    begin_log(settings);
    // Each open page is a connection, and many systems limit them to 1024. If the limit cannot
    // be raised, it is still enough for a small hall.
    let mut settings = settings.clone();
    match rlimit::increase_nofile_limit(u64::MAX) {
        Ok(files) => fit_connections(&mut settings, files),
        Err(error) => tracing::warn!(%error, "the limit of open connections could not be raised"),
    }
    let settings = &settings;
    create_folder_of(&settings.db)?;
    let running = start(settings, Clock::from_environment()).await?;
    let stopped = stopped();
    console::print_line(&welcome(&running, settings));
    if settings.limits.lifted {
        console::print_line(&format!("\n!!! {LIMITS_ARE_LIFTED}\n"));
    }
    stopped.await;
    console::print_line("Stopping; pending requests are being answered.");
    running.stop().await;
    Ok(())
}

/// Writes the log to standard error.
pub(super) fn begin_log(settings: &Settings) {
    tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(&settings.log))
        .with_writer(std::io::stderr)
        // A log file is read by programs, and by people in an editor.
        .with_ansi(std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none())
        // Internal errors would go to standard error, which panics if it is closed.
        .log_internal_errors(false)
        .init();
}

/// Bounds the connections to what the system allows: a server without a free file could not
/// even open its database again.
fn fit_connections(settings: &mut Settings, files: u64) {
    /// Files beside connections: the database, uploads, printers.
    const OTHER_FILES: u64 = 200;
    let most = u32::try_from(files.saturating_sub(OTHER_FILES)).unwrap_or(u32::MAX).max(1);
    if settings.limits.connections > most {
        tracing::warn!(
            "the system allows {files} open files, so only {most} connections are accepted at once"
        );
        settings.limits.connections = most;
    }
}

/// The addresses of all pages, and how to sign in.
fn welcome(running: &Running, settings: &Settings) -> String {
    let here = from_this_machine(settings.scheme(), running.address);
    let setup = running.service.setup_now().setup;
    let mut pages = Vec::new();
    for hall in &setup.halls {
        let kiosks = hall.kiosks.iter();
        pages.extend(kiosks.map(|kiosk| {
            (format!("{here}/kiosk/{}", kiosk.id), format!("自助终端 kiosk · {}", kiosk.name.zh))
        }));
        pages.push((
            format!("{here}/display/{}", hall.id),
            format!("大厅显示屏 display · {}", hall.name.zh),
        ));
    }
    for (path, audience) in [
        ("/counter", "窗口 counter"),
        ("/office", "审批 office"),
        ("/admin", "管理 admin"),
        ("/guides", "办事指南 guides"),
        ("/verify", "证照核验 verify a document"),
    ] {
        pages.push((format!("{here}{path}"), audience.to_owned()));
    }
    pages.push((format!("{}/t/…", running.base), "手机 phones, by QR code".to_owned()));
    let width = pages.iter().map(|(address, _)| address.chars().count()).max().unwrap_or_default();
    let mut lines = vec![String::new(), "即办 Jiban".to_owned(), String::new()];
    lines.extend(pages.iter().map(|(address, what)| format!("  {address:<width$}   {what}")));
    lines.push(String::new());
    if running.address.ip().is_unspecified() {
        lines.push(format!("On the network the same pages are at {}.", running.base));
    }
    if settings.public_url.is_none() && running.address.ip().is_loopback() {
        lines.push(format!(
            "Phones cannot connect yet: the server listens on this machine only. To allow them, \
             serve with --listen 0.0.0.0:{}.",
            running.address.port()
        ));
    }
    if running.base.starts_with("http://") {
        lines.push(
            "Over plain http only this machine's own pages (127.0.0.1) may use the camera. For \
             other machines: https, by --tls-cert and --tls-key, or by a proxy (docs/INSTALL.md)."
                .to_owned(),
        );
    }
    if setup.halls.is_empty() {
        lines.push(
            "There is no hall yet: stop the server and run \"jiban import FILE\", or serve with --demo."
                .to_owned(),
        );
    }
    if let Some(password) = &running.made_password {
        lines.push(format!("Sign in as clerk1 to clerk6, or admin; password: {password}"));
        lines.push(
            "The password is shown only once; change it with \"jiban password NAME\" or on the admin page."
                .to_owned(),
        );
    } else if settings.demo {
        lines.push(
            "Sign in as clerk1 to clerk6, or admin, with the password from when the demo hall was \
             installed; \"jiban password NAME\" changes it."
                .to_owned(),
        );
    }
    lines.push("Press Ctrl-C to stop.".to_owned());
    lines.join("\n")
}

/// An address a browser on this machine can open.
fn from_this_machine(scheme: &str, listening: SocketAddr) -> String {
    if listening.ip().is_unspecified() {
        format!("{scheme}://127.0.0.1:{}", listening.port())
    } else {
        format!("{scheme}://{listening}")
    }
}

/// Waits for Ctrl-C or SIGTERM; both are heard from the call on, and not only once it is awaited:
/// whoever reads that the program serves may end it at once.
pub(super) fn stopped() -> impl Future<Output = ()> {
    let heard = [SignalKind::interrupt(), SignalKind::terminate()].map(signal);
    async {
        // Without a handler the signal ends the program at once. Nothing that was answered is
        // lost, only the graceful stop.
        let [Ok(mut interrupted), Ok(mut terminated)] = heard else {
            return std::future::pending().await;
        };
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = terminated.recv() => {}
        }
    }
}
