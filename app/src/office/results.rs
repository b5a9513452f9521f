//! The documents a case led to, and taking one back.

use jiban_domain::DepartmentId;
use jiban_domain::setup::Role;
use leptos::prelude::*;

use super::desk::{Desk, desk};
use crate::api::case::{CaseShown, ResultShown};
use crate::api::office::Revoke;
use crate::parts::days;
use crate::words::fill;

/// The results, where there are any.
#[component]
pub(super) fn Results(case: StoredValue<CaseShown>) -> impl IntoView {
    let desk = desk();
    let revoking = RwSignal::new(None::<String>);
    let (reason, any) = case.with_value(|case| (case.reason.clone(), !case.results.is_empty()));
    let rows = move || {
        case.with_value(|case| {
            case.results.iter().map(|result| row(desk, case, result, revoking)).collect_view()
        })
    };
    view! {
        {(!reason.is_empty())
            .then(|| {
                view! {
                    <section class="block">
                        <h3>{move || desk.words().reason}</h3>
                        <p class="said">{reason}</p>
                    </section>
                }
            })}
        {any
            .then(|| {
                view! {
                    <section class="block results">
                        <h3>{move || desk.words().results}</h3>
                        <ol>{rows}</ol>
                    </section>
                }
            })}
    }
}

/// Whether the one signed in may take back what a case led to: the supervisor
/// and the director any, a reviewer what their department had a step of.
fn may_revoke(desk: Desk, case: &CaseShown) -> bool {
    let mut steps = case.parts.iter().flat_map(|part| &part.steps);
    desk.now.with(|now| {
        now.as_ref().is_some_and(|now| {
            let own = |id: &DepartmentId| now.departments.iter().any(|one| one.id == *id);
            match now.clerk.role {
                Role::Supervisor | Role::Admin => true,
                Role::Reviewer => steps.any(|step| own(&step.department)),
                Role::Clerk => false,
            }
        })
    })
}

fn row(
    desk: Desk,
    case: &CaseShown,
    result: &ResultShown,
    revoking: RwSignal<Option<String>>,
) -> AnyView {
    let (words, lang) = (desk.words(), desk.lang.get());
    let ResultShown { code, name, issuer, issued_at, revoked } = result.clone();
    let issued = days::of(issued_at, &case.time_zone, lang);
    let mark = revoked.then(|| view! { <span class="mark bad">{words.revoked}</span> });
    let asks = {
        let code = code.clone();
        move || revoking.with(|one| one.as_ref() == Some(&code))
    };
    let key = (!revoked && may_revoke(desk, case)).then(|| {
        let code = code.clone();
        view! {
            <button
                class="button small"
                type="button"
                on:click=move |_| revoking.set(Some(code.clone()))
            >
                {words.revoke}
            </button>
        }
    });
    let sheet = {
        let (code, name) = (code.clone(), name.get(lang).to_owned());
        move || asks().then(|| view! { <Revoking code=code.clone() name=name.clone() revoking /> })
    };
    view! {
        <li>
            <span class="name">
                <b>{name.get(lang).to_owned()}</b>
                " "
                {mark}
            </span>
            <span class="soft small">{issuer.get(lang).to_owned()} " · " {issued}</span>
            <span class="number">{code.clone()}</span>
            <span class="keys">
                <a
                    class="button small"
                    href=format!("/api/office/result.pdf?code={code}")
                    target="_blank"
                    rel="noopener"
                >
                    {words.see_pdf}
                </a>
                {key}
            </span>
            {sheet}
        </li>
    }
    .into_any()
}

#[component]
fn Revoking(code: String, name: String, revoking: RwSignal<Option<String>>) -> impl IntoView {
    let desk = desk();
    let reason = RwSignal::new(String::new());
    let words = desk.words();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (code, said) = (code.clone(), reason.get_untracked().trim().to_owned());
        if said.is_empty() {
            return desk.press.say(words.write_reasons);
        }
        let question = move |request_id| Revoke { request_id, code, reason: said };
        desk.press.make(question, move |answer| {
            match answer {
                Ok(_) => revoking.set(None),
                Err(refused) => desk.door.leave_if_ended(&refused),
            }
            desk.look_again();
        });
    };
    view! {
        <form class="revoking" on:submit=send>
            <p>
                <b>{fill(words.revoke_title, &[("name", &name)])}</b>
            </p>
            <p class="soft">{words.revoke_says}</p>
            <label class="field">
                <span class="field-label">{words.revoke_reason}</span>
                <textarea class="input" rows="2" autofocus bind:value=reason></textarea>
            </label>
            <p class="bad-words" role="alert">
                {move || desk.press.said()}
            </p>
            <div class="keys">
                <button class="button" type="button" on:click=move |_| revoking.set(None)>
                    {words.cancel}
                </button>
                <button class="key danger" type="submit" disabled=move || desk.still()>
                    {words.revoke_now}
                </button>
            </div>
        </form>
    }
}
