//! One press, one request: while a request is pending no other can be made, and
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
/// After this many attempts the clerk is asked to check the state: an action
/// that took effect minutes later would surprise everyone.
const MAX_ATTEMPTS: u32 = 8;

words! {
    pub PressWords {
        retrying: "没有收到答复，正在重试；不会重复办理。" |
            "No answer yet. Trying again; nothing is done twice.",
        gave_up: "没有收到答复。请看现在的状态，再操作。" | "No answer. Check the current state before you continue.",
    }
}

/// The pending request, and the message about the last one.
#[derive(Clone, Copy)]
pub struct Press {
    lang: RwSignal<Lang>,
    pending: RwSignal<Option<Uuid>>,
    message: RwSignal<Option<String>>,
}

impl Press {
    /// No request is pending.
    pub fn new(lang: RwSignal<Lang>) -> Self {
        Self { lang, pending: RwSignal::new(None), message: RwSignal::new(None) }
    }

    /// Whether a request is pending; reactive.
    pub fn busy(self) -> bool {
        self.pending.get().is_some()
    }

    /// The message about the last request; reactive.
    pub fn said(self) -> Option<String> {
        self.message.get()
    }

    /// Shows a message.
    pub fn say(self, sentence: &str) {
        self.message.set(Some(sentence.to_owned()));
    }

    pub fn clear_message(self) {
        self.message.set(None);
    }

    /// Sends the request that `request` makes with a new id, unless another is
    /// pending. `on_answer` gets the answer or the refusal; a refusal is also
    /// shown as the message.
    pub fn make<C>(
        self,
        request: impl FnOnce(Uuid) -> C,
        on_answer: impl Fn(Result<C::Answer, Refused>) + Clone + 'static,
    ) where
        C: Call + Clone + 'static,
    {
        let id = Uuid::new_v4();
        let request = request(id);
        let send = move |lang| {
            let request = request.clone();
            async move { ask(&request, lang).await }
        };
        self.begin(id, send, on_answer);
    }

    /// The same for an action of several calls: `send` sends them, as often as
    /// needed, under the one id.
    pub fn begin<A, F>(
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
        attempts: u32,
    ) where
        A: 'static,
        F: Future<Output = Result<A, Refused>> + 'static,
    {
        let lang = self.lang.get_untracked();
        let (sent, deliver) = (send(lang), on_answer.clone());
        spawn_local(async move {
            let answer = sent.await;
            // The page may have been closed by the time an answer arrives.
            if !self.is_pending(id) {
                return;
            }
            match &answer {
                // The timer below sends it again.
                Err(refused) if refused.code == Refused::NO_ANSWER => return,
                Err(refused) => self.say(&refused.in_a_line(lang)),
                Ok(_) => self.clear_message(),
            }
            self.pending.set(None);
            deliver(answer);
        });
        set_timeout(
            move || {
                if !self.is_pending(id) {
                    return;
                }
                let words = PressWords::of(lang);
                if attempts < MAX_ATTEMPTS {
                    self.say(words.retrying);
                    self.attempt(send, on_answer, id, attempts + 1);
                } else {
                    self.say(words.gave_up);
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
