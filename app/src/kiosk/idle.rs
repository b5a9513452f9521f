//! Visitors who leave without ending their visit.

use jiban_domain::setup::Rules;
use leptos::html::{Button, Dialog};
use leptos::prelude::*;

use super::hall_snapshot::hall_snapshot;
use super::scene::{Scene, Screen};
use super::visit::visit;
use super::words::words;
use crate::words::fill;

/// WCAG 2.2.1: a warning can be answered for at least 20 seconds.
const MIN_COUNTDOWN_SECONDS: u32 = 20;

/// Whether the visitor still uses the kiosk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdleState {
    Active,
    /// The visitor is warned; the seconds left to answer.
    Warned(u32),
    /// The visit ends.
    Expired,
}

/// What a page does when nobody touches it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdlePolicy {
    /// End the visit without a warning: the visitor has nothing to lose.
    EndSilently,
    /// Warn first: the visitor is in the middle of something.
    WarnFirst,
    /// Never end it: the page has a countdown of its own, or must not be left.
    Never,
}

/// The policy of a scene. At home a visitor has nothing to lose.
pub fn idle_policy(scene: &Scene, at_home: bool) -> IdlePolicy {
    match scene {
        Scene::Visit(Screen::Ticket(_) | Screen::Refused(_)) => IdlePolicy::Never,
        Scene::Closed
        | Scene::Starting
        | Scene::Unknown
        | Scene::KeptOut
        | Scene::Elsewhere
        | Scene::NoServer => IdlePolicy::EndSilently,
        _ if at_home => IdlePolicy::EndSilently,
        Scene::LineClosed(_) | Scene::PrinterProblem(_) | Scene::Visit(_) => IdlePolicy::WarnFirst,
    }
}

/// The state after `idle_seconds` without a touch. `patience`: how many times the seconds of
/// the rules this visitor has.
pub fn idle_state(
    idle_seconds: u32,
    policy: IdlePolicy,
    rules: &Rules,
    patience: u32,
) -> IdleState {
    let warned_at = rules.idle_seconds * patience;
    let expires_at = warned_at + rules.countdown_seconds.max(MIN_COUNTDOWN_SECONDS) * patience;
    match policy {
        IdlePolicy::Never => IdleState::Active,
        _ if idle_seconds < warned_at => IdleState::Active,
        IdlePolicy::WarnFirst if idle_seconds < expires_at => {
            IdleState::Warned(expires_at - idle_seconds)
        }
        IdlePolicy::WarnFirst | IdlePolicy::EndSilently => IdleState::Expired,
    }
}

/// The warning over the page: the seconds left, and a button to continue. It is modal:
/// while it is open, nothing behind it answers a touch or a key.
#[component]
pub fn IdleWarning(#[prop(into)] idle_state: Signal<IdleState>) -> impl IntoView {
    let visit = visit();
    let left = Memo::new(move |_| match idle_state.get() {
        IdleState::Warned(left) => Some(left),
        _ => None,
    });
    let warned = Memo::new(move |_| left.get().is_some());
    let dialog = NodeRef::<Dialog>::new();
    let go_on = NodeRef::<Button>::new();
    Effect::new(move || {
        let Some(dialog) = dialog.get() else { return };
        if !warned.get() {
            dialog.close();
        } else if visit.easy.get_untracked() {
            // In the easy mode nothing covers the page: the warning is a part of it.
            dialog.show();
        } else if !dialog.open() {
            let _ = dialog.show_modal();
            if let Some(button) = go_on.get() {
                let _ = button.focus();
            }
        }
    });
    let hall = hall_snapshot().hall;
    let total = Memo::new(move |_| {
        hall.with(|hall| hall.rules.countdown_seconds).max(MIN_COUNTDOWN_SECONDS) * visit.patience()
    });
    let sentence = move || fill(words().still_here_next, &[("n", &left.get().unwrap_or_default())]);
    let bar =
        move || (f64::from(left.get().unwrap_or_default()) / f64::from(total.get())).to_string();
    view! {
        <dialog
            class="veil"
            role="alertdialog"
            aria-labelledby="still-here"
            node_ref=dialog
            on:cancel=move |_: web_sys::Event| visit.idle_seconds.set(0)
            on:click=move |_| visit.idle_seconds.set(0)
        >
            <section class="still-here">
                <p class="seconds number" aria-hidden="true">
                    {left}
                </p>
                <h2 id="still-here">{move || words().still_here}</h2>
                <p>{sentence}</p>
                <div class="left" style=("--left", bar) aria-hidden="true"></div>
                <div class="keys">
                    <button
                        class="button"
                        on:click=move |touch| {
                            touch.stop_propagation();
                            visit.end();
                        }
                    >
                        {move || words().i_am_done}
                    </button>
                    <button class="key" data-key="Escape" node_ref=go_on>
                        {move || words().i_am_here}
                    </button>
                </div>
            </section>
        </dialog>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules() -> Rules {
        Rules { idle_seconds: 40, countdown_seconds: 25, ..Rules::default() }
    }

    #[test]
    fn an_idle_visitor_is_warned_and_then_the_visit_ends() {
        let after = |idle_seconds| idle_state(idle_seconds, IdlePolicy::WarnFirst, &rules(), 1);
        assert_eq!(after(39), IdleState::Active);
        assert_eq!(after(40), IdleState::Warned(25));
        assert_eq!(after(64), IdleState::Warned(1));
        assert_eq!(after(65), IdleState::Expired);
    }

    #[test]
    fn in_the_easy_mode_everything_takes_twice_as_long() {
        let after = |seconds| idle_state(seconds, IdlePolicy::WarnFirst, &rules(), 2);
        assert_eq!(after(79), IdleState::Active);
        assert_eq!(after(80), IdleState::Warned(50));
        assert_eq!(after(129), IdleState::Warned(1));
        assert_eq!(after(130), IdleState::Expired);
    }

    #[test]
    fn a_warning_lasts_at_least_twenty_seconds() {
        let hasty = Rules { countdown_seconds: 3, ..rules() };
        assert_eq!(idle_state(40, IdlePolicy::WarnFirst, &hasty, 1), IdleState::Warned(20));
    }

    #[test]
    fn with_nothing_to_lose_nobody_is_warned_and_the_ticket_page_never_expires() {
        assert_eq!(idle_state(39, IdlePolicy::EndSilently, &rules(), 1), IdleState::Active);
        assert_eq!(idle_state(40, IdlePolicy::EndSilently, &rules(), 1), IdleState::Expired);
        assert_eq!(idle_state(4000, IdlePolicy::Never, &rules(), 1), IdleState::Active);
    }
}
