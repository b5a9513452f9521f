//! Tells the server that somebody works at a page of the staff, though nothing is sent: they
//! read, scroll or type. Without a sign of life the session ends after a while.

use std::cell::Cell;
use std::rc::Rc;

use gloo_timers::callback::Interval;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::session::{Session, StaffPage};
use crate::api::ask;
use crate::api::session::StillHere;
use crate::words::lang;

const TELL_EVERY_MS: u32 = 60_000;

/// Listens until the page's owner is disposed of.
pub fn tell_activity<P: StaffPage>(session: Session<P>) {
    let lang = lang();
    let active = Rc::new(Cell::new(false));
    let mark = || {
        let active = active.clone();
        move || active.set(true)
    };
    let (keys, pointers, wheel) = (mark(), mark(), mark());
    let listeners = [
        window_event_listener(leptos::ev::keydown, move |_| keys()),
        window_event_listener(leptos::ev::pointerdown, move |_| pointers()),
        window_event_listener(leptos::ev::wheel, move |_| wheel()),
    ];
    let tell = Interval::new(TELL_EVERY_MS, move || {
        if active.take() && session.is_open() {
            spawn_local(async move {
                let Some(lang) = lang.try_get_untracked() else { return };
                if let Err(refused) = ask(&StillHere::<P::Workplace>::default(), lang).await {
                    session.leave_if_signed_out(&refused);
                }
            });
        }
    });
    // Browser handles belong to its only thread.
    let tell = StoredValue::new_local(tell);
    on_cleanup(move || {
        tell.dispose();
        for listener in listeners {
            listener.remove();
        }
    });
}
