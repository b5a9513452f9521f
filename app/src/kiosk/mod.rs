//! The kiosk: one page, no addresses of its own. [`scene`] says what stands on
//! the screen; a visitor's whole use of it is a [`visit`], forgotten when they
//! go; what the hall is like comes in [`known`].

mod blocked;
mod case;
mod choice;
mod find;
mod frame;
mod guard;
mod guide;
mod home;
mod idle;
mod known;
mod leaving;
mod matters;
mod notice;
mod paper;
mod printed;
mod reading;
mod refused;
mod scan;
mod scene;
mod search;
mod shelves;
mod taking;
mod ticket;
mod visit;
mod words;

use gloo_timers::callback::Interval;
use jiban_domain::{KioskId, Lang, Token};
use leptos::prelude::*;
use leptos::task::spawn_local;

use self::idle::{Idle, IdleWarning, idle, patience};
use self::known::Known;
use self::scene::{Facts, Purpose, Scene, Screen, scene};
use self::visit::Visit;
use crate::api::ask;
use crate::api::kiosk::Heartbeat;
use crate::words::speak;

const SECOND_MS: u32 = 1_000;
const HEARTBEAT_EVERY: u32 = 20;
/// Until a snapshot came, the heartbeat's answer says whether the hall knows
/// the kiosk at all: an installer watches.
const HEARTBEAT_FIRST_EVERY: u32 = 3;

/// The whole page; `id` is the one in its address.
#[component]
pub fn KioskPage(
    /// The id in its address.
    id: String,
) -> impl IntoView {
    let visit = Visit::new(speak(Lang::Zh));
    let known = Known::listen(KioskId(id));
    provide_context(visit);
    provide_context(known);
    provide_context(paper::OnPaper::new());

    let unknown = RwSignal::new(false);
    let scene = Memo::new(move |_| look(known, visit, unknown.get()));
    let idle = Memo::new(move |_| {
        let rules = known.hall.with(|hall| hall.rules.clone());
        idle(visit.quiet.get(), patience(&scene.get(), visit.at_home()), &rules)
    });
    Effect::new(move || {
        if idle.get() == Idle::Gone {
            visit.end();
        }
    });
    // What reads the page aloud must know its language.
    Effect::new(move || {
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("lang", visit.lang.get().tag());
        }
    });
    guard::stand(
        move || {
            // While it is asked whether someone is there, only its keys answer.
            if !matches!(idle.get_untracked(), Idle::Warned(_)) {
                visit.quiet.set(0);
            }
        },
        move |token| scanned(visit, scene, token),
    );
    live_on(known, visit, unknown);

    view! {
        <div class="kiosk" class:large=move || visit.large.get()>
            <frame::Head />
            <main>{move || page(scene.get())}</main>
            <frame::Foot scene />
            <IdleWarning idle />
        </div>
        <paper::SlipSheet />
    }
}

/// The page of a scene.
fn page(scene: Scene) -> AnyView {
    match scene {
        Scene::Starting => view! { <blocked::StartingPage /> }.into_any(),
        Scene::Unknown => view! { <blocked::UnknownPage /> }.into_any(),
        Scene::NoServer => view! { <blocked::NoServerPage /> }.into_any(),
        Scene::Closed => view! { <blocked::ClosedPage /> }.into_any(),
        Scene::LineClosed(line) => view! { <blocked::LineClosedPage line /> }.into_any(),
        Scene::PrinterIll(printer) => view! { <blocked::PrinterIllPage printer /> }.into_any(),
        Scene::Visit(screen) => match screen {
            Screen::Home => view! { <home::HomePage /> }.into_any(),
            Screen::Guides => view! { <shelves::GuidesPage /> }.into_any(),
            Screen::OnShelf(shelf) => view! { <shelves::ShelfPage shelf /> }.into_any(),
            Screen::Find => view! { <find::FindPage /> }.into_any(),
            Screen::Matters(line, purpose) => {
                view! { <matters::MattersPage line purpose /> }.into_any()
            }
            Screen::Search => view! { <search::SearchPage /> }.into_any(),
            Screen::Guide(matter) => view! { <guide::GuidePage matter /> }.into_any(),
            Screen::Reading(id) => view! { <reading::ReadingPage id /> }.into_any(),
            Screen::Taking(issue) => view! { <taking::TakingPage issue /> }.into_any(),
            Screen::Ticket(taken) => view! { <ticket::TicketPage taken=*taken /> }.into_any(),
            Screen::Refused(refused) => view! { <refused::RefusedPage refused /> }.into_any(),
            Screen::Scan { unread } => view! { <scan::ScanPage unread /> }.into_any(),
            Screen::Followed(token) => view! { <scan::FollowedPage token /> }.into_any(),
        },
    }
}

/// What stands on the screen, from all that is known.
fn look(known: Known, visit: Visit, unknown: bool) -> Scene {
    let screen = visit.screen();
    let line = match &screen {
        Screen::Matters(line, Purpose::Take) => Some(line.clone()),
        Screen::Guide(matter) => known.matter(matter).map(|m| m.matter.line),
        _ => None,
    };
    let closed_line = line.filter(|id| known.line(id).is_some_and(|line| !line.open));
    let facts = Facts {
        unknown,
        known: known.live.now.with(Option::is_some),
        stale: known.live.stale_since.get().is_some(),
        open: known.hall.with(|hall| hall.open),
        printer: known.printer.get(),
        screen_only: visit.screen_only.get(),
    };
    scene(facts, &screen, closed_line)
}

/// A slip held to the scanner leads to its ticket from anywhere but a page
/// that holds another visitor's number.
fn scanned(visit: Visit, scene: Memo<Scene>, token: Option<Token>) {
    let busy = scene.with_untracked(|scene| {
        matches!(
            scene,
            Scene::Visit(Screen::Taking(_) | Screen::Ticket(_))
                | Scene::Starting
                | Scene::Unknown
                | Scene::NoServer
        )
    });
    match token {
        _ if busy => {}
        Some(token) => visit.arrive_from_home(Screen::Followed(token)),
        None => visit.arrive_from_home(Screen::Scan { unread: true }),
    }
}

/// Each second: the clock, the visitor's silence, and now and then a heartbeat.
fn live_on(known: Known, visit: Visit, unknown: RwSignal<bool>) {
    let beat = move || {
        spawn_local(async move {
            let heartbeat = Heartbeat { kiosk: known.id.get_value() };
            match ask(&heartbeat, Lang::Zh).await {
                Ok(_) => unknown.set(false),
                Err(no) if no.code == "unknown_kiosk" => unknown.set(true),
                // Whether the server is there, the stream knows better.
                Err(_) => {}
            }
        });
    };
    beat();
    let mut seconds = 0_u32;
    let second = Interval::new(SECOND_MS, move || {
        known.tick();
        visit.quiet.update(|quiet| *quiet = quiet.saturating_add(1));
        seconds += 1;
        let settled = known.live.now.with_untracked(Option::is_some) && !unknown.get_untracked();
        let every = if settled { HEARTBEAT_EVERY } else { HEARTBEAT_FIRST_EVERY };
        if seconds >= every {
            seconds = 0;
            beat();
        }
    });
    let second = StoredValue::new_local(second);
    on_cleanup(move || second.dispose());
}
