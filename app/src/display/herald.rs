//! Announces calls: lets [`Announcements`] decide, shows what it says and has
//! [`Sound`] say it.

use std::rc::Rc;

use gloo_timers::callback::Interval;
use jiban_domain::{Lang, Millis};
use leptos::ev;
use leptos::prelude::*;
use web_sys::js_sys::encode_uri_component;

use super::queue::{Announcement, Announcements, Step};
use super::sound::{Sound, Voice};
use crate::api::display::DisplayNow;
use crate::parts::announce;
use crate::parts::clock::browser_now;
use crate::parts::live::Live;

const LOOK_EVERY_MS: u32 = 250;
const ANNOUNCED_KEPT: usize = 20;

/// What the herald is doing.
#[derive(Clone, Copy)]
pub struct Herald {
    /// The call that fills the display; none while all is quiet.
    pub on: RwSignal<Option<Announcement>>,
    /// The sentences said, oldest first, the last of them.
    pub announced: RwSignal<Vec<String>>,
    /// Which voice said the last one.
    pub voice: RwSignal<Option<Voice>>,
    /// The browser lets nothing be heard before someone touches the screen.
    pub blocked: RwSignal<bool>,
    /// The server's clock.
    pub now: RwSignal<Millis>,
}

impl Herald {
    /// Sets the herald to work until the page's owner is disposed of.
    pub fn of(live: Live<DisplayNow>) -> Self {
        let herald = Self {
            on: RwSignal::new(None),
            announced: RwSignal::new(Vec::new()),
            voice: RwSignal::new(None),
            blocked: RwSignal::new(false),
            now: RwSignal::new(browser_now()),
        };
        let ahead = StoredValue::new(0);
        let announcements = StoredValue::new(Announcements::default());
        Effect::new(move || {
            live.now.with(|snapshot| {
                if let Some(snapshot) = snapshot {
                    ahead.set_value(snapshot.now - browser_now());
                    announcements.update_value(|known| known.hear(&snapshot.calls));
                }
            });
        });

        let sound = Rc::new(Sound::new(herald.voice, herald.blocked));
        let look = {
            let sound = sound.clone();
            Interval::new(LOOK_EVERY_MS, move || {
                let now = browser_now() + ahead.get_value();
                herald.now.set(now);
                sound.check();
                let step = announcements
                    .try_update_value(|known| known.step(now, sound.ended()))
                    .unwrap_or(Step::Stay);
                match step {
                    Step::Stay => {}
                    Step::Begin(announcement) => herald.begin(announcement, live, &sound),
                    Step::Rest => herald.on.set(None),
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
        let kept = StoredValue::new_local((look, sound));
        on_cleanup(move || kept.dispose());
        herald
    }

    fn begin(self, announcement: Announcement, live: Live<DisplayNow>, sound: &Sound) {
        if announcement.aloud {
            let call = &announcement.call;
            let sentence = announce::sentence(&call.number, call.counter_name.get(Lang::Zh));
            let recorded = live.now.with_untracked(|now| {
                let hall = now.as_ref().filter(|now| now.voice)?.hall.clone();
                let hall = String::from(encode_uri_component(hall.as_str()));
                Some(format!("/api/display/voice?hall={hall}&seq={}", call.seq))
            });
            sound.say(sentence.clone(), recorded);
            self.announced.update(|said| {
                said.push(sentence);
                let spare = said.len().saturating_sub(ANNOUNCED_KEPT);
                said.drain(..spare);
            });
        }
        self.on.set(Some(announcement));
    }
}

fn unblocking(sound: &Rc<Sound>) -> impl Fn(ev::PointerEvent) + 'static {
    let sound = sound.clone();
    move |_| sound.unblock()
}
