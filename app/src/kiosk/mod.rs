//! The kiosk: one page without addresses of its own. [`scene`] decides what is
//! on the screen; one visitor's whole use of it is a [`visit`], forgotten when
//! they leave; the state of the hall arrives as a [`hall_snapshot`].

pub mod accessibility_words;
pub mod apply;
mod blocked;
pub mod booking;
mod browser_print;
mod called_later;
mod case;
pub mod deferred;
mod easy_home;
mod find_case;
mod guide;
mod guide_index;
mod hall_snapshot;
mod header_footer;
mod home;
mod idle;
mod issuing;
mod keypad;
mod language;
mod line_cards;
mod line_matters;
mod lockdown;
mod matter;
mod modes;
mod notice;
mod offer;
mod offer_list;
mod page_memory;
mod pager;
mod priorities;
mod progress;
mod refused;
mod rest;
mod return_home;
mod scanned_code;
mod scanner;
pub mod scene;
mod search;
pub mod self_print;
mod slip_status;
mod ticket;
mod typed;
mod unattended;
mod unsure;
mod visit;
pub(crate) mod words;

use std::time::Duration;

use gloo_timers::callback::Interval;
use jiban_domain::{KioskId, Lang, Refusal};
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

use self::deferred::{Deferred, DeferredCode, DeferredPage};
use self::hall_snapshot::HallSnapshot;
use self::idle::{IdleState, IdleWarning, idle_policy, idle_state};
use self::scanned_code::{ScannedCode, is_pick_up_code};
use self::scene::{Conditions, Purpose, Scene, Screen, scene};
use self::visit::{CaseQuery, Visit};
use crate::api::ask;
use crate::api::kiosk::Heartbeat;
use crate::parts::live::reload;
use crate::words::speak;

const SECOND_MS: u32 = 1_000;
const HAND_OVER_EVERY: Duration = Duration::from_millis(100);
const HAND_OVER_TRIES: u32 = 50;
const HEARTBEAT_EVERY: u32 = 20;
/// The kiosk's own terminal minds the page, and starts the browser again without a sign of it.
const SIGN_EVERY: u32 = 5;
/// Without a snapshot, the heartbeat's answer says whether the kiosk is registered at all and
/// served to this browser, and an installer is watching.
const FIRST_HEARTBEATS_EVERY: u32 = 3;
/// Seconds without a touch after which nobody stands before the home page.
const LEFT_ALONE_AFTER: u32 = 20;

#[component]
pub fn KioskPage(
    /// The kiosk's id, from the page's address.
    id: String,
    /// The code that is loaded later.
    deferred: DeferredCode,
) -> impl IntoView {
    let visit = Visit::new(speak(Lang::Zh));
    let snapshot = HallSnapshot::listen(KioskId(id), visit.lang);
    provide_context(visit);
    provide_context(snapshot);
    provide_context(browser_print::BrowserPrint::new());
    provide_context(Deferred::new(deferred));

    let unknown = RwSignal::new(false);
    let scene = Memo::new(move |_| current_scene(snapshot, visit, unknown.get()));
    let idle_state = Memo::new(move |_| {
        let rules = snapshot.hall.with(|hall| hall.rules.clone());
        let policy = idle_policy(&scene.get(), visit.at_home());
        idle_state(visit.idle_seconds.get(), policy, &rules, visit.patience())
    });
    Effect::new(move || {
        if idle_state.get() == IdleState::Expired {
            visit.end();
        }
    });
    // Screen readers must know the page's language.
    Effect::new(move || {
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("lang", visit.lang.get().tag());
        }
    });
    lockdown::install(
        move || {
            // While the warning covers the page, only its own buttons count.
            let warned = matches!(idle_state.get_untracked(), IdleState::Warned(_));
            if !warned || visit.easy.get_untracked() {
                visit.idle_seconds.set(0);
            }
            visit.memory.touched();
        },
        move || visit.remember_typed(),
        move |code| on_scan(visit, snapshot, scene, &ScannedCode::of(code)),
    );
    let rests = rest::rests(scene);
    run_clock(snapshot, visit, unknown, (scene, rests));
    modes::obey(visit, move |code| {
        visit.remember_typed();
        on_scan(visit, snapshot, scene, &ScannedCode::of(code));
    });

    view! {
        <div
            class="kiosk"
            class:large=move || visit.size.get() != 0
            class:easy=move || visit.easy.get()
            data-size=move || visit.size.get()
            data-visit=move || visit.number.get()
        >
            <header_footer::Header />
            <main>{move || page(scene.get())}</main>
            <header_footer::Footer scene />
            <IdleWarning idle_state />
            <rest::Rest rests />
        </div>
        // What a screen reader says of each new page: `public/machines/kiosk.js` writes it.
        <p class="heard" role="status" aria-live="assertive"></p>
        <browser_print::PrintArea />
    }
}

fn page(scene: Scene) -> AnyView {
    match scene {
        Scene::Starting => view! { <blocked::StartingPage /> }.into_any(),
        Scene::Unknown => view! { <blocked::UnknownPage /> }.into_any(),
        Scene::KeptOut => view! { <blocked::KeptOutPage /> }.into_any(),
        Scene::Elsewhere => view! { <blocked::ElsewherePage /> }.into_any(),
        Scene::NoServer => view! { <blocked::NoServerPage /> }.into_any(),
        Scene::Closed => view! { <blocked::ClosedPage /> }.into_any(),
        Scene::LineClosed(line) => view! { <blocked::LineClosedPage line /> }.into_any(),
        Scene::PrinterProblem(printer) => {
            view! { <blocked::PrinterProblemPage printer /> }.into_any()
        }
        Scene::Visit(screen) => match screen {
            Screen::Home => view! { <easy_home::HomeOfMode /> }.into_any(),
            Screen::Lines => view! { <easy_home::LinesPage /> }.into_any(),
            Screen::Priorities => view! { <priorities::PrioritiesPage /> }.into_any(),
            Screen::LineMatters(line, purpose) => {
                view! { <line_matters::LineMattersPage line purpose /> }.into_any()
            }
            Screen::Search => view! { <search::SearchPage /> }.into_any(),
            Screen::Unsure => view! { <unsure::UnsurePage /> }.into_any(),
            Screen::Matter(matter) => view! { <matter::MatterPage matter /> }.into_any(),
            Screen::CalledLater(matter) => {
                view! { <called_later::CalledLaterPage matter /> }.into_any()
            }
            Screen::Issuing(issue) => view! { <issuing::IssuingPage issue /> }.into_any(),
            Screen::Ticket(ticket) => view! { <ticket::TicketPage ticket=*ticket /> }.into_any(),
            Screen::Refused(refused) => view! { <refused::RefusedPage refused /> }.into_any(),
            screen => view! { <DeferredPage screen /> }.into_any(),
        },
    }
}

fn current_scene(snapshot: HallSnapshot, visit: Visit, unknown: bool) -> Scene {
    let screen = visit.screen();
    let line = match &screen {
        Screen::LineMatters(line, Purpose::Take) => Some(line.clone()),
        Screen::Matter(matter) | Screen::CalledLater(matter) => {
            snapshot.matter(matter).map(|m| m.line)
        }
        Screen::Unsure => snapshot.hall.with(|hall| hall.general_line.clone()),
        _ => None,
    };
    let closed_line = line.filter(|id| snapshot.line(id).is_some_and(|line| !line.open));
    let conditions = Conditions {
        unknown,
        loaded: snapshot.live.now.with(Option::is_some),
        kept_out: visit.kept_out.with(Option::is_some),
        elsewhere: visit.elsewhere.get(),
        stale: snapshot.live.stale_since.get().is_some(),
        open: snapshot.hall.with(|hall| hall.open),
        printer: snapshot.printer.get(),
        screen_only: visit.screen_only.get(),
    };
    scene(conditions, &screen, closed_line)
}

/// A scanned code opens what it is of, except from a page that shows another visitor's number.
/// Whether it was a code, or a person who types fast.
fn on_scan(visit: Visit, snapshot: HallSnapshot, scene: Memo<Scene>, code: &ScannedCode) -> bool {
    let screen = scene.with_untracked(|scene| match scene {
        Scene::Visit(screen) => Some(screen.clone()),
        Scene::Starting | Scene::Unknown | Scene::KeptOut | Scene::Elsewhere | Scene::NoServer => {
            None
        }
        _ => Some(Screen::Home),
    });
    let types = matches!(
        screen,
        Some(
            Screen::Search
                | Screen::FindCase
                | Screen::CheckIn(_)
                | Screen::Book(_)
                | Screen::Fill(_)
                | Screen::GoOn
        )
    );
    // Six letters of a person who types fast, or a word that an input method wrote.
    if types && matches!(code, ScannedCode::Unreadable | ScannedCode::Short(_)) {
        return false;
    }
    // A reader types into the page's fields too.
    visit.restore_typed();
    if matches!(screen, None | Some(Screen::Issuing(_) | Screen::Ticket(_))) || code.is_taken() {
        return true;
    }
    let find = |number: &str, last_four: &str| {
        visit.open_from_home(Screen::FindCase);
        let (number, last_four) = (number.to_owned(), last_four.to_owned());
        visit.case_query.set(CaseQuery { number, last_four });
    };
    let query = visit.case_query.get_untracked();
    let (books, prints) = snapshot.hall.with_untracked(|hall| (hall.books, hall.self_print));
    match code {
        ScannedCode::Token(token) => visit.open_from_home(Screen::Progress(*token)),
        ScannedCode::Draft(token) => visit.open_from_home(Screen::Fill(*token)),
        ScannedCode::Case(number) => find(number, &query.last_four),
        // A card in the reader answers what is asked after a case's number.
        ScannedCode::Identity(number) if screen == Some(Screen::FindCase) => {
            find(&query.number, &number[number.len() - 4..]);
        }
        // A booking is found by its code and by the card. A card alone is for what is printed,
        // where that is offered: a booking has a code as well.
        ScannedCode::Identity(_) if prints && screen != Some(Screen::Booking) => {
            open_with(visit, Screen::SelfPrint, code);
        }
        // A pick-up code has six figures, the code of a booking eight characters.
        ScannedCode::Short(short) if prints && is_pick_up_code(short) => {
            open_with(visit, Screen::PrintCode(None), code);
        }
        ScannedCode::Identity(_) | ScannedCode::Short(_) if books => {
            open_with(visit, Screen::CheckIn(None), code);
        }
        // Whoever is in the middle of something loses it to no noise of a reader.
        ScannedCode::Unreadable if !matches!(screen, Some(Screen::Home | Screen::Scan { .. })) => {}
        ScannedCode::Identity(_) | ScannedCode::Short(_) | ScannedCode::Unreadable => {
            visit.open_from_home(Screen::Scan { unread: true });
        }
    }
    true
}

fn open_with(visit: Visit, page: Screen, code: &ScannedCode) {
    visit.open_from_home(page.clone());
    hand_over(visit, page, code.clone(), HAND_OVER_TRIES);
}

/// Hands a code to the page that was opened for it, once that is there: its code may still be
/// loading.
fn hand_over(visit: Visit, page: Screen, code: ScannedCode, tries: u32) {
    let hand = move || {
        let waits = untrack(|| visit.screen()) == page;
        if waits && !code.is_taken() && tries > 0 {
            hand_over(visit, page, code, tries - 1);
        }
    };
    set_timeout(hand, HAND_OVER_EVERY);
}

/// Whether the terminal serves another page than this one.
fn is_newer(page: &str) -> bool {
    let own = document().query_selector("link[rel=modulepreload]").ok().flatten();
    own.and_then(|own| own.get_attribute("href")).is_some_and(|own| own != page)
}

/// Advances the clock and the idle time each second, and sends heartbeats.
fn run_clock(
    snapshot: HallSnapshot,
    visit: Visit,
    unknown: RwSignal<bool>,
    (scene, rests): (Memo<Scene>, Memo<bool>),
) {
    let page = Uuid::new_v4();
    // For the script that says when the page is closed.
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("data-sign", &page.to_string());
    }
    let shows = move || {
        scene.with_untracked(|scene| match scene {
            _ if rests.get_untracked() => "resting",
            // The terminal forgets what it answered once nobody can repeat it any more.
            _ if visit.memory.is_owed() => "visit",
            Scene::Visit(Screen::Home) => "home",
            Scene::Visit(_) => "visit",
            _ => "blocked",
        })
    };
    let send_heartbeat = move || {
        let shows = shows();
        spawn_local(async move {
            let heartbeat = Heartbeat {
                kiosk: snapshot.id.get_value(),
                shows: Some(shows.to_owned()),
                idle_seconds: Some(visit.idle_seconds.get_untracked()),
                page: Some(page),
                leaving: false,
            };
            match ask(&heartbeat, visit.lang.get_untracked()).await {
                Ok(heard) => {
                    unknown.set(false);
                    visit.kept_out.set(None);
                    visit.elsewhere.set(heard.elsewhere);
                }
                Err(refused) if refused.code == Refusal::UnknownKiosk.code() => unknown.set(true),
                Err(refused) if refused.code == Refusal::PairFirst.code() => {
                    unknown.set(false);
                    visit.kept_out.set(Some(refused));
                }
                // The stream notices by itself when the server is away.
                Err(_) => {}
            }
        });
    };
    send_heartbeat();
    let mut seconds = 0_u32;
    let mut told = shows();
    let timer = Interval::new(SECOND_MS, move || {
        snapshot.tick();
        visit.idle_seconds.update(|idle| *idle = idle.saturating_add(1));
        seconds += 1;
        let settled = snapshot.live.now.with_untracked(Option::is_some)
            && snapshot.live.stale_since.get_untracked().is_none()
            && !unknown.get_untracked();
        let page = snapshot.terminal_page();
        let every = match &page {
            _ if !settled => FIRST_HEARTBEATS_EVERY,
            None => HEARTBEAT_EVERY,
            Some(_) => SIGN_EVERY,
        };
        let page_is_own = page.is_some();
        // Only the machine's own terminal is always there to load the page from.
        if page_is_own && visit.memory.is_to_be_emptied(visit.idle_seconds.get_untracked()) {
            let _ = window().location().reload();
        }
        // Who has just begun to read the home page would lose it under their finger.
        let nobody = untrack(|| visit.at_home() && visit.idle_seconds.get() >= LEFT_ALONE_AFTER);
        if nobody && page.is_some_and(|page| is_newer(&page)) {
            reload();
        }
        // The machine's own terminal is told at once what is shown: it minds the page by that.
        let changed = page_is_own && shows() != told;
        if seconds >= every || changed {
            (seconds, told) = (0, shows());
            send_heartbeat();
        }
    });
    let timer = StoredValue::new_local(timer);
    on_cleanup(move || timer.dispose());
}
