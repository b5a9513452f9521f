//! A stream of snapshots from the server that reconnects for ever.
//!
//! Each snapshot replaces the last one as a whole, so a page that was
//! disconnected has nothing to repair. The browser reconnects a broken stream
//! by itself, but gives up after an answer such as 503; and a stream can be
//! dead, or connecting for minutes, without the browser noticing. So the server
//! sends a `beat` every ten seconds, and a timer here opens a new stream when
//! nothing came for twenty-five.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_timers::callback::Interval;
use jiban_domain::Millis;
use leptos::prelude::*;
use leptos::wasm_bindgen::closure::Closure;
use leptos::wasm_bindgen::{JsCast, JsValue};
use serde::de::DeserializeOwned;
use web_sys::js_sys::{Function, Reflect};
use web_sys::{EventSource, MessageEvent};

use super::clock::browser_now;

/// What a page knows from its stream.
pub struct Live<T: Send + Sync + 'static> {
    /// The last snapshot; none before the first.
    pub now: ReadSignal<Option<T>>,
    /// Since when, by the browser's clock, nothing was heard; none while the
    /// stream works.
    pub stale_since: ReadSignal<Option<Millis>>,
}

impl<T: Send + Sync + 'static> Clone for Live<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Live<T> {}

const WATCH_EVERY_MS: u32 = 2_000;
const SILENT_AFTER_MS: Millis = 25_000;
/// A shorter interruption is not reported.
const TELL_AFTER_MS: Millis = 2_000;

struct Stream {
    source: EventSource,
    // Must live as long as the source that calls them.
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    on_beat: Closure<dyn FnMut(MessageEvent)>,
}

const BEAT: &str = "beat";

impl Stream {
    fn open(
        address: &str,
        on_message: Closure<dyn FnMut(MessageEvent)>,
        on_beat: Closure<dyn FnMut(MessageEvent)>,
    ) -> Option<Self> {
        let source = open_source(address)?;
        source.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        let beat = on_beat.as_ref().unchecked_ref();
        source.add_event_listener_with_callback(BEAT, beat).ok()?;
        Some(Self { source, _on_message: on_message, on_beat })
    }
}

/// A source that the pages of this browser share, by the script of the document; otherwise
/// one of the page's own.
fn open_source(address: &str) -> Option<EventSource> {
    let shared = Reflect::get(window().as_ref(), &"openStream".into()).ok();
    match shared.and_then(|open| open.dyn_into::<Function>().ok()) {
        Some(open) => {
            open.call1(&JsValue::UNDEFINED, &address.into()).ok().map(JsCast::unchecked_into)
        }
        None => EventSource::new(address).ok(),
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.source.close();
        self.source.set_onmessage(None);
        let beat = self.on_beat.as_ref().unchecked_ref();
        let _ = self.source.remove_event_listener_with_callback(BEAT, beat);
    }
}

/// Listens to `address` until the page's owner is disposed of. Works in the
/// browser only.
pub fn listen<T>(address: &str) -> Live<T>
where
    T: DeserializeOwned + Clone + Send + Sync + 'static,
{
    listen_at(Signal::stored(address.to_owned()))
}

/// The same for an address that may change: what was heard stays until the next snapshot.
pub fn listen_at<T>(address: Signal<String>) -> Live<T>
where
    T: DeserializeOwned + Clone + Send + Sync + 'static,
{
    let (now, set_now) = signal(None::<T>);
    let (stale_since, set_stale) = signal(None::<Millis>);
    let last_heard = Rc::new(Cell::new(browser_now()));
    let stream = Rc::new(RefCell::new(None::<Stream>));

    let open = {
        let last_heard = last_heard.clone();
        move || {
            let hear = {
                let last_heard = last_heard.clone();
                move || {
                    last_heard.set(browser_now());
                    if stale_since.get_untracked().is_some() {
                        set_stale.set(None);
                    }
                }
            };
            let on_message = {
                let hear = hear.clone();
                Closure::new(move |message: MessageEvent| {
                    let text = message.data().as_string().unwrap_or_default();
                    match serde_json::from_str(&text) {
                        Ok(snapshot) => {
                            hear();
                            set_now.set(Some(snapshot));
                        }
                        // The server was upgraded and sends other shapes, which
                        // a reloaded page understands.
                        Err(_) => reload(),
                    }
                })
            };
            Stream::open(
                &address.get_untracked(),
                on_message,
                Closure::new(move |_: MessageEvent| hear()),
            )
        }
    };
    Effect::new({
        let (stream, open) = (stream.clone(), open.clone());
        move || {
            address.track();
            *stream.borrow_mut() = open();
        }
    });

    let watch = {
        let stream = stream.clone();
        let opened_at = Cell::new(browser_now());
        Interval::new(WATCH_EVERY_MS, move || {
            let now = browser_now();
            // A machine's clock may be corrected some time after it was
            // switched on. Set back, it would make the silence look short for
            // hours.
            last_heard.set(last_heard.get().min(now));
            opened_at.set(opened_at.get().min(now));

            let state =
                stream.borrow().as_ref().map_or(EventSource::CLOSED, |s| s.source.ready_state());
            let hangs = now - last_heard.get().max(opened_at.get()) > SILENT_AFTER_MS;
            if (hangs || state != EventSource::OPEN)
                && now - last_heard.get() > TELL_AFTER_MS
                && stale_since.get_untracked().is_none()
            {
                set_stale.set(Some(last_heard.get()));
            }
            if hangs || state == EventSource::CLOSED {
                opened_at.set(now);
                *stream.borrow_mut() = open();
            }
        })
    };
    // Browser handles belong to its only thread.
    let handles = StoredValue::new_local((watch, stream));
    on_cleanup(move || handles.dispose());
    Live { now, stale_since }
}

const RELOAD_AT_MOST_EVERY_MS: Millis = 60_000;
const RELOADED_AT: &str = "reloaded_at";

/// Reloads the page, but not twice within a minute: a page that still cannot
/// read the server's snapshots must not reload itself in a loop.
pub fn reload() {
    let Some(window) = web_sys::window() else { return };
    let storage = window.session_storage().ok().flatten();
    let last = storage
        .as_ref()
        .and_then(|storage| storage.get_item(RELOADED_AT).ok().flatten())
        .and_then(|at| at.parse::<Millis>().ok());
    let now = browser_now();
    if last.is_some_and(|last| (0..RELOAD_AT_MOST_EVERY_MS).contains(&(now - last))) {
        return;
    }
    if let Some(storage) = storage {
        let _ = storage.set_item(RELOADED_AT, &now.to_string());
    }
    let _ = window.location().reload();
}
