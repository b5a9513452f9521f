//! Who is there.

use jiban_domain::ClerkId;
use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::door::Door;
use super::words::Words;
use crate::api::ask;
use crate::api::office::SignIn;
use crate::parts::keep::{keep, kept};
use crate::parts::language::LanguageSwitch;
use crate::words::lang;

/// The name typed last.
const NAME: &str = "jiban.office.name";

/// Asks who is there; `ended` when someone was until just now.
#[component]
pub(super) fn SignInPage(door: Door, ended: bool) -> impl IntoView {
    let lang = lang();
    let words = move || Words::of(lang.get());
    let name = RwSignal::new(kept(NAME).unwrap_or_default());
    let (name_field, password) = (NodeRef::<Input>::new(), NodeRef::<Input>::new());
    let on_the_way = RwSignal::new(false);
    let refused = RwSignal::new(None::<String>);
    Effect::new(move || {
        let known = name.with_untracked(|name| !name.is_empty());
        if let Some(field) = if known { password.get() } else { name_field.get() } {
            let _ = field.focus();
        }
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(field) = password.get_untracked() else { return };
        let (typed, secret) = (name.get_untracked().trim().to_owned(), field.value());
        if typed.is_empty() || secret.is_empty() {
            return refused.set(Some(Words::of(lang.get_untracked()).fill_in.to_owned()));
        }
        if on_the_way.get_untracked() {
            return;
        }
        on_the_way.set(true);
        refused.set(None);
        keep(NAME, &typed);
        let question = SignIn { name: ClerkId(typed), password: secret };
        spawn_local(async move {
            let lang = lang.get_untracked();
            match ask(&question, lang).await {
                Ok(_) => door.knock(),
                Err(no) => {
                    refused.set(Some(no.in_a_line(lang)));
                    on_the_way.set(false);
                    field.set_value("");
                    let _ = field.focus();
                }
            }
        });
    };
    let sentence =
        move || refused.get().or_else(|| ended.then(|| words().session_ended.to_owned()));
    view! {
        <main class="sign-in">
            <form class="sheet" on:submit=submit>
                <header>
                    <h1>{move || words().sign_in_title}</h1>
                    <LanguageSwitch />
                </header>
                <p class="soft">{move || words().sign_in_lead}</p>
                <label class="typed">
                    <span>{move || words().name}</span>
                    <input
                        name="name"
                        autocomplete="username"
                        autocapitalize="none"
                        spellcheck="false"
                        bind:value=name
                        node_ref=name_field
                    />
                </label>
                <label class="typed">
                    <span>{move || words().password}</span>
                    <input
                        name="password"
                        type="password"
                        autocomplete="current-password"
                        node_ref=password
                    />
                </label>
                <p class="reply" role="alert">
                    {sentence}
                </p>
                <button class="key" type="submit" disabled=move || on_the_way.get()>
                    {move || words().sign_in}
                </button>
            </form>
        </main>
    }
}
