//! A stream of snapshots from the server, kept alive for ever.
//!
//! Each snapshot replaces the last one whole, so a page that was away needs no
//! repair. The browser reconnects a broken stream by itself, but gives up
//! after an answer such as 503; and a stream can be dead without the browser
//! knowing. So the server sends a `beat` every ten seconds, and a watch here
//! opens the stream anew when nothing came for twenty-five.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_timers::callback::Interval;
use jiban_domain::Millis;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use serde::de::DeserializeOwned;
use web_sys::{EventSource, MessageEvent};

use super::clock::browser_now;

/// What a page knows from its stream.
pub struct Live<T: Send + Sync + 'static> {
    /// The last snapshot; none before the first.
    pub now: ReadSignal<Option<T>>,
    /// Since when (by the browser's clock) nothing was heard; none while all is well.
    pub stale_since: ReadSignal<Option<Millis>>,
    /// Server's clock less browser's clock, from the last snapshot's `now`.
    pub heard_at: ReadSignal<Millis>,
}

impl<T: Send + Sync + 'static> Clone for Live<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Live<T> {}

const WATCH_EVERY_MS: u32 = 2_000;
const SILENT_AFTER_MS: Millis = 25_000;
/// How soon a stream the browser gave up on is opened anew.
const RETRY_AFTER_MS: Millis = 2_000;

struct Stream {
    source: EventSource,
    // Kept as long as the source that calls them.
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_beat: Closure<dyn FnMut(MessageEvent)>,
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.source.set_onmessage(None);
        self.source.close();
    }
}

/// Listens to `address` until the page's owner is disposed of. Call it in the
/// browser only.
pub fn listen<T>(address: &str) -> Live<T>
where
    T: DeserializeOwned + Clone + Send + Sync + 'static,
{
    let (now, set_now) = signal(None::<T>);
    let (stale_since, set_stale) = signal(None::<Millis>);
    let (heard_at, set_heard_at) = signal(browser_now());
    let last_heard = Rc::new(Cell::new(browser_now()));
    let stream = Rc::new(RefCell::new(None::<Stream>));

    let open = {
        let last_heard = last_heard.clone();
        let address = address.to_owned();
        move || {
            let source = EventSource::new(&address).ok()?;
            let hear = {
                let last_heard = last_heard.clone();
                move || {
                    last_heard.set(browser_now());
                    set_heard_at.set(browser_now());
                    if stale_since.get_untracked().is_some() {
                        set_stale.set(None);
                    }
                }
            };
            let on_message = {
                let hear = hear.clone();
                Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| {
                    hear();
                    let text = message.data().as_string().unwrap_or_default();
                    match serde_json::from_str(&text) {
                        Ok(snapshot) => set_now.set(Some(snapshot)),
                        // The server was upgraded and speaks otherwise: a fresh
                        // page understands it.
                        Err(_) => reload(),
                    }
                })
            };
            let on_beat = Closure::<dyn FnMut(MessageEvent)>::new(move |_: MessageEvent| hear());
            source.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
            let _ =
                source.add_event_listener_with_callback("beat", on_beat.as_ref().unchecked_ref());
            Some(Stream { source, _on_message: on_message, _on_beat: on_beat })
        }
    };
    *stream.borrow_mut() = open();

    let watch = {
        let stream = stream.clone();
        Interval::new(WATCH_EVERY_MS, move || {
            let silent_for = browser_now() - last_heard.get();
            let gave_up = stream
                .borrow()
                .as_ref()
                .is_none_or(|stream| stream.source.ready_state() == EventSource::CLOSED);
            let connecting = stream
                .borrow()
                .as_ref()
                .is_some_and(|stream| stream.source.ready_state() == EventSource::CONNECTING);
            let dead = silent_for > SILENT_AFTER_MS;
            if (gave_up || connecting || dead)
                && silent_for > RETRY_AFTER_MS
                && stale_since.get_untracked().is_none()
            {
                set_stale.set(Some(last_heard.get()));
            }
            if gave_up || (dead && !connecting) {
                *stream.borrow_mut() = open();
            }
        })
    };
    // Handles of the browser belong to its one thread.
    let kept = StoredValue::new_local((watch, stream));
    on_cleanup(move || kept.dispose());
    Live { now, stale_since, heard_at }
}

/// Loads the page anew.
pub fn reload() {
    if let Some(window) = web_sys::window() {
        let _ = window.location().reload();
    }
}
