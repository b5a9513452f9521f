//! The hall display: which number is called to which counter, shown and spoken.
//!
//! - [`queue`]: which calls are announced, and when
//! - [`announcer`]: announces them; [`sound`]: chime and voice
//! - [`board`]: the layout
//!
//! Only numbers are shown, never names.

mod announcer;
mod board;
mod queue;
mod sound;
mod words;

use jiban_domain::Millis;
use leptos::prelude::*;
use web_sys::js_sys::encode_uri_component;

use self::announcer::Announcer;
use self::board::{Calling, FeaturedCall, Head, LastCalls, Lines, last_calls, resting_call};
use self::words::both;
use crate::api::display::DisplayNow;
use crate::parts::clock::browser_now;
use crate::parts::live::{Live, listen};

const MINUTE_MS: Millis = 60_000;

#[component]
pub fn DisplayPage(
    /// The hall's id, from the page's address.
    id: String,
) -> impl IntoView {
    let live: Live<DisplayNow> =
        listen(&format!("/events/display?hall={}", String::from(encode_uri_component(&id))));
    let announcer = Announcer::start(live);
    let known = Memo::new(move |_| live.now.with(Option::is_some));
    let stale = move || live.stale_since.get().is_some();
    view! {
        <main
            class="display"
            class:is-stale=stale
            data-hall=id
            data-announced=move || announcer.announced.get().join(" | ")
            data-voice=move || announcer.voice.get().map(sound::Voice::as_str)
        >
            {move || {
                if known.get() {
                    view! { <Board live announcer /> }.into_any()
                } else {
                    let (zh, en) = both(|words| words.connecting);
                    view! {
                        <p class="board-connecting" role="status">
                            <span class="zh">{zh}</span>
                            " "
                            <span class="en" lang="en">
                                {en}
                            </span>
                        </p>
                    }
                        .into_any()
                }
            }}
        </main>
    }
    .into_any()
}

/// The board, once a snapshot has arrived.
#[component]
fn Board(live: Live<DisplayNow>, announcer: Announcer) -> impl IntoView {
    let hall = part(live, |now| now.name.clone());
    let zone = part(live, |now| now.time_zone.clone());
    let time_unknown = part(live, |now| now.time_unknown);
    let calls = part(live, |now| now.calls.clone());
    let lines = part(live, |now| now.lines.clone());
    let calls_from = part(live, |now| now.calls_from.clone());
    let minute = Memo::new(move |_| announcer.now.get().div_euclid(MINUTE_MS) * MINUTE_MS);
    let stale_since = Memo::new(move |_| {
        // Measured by the browser's clock, shown by the server's.
        live.stale_since.get().map(|at| at + announcer.now.get_untracked() - browser_now())
    });
    let featured = Memo::new(move |_| match announcer.current.get() {
        Some(announcement) => Some(FeaturedCall { call: announcement.call, announced: true }),
        None => calls.with(|calls| resting_call(calls)),
    });
    let last = Memo::new(move |_| {
        featured.with(|featured| calls.with(|calls| last_calls(calls, featured.as_ref())))
    });
    view! {
        <Head hall zone minute time_unknown stale_since blocked=announcer.blocked />
        {move || view! { <Calling featured=featured.get() calls_from=calls_from.get() /> }}
        <LastCalls calls=last zone />
        <Lines lines />
    }
    .into_any()
}

/// A part of the snapshot; the display changes only where its part did.
fn part<P>(live: Live<DisplayNow>, of: impl Fn(&DisplayNow) -> P + Send + Sync + 'static) -> Memo<P>
where
    P: Default + PartialEq + Send + Sync + 'static,
{
    Memo::new(move |_| live.now.with(|now| now.as_ref().map(&of).unwrap_or_default()))
}
