//! The terminal minds its browser: starts it with one page, and starts it again when it dies,
//! hangs, strays or grows.
//!
//! - [`policy`]: when, and how soon; [`chromium`]: the process; [`control`]: what it tells

mod chromium;
mod control;
mod policy;

use std::net::SocketAddr;
use std::process::Stdio;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiban_domain::terminal_event::TerminalEventKind;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Command;
use tokio::time::{interval, sleep};

pub use chromium::BrowserSettings;
use chromium::{Browser, Started};
use control::{Control, Pages};
pub(super) use policy::NOBODY;
use policy::{LastLines, Pauses, Reason, Seen, judge};

use super::{Terminal, lock};

/// How often the browser is looked at.
const LOOK: Duration = Duration::from_secs(1);
/// Reading how much memory it has costs more than a look.
const LOOKS_PER_WEIGHING: u32 = 10;

/// Minds the browser until it is dropped; the browser ends with it.
pub async fn run(terminal: Arc<Terminal>, settings: BrowserSettings, address: SocketAddr) {
    let home = format!("http://{address}/kiosk/{}", terminal.kiosk);
    let mut pauses = Pauses::default();
    loop {
        let began = Instant::now();
        match Browser::start(&settings, &home) {
            Ok(started) => {
                lock(&terminal.browser).starts += 1;
                terminal.note(TerminalEventKind::BrowserStarted, "").await;
                let (reason, detail) = mind(&terminal, started, &home, &settings).await;
                terminal.note(reason.kind(), &detail).await;
            }
            Err(error) => {
                tracing::error!("the browser does not start: {error}");
                terminal.note(TerminalEventKind::BrowserDied, "it does not start").await;
            }
        }
        lock(&terminal.browser).page_memory = 0;
        terminal.page.browser_ended();
        sleep(pauses.after(began.elapsed())).await;
    }
}

/// Minds one browser until it must be started again; it has ended then.
async fn mind(
    terminal: &Terminal,
    started: Started,
    home: &str,
    settings: &BrowserSettings,
) -> (Reason, String) {
    let Started { mut browser, control, complaints } = started;
    let began = Instant::now();
    let mut pages = Pages::default();
    let mut last_lines = LastLines::default();
    let mut control = Control::begin(control).await.ok();
    let mut complaints = complaints.map(|complaints| BufReader::new(complaints).lines());
    let mut looks = interval(LOOK);
    let mut looked = 0_u32;
    let mut memory = 0;
    let mut rests = false;
    let reason = loop {
        tokio::select! {
            heard = next(&mut control) => match heard {
                Some(heard) => {
                    if let Some(other) = pages.hear(heard) {
                        let kind = TerminalEventKind::SecondPage;
                        terminal.note(kind, "a page was opened, and closed").await;
                        if let Some(control) = &mut control {
                            let _ = control.close(&other).await;
                        }
                    }
                }
                None => control = None,
            },
            line = complaint(&mut complaints) => match line {
                Some(line) => last_lines.push(&line),
                None => complaints = None,
            },
            _ = looks.tick() => {
                looked += 1;
                if looked.is_multiple_of(LOOKS_PER_WEIGHING) {
                    memory = browser.memory();
                    lock(&terminal.browser).page_memory = memory;
                }
                let now_rests = terminal.page.signs().shows == "resting";
                if now_rests && !rests {
                    turn_off(settings);
                }
                rests = now_rests;
                let seen = look(terminal, &mut browser, &pages, (home, began, memory));
                if let Some(reason) = judge(&seen, settings.most_memory) {
                    break reason;
                }
            }
        }
    };
    if reason != Reason::Grew {
        for line in last_lines.take() {
            tracing::warn!("browser: {line}");
        }
    }
    browser.end().await;
    let lived = began.elapsed().as_secs();
    let detail = match reason {
        Reason::Crashed => format!("the page crashed after {lived} s"),
        Reason::Grew => format!("{} MB after {lived} s", memory >> 20),
        Reason::Died | Reason::Hung | Reason::Strayed => format!("after {lived} s"),
    };
    (reason, detail)
}

fn look(
    terminal: &Terminal,
    browser: &mut Browser,
    pages: &Pages,
    (home, began, memory): (&str, Instant, u64),
) -> Seen {
    let signs = terminal.page.signs();
    // A sign of the browser before this one says nothing.
    let heard = signs.heard.map(tokio::time::Instant::into_std).filter(|heard| *heard > began);
    Seen {
        runs: browser.runs(),
        crashed: pages.crashed,
        strayed: pages.strayed_from(home),
        heard: heard.is_some(),
        silent: heard.unwrap_or(began).elapsed(),
        at_home: signs.is_idle(),
        untouched: signs.idle,
        memory,
    }
}

/// What the browser tells next; nothing once it tells nothing more.
async fn next(control: &mut Option<Control>) -> Option<control::Heard> {
    match control {
        Some(control) => control.next().await.ok(),
        None => std::future::pending().await,
    }
}

async fn complaint(
    complaints: &mut Option<tokio::io::Lines<BufReader<tokio::process::ChildStderr>>>,
) -> Option<String> {
    match complaints {
        Some(lines) => lines.next_line().await.ok().flatten(),
        None => std::future::pending().await,
    }
}

/// Turns the screen off, where the machine has a command for it. A touch turns it on again
/// without the terminal.
fn turn_off(settings: &BrowserSettings) {
    let Some(command) = &settings.rest_command else { return };
    let command = Command::new("sh").args(["-c", command]).stdin(Stdio::null()).spawn();
    match command {
        Ok(mut running) => drop(tokio::spawn(async move { running.wait().await })),
        Err(error) => tracing::warn!("the screen cannot be turned off: {error}"),
    }
}
