//! `jiban serve`

use std::net::SocketAddr;

use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

use super::{CommandError, make_folder_of, told};
use crate::clock::Clock;
use crate::serve::{Running, start};
use crate::settings::Settings;

pub(super) async fn run(settings: &Settings) -> Result<(), CommandError> {
    tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(&settings.log))
        .with_writer(std::io::stderr)
        // Told on standard error too, which would panic where that is closed.
        .log_internal_errors(false)
        .init();
    // Each open page is a connection, and many systems begin with 1024. Where
    // it cannot be raised, what there is serves a small hall.
    if let Err(error) = rlimit::increase_nofile_limit(u64::MAX) {
        tracing::warn!(%error, "the limit of open connections stays as it is");
    }
    make_folder_of(&settings.db)?;
    let running = start(settings, Clock::of_the_program()).await?;
    told::say(&welcome(&running, settings.demo, settings.public_url.is_some()));
    stopped().await;
    told::say("Closing; what was asked is being answered.");
    running.stop().await;
    Ok(())
}

/// Where each audience's page is, and how to sign in.
fn welcome(running: &Running, demo: bool, public: bool) -> String {
    let here = from_this_machine(running.address);
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
    pages.push((format!("{here}/counter"), "窗口 counter".to_owned()));
    pages.push((format!("{here}/admin"), "管理 admin".to_owned()));
    pages.push((format!("{}/t/…", running.base), "手机 phones, by the QR code".to_owned()));
    let width = pages.iter().map(|(address, _)| address.chars().count()).max().unwrap_or_default();
    let mut lines = vec![String::new(), "即办 Jiban".to_owned(), String::new()];
    lines.extend(pages.iter().map(|(address, what)| format!("  {address:<width$}   {what}")));
    lines.push(String::new());
    if running.address.ip().is_unspecified() {
        lines.push(format!("On the network, the same pages are at {}.", running.base));
    }
    if !public && running.address.ip().is_loopback() {
        lines.push(format!(
            "Phones cannot open it yet: it listens on this machine alone. For them, serve with \
             --listen 0.0.0.0:{}.",
            running.address.port()
        ));
    }
    if setup.halls.is_empty() {
        lines.push(
            "There is no hall yet: stop, then \"jiban import FILE\", or serve with --demo."
                .to_owned(),
        );
    }
    if let Some(password) = &running.made_password {
        lines.push(format!("Sign in as clerk1 to clerk6, or admin; password: {password}"));
        lines.push(
            "It is shown this once; set another with \"jiban password NAME\" or on the admin page."
                .to_owned(),
        );
    } else if demo {
        lines.push(
            "Sign in as clerk1 to clerk6, or admin, with the password given when the demo hall was \
             made; \"jiban password NAME\" sets another."
                .to_owned(),
        );
    }
    lines.push("Ctrl-C ends it.".to_owned());
    lines.join("\n")
}

/// An address a browser on this machine can open.
fn from_this_machine(listening: SocketAddr) -> String {
    if listening.ip().is_unspecified() {
        format!("http://127.0.0.1:{}", listening.port())
    } else {
        format!("http://{listening}")
    }
}

/// Waits for Ctrl-C or SIGTERM.
async fn stopped() {
    // Without a handler the signal ends the program, which loses nothing that
    // was answered: only the polite end is lost.
    let Ok(mut terminated) = signal(SignalKind::terminate()) else {
        let _ = tokio::signal::ctrl_c().await;
        return;
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminated.recv() => {}
    }
}
