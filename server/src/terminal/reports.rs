//! What is told to the server every ten seconds. It is also how the terminal learns that the
//! server is back; then everything is handed in before anything else.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use hyper::{HeaderMap, Method};
use jiban_app::api::kiosk::{Abandon, Issued};
use jiban_app::api::progress::Progress;
use jiban_app::api::terminal::{
    HandIn, HandedIn, NumberTaken, ReadTerminalHall, Report, Reported, TerminalHall,
};
use jiban_domain::terminal_event::TerminalEventKind;
use jiban_domain::{Millis, Token};
use tokio::time::sleep;

use super::machine::{MachineNow, seconds_since};
use super::pairing::Standing;
use super::server_link::{Answer, Away, LONG_PATIENCE, PATIENCE, own_language};
use super::{Terminal, lock, write};
use crate::store::terminal::{HandInPart, ToAbandon};

/// While the server is there.
const EVERY: Duration = Duration::from_secs(10);
/// While it is not.
const EVERY_CUT_OFF: Duration = Duration::from_secs(2);
/// Between two, however many want one.
const AT_LEAST: Duration = Duration::from_millis(250);
/// A report is waited for so long.
const REPORT_PATIENCE: Duration = Duration::from_secs(5);
/// Numbers in one call.
const PART: u32 = 100;
/// Events in one report.
const EVENTS: u32 = 50;
/// Confirmed numbers that pages may still show.
const SHOWN: usize = 100;
/// A page that said nothing for so long is not there.
const PAGE_SILENT: Duration = Duration::from_secs(30);
/// Answers are kept so long: no page repeats for longer.
const KEPT: Millis = 3 * 24 * 60 * 60_000;
/// A damaged store is kept for whoever wants to know why.
const KEPT_ASIDE: Millis = 8 * 24 * 60 * 60_000;

/// Reports until it is dropped.
pub(super) async fn run(terminal: Arc<Terminal>) {
    let mut rounds = 0_u32;
    loop {
        let every = if terminal.server.is_reached() { EVERY } else { EVERY_CUT_OFF };
        tokio::select! {
            () = sleep(every) => {}
            () = terminal.server.wanted() => {}
        }
        terminal.keep_unkept().await;
        round(&terminal).await;
        terminal.give_up_what_was_left().await;
        // An hour, more or less.
        if rounds.is_multiple_of(360) {
            let today = today(&terminal);
            let pruned = terminal.store.prune(terminal.clock.now() - KEPT, &today).await;
            terminal.watch_store(pruned.map_err(|error| (error, "what is over")));
            terminal.store.forget_set_aside(terminal.clock.machine() - KEPT_ASIDE);
        }
        rounds = rounds.wrapping_add(1);
        sleep(AT_LEAST).await;
    }
}

/// One report, and what follows from its answer.
pub(super) async fn round(terminal: &Terminal) {
    let begun = Instant::now();
    let reported = match report(terminal).await {
        Ok(answer) => answer,
        Err(away) => {
            terminal.lost(&away).await;
            return;
        }
    };
    let Some(reported) = reported else { return };
    let round_trip = Millis::try_from(begun.elapsed().as_millis()).unwrap_or_default();
    terminal.clock.set(reported.now, round_trip);
    if terminal.standing() != Standing::Fine {
        terminal.set_standing(Standing::Fine);
    }
    keep(terminal, &reported).await;
    if let Err(away) = catch_up(terminal, &reported).await {
        terminal.lost(&away).await;
        return;
    }
    if terminal.server.set_reached(true) {
        terminal.wake();
        if terminal.ever_reached.swap(true, Ordering::SeqCst) {
            terminal.note(TerminalEventKind::Back, "").await;
        }
    }
}

async fn report(terminal: &Terminal) -> Result<Option<Reported>, Away> {
    let report = make(terminal).await;
    let answer = terminal.server.ask(&report, &own_language(), REPORT_PATIENCE).await?;
    if answer.refused().is_some() {
        terminal.refused_by_server(&answer).await;
        return Err(Away(refused(&answer)));
    }
    let reported = serde_json::from_slice(&answer.body);
    reported.map(Some).map_err(|error| Away(format!("its answer cannot be read: {error}")))
}

fn refused(answer: &Answer) -> String {
    format!("it refused: {}", answer.refused().unwrap_or_default())
}

async fn make(terminal: &Terminal) -> Report {
    let kept = |error| (error, "a report's figures");
    let machine = MachineNow::read(terminal.store.path());
    let printed = terminal.store.printed().await;
    let (slips, paper_mm) = terminal.watch_store(printed.map_err(kept)).unwrap_or_default();
    let events = terminal.store.events(EVENTS).await;
    let left = terminal.store.left().await;
    let to_hand_in = terminal.store.count_to_hand_in().await;
    let signs = terminal.page.signs();
    let browser = lock(&terminal.browser).clone();
    let there = signs.heard.is_some_and(|heard| heard.elapsed() < PAGE_SILENT);
    let script = terminal.assets.kiosk.script.rsplit('/').next();
    let shows = match terminal.standing() {
        Standing::Fine if !there => "no_page",
        Standing::Fine if !terminal.server.is_reached() => "cut_off",
        Standing::Fine => &signs.shows,
        _ => "blocked",
    };
    Report {
        kiosk: terminal.kiosk.clone(),
        store: terminal.store.id(),
        run: terminal.run,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        // By its name, as the server knows its own: the folder before it says nothing.
        page: script.filter(|_| there).map(str::to_owned),
        up_seconds: seconds_since(terminal.started),
        machine_up_seconds: machine.up_seconds,
        printer: terminal.printer_now(),
        slips,
        paper_mm,
        queued: u32::try_from(terminal.queued_slips()).unwrap_or(u32::MAX),
        disk_free: machine.disk_free,
        disk_size: machine.disk_size,
        memory_free: machine.memory_free,
        memory_size: machine.memory_size,
        page_memory: browser.page_memory,
        temperature: machine.temperature,
        last_touch: signs.last_touch,
        browser_starts: browser.starts,
        shows: shows.to_owned(),
        events: terminal.watch_store(events.map_err(kept)).unwrap_or_default(),
        left: terminal.watch_store(left.map_err(kept)).unwrap_or_default(),
        to_hand_in: terminal.watch_store(to_hand_in.map_err(kept)).unwrap_or_default(),
        clock: terminal.clock.machine(),
        hall_version: terminal.hall().map_or(0, |hall| hall.version),
    }
}

/// Keeps what the answer to a report says.
async fn keep(terminal: &Terminal, reported: &Reported) {
    let store = &terminal.store;
    let clock = store.keep_clock(&terminal.clock.kept()).await;
    terminal.watch_store(clock.map_err(|error| (error, "the clock")));
    let lent = store.keep_lent(&reported.lent).await;
    terminal.watch_store(lent.map_err(|error| (error, "lent numbers")));
    let events = store.forget_events(reported.events_kept).await;
    terminal.watch_store(events.map_err(|error| (error, "told events")));
    if let Some(key) = &reported.new_key
        && let Err(error) = terminal.keep_key(key)
    {
        tracing::error!(%error, "the new key could not be kept");
    }
}

/// Everything that the server has to know, or the terminal, before they work together again.
async fn catch_up(terminal: &Terminal, reported: &Reported) -> Result<(), Away> {
    if terminal.hall().map_or(0, |hall| hall.version) != reported.hall_version {
        read_hall(terminal).await?;
    }
    hand_in(terminal).await?;
    let left = terminal.store.to_abandon().await;
    let left = terminal.watch_store(left.map_err(|error| (error, "numbers given up")));
    for id in left.unwrap_or_default() {
        abandon(terminal, id).await?;
    }
    Ok(())
}

async fn read_hall(terminal: &Terminal) -> Result<(), Away> {
    let call = ReadTerminalHall { kiosk: terminal.kiosk.clone() };
    let answer = terminal.server.ask(&call, &own_language(), LONG_PATIENCE).await?;
    if answer.refused().is_some() {
        return Err(Away(refused(&answer)));
    }
    let hall: TerminalHall = match serde_json::from_slice(&answer.body) {
        Ok(hall) => hall,
        Err(error) => {
            // A newer server describes it in words that this program does not know. With the
            // server everything goes on; without it the hall is the one of before.
            tracing::error!(%error, "the hall cannot be read: this terminal is too old");
            return Ok(());
        }
    };
    let kept = terminal.store.keep_hall(&hall).await;
    terminal.watch_store(kept.map_err(|error| (error, "the hall")));
    *write(&terminal.hall) = Some(Arc::new(hall));
    terminal.wake();
    Ok(())
}

/// Hands in all numbers that were given without the server.
async fn hand_in(terminal: &Terminal) -> Result<(), Away> {
    loop {
        let part = terminal.store.to_hand_in(PART).await;
        let part = terminal.watch_store(part.map_err(|error| (error, "numbers to hand in")));
        let Some(part) = part.flatten() else { return Ok(()) };
        let taken = match hand_in_part(terminal, part.clone()).await? {
            Some(taken) => taken,
            // One of them is refused: it must not hold up the others.
            None => one_by_one(terminal, &part).await?,
        };
        let kept = terminal.store.handed_in(&part.numbers, &taken).await;
        let kept = terminal.watch_store(kept.map_err(|error| (error, "what was handed in")));
        // With a full disk they are handed in again, which changes nothing there.
        if kept.is_none() || taken.is_empty() {
            return Ok(());
        }
        tell_pages(terminal, &part, &taken).await;
    }
}

async fn hand_in_part(
    terminal: &Terminal,
    part: HandInPart,
) -> Result<Option<Vec<NumberTaken>>, Away> {
    let HandInPart { store, numbers } = part;
    let call = HandIn { kiosk: terminal.kiosk.clone(), store, numbers };
    let answer = terminal.server.ask(&call, &own_language(), LONG_PATIENCE).await?;
    if let Some(code) = answer.refused() {
        // About the terminal as a whole, and not about its numbers.
        if answer.status == 401 || answer.status == 429 || code == "key_in_use" {
            terminal.refused_by_server(&answer).await;
            return Err(Away(refused(&answer)));
        }
        tracing::error!(code, "numbers were not taken");
        return Ok(None);
    }
    let handed_in: HandedIn = serde_json::from_slice(&answer.body)
        .map_err(|error| Away(format!("its answer cannot be read: {error}")))?;
    Ok(Some(handed_in.numbers))
}

async fn one_by_one(terminal: &Terminal, part: &HandInPart) -> Result<Vec<NumberTaken>, Away> {
    let mut taken = Vec::new();
    for number in &part.numbers {
        let alone = HandInPart { store: part.store, numbers: vec![number.clone()] };
        if let Some(one) = hand_in_part(terminal, alone).await? {
            taken.extend(one);
            continue;
        }
        let refused = format!("{}{}", number.letter, number.number);
        tracing::error!(number = refused, "the hall does not take this number");
        let request_id = number.issue.request_id;
        taken.push(NumberTaken { request_id, number: refused, waits: false });
    }
    Ok(taken)
}

/// Tells the pages that still show a number how it stands now.
async fn tell_pages(terminal: &Terminal, part: &HandInPart, taken: &[NumberTaken]) {
    for one in taken.iter().filter(|one| one.waits) {
        let sent = part.numbers.iter().find(|sent| sent.issue.request_id == one.request_id);
        let Some(token) = sent.map(|sent| sent.token) else { continue };
        if !lock(&terminal.shown).contains_key(&token) {
            continue;
        }
        let Some(progress) = terminal.progress(token).await else { continue };
        let request = terminal.store.request(one.request_id).await.ok().flatten();
        let answer = request.and_then(|request| request.answer).unwrap_or_default();
        let Ok(issued) = serde_json::from_str::<Issued>(&answer) else { continue };
        let now = Issued {
            number: progress.number,
            state: progress.state,
            ahead: progress.ahead,
            wait_minutes: progress.wait_minutes,
            calls_from: progress.calls_from,
            confirmed: true,
            ..issued
        };
        let mut confirmed = lock(&terminal.confirmed);
        confirmed.push_back((token, now));
        if confirmed.len() > SHOWN {
            confirmed.pop_front();
        }
        drop(confirmed);
        terminal.wake();
    }
}

async fn abandon(terminal: &Terminal, id: ToAbandon) -> Result<(), Away> {
    // Whether a slip may be in somebody's hand was decided here.
    let call = Abandon { request_id: id.0, kiosk: terminal.kiosk.clone(), said_so: true };
    let answer = terminal.server.ask(&call, &own_language(), LONG_PATIENCE).await?;
    if answer.status == 401 || answer.status == 429 {
        return Err(Away(refused(&answer)));
    }
    let told = terminal.store.abandoned(id).await;
    terminal.watch_store(told.map_err(|error| (error, "a number given up")));
    Ok(())
}

impl Terminal {
    /// How a ticket stands, as the server says; none where it cannot be asked.
    pub(super) async fn progress(&self, token: Token) -> Option<Progress> {
        let target = format!("/api/progress?token={token}");
        let asked = self.server.send(
            (Method::GET, &target),
            HeaderMap::new(),
            axum::body::Bytes::new(),
            PATIENCE,
        );
        serde_json::from_slice(&asked.await.ok()?.body).ok()
    }
}

/// The business day.
fn today(terminal: &Terminal) -> String {
    let hall = terminal.hall().ok();
    let hall = hall.as_ref().and_then(|told| told.setup.kiosk(&terminal.kiosk));
    hall.map_or_else(String::new, |(hall, _)| {
        let zone = crate::zone::zone(hall);
        jiban_domain::day::business_day(terminal.clock.now(), &zone, hall.day_turns_at)
    })
}
