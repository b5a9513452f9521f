//! Tells the server that somebody works at a page of the staff, though nothing is sent: they
//! read, scroll or type. Without a sign of life the session ends after a while; the page says
//! so before it does, and any key or touch goes on.

use std::cell::Cell;
use std::rc::Rc;

use gloo_timers::callback::Interval;
use jiban_domain::{Lang, Millis};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::clock::browser_now;
use super::drafts;
use super::session::{Session, StaffPage};
use crate::api::ask;
use crate::api::session::StillHere;
use crate::words::{fill, lang};

const TELL_EVERY_MS: Millis = 60_000;
const TICK_MS: u32 = 1_000;
/// How long before its end a session is said to end.
const WARNED_MS: Millis = 120_000;

crate::words! {
    pub ActivityWords {
        soon_out: "{n} 秒后自动退出登录。动一下鼠标或按任意键即可继续。" | "You will be signed out in {n} seconds. Move the mouse or press any key to stay.",
    }
}

/// What is known of the session's end.
#[derive(Debug, Clone, Copy)]
pub struct Activity {
    /// The seconds that are left, when they are few.
    left: RwSignal<Option<Millis>>,
    lang: RwSignal<Lang>,
}

/// The milliseconds until a session ends that was last told of `since`, when they are few.
fn time_left(idle_minutes: Option<u32>, since: Millis, now: Millis) -> Option<Millis> {
    let left = Millis::from(idle_minutes?) * 60_000 - (now - since);
    (left <= WARNED_MS).then_some(left.max(0))
}

/// Listens until the page's owner is disposed of.
pub fn tell_activity<P: StaffPage>(session: Session<P>) -> Activity {
    let lang = lang();
    let activity = Activity { left: RwSignal::new(None), lang };
    let (active, told_at) = (Rc::new(Cell::new(true)), Rc::new(Cell::new(0)));
    let idle_minutes = StoredValue::new(None);
    let mark = || {
        let active = active.clone();
        move || active.set(true)
    };
    let (keys, pointers, wheel, moves) = (mark(), mark(), mark(), mark());
    let listeners = [
        window_event_listener(leptos::ev::keydown, move |_| keys()),
        window_event_listener(leptos::ev::pointerdown, move |_| pointers()),
        window_event_listener(leptos::ev::wheel, move |_| wheel()),
        window_event_listener(leptos::ev::pointermove, move |_| {
            // A desk that is bumped is no work; with the warning before one's eyes it is.
            if activity.left.try_get_untracked().flatten().is_some() {
                moves();
            }
        }),
    ];
    drafts::belong_to_nobody_yet();
    let tell = move || {
        spawn_local(async move {
            let Some(lang) = lang.try_get_untracked() else { return };
            match ask(&StillHere::<P::Workplace>::default(), lang).await {
                Ok(here) => {
                    if idle_minutes.try_update_value(|value| *value = here.idle_minutes).is_some() {
                        drafts::belong_to(here.clerk.as_str());
                    }
                }
                Err(refused) => session.leave_if_signed_out(&refused),
            }
        });
    };
    let tick = move || {
        if !session.is_open() {
            // Whoever signs in next is told of at once.
            active.set(true);
            told_at.set(0);
            return drafts::belong_to_nobody_yet();
        }
        let now = browser_now();
        let few = activity.left.try_get_untracked().flatten().is_some();
        if active.get() && (few || now - told_at.get() >= TELL_EVERY_MS) {
            active.set(false);
            told_at.set(now);
            tell();
        }
        let minutes = idle_minutes.try_get_value().flatten();
        let left = time_left(minutes, told_at.get(), now).map(|left| (left + 999) / 1000);
        if activity.left.try_get_untracked().is_some_and(|shown| shown != left) {
            let _ = activity.left.try_set(left);
        }
    };
    tick();
    // Browser handles belong to its only thread.
    let ticking = StoredValue::new_local(Interval::new(TICK_MS, tick));
    on_cleanup(move || {
        ticking.dispose();
        for listener in listeners {
            listener.remove();
        }
    });
    activity
}

/// Says that the session is about to end.
#[component]
pub fn IdleWarning(activity: Activity) -> impl IntoView {
    move || {
        activity.left.get().map(|left| {
            let words = ActivityWords::of(activity.lang.get());
            view! {
                <p class="idle-warning" role="alert">
                    {fill(words.soon_out, &[("n", &left)])}
                </p>
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_two_minutes_are_counted() {
        assert_eq!(time_left(None, 0, 9_000_000), None);
        assert_eq!(time_left(Some(30), 0, 28 * 60_000 - 1), None);
        assert_eq!(time_left(Some(30), 0, 28 * 60_000), Some(120_000));
        assert_eq!(time_left(Some(30), 0, 31 * 60_000), Some(0));
    }
}
