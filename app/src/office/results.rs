//! The result documents of a case, and revoking one.

use jiban_domain::DepartmentId;
use jiban_domain::setup::Role;
use leptos::prelude::*;

use super::state::{OfficeState, office_state};
use crate::api::case::{CaseShown, ResultShown};
use crate::parts::days;

#[component]
pub(super) fn Results(case: StoredValue<CaseShown>) -> impl IntoView {
    let page = office_state();
    let (reason, has_results) =
        case.with_value(|case| (case.reason.clone(), !case.results.is_empty()));
    let rows = move || {
        case.with_value(|case| {
            case.results.iter().map(|result| row(page, case, result)).collect_view()
        })
    };
    view! {
        {(!reason.zh.is_empty())
            .then(|| {
                view! {
                    <section class="block">
                        <h3>{move || page.words().reason}</h3>
                        <p class="said">{move || reason.get(page.lang.get()).to_owned()}</p>
                    </section>
                }
            })}
        {has_results
            .then(|| {
                view! {
                    <section class="block results">
                        <h3>{move || page.words().results}</h3>
                        <ol>{rows}</ol>
                    </section>
                }
            })}
    }
}

/// Whether the signed-in person may revoke the results of a case: supervisors
/// and directors any, reviewers those their department had a step in.
fn may_revoke(page: OfficeState, case: &CaseShown) -> bool {
    let mut steps = case.parts.iter().flat_map(|part| &part.steps);
    page.now.with(|now| {
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

fn row(page: OfficeState, case: &CaseShown, result: &ResultShown) -> AnyView {
    let (words, lang) = (page.words(), page.lang.get());
    let ResultShown { code, name, issuer, issued_at, revoked } = result.clone();
    let issued = days::of(issued_at, &case.time_zone, lang);
    let mark = revoked.then(|| view! { <span class="mark bad">{words.revoked}</span> });
    let revoke_button = (!revoked && may_revoke(page, case)).then(|| {
        let document = (code.clone(), name.clone());
        let open = move |_| {
            page.request.clear_message();
            page.dialog.set(None);
            page.revoking.set(Some(document.clone()));
        };
        view! {
            <button class="button small" type="button" on:click=open>
                {words.revoke}
            </button>
        }
    });
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
                {revoke_button}
            </span>
        </li>
    }
    .into_any()
}
