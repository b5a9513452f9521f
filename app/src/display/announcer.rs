//! Announces calls: [`AnnouncementQueue`] decides, this shows the current call
//! and has [`Sound`] say it.

use std::rc::Rc;

use gloo_timers::callback::Interval;
use jiban_domain::{Lang, Millis};
use leptos::ev;
use leptos::prelude::*;
use web_sys::js_sys::encode_uri_component;

use super::queue::{Announcement, AnnouncementQueue, QueueAction};
use super::sound::{Sound, Voice};
use crate::api::display::DisplayNow;
use crate::parts::announce;
use crate::parts::clock::browser_now;
use crate::parts::live::Live;

const TICK_MS: u32 = 250;
const ANNOUNCED_KEPT: usize = 20;

/// What is being announced.
#[derive(Clone, Copy)]
pub struct Announcer {
    /// The call that fills the display; none while nothing is announced.
    pub current: RwSignal<Option<Announcement>>,
    /// The last sentences spoken, oldest first.
    pub announced: RwSignal<Vec<String>>,
    /// The voice that spoke the last one.
    pub voice: RwSignal<Option<Voice>>,
    /// The browser allows no sound before someone touches the screen.
    pub blocked: RwSignal<bool>,
    /// The server's clock.
    pub now: RwSignal<Millis>,
}

impl Announcer {
    /// Announces the calls of a stream until the page's owner is disposed of.
    pub fn start(live: Live<DisplayNow>) -> Self {
        let announcer = Self {
            current: RwSignal::new(None),
            announced: RwSignal::new(Vec::new()),
            voice: RwSignal::new(None),
            blocked: RwSignal::new(false),
            now: RwSignal::new(browser_now()),
        };
        let clock_offset = StoredValue::new(0);
        let queue = StoredValue::new(AnnouncementQueue::default());
        Effect::new(move || {
            live.now.with(|snapshot| {
                if let Some(snapshot) = snapshot {
                    clock_offset.set_value(snapshot.now - browser_now());
                    queue.update_value(|known| known.add_calls(&snapshot.calls));
                }
            });
        });

        let sound = Rc::new(Sound::new(announcer.voice, announcer.blocked));
        let timer = {
            let sound = sound.clone();
            Interval::new(TICK_MS, move || {
                let now = browser_now() + clock_offset.get_value();
                announcer.now.set(now);
                sound.check();
                let next_action = queue
                    .try_update_value(|known| known.next_action(now, sound.ended()))
                    .unwrap_or(QueueAction::Wait);
                match next_action {
                    QueueAction::Wait => {}
                    QueueAction::Announce(announcement) => {
                        announcer.announce(announcement, live, &sound);
                    }
                    QueueAction::Idle => announcer.current.set(None),
                }
            })
        };
        for touched in [
            window_event_listener(ev::pointerdown, unblocking(&sound)),
            window_event_listener(ev::pointerup, unblocking(&sound)),
        ] {
            on_cleanup(move || touched.remove());
        }
        let key = {
            let sound = sound.clone();
            window_event_listener(ev::keydown, move |_| sound.unblock())
        };
        on_cleanup(move || key.remove());
        let handles = StoredValue::new_local((timer, sound));
        on_cleanup(move || handles.dispose());
        announcer
    }

    fn announce(self, announcement: Announcement, live: Live<DisplayNow>, sound: &Sound) {
        if announcement.aloud {
            let call = &announcement.call;
            let sentence = announce::sentence(&call.number, call.counter_name.get(Lang::Zh));
            let recorded = live.now.with_untracked(|now| {
                let hall = now.as_ref().filter(|now| now.voice)?.hall.clone();
                let hall = String::from(encode_uri_component(hall.as_str()));
                Some(format!("/api/display/voice?hall={hall}&seq={}", call.seq))
            });
            sound.say(sentence.clone(), recorded);
            self.announced.update(|sentences| {
                sentences.push(sentence);
                let excess = sentences.len().saturating_sub(ANNOUNCED_KEPT);
                sentences.drain(..excess);
            });
        }
        self.current.set(Some(announcement));
    }
}

fn unblocking(sound: &Rc<Sound>) -> impl Fn(ev::PointerEvent) + 'static {
    let sound = sound.clone();
    move |_| sound.unblock()
}
