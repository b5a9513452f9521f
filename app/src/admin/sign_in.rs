//! The way in: name and password, and the plain no where it is one.

use jiban_domain::{ClerkId, Lang};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::words::AdminWords;
use crate::api::admin::SignIn;
use crate::api::{Refused, ask};
use crate::words::lang as language;

/// The page. `first` is what was refused before it was shown; `signed_in` is
/// run after the server took the password.
pub fn sign_in_page(
    first: Option<Refused>,
    signed_in: impl Fn() + Copy + Send + Sync + 'static,
    lang: Lang,
) -> AnyView {
    let words = AdminWords::of(lang);
    let (name, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let refused = RwSignal::new(first);
    let busy = RwSignal::new(false);
    let speaks = language();
    let sent = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let question = SignIn {
                name: ClerkId(name.get_untracked().trim().to_owned()),
                password: password.get_untracked(),
            };
            match ask(&question, lang).await {
                Ok(_) => signed_in(),
                Err(no) => {
                    password.set(String::new());
                    refused.set(Some(no));
                }
            }
            busy.set(false);
        });
    };
    let field =
        |label: &'static str, kind: &'static str, hint: &'static str, value: RwSignal<String>| {
            view! {
                <label class="field">
                    <span class="field-label">{label}</span>
                    <input
                        class="input"
                        type=kind
                        name=hint
                        autocomplete=hint
                        required
                        prop:value=move || value.get()
                        on:input=move |event| value.set(event_target_value(&event))
                    />
                </label>
            }
            .into_any()
        };
    let fields = (
        field(words.name, "text", "username", name),
        field(words.password, "password", "current-password", password),
    );
    view! {
        <main class="admin-door">
            <form class="sheet" on:submit=sent>
                <h1>{words.title}</h1>
                <p class="soft">{words.sign_in_lead}</p>
                {fields}
                {move || {
                    refused
                        .get()
                        .map(|no| {
                            view! {
                                <p class="refused" role="alert">
                                    <b>{no.message}</b>
                                    <span>{no.next}</span>
                                </p>
                            }
                        })
                }}
                <button type="submit" class="key" disabled=move || busy.get()>
                    {words.sign_in}
                </button>
            </form>
            <button class="button plain" on:click=move |_| turn_language(speaks)>
                {words.other_language}
            </button>
        </main>
    }
    .into_any()
}

/// Changes to the other language.
pub fn turn_language(speaks: RwSignal<Lang>) {
    speaks.update(|lang| {
        *lang = match *lang {
            Lang::Zh => Lang::En,
            Lang::En => Lang::Zh,
        };
    });
}
