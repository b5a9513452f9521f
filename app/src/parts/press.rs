//! One press, one request: while one is on its way no other can be made, and a
//! lost answer is asked for again under the same id, so that nothing is done
//! twice.

use std::time::Duration;

use jiban_domain::Lang;
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

use crate::api::{Call, Refused, ask};
use crate::words;

/// How long an answer is waited for before the request is sent once more.
const ASK_AGAIN: Duration = Duration::from_secs(2);
/// After so many one is told to look: a decision that came about minutes later
/// would surprise everyone.
const MOST_TRIES: u32 = 8;

words! {
    /// What is said while an answer is awaited.
    pub PressWords {
        asking_again: "没有收到答复，正在重试；不会重复办理。" | "No answer yet; asking again. Nothing is done twice.",
        gave_up: "没有收到答复。请看现在的状态，再操作。" | "No answer came. Look at how it stands now, then go on.",
    }
}

/// The press that is on its way, and what was said of the last one.
#[derive(Clone, Copy)]
pub struct Press {
    lang: RwSignal<Lang>,
    on_the_way: RwSignal<Option<Uuid>>,
    said: RwSignal<Option<String>>,
}

impl Press {
    /// None on its way.
    pub fn new(lang: RwSignal<Lang>) -> Self {
        Self { lang, on_the_way: RwSignal::new(None), said: RwSignal::new(None) }
    }

    /// Whether a press is on its way.
    pub fn busy(self) -> bool {
        self.on_the_way.get().is_some()
    }

    /// What there is to say of the last press.
    pub fn said(self) -> Option<String> {
        self.said.get()
    }

    /// Says something of it.
    pub fn say(self, sentence: &str) {
        self.said.set(Some(sentence.to_owned()));
    }

    /// Says no more of it.
    pub fn hush(self) {
        self.said.set(None);
    }

    /// Asks what `question` makes of a fresh request id, unless a press is on
    /// its way; `heard` gets the answer, or the refusal, which is said too.
    pub fn make<C>(
        self,
        question: impl FnOnce(Uuid) -> C,
        heard: impl Fn(Result<C::Answer, Refused>) + Clone + 'static,
    ) where
        C: Call + Clone + 'static,
    {
        let id = Uuid::new_v4();
        let question = question(id);
        let send = move |lang| {
            let question = question.clone();
            async move { ask(&question, lang).await }
        };
        self.begin(id, send, heard);
    }

    /// The same for a question that is more than one call: `send` sends it, as
    /// often as it is needed, under the one id that it was made with.
    pub fn begin<A, F>(
        self,
        id: Uuid,
        send: impl Fn(Lang) -> F + Clone + 'static,
        heard: impl Fn(Result<A, Refused>) + Clone + 'static,
    ) where
        A: 'static,
        F: Future<Output = Result<A, Refused>> + 'static,
    {
        if self.on_the_way.get_untracked().is_none() {
            self.on_the_way.set(Some(id));
            self.hush();
            self.attempt(send, heard, id, 1);
        }
    }

    fn attempt<A, F>(
        self,
        send: impl Fn(Lang) -> F + Clone + 'static,
        heard: impl Fn(Result<A, Refused>) + Clone + 'static,
        id: Uuid,
        tries: u32,
    ) where
        A: 'static,
        F: Future<Output = Result<A, Refused>> + 'static,
    {
        let lang = self.lang.get_untracked();
        let (sent, hears) = (send(lang), heard.clone());
        spawn_local(async move {
            let answer = sent.await;
            // The page may be gone by the time an answer comes.
            if !self.waits_for(id) {
                return;
            }
            match &answer {
                // The timer below asks again.
                Err(refused) if refused.code == Refused::NO_ANSWER => return,
                Err(refused) => self.say(&refused.in_a_line(lang)),
                Ok(_) => self.hush(),
            }
            self.on_the_way.set(None);
            hears(answer);
        });
        set_timeout(
            move || {
                if !self.waits_for(id) {
                    return;
                }
                let words = PressWords::of(lang);
                if tries < MOST_TRIES {
                    self.say(words.asking_again);
                    self.attempt(send, heard, id, tries + 1);
                } else {
                    self.say(words.gave_up);
                    self.on_the_way.set(None);
                }
            },
            ASK_AGAIN,
        );
    }

    fn waits_for(self, id: Uuid) -> bool {
        self.on_the_way.try_get_untracked().flatten() == Some(id)
    }
}
