//! Everyone who signs in changes their own password: a button, and the dialog it opens.

use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::dialog::{DialogForm, ModalDialog};
use super::focus::focus_when_shown;
use super::session::{Session, StaffPage};
use crate::api::ask;
use crate::api::session::ChangeOwnPassword;
use crate::words::lang;

crate::words! {
    pub OwnPasswordWords {
        change: "修改密码" | "Password",
        title: "修改自己的密码" | "Change your password",
        lead: "至少 8 个字符，不要用姓名、大厅名或常见的密码。修改后，您在其他页面和设备上的登录即失效。" | "At least 8 characters; not your name, the hall's name, or a password that many use. It ends your sessions on other pages and machines.",
        old: "现在的密码" | "Current password",
        new: "新密码" | "New password",
        again: "再输一次新密码" | "New password again",
        fill_in: "请填写三项。" | "Fill in all three.",
        differs: "两次输入的新密码不一致。" | "The two new passwords differ.",
        submit: "修改" | "Change",
        done: "密码已修改。" | "Your password has been changed.",
    }
}

/// The button. `class` is the button's.
#[component]
pub fn OwnPassword<P: StaffPage>(
    session: Session<P>,
    #[prop(default = "button")] class: &'static str,
) -> impl IntoView {
    let lang = lang();
    let words = move || OwnPasswordWords::of(lang.get());
    let open = RwSignal::new(false);
    let done = RwSignal::new(false);
    let close = Callback::new(move |()| open.set(false));
    view! {
        <button
            class=class
            type="button"
            on:click=move |_| {
                done.set(false);
                open.set(true);
            }
        >
            {move || words().change}
        </button>
        <ModalDialog class="asking" open=open on_close=close>
            {move || open.get().then(|| view! { <Form session done close /> })}
        </ModalDialog>
        <span class="own-password-done" role="status">
            {move || done.get().then(|| words().done)}
        </span>
    }
}

#[component]
fn Form<P: StaffPage>(
    session: Session<P>,
    done: RwSignal<bool>,
    close: Callback<()>,
) -> impl IntoView {
    let page_lang = lang();
    let words = untrack(|| OwnPasswordWords::of(page_lang.get()));
    let [old, new, again] = [(); 3].map(|()| RwSignal::new(String::new()));
    let sending = RwSignal::new(false);
    let message = RwSignal::new(None::<String>);
    let first = NodeRef::<Input>::new();
    focus_when_shown(first);
    let send = Callback::new(move |()| {
        let typed = [old, new, again].map(|field| field.get_untracked());
        if typed.iter().any(String::is_empty) {
            return message.set(Some(words.fill_in.to_owned()));
        }
        let [old, new, again] = typed;
        if new != again {
            return message.set(Some(words.differs.to_owned()));
        }
        sending.set(true);
        message.set(None);
        let command = ChangeOwnPassword::<P::Workplace>::new(old, new);
        spawn_local(async move {
            let lang = page_lang.get_untracked();
            let answer = ask(&command, lang).await;
            // The dialog may be closed by now, and even the page be gone.
            let _ = sending.try_set(false);
            match answer {
                Ok(_) => {
                    let _ = done.try_set(true);
                    if message.try_get_untracked().is_some() {
                        close.run(());
                    }
                }
                Err(refused) => {
                    let _ = message.try_set(Some(refused.in_a_line(lang)));
                    session.leave_if_signed_out(&refused);
                }
            }
        });
    });
    let field = move |label: &'static str, value: RwSignal<String>, autocomplete: &'static str| {
        let node = if autocomplete == "current-password" { first } else { NodeRef::new() };
        view! {
            <label class="typed">
                <span>{label}</span>
                <input type="password" autocomplete=autocomplete bind:value=value node_ref=node />
            </label>
        }
    };
    view! {
        <DialogForm
            title=words.title.to_owned()
            lead=vec![words.lead.to_owned()]
            submit=Signal::derive(move || words.submit.to_owned())
            blocked=sending
            message=message
            on_submit=send
            on_cancel=close
        >
            {field(words.old, old, "current-password")}
            {field(words.new, new, "new-password")}
            {field(words.again, again, "new-password")}
        </DialogForm>
    }
}
