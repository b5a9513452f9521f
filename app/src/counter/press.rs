//! One press, one request, as everywhere; and here the key rests until the page
//! shows what was answered, since a second press would be meant for that.

use std::time::Duration;

use jiban_domain::Lang;
use leptos::prelude::*;
use uuid::Uuid;

use super::act::{Act, shows};
use super::door::Door;
use crate::api::counter::{CounterNow, InHand};
use crate::parts;

/// How long a snapshot that shows the answer is waited for.
const SHOWN_WITHIN: Duration = Duration::from_secs(3);
/// How long the big key rests after it came to mean something else: a finger
/// that falls twice must not begin, or finish, the visitor it just called.
const REST: Duration = Duration::from_millis(500);

/// The press that is on its way, and what was said of the last one.
#[derive(Clone, Copy)]
pub(super) struct Press {
    now: RwSignal<CounterNow>,
    door: Door,
    sent: parts::press::Press,
    /// What was answered and is not shown yet, with the id of its press.
    answer: RwSignal<Option<(Uuid, InHand)>>,
    /// How many rests have not ended: changes may come faster than they do.
    rests: RwSignal<u32>,
}

impl Press {
    /// None on its way.
    pub(super) fn new(now: RwSignal<CounterNow>, door: Door, lang: RwSignal<Lang>) -> Self {
        let press = Self {
            now,
            door,
            sent: parts::press::Press::new(lang),
            answer: RwSignal::new(None),
            rests: RwSignal::new(0),
        };
        press.release_when_shown();
        press.rest_when_changed();
        press
    }

    /// Whether a press is on its way, or answered and not shown yet.
    pub(super) fn busy(self) -> bool {
        self.sent.busy() || self.answer.with(Option::is_some)
    }

    /// Whether the big key has just changed its meaning.
    pub(super) fn resting(self) -> bool {
        self.rests.get() > 0
    }

    /// What there is to say of the last press.
    pub(super) fn said(self) -> Option<String> {
        self.sent.said()
    }

    /// Says something in place of a press that would make no sense.
    pub(super) fn say(self, sentence: &str) {
        self.sent.say(sentence);
    }

    /// Asks for something, unless a press is on its way.
    pub(super) fn make(self, act: Act) {
        if untrack(|| self.busy()) {
            return;
        }
        let id = Uuid::new_v4();
        let send = move |lang| act.clone().send(id, lang);
        self.sent.begin(id, send, move |answer| match answer {
            Ok(answer) => self.hear(id, answer),
            Err(refused) => self.door.leave_if_ended(&refused),
        });
    }

    fn hear(self, id: Uuid, answer: InHand) {
        self.answer.set(Some((id, answer)));
        set_timeout(
            move || {
                let waiting = self.answer.try_get_untracked().flatten();
                if waiting.is_some_and(|(waiting, _)| waiting == id) {
                    self.answer.set(None);
                }
            },
            SHOWN_WITHIN,
        );
    }

    fn release_when_shown(self) {
        Effect::new(move || {
            let shown = self.now.with(|now| {
                self.answer.with(|answer| {
                    let answer = answer.as_ref();
                    answer.is_some_and(|(_, answer)| shows(now.in_hand.as_ref(), answer))
                })
            });
            if shown {
                self.answer.set(None);
            }
        });
    }

    fn rest_when_changed(self) {
        let meaning = Memo::new(move |_| {
            self.now.with(|now| now.in_hand.as_ref().map(|ticket| (ticket.id, ticket.state)))
        });
        Effect::watch(
            move || meaning.get(),
            move |_, _, _| {
                self.rests.update(|rests| *rests += 1);
                set_timeout(
                    move || {
                        let _ = self.rests.try_update(|rests| *rests -= 1);
                    },
                    REST,
                );
            },
            false,
        );
    }
}
