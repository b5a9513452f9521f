//! Who applies: masked, and whole only by an explicit look, which is recorded.

use jiban_domain::case::ApplicantKind;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::state::{OfficeState, page};
use crate::api::ask;
use crate::api::case::{Applicant, CaseShown};
use crate::api::office::RevealApplicant;

/// The applicant.
#[component]
pub(super) fn WhoApplies(case: StoredValue<CaseShown>) -> impl IntoView {
    let page = page();
    let (id, masked, may_look) =
        case.with_value(|case| (case.id, case.applicant.clone(), case.may_look));
    let whole = page.whole;
    let refused = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let look = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        refused.set(None);
        spawn_local(async move {
            let lang = page.lang.get_untracked();
            let answer = ask(&RevealApplicant { case: id }, lang).await;
            // The case may have been closed while the answer was on its way.
            if busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(applicant) => {
                    whole.set(Some(applicant));
                    // It stands in the record now.
                    page.look_again();
                }
                Err(no) => {
                    refused.set(Some(no.in_a_line(lang)));
                    page.session.leave_if_signed_out(&no);
                }
            }
        });
    };
    let erased = masked.name.is_empty() && masked.number.is_empty();
    let beside = move || {
        let words = page.words();
        if erased {
            view! { <p class="soft small">{words.erased}</p> }.into_any()
        } else if whole.with(Option::is_some) {
            view! {
                <p class="look">
                    <button class="button small" type="button" on:click=move |_| whole.set(None)>
                        {words.hide}
                    </button>
                    <span class="soft small">{words.looked}</span>
                </p>
            }
            .into_any()
        } else if may_look {
            view! {
                <p class="look">
                    <button
                        class="button small"
                        type="button"
                        disabled=move || busy.get()
                        on:click=look
                    >
                        {words.look}
                    </button>
                    <span class="soft small">{words.look_recorded}</span>
                </p>
            }
            .into_any()
        } else {
            view! { <p class="soft small">{words.take_first}</p> }.into_any()
        }
    };
    view! {
        <section class="block applicant">
            <h3>
                {move || page.words().applicant} " "
                <span class="mark">
                    {move || match masked.kind {
                        ApplicantKind::Person => page.words().person,
                        ApplicantKind::Business => page.words().business,
                    }}
                </span>
            </h3>
            {move || (!erased).then(|| facts(page, &whole.get().unwrap_or_else(|| masked.clone())))}
            {beside}
            <p class="bad-words" role="alert">
                {move || refused.get()}
            </p>
        </section>
    }
}

fn facts(page: OfficeState, applicant: &Applicant) -> AnyView {
    let words = page.words();
    let (name, number) = match applicant.kind {
        ApplicantKind::Person => (words.applicant_name, words.identity),
        ApplicantKind::Business => (words.business_name, words.credit_code),
    };
    let row = |name: &'static str, value: &str| {
        view! {
            <div>
                <dt>{name}</dt>
                <dd class="tally">{value.to_owned()}</dd>
            </div>
        }
    };
    view! {
        <dl>
            {row(name, &applicant.name)} {row(number, &applicant.number)}
            {row(words.telephone, &applicant.telephone)}
        </dl>
    }
    .into_any()
}
