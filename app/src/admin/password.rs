//! The form for a clerk's new password. Passwords are not part of the setup: a
//! new one takes effect at once, and only its hash is stored.

use jiban_domain::{ClerkId, Lang};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::forms::display_name;
use super::words::SetupWords;
use super::working_copy::WorkingCopy;
use crate::api::admin::SetPassword;
use crate::api::ask;
use crate::words::fill;

const MIN_LENGTH: usize = 8;

/// The form for the clerk at a JSON pointer.
pub fn password_form(copy: WorkingCopy, at: &str, lang: Lang) -> AnyView {
    let words = SetupWords::of(lang);
    let (id_at, name_at) = (format!("{at}/id"), at.to_owned());
    let (first, again) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let message = RwSignal::new(None::<(bool, String)>);
    let saved_id_at = id_at.clone();
    let is_saved = Memo::new(move |_| copy.is_saved("/clerk", &copy.text(&saved_id_at)));

    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let password = first.get_untracked();
        let fault = if password.chars().count() < MIN_LENGTH {
            Some(words.password_short)
        } else if password != again.get_untracked() {
            Some(words.password_differs)
        } else {
            None
        };
        if let Some(fault) = fault {
            message.set(Some((false, fault.to_owned())));
            return;
        }
        let (clerk, name) = copy.edited.with_untracked(|root| {
            (super::json_pointer::text(root, &id_at), display_name(root, &name_at, lang))
        });
        spawn_local(async move {
            let request = SetPassword { clerk: ClerkId(clerk), password };
            message.set(Some(match ask(&request, lang).await {
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
        <form class="form form-apart" on:submit=submit>
            <h3 class="form-heading">{words.password_of}</h3>
            <p class="field-wide soft small">
                {move || if is_saved.get() { words.password_hint } else { words.password_later }}
            </p>
            {fields}
            <div class="field-wide said">
                <button type="submit" class="button" disabled=move || !is_saved.get()>
                    {words.password_of}
                </button>
                {move || {
                    message.get()
                        .map(|(success, text)| {
                            let class = if success { "good-words" } else { "bad-words" };
                            view! {
                                <span class=class role="status">
                                    {text}
                                </span>
                            }
                        })
                }}
            </div>
        </form>
    }
    .into_any()
}
