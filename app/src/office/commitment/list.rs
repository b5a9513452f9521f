//! The checks that the reviewer's departments have to do, above the steps.

use jiban_domain::case::StepRef;
use leptos::prelude::*;

use super::words::CommitmentWords;
use crate::api::commitment::CheckShown;
use crate::office::format;
use crate::office::state::{OfficeState, office_state};
use crate::parts::days;
use crate::print::grouped;
use crate::words::fill;

#[component]
pub(in crate::office) fn CheckList() -> impl IntoView {
    let page = office_state();
    let checks = Memo::new(move |_| {
        page.now.with(|now| now.as_ref().map(|now| now.checks.clone()).unwrap_or_default())
    });
    let late = move || checks.with(|all| all.iter().filter(|one| one.days_left < 0).count());
    let heading = move || {
        let words = CommitmentWords::of(page.lang.get());
        let late = late();
        let late = (late > 0).then(|| fill(words.list_late, &[("n", &late)]));
        view! {
            {words.list}
            " "
            <b class="tally">{checks.with(Vec::len)}</b>
            {late.map(|late| view! { <span class="of-those">{late}</span> })}
        }
    };
    let rows = move || {
        let all = checks.get();
        all.into_iter().map(|check| row(page, check)).collect_view()
    };
    view! {
        <Show when=move || checks.with(|all| !all.is_empty())>
            <details class="checks" open=true>
                <summary>{heading}</summary>
                <ol>{rows}</ol>
            </details>
        </Show>
    }
}

fn row(page: OfficeState, check: CheckShown) -> AnyView {
    let lang = page.lang.get();
    let words = CommitmentWords::of(lang);
    let case = check.case;
    let is_open = move || page.selected.get().is_some_and(|selected| selected.case == case);
    let mark = format!("mark {}", format::colour_class(check.colour));
    let who = match &check.reviewer {
        Some(name) => name.get(lang).to_owned(),
        None => words.nobody.to_owned(),
    };
    let by = fill(words.by, &[("day", &days::weekday(&check.due, lang))]);
    view! {
        <li>
            <button
                type="button"
                class=format!("step-row {}", check.colour.into_str())
                class:late=check.days_left < 0
                aria-current=move || is_open().to_string()
                on:click=move |_| page.open(Some(StepRef { case, step: 0 }))
            >
                <span class="line">
                    <span class="name">{check.matter_name.get(lang).to_owned()}</span>
                    <span class="marks">
                        <span class="mark">{check.state.name().get(lang).to_owned()}</span>
                        {check.answered.then(|| view! { <span class="mark">{words.answered}</span> })}
                        <span class=mark>
                            {format::days_left(check.days_left, lang)}
                            {check.due_provisional.then_some("*")}
                        </span>
                    </span>
                </span>
                <span class="line soft">
                    <span class="what">{check.department_name.get(lang).to_owned()}</span>
                    <span class="who" class:mine=check.mine>
                        {who}
                    </span>
                    <span class="since tally">{by}</span>
                    <span class="number">{grouped(&check.number)}</span>
                </span>
            </button>
        </li>
    }
    .into_any()
}
