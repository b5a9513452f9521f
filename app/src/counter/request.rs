//! One press, one request, as everywhere. Here the keys are also blocked until
//! the page shows what was answered: a second press would be meant for that.

use std::time::Duration;

use jiban_domain::Lang;
use leptos::prelude::*;
use uuid::Uuid;

use super::session::CounterSession;
use super::ticket_action::{TicketAction, is_reflected};
use crate::api::counter::{CounterNow, InHand};
use crate::parts::request::PendingRequest;

/// How long to wait for a snapshot that shows the answer.
const SHOWN_WITHIN: Duration = Duration::from_secs(3);
/// How long the big key ignores presses after its meaning changed: a finger that
/// falls twice must not begin, or finish, the visitor it has just called.
const REST: Duration = Duration::from_millis(500);

/// The pending request about a ticket, and the message about the last one.
#[derive(Clone, Copy)]
pub(super) struct TicketRequest {
    now: RwSignal<CounterNow>,
    session: CounterSession,
    pending: PendingRequest,
    /// An answer that is not shown yet, with the id of its request.
    answer: RwSignal<Option<(Uuid, InHand)>>,
    /// Rests that have not ended: the meaning may change again during one.
    rests: RwSignal<u32>,
}

impl TicketRequest {
    pub(super) fn new(
        now: RwSignal<CounterNow>,
        session: CounterSession,
        lang: RwSignal<Lang>,
    ) -> Self {
        let request = Self {
            now,
            session,
            pending: PendingRequest::new(lang),
            answer: RwSignal::new(None),
            rests: RwSignal::new(0),
        };
        request.release_when_shown();
        request.rest_when_changed();
        request
    }

    /// Whether a request is pending, or answered and not shown yet.
    pub(super) fn is_busy(self) -> bool {
        self.pending.is_busy() || self.answer.with(Option::is_some)
    }

    /// Whether the meaning of the big key has just changed.
    pub(super) fn is_resting(self) -> bool {
        self.rests.get() > 0
    }

    /// The message about the last request.
    pub(super) fn message(self) -> Option<String> {
        self.pending.message()
    }

    pub(super) fn show_message(self, message: &str) {
        self.pending.show_message(message);
    }

    /// Sends an action, unless a request is pending.
    pub(super) fn send(self, action: TicketAction) {
        if untrack(|| self.is_busy()) {
            return;
        }
        let id = Uuid::new_v4();
        let send = move |lang| action.clone().send(id, lang);
        self.pending.send_with(id, send, move |answer| match answer {
            Ok(answer) => self.wait_until_shown(id, answer),
            Err(refused) => self.session.leave_if_signed_out(&refused),
        });
    }

    fn wait_until_shown(self, id: Uuid, answer: InHand) {
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
                    answer.is_some_and(|(_, answer)| is_reflected(now.in_hand.as_ref(), answer))
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
