//! One press, one request: while a request is pending no other can be sent, and
//! a request without an answer is sent again under the same id, so that nothing
//! is done twice.

use std::time::Duration;

use jiban_domain::Lang;
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

use crate::api::{Call, Refused, ask};
use crate::words;

/// How long to wait for an answer before the request is sent again.
const RETRY_AFTER: Duration = Duration::from_secs(2);
/// After so many tries the clerk is asked to check the state: an action that took
/// effect minutes later would surprise everyone.
const MAX_TRIES: u32 = 8;

words! {
    pub RequestWords {
        retrying: "没有收到答复，正在重试；不会重复办理。" | "No answer yet. Trying again; nothing is done twice.",
        gave_up: "没有收到答复。请看现在的状态，再操作。" | "No answer. Check the current state before you continue.",
    }
}

/// The request that is pending, and the message about the last one.
#[derive(Clone, Copy)]
pub struct PendingRequest {
    lang: RwSignal<Lang>,
    pending: RwSignal<Option<Uuid>>,
    message: RwSignal<Option<String>>,
}

impl PendingRequest {
    pub fn new(lang: RwSignal<Lang>) -> Self {
        Self { lang, pending: RwSignal::new(None), message: RwSignal::new(None) }
    }

    /// Whether a request is pending.
    pub fn is_busy(self) -> bool {
        self.pending.get().is_some()
    }

    /// The message about the last request.
    pub fn message(self) -> Option<String> {
        self.message.get()
    }

    pub fn show_message(self, message: &str) {
        self.message.set(Some(message.to_owned()));
    }

    pub fn clear_message(self) {
        self.message.set(None);
    }

    /// Sends the command that `command` makes of a fresh request id, unless a
    /// request is pending. `on_answer` gets the answer, or the refusal, which
    /// is shown too.
    pub fn send<C>(
        self,
        command: impl FnOnce(Uuid) -> C,
        on_answer: impl Fn(Result<C::Answer, Refused>) + Clone + 'static,
    ) where
        C: Call + Clone + 'static,
    {
        let id = Uuid::new_v4();
        let command = command(id);
        let send = move |lang| {
            let command = command.clone();
            async move { ask(&command, lang).await }
        };
        self.send_with(id, send, on_answer);
    }

    /// The same for a request of more than one call: `send` sends it, as often
    /// as needed, under the one id it was made with.
    pub fn send_with<A, F>(
        self,
        id: Uuid,
        send: impl Fn(Lang) -> F + Clone + 'static,
        on_answer: impl Fn(Result<A, Refused>) + Clone + 'static,
    ) where
        A: 'static,
        F: Future<Output = Result<A, Refused>> + 'static,
    {
        if self.pending.get_untracked().is_none() {
            self.pending.set(Some(id));
            self.clear_message();
            self.attempt(send, on_answer, id, 1);
        }
    }

    fn attempt<A, F>(
        self,
        send: impl Fn(Lang) -> F + Clone + 'static,
        on_answer: impl Fn(Result<A, Refused>) + Clone + 'static,
        id: Uuid,
        tries: u32,
    ) where
        A: 'static,
        F: Future<Output = Result<A, Refused>> + 'static,
    {
        let lang = self.lang.get_untracked();
        let (answer, hear) = (send(lang), on_answer.clone());
        spawn_local(async move {
            let answer = answer.await;
            // The page may be gone by the time an answer comes.
            if !self.is_pending(id) {
                return;
            }
            match &answer {
                // The timer below sends it again.
                Err(refused) if refused.code == Refused::NO_ANSWER => return,
                Err(refused) => self.show_message(&refused.in_a_line(lang)),
                Ok(_) => self.clear_message(),
            }
            self.pending.set(None);
            hear(answer);
        });
        set_timeout(
            move || {
                if !self.is_pending(id) {
                    return;
                }
                let words = RequestWords::of(lang);
                if tries < MAX_TRIES {
                    self.show_message(words.retrying);
                    self.attempt(send, on_answer, id, tries + 1);
                } else {
                    self.show_message(words.gave_up);
                    self.pending.set(None);
                }
            },
            RETRY_AFTER,
        );
    }

    fn is_pending(self, id: Uuid) -> bool {
        self.pending.try_get_untracked().flatten() == Some(id)
    }
}
