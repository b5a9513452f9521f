//! One press, one request: while one is on its way no other can be made, and a
//! lost answer is asked for again under the same id, so that nothing is done
//! twice.

use std::time::Duration;

use jiban_domain::Lang;
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

use super::act::{Act, shows};
use super::door::Door;
use super::spell::refusal;
use super::words::Words;
use crate::api::Refused;
use crate::api::counter::{CounterNow, InHand};

/// How long an answer is waited for before the request is sent once more.
const ASK_AGAIN: Duration = Duration::from_secs(2);
/// After so many the clerk is told to look: a call that came about minutes
/// later would surprise everyone.
const MOST_TRIES: u32 = 8;
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
    lang: RwSignal<Lang>,
    on_the_way: RwSignal<Option<Uuid>>,
    answer: RwSignal<Option<InHand>>,
    /// How many rests have not ended: changes may come faster than they do.
    rests: RwSignal<u32>,
    said: RwSignal<Option<String>>,
}

impl Press {
    /// None on its way.
    pub(super) fn new(now: RwSignal<CounterNow>, door: Door, lang: RwSignal<Lang>) -> Self {
        let press = Self {
            now,
            door,
            lang,
            on_the_way: RwSignal::new(None),
            answer: RwSignal::new(None),
            rests: RwSignal::new(0),
            said: RwSignal::new(None),
        };
        press.release_when_shown();
        press.rest_when_changed();
        press
    }

    /// Whether a press is on its way.
    pub(super) fn busy(self) -> bool {
        self.on_the_way.get().is_some()
    }

    /// Whether the big key has just changed its meaning.
    pub(super) fn resting(self) -> bool {
        self.rests.get() > 0
    }

    /// What there is to say of the last press.
    pub(super) fn said(self) -> Option<String> {
        self.said.get()
    }

    /// Says something in place of a press that would make no sense.
    pub(super) fn say(self, sentence: &str) {
        self.said.set(Some(sentence.to_owned()));
    }

    /// Asks for something, unless a press is on its way.
    pub(super) fn make(self, act: Act) {
        if self.on_the_way.get_untracked().is_none() {
            let id = Uuid::new_v4();
            self.on_the_way.set(Some(id));
            self.answer.set(None);
            self.said.set(None);
            self.attempt(act, id, 1);
        }
    }

    fn attempt(self, act: Act, id: Uuid, tries: u32) {
        let lang = self.lang.get_untracked();
        let sent = act.clone();
        spawn_local(async move {
            let answer = sent.send(id, lang).await;
            if self.waits_for(id) {
                match answer {
                    Ok(answer) => self.hear(id, answer),
                    // The timer below asks again.
                    Err(refused) if refused.code == Refused::NO_ANSWER => {}
                    Err(refused) => self.refused(&refused),
                }
            }
        });
        set_timeout(
            move || {
                if !self.waits_for(id) {
                    return;
                }
                let words = Words::of(lang);
                if tries < MOST_TRIES {
                    self.say(words.asking_again);
                    self.attempt(act, id, tries + 1);
                } else {
                    self.say(words.gave_up);
                    self.release();
                }
            },
            ASK_AGAIN,
        );
    }

    /// Whether this request is the one on its way and not yet answered. The
    /// console may be gone by the time an answer comes.
    fn waits_for(self, id: Uuid) -> bool {
        self.on_the_way.try_get_untracked().flatten() == Some(id)
            && self.answer.try_get_untracked().flatten().is_none()
    }

    fn hear(self, id: Uuid, answer: InHand) {
        self.said.set(None);
        self.answer.set(Some(answer));
        set_timeout(
            move || {
                if self.on_the_way.try_get_untracked().flatten() == Some(id) {
                    self.release();
                }
            },
            SHOWN_WITHIN,
        );
    }

    fn refused(self, refused: &Refused) {
        self.say(&refusal(refused, self.lang.get_untracked()));
        self.release();
        self.door.leave_if_ended(refused);
    }

    fn release(self) {
        self.on_the_way.set(None);
        self.answer.set(None);
    }

    fn release_when_shown(self) {
        Effect::new(move || {
            let shown = self.now.with(|now| {
                self.answer.with(|answer| {
                    answer.as_ref().is_some_and(|answer| shows(now.in_hand.as_ref(), answer))
                })
            });
            if shown {
                self.release();
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
