//! The deadlines of the case, promised and statutory, and its suspensions.

use leptos::prelude::*;

use super::format;
use super::state::{OfficeState, office_state};
use super::step_action::find;
use crate::api::case::CaseShown;
use crate::parts::days;
use crate::words::fill;

#[component]
pub(super) fn Deadline(case: StoredValue<CaseShown>) -> impl IntoView {
    let page = office_state();
    let rows = move || case.with_value(|case| rows(page, case));
    view! {
        <section class="block deadline">
            <h3>{move || page.words().deadline}</h3>
            {rows}
        </section>
    }
}

fn rows(page: OfficeState, case: &CaseShown) -> AnyView {
    let (words, lang) = (page.words(), page.lang.get());
    let day = |day: &Option<String>| {
        day.as_ref().map_or_else(|| words.none_set.to_owned(), |day| days::weekday(day, lang))
    };
    let left = case.days_left.zip(case.colour).map(|(days, colour)| {
        let class = format!("mark {}", format::colour_class(colour));
        view! { <span class=class>{format::days_left(days, lang)}</span> }
    });
    let provisional = case.due_provisional.then(|| {
        view! {
            <p class="soft small">
                <span class="mark">{words.provisional}</span>
                " "
                {words.provisional_why}
            </p>
        }
    });
    let step =
        page.selected.get().and_then(|selected| find(case, selected.step)).map(|(_, step)| step);
    let step = step.filter(|step| step.done_at.is_none()).and_then(|step| step.due.clone());
    let step_due = step.map(|due| {
        view! {
            <div>
                <dt>{words.step_due}</dt>
                <dd>{days::weekday(&due, lang)}</dd>
            </div>
        }
    });
    let suspensions = case
        .paused
        .iter()
        .map(|pause| {
            let since = days::of(pause.since, &case.time_zone, lang);
            let ground = pause.ground.get(lang);
            let (mark, class, text) = if let Some(until) = &pause.until {
                let from = days::on(pause.since, &case.time_zone);
                let last = days::weekday(until, lang);
                let range = if from == *until {
                    last
                } else {
                    format!("{}–{last}", days::weekday(&from, lang))
                };
                let text = fill(words.suspended_until, &[("ground", &ground), ("days", &range)]);
                (words.suspension_ended, "mark", text)
            } else {
                let text = fill(words.suspended_since, &[("ground", &ground), ("day", &since)]);
                (words.suspended, "mark warn", text)
            };
            view! {
                <p class="stopped">
                    <span class=class>{mark}</span>
                    <span>{text}</span>
                    {(!pause.note.is_empty())
                        .then(|| view! { <span class="soft">{pause.note.clone()}</span> })}
                </p>
            }
        })
        .collect_view();
    view! {
        <dl>
            <div>
                <dt>{words.promised}</dt>
                <dd>
                    {day(&case.due)} " " {left}
                    <span class="soft small">
                        {if case.promised_days == 0 {
                            words.at_once.to_owned()
                        } else {
                            fill(words.working_days, &[("n", &case.promised_days)])
                        }}
                    </span>
                </dd>
            </div>
            <div>
                <dt>{words.statutory}</dt>
                <dd>{day(&case.statutory_due)}</dd>
            </div>
            {step_due}
        </dl>
        {provisional}
        {suspensions}
    }
    .into_any()
}
