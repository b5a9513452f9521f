//! The sign-in page of counter, office and director: one form, with a heading
//! and, at the counter, fields of the page's own.

use jiban_domain::{ClerkId, Lang, Refusal};
use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::focus::focus_when_shown;
use super::language::LanguageSwitch;
use super::local_storage;
use super::session::{Session, StaffPage};
use crate::api::session::SignIn;
use crate::api::{Refused, ask};
use crate::words::lang;

crate::words! {
    pub SignInWords {
        connecting: "正在连接…" | "Connecting…",
        name: "登录名" | "User name",
        password: "密码" | "Password",
        fill_in: "请填写登录名和密码。" | "Enter your user name and password.",
        session_ended: "登录已失效，请重新登录。" | "Your session has ended. Please sign in again.",
    }
}

/// Shown until the server has said whether somebody is signed in.
#[component]
pub fn Connecting() -> impl IntoView {
    let lang = lang();
    view! {
        <div class="starting">
            <p>{move || SignInWords::of(lang.get()).connecting}</p>
        </div>
    }
}

/// What a page's sign-in says, but for the two fields.
pub type SignInText = fn(Lang) -> &'static str;

/// The page.
#[component]
pub fn SignInPage<P: StaffPage>(
    session: Session<P>,
    /// The refusal that ended the session or did not let them in.
    reason: Option<Refused>,
    title: SignInText,
    /// Who signs in here.
    #[prop(optional)]
    lead: Option<SignInText>,
    submit: SignInText,
    /// Where this browser remembers the name typed last.
    name_key: &'static str,
    /// Where they sign in, or what is still to be chosen.
    workplace: Callback<(), Result<P::Workplace, &'static str>>,
    /// What is wrong even before anything is sent.
    #[prop(optional, into)]
    notice: Signal<Option<String>>,
    /// Fields before name and password.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let lang = lang();
    let words = move || SignInWords::of(lang.get());
    let name = RwSignal::new(local_storage::read(name_key).unwrap_or_default());
    let (name_field, password_field) = (NodeRef::<Input>::new(), NodeRef::<Input>::new());
    let sending = RwSignal::new(false);
    let refusal = RwSignal::new(None::<String>);
    focus_when_shown(if name.with_untracked(String::is_empty) {
        name_field
    } else {
        password_field
    });

    let on_submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(field) = password_field.get_untracked() else { return };
        let (typed, password) = (name.get_untracked().trim().to_owned(), field.value());
        if typed.is_empty() || password.is_empty() {
            return refusal.set(Some(SignInWords::of(lang.get_untracked()).fill_in.to_owned()));
        }
        let workplace = match workplace.run(()) {
            Ok(workplace) => workplace,
            Err(missing) => return refusal.set(Some(missing.to_owned())),
        };
        if sending.get_untracked() {
            return;
        }
        sending.set(true);
        refusal.set(None);
        local_storage::write(name_key, &typed);
        let command = SignIn::new(ClerkId(typed), password, workplace);
        spawn_local(async move {
            let lang = lang.get_untracked();
            match ask(&command, lang).await {
                Ok(_) => session.enter(),
                Err(refused) => {
                    refusal.set(Some(refused.in_a_line(lang)));
                    sending.set(false);
                    field.set_value("");
                    let _ = field.focus();
                }
            }
        });
    };
    let reason = move || {
        let reason = reason.as_ref()?;
        Some(if reason.code == Refusal::SignInFirst.code() {
            words().session_ended.to_owned()
        } else {
            reason.in_a_line(lang.get())
        })
    };
    let message = move || refusal.get().or_else(|| notice.get()).or_else(&reason);
    view! {
        <main class="sign-in">
            <form class="sheet" on:submit=on_submit>
                <header>
                    <h1>{move || title(lang.get())}</h1>
                    <LanguageSwitch />
                </header>
                {lead.map(|lead| view! { <p class="soft">{move || lead(lang.get())}</p> })}
                {children.map(|children| children())}
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
                        node_ref=password_field
                    />
                </label>
                <p class="reply refusal" role="alert">
                    {message}
                </p>
                <button class="key" type="submit" disabled=move || sending.get()>
                    {move || submit(lang.get())}
                </button>
            </form>
        </main>
    }
}
