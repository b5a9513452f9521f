//! A case opened from what its applicant sent before the visit: by the code that they show, or
//! chosen among those for the ticket's matter.

use jiban_domain::case::ToldBy;
use jiban_domain::{MatterId, Token};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::agent_fields::agent_of;
use super::state::{ReceptionState, use_reception};
use crate::api::drafts::{DraftBrief, DraftsInHand, FindDraft, PaperSeen};
use crate::api::reception::OpenCase;
use crate::api::{ask, get};
use crate::precheck::SeePaper;
use crate::precheck::words::PrecheckWords;

/// Those that are offered without a search.
const OFFERED: usize = 6;

/// Opens a case from a draft, for the ticket being served.
pub fn open_from_draft(reception: ReceptionState, draft: Token) {
    let ticket =
        reception.counter.now.with_untracked(|now| now.in_hand.as_ref().map(|ticket| ticket.id));
    let Some(ticket) = ticket.filter(|_| untrack(|| reception.counter.is_serving())) else {
        return reception.request.show_message(untrack(|| reception.words()).not_serving);
    };
    let form = reception.applicant_form;
    let agent = agent_of(form);
    let told_by: ToldBy = form.told_by.get_untracked();
    let command = move |request_id| OpenCase {
        request_id,
        ticket,
        matter: None,
        bundle: None,
        applicant: None,
        draft: Some(draft),
        agent,
        told_by,
    };
    reception.request.send(command, move |answer| match answer {
        Ok(opened) => {
            form.sent();
            reception.open_case(opened.id);
        }
        Err(refused) => {
            // What is missing is said by its fields.
            let fields: Vec<_> =
                refused.fields.iter().map(|field| field.message.as_str()).take(3).collect();
            if !fields.is_empty() {
                let line = refused.in_a_line(reception.counter.lang.get_untracked());
                reception.request.show_message(&format!("{line} {}", fields.join(" ")));
            }
            reception.leave_if_signed_out(&refused);
        }
    });
}

/// The token of what was scanned or typed: itself, or the end of an address.
fn token_of(typed: &str) -> Option<Token> {
    let typed = typed.trim();
    let last = typed.rsplit('/').next().unwrap_or(typed);
    let last = last.split(['?', '#']).next().unwrap_or(last);
    last.parse().ok()
}

/// What is listed: what was found by its code, then what waits for the ticket's matter.
#[derive(Clone, Copy)]
struct Listed {
    reception: ReceptionState,
    found: RwSignal<Option<DraftBrief>>,
    offered: RwSignal<Vec<DraftBrief>>,
}

impl Listed {
    fn offer(self, matter: &MatterId) {
        let lang = self.reception.counter.lang.get_untracked();
        let address = format!("/api/drafts?matter={matter}");
        spawn_local(async move {
            if let Ok(list) = get::<DraftsInHand>(&address, lang).await {
                let mut drafts = list.drafts;
                drafts.truncate(OFFERED);
                let _ = self.offered.try_set(drafts);
            }
        });
    }

    fn find(self, typed: &str) {
        let lang = self.reception.counter.lang.get_untracked();
        let Some(token) = token_of(typed) else {
            return self.reception.request.show_message(PrecheckWords::of(lang).not_a_token);
        };
        spawn_local(async move {
            match ask(&FindDraft { token }, lang).await {
                Ok(brief) => {
                    let _ = self.found.try_set(Some(brief));
                }
                Err(refused) => {
                    self.reception.request.show_message(&refused.in_a_line(lang));
                    self.reception.leave_if_signed_out(&refused);
                }
            }
        });
    }

    /// The one who stands here showed it; what is known of them is offered from now on.
    fn see_paper(self, token: Token, number: String) {
        let command = move |request_id| PaperSeen { request_id, token, number };
        self.reception.request.send(command, move |answer| match answer {
            Ok(seen) => {
                let put = |one: &mut DraftBrief| {
                    if one.id == seen.id {
                        *one = seen.clone();
                    }
                };
                self.found.update(|found| found.iter_mut().for_each(put));
                self.offered.update(|offered| offered.iter_mut().for_each(put));
            }
            Err(refused) => self.reception.leave_if_signed_out(&refused),
        });
    }

    /// Each once.
    fn rows(self) -> Vec<DraftBrief> {
        let found = self.found.get();
        let id = found.as_ref().map(|found| found.id);
        let others = self.offered.get().into_iter().filter(|one| Some(one.id) != id);
        found.into_iter().chain(others).collect()
    }

    fn row(self, draft: &DraftBrief) -> impl IntoView + use<> {
        let (reception, token) = (self.reception, draft.token);
        let lang = reception.lang();
        let words = PrecheckWords::of(lang);
        let (proof, says) =
            if draft.proven { ("mark good", words.proven) } else { ("mark warn", words.unproven) };
        let paper_seen = (!draft.proven).then(|| {
            let blocked = Signal::derive(move || reception.is_blocked());
            let seen = Callback::new(move |number| self.see_paper(token, number));
            view! { <SeePaper blocked seen /> }
        });
        view! {
            <li>
                <span class="line">
                    <b>{draft.applicant.clone()}</b>
                    <span class=crate::precheck::state_class(draft.state)>
                        {draft.state.name().get(lang).to_owned()}
                    </span>
                </span>
                <span class="line soft small">
                    <span>{draft.name.get(lang).to_owned()}</span>
                    <span class=proof>{says}</span>
                </span>
                <span class="keys">
                    {paper_seen}
                    <button
                        class="button small open-draft"
                        type="button"
                        disabled=move || reception.is_blocked()
                        on:click=move |_| open_from_draft(reception, token)
                    >
                        {words.open}
                    </button>
                </span>
            </li>
        }
    }
}

#[component]
pub fn FromDraft() -> impl IntoView {
    let reception = use_reception();
    let counter = reception.counter;
    let listed =
        Listed { reception, found: RwSignal::new(None), offered: RwSignal::new(Vec::new()) };
    let typed = RwSignal::new(String::new());
    let matter = counter.select(|now| now.in_hand.as_ref().map(|ticket| ticket.matter.clone()));
    let mark = counter.select(|now| now.drafts.mark);
    Effect::new(move || {
        let _ = mark.get();
        match matter.get() {
            Some(matter) => listed.offer(&matter),
            None => listed.offered.set(Vec::new()),
        }
    });
    let words = move || PrecheckWords::of(reception.lang());
    view! {
        <section class="from-draft">
            <h3>{move || words().from_draft}</h3>
            <p class="soft small">{move || words().from_draft_hint}</p>
            <label class="field">
                <span class="field-label">{move || words().token}</span>
                <input
                    class="input"
                    name="draft-token"
                    type="text"
                    autocomplete="off"
                    prop:value=move || typed.get()
                    on:input=move |event| typed.set(event_target_value(&event))
                    on:keydown=move |event| {
                        if event.key() == "Enter" {
                            event.prevent_default();
                            listed.find(&typed.get_untracked());
                        }
                    }
                />
            </label>
            <ul>
                {move || listed.rows().iter().map(|draft| listed.row(draft)).collect_view()}
            </ul>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scanned_address_and_a_typed_token_are_one_draft() {
        let token = Token([7; 16]);
        for typed in [
            token.to_string(),
            token.to_string().to_lowercase(),
            format!(" HTTPS://HALL.EXAMPLE/D/{token} "),
            format!("https://hall.example/d/{token}?lang=en"),
        ] {
            assert_eq!(token_of(&typed), Some(token), "{typed}");
        }
        assert_eq!(token_of("A001"), None);
    }
}
