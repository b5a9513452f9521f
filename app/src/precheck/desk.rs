//! What every part of the desk reads: the list, and the draft in hand. Both come from the
//! server, and are loaded again whenever the stream says that a draft has moved.

use jiban_domain::draft::About;
use jiban_domain::{DraftId, Lang, Millis, Token};
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

use super::words::PrecheckWords;
use crate::api::drafts::{DraftInHand, DraftsInHand, DraftsNow, PaperSeen};
use crate::api::{Call, Refused, get};
use crate::parts::drafts;
use crate::parts::request::PendingRequest;

/// The desk's state.
#[derive(Clone, Copy)]
pub struct Desk {
    pub lang: RwSignal<Lang>,
    /// The server's clock.
    pub clock: RwSignal<Millis>,
    pub list: RwSignal<Option<DraftsInHand>>,
    pub selected: RwSignal<Option<DraftId>>,
    /// The draft in hand, once it is loaded.
    pub draft: RwSignal<Option<Result<DraftInHand, Refused>>>,
    pub request: PendingRequest,
    /// What a remark is being written about.
    pub about: RwSignal<Option<About>>,
    /// The place of the file that is shown large.
    pub viewer: RwSignal<Option<usize>>,
    /// A visit is being booked.
    pub booking: RwSignal<bool>,
    /// Nothing can be pressed while the page may be out of date.
    stale: Signal<bool>,
    refused: Callback<Refused>,
    /// Opens cases, at a counter.
    pub opens: Option<Opens>,
    loads: StoredValue<u32>,
}

/// How a counter opens a case from a draft.
#[derive(Clone, Copy)]
pub struct Opens {
    /// A ticket is being served.
    pub may_open: Signal<bool>,
    /// Is told the draft's token.
    pub open: Callback<Token>,
}

impl Desk {
    /// A desk that follows `now`; `refused` is told each refusal, since a session may be over.
    pub fn new(
        lang: RwSignal<Lang>,
        clock: RwSignal<Millis>,
        now: Signal<DraftsNow>,
        stale: Signal<bool>,
        refused: Callback<Refused>,
    ) -> Self {
        let desk = Self {
            lang,
            clock,
            list: RwSignal::new(None),
            selected: RwSignal::new(None),
            draft: RwSignal::new(None),
            request: PendingRequest::new(lang),
            about: RwSignal::new(None),
            viewer: RwSignal::new(None),
            booking: RwSignal::new(false),
            stale,
            refused,
            opens: None,
            loads: StoredValue::new(0),
        };
        let mark = Memo::new(move |_| now.get().mark);
        Effect::new(move || {
            // Reading it computes it; to track it alone would follow nothing.
            let _ = mark.get();
            desk.load_list();
            desk.load();
        });
        desk
    }

    pub fn words(self) -> &'static PrecheckWords {
        PrecheckWords::of(self.lang.get())
    }

    /// The zone in whose time things are said.
    pub fn zone(self) -> String {
        self.list.with(|list| list.as_ref().map(|list| list.time_zone.clone())).unwrap_or_default()
    }

    pub fn is_blocked(self) -> bool {
        self.request.is_busy() || self.stale.get()
    }

    /// Takes another draft in hand.
    pub fn select(self, draft: Option<DraftId>) {
        if draft == self.selected.get_untracked() {
            return;
        }
        self.selected.set(draft);
        self.draft.set(None);
        self.about.set(None);
        self.viewer.set(None);
        self.booking.set(false);
        self.request.clear_message();
        self.load();
    }

    /// The draft in hand, if it is loaded.
    pub fn in_hand(self) -> Option<DraftInHand> {
        self.draft.with(|draft| draft.as_ref()?.as_ref().ok().cloned())
    }

    /// Reads from the draft in hand.
    pub fn with<T>(self, read: impl FnOnce(&DraftInHand) -> T) -> Option<T> {
        self.draft.with(|draft| draft.as_ref()?.as_ref().ok().map(read))
    }

    fn load_list(self) {
        let lang = self.lang.get_untracked();
        spawn_local(async move {
            match get::<DraftsInHand>("/api/drafts", lang).await {
                Ok(list) => {
                    let _ = self.list.try_set(Some(list));
                }
                Err(refused) => self.refused.run(refused),
            }
        });
    }

    fn load(self) {
        let Some(id) = self.selected.get_untracked() else { return };
        self.loads.update_value(|loads| *loads += 1);
        let (load, lang) = (self.loads.get_value(), self.lang.get_untracked());
        spawn_local(async move {
            let address = format!("/api/drafts/draft?draft={}", id.0);
            let answer = get::<DraftInHand>(&address, lang).await;
            // Another may be in hand by now, or the desk gone.
            if self.loads.try_get_value() != Some(load) {
                return;
            }
            if let Err(refused) = &answer {
                self.refused.run(refused.clone());
                let shown = self.draft.with_untracked(|draft| matches!(draft, Some(Ok(_))));
                if refused.code == Refused::NO_ANSWER && shown {
                    return;
                }
            }
            if self.draft.with_untracked(|draft| draft.as_ref() != Some(&answer)) {
                self.draft.set(Some(answer));
            }
        });
    }

    /// A clerk at the counter has seen the identity paper of whoever the draft in hand names.
    pub fn paper_seen(self, number: String) {
        let token = untrack(|| self.with(|draft| draft.token));
        let Some(token) = token.filter(|_| !untrack(|| self.is_blocked())) else { return };
        self.request.send(
            move |request_id| PaperSeen { request_id, token, number },
            move |answer| {
                if let Err(refused) = answer {
                    self.refused.run(refused);
                }
                self.load();
                self.load_list();
            },
        );
    }

    /// Sends a command about the draft in hand, which is answered with the draft.
    pub fn send<C>(
        self,
        command: impl FnOnce(Uuid, DraftId) -> C,
        done: impl Fn() + Clone + 'static,
    ) where
        C: Call<Answer = DraftInHand> + Clone + 'static,
    {
        let Some(id) = self.selected.get_untracked() else { return };
        if untrack(|| self.is_blocked()) {
            return;
        }
        self.request.send(
            |request_id| command(request_id, id),
            move |answer| match answer {
                Ok(draft) => {
                    // Another may be in hand by now.
                    if self.selected.try_get_untracked().flatten() == Some(draft.id) {
                        self.loads.update_value(|loads| *loads += 1);
                        self.draft.set(Some(Ok(draft)));
                    }
                    self.load_list();
                    done();
                }
                Err(refused) => {
                    self.refused.run(refused);
                    // A refusal often means that somebody was faster.
                    self.load();
                    self.load_list();
                }
            },
        );
    }
}

/// What is typed as a remark is kept in this page until it is added.
pub fn typed_remark(draft: DraftId, about: &About) -> RwSignal<String> {
    drafts::text(remark_name(draft, about))
}

/// It was added.
pub fn forget_remark(draft: DraftId, about: &About) {
    drafts::forget(&remark_name(draft, about));
}

fn remark_name(draft: DraftId, about: &About) -> String {
    let about = match about {
        About::Field(field) => format!("field/{field}"),
        About::Material(key) => format!("material/{key}"),
        About::Draft => "all".to_owned(),
    };
    format!("draft/{}/{about}", draft.0)
}
