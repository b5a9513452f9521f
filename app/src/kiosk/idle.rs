//! When a visitor has gone without saying so.

use jiban_domain::setup::Rules;
use leptos::prelude::*;

use super::known::known;
use super::scene::{Scene, Screen};
use super::visit::visit;
use super::words::words;
use crate::words::fill;

/// WCAG 2.2.1: at least so long to answer a warning.
const LEAST_COUNTDOWN: u32 = 20;

/// How a quiet visitor is dealt with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Idle {
    /// Still there.
    Present,
    /// Warned; so many seconds are left.
    Warned(u32),
    /// Gone.
    Gone,
}

/// Which patience a page has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Patience {
    /// A page anyone may find: nothing to lose, so nobody is warned.
    Resting,
    /// Someone is in the middle of something: they are warned first.
    Warning,
    /// The page counts for itself, or must not be left.
    Own,
}

/// The patience of a scene; at home nobody has anything to lose.
pub fn patience(scene: &Scene, at_home: bool) -> Patience {
    match scene {
        Scene::Visit(Screen::Taking(_) | Screen::Ticket(_) | Screen::Refused(_)) => Patience::Own,
        Scene::Closed | Scene::Starting | Scene::Unknown | Scene::NoServer => Patience::Resting,
        _ if at_home => Patience::Resting,
        Scene::LineClosed(_) | Scene::PrinterIll(_) | Scene::Visit(_) => Patience::Warning,
    }
}

/// Decides after `quiet` seconds without a touch.
pub fn idle(quiet: u32, patience: Patience, rules: &Rules) -> Idle {
    let warned_at = rules.idle_seconds;
    let gone_at = warned_at + rules.countdown_seconds.max(LEAST_COUNTDOWN);
    match patience {
        Patience::Own => Idle::Present,
        _ if quiet < warned_at => Idle::Present,
        Patience::Warning if quiet < gone_at => Idle::Warned(gone_at - quiet),
        Patience::Warning | Patience::Resting => Idle::Gone,
    }
}

/// The warning over the page: the seconds left, and a key that gives more.
#[component]
pub fn IdleWarning(
    /// How the visitor is dealt with now.
    #[prop(into)]
    idle: Signal<Idle>,
) -> impl IntoView {
    let visit = visit();
    let left = Memo::new(move |_| match idle.get() {
        Idle::Warned(left) => Some(left),
        _ => None,
    });
    let warned = Memo::new(move |_| left.get().is_some());
    let whole = known().hall.get_untracked().rules.countdown_seconds.max(LEAST_COUNTDOWN);
    let warning = move || {
        let sentence =
            move || fill(words().still_here_next, &[("n", &left.get().unwrap_or_default())]);
        let bar = move || {
            format!("--left: {}", f64::from(left.get().unwrap_or_default()) / f64::from(whole))
        };
        view! {
            <div class="veil" on:click=move |_| visit.quiet.set(0)>
                <section class="still-here" role="alertdialog" aria-labelledby="still-here">
                    <p class="seconds number" aria-hidden="true">
                        {left}
                    </p>
                    <h1 id="still-here">{move || words().still_here}</h1>
                    <p>{sentence}</p>
                    <div class="left" style=bar aria-hidden="true"></div>
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
                        <button class="key">{move || words().i_am_here}</button>
                    </div>
                </section>
            </div>
        }
    };
    move || warned.get().then(warning)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules() -> Rules {
        Rules { idle_seconds: 40, countdown_seconds: 25, ..Rules::default() }
    }

    #[test]
    fn who_does_something_is_warned_and_then_gone() {
        let after = |quiet| idle(quiet, Patience::Warning, &rules());
        assert_eq!(after(39), Idle::Present);
        assert_eq!(after(40), Idle::Warned(25));
        assert_eq!(after(64), Idle::Warned(1));
        assert_eq!(after(65), Idle::Gone);
    }

    #[test]
    fn the_warning_gives_twenty_seconds_whatever_is_set() {
        let hasty = Rules { countdown_seconds: 3, ..rules() };
        assert_eq!(idle(40, Patience::Warning, &hasty), Idle::Warned(20));
    }

    #[test]
    fn at_rest_nobody_is_warned_and_the_ticket_counts_for_itself() {
        assert_eq!(idle(39, Patience::Resting, &rules()), Idle::Present);
        assert_eq!(idle(40, Patience::Resting, &rules()), Idle::Gone);
        assert_eq!(idle(4000, Patience::Own, &rules()), Idle::Present);
    }
}
