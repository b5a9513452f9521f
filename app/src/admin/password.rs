//! A new password for a clerk. It is no part of the description: it is set at
//! once, and only its hash is kept.

use jiban_domain::{ClerkId, Lang};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::draft::Draft;
use super::forms::name_of;
use super::words::SetupWords;
use crate::api::admin::SetPassword;
use crate::api::ask;
use crate::words::fill;

const SHORTEST: usize = 8;

/// The form for the clerk at a place of the draft.
pub fn password_form(draft: Draft, at: &str, lang: Lang) -> AnyView {
    let words = SetupWords::of(lang);
    let (id_at, name_at) = (format!("{at}/id"), at.to_owned());
    let (first, again) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let said = RwSignal::new(None::<(bool, String)>);
    let known_at = id_at.clone();
    let known = Memo::new(move |_| draft.is_in_force("/clerk", &draft.text(&known_at)));

    let set = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let password = first.get_untracked();
        let wrong = if password.chars().count() < SHORTEST {
            Some(words.password_short)
        } else if password != again.get_untracked() {
            Some(words.password_differs)
        } else {
            None
        };
        if let Some(wrong) = wrong {
            said.set(Some((false, wrong.to_owned())));
            return;
        }
        let (clerk, name) = draft.edited.with_untracked(|root| {
            (super::document::text(root, &id_at), name_of(root, &name_at, lang))
        });
        spawn_local(async move {
            let question = SetPassword { clerk: ClerkId(clerk), password };
            said.set(Some(match ask(&question, lang).await {
                Ok(_) => {
                    first.set(String::new());
                    again.set(String::new());
                    (true, fill(words.password_done, &[("name", &name)]))
                }
                Err(refused) => (false, format!("{}{}", refused.message, refused.next)),
            }));
        });
    };
    let field = |label: &'static str, value: RwSignal<String>| {
        view! {
            <label class="field">
                <span class="field-label">{label}</span>
                <input
                    class="input"
                    type="password"
                    autocomplete="new-password"
                    prop:value=move || value.get()
                    on:input=move |event| value.set(event_target_value(&event))
                />
            </label>
        }
        .into_any()
    };
    let fields = (field(words.password_new, first), field(words.password_again, again));
    view! {
        <form class="form form-apart" on:submit=set>
            <h3 class="form-heading">{words.password_of}</h3>
            <p class="field-wide soft small">
                {move || if known.get() { words.password_hint } else { words.password_later }}
            </p>
            {fields}
            <div class="field-wide said">
                <button type="submit" class="button" disabled=move || !known.get()>
                    {words.password_of}
                </button>
                {move || {
                    said.get()
                        .map(|(good, what)| {
                            let class = if good { "good-words" } else { "bad-words" };
                            view! {
                                <span class=class role="status">
                                    {what}
                                </span>
                            }
                        })
                }}
            </div>
        </form>
    }
    .into_any()
}
