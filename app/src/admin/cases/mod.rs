//! Figures of cases over a period, for supervisors and the director. Each table
//! comes with a chart and can be downloaded as CSV.
//!
//! - [`report`]: the period, the hall and the figures; [`report_filters`] selects
//!   them
//! - [`tables`]: by state, by matter, by department; [`overdue`]: overdue steps
//!   and who has them; [`daily`]: by day; [`applications`]: how applications came
//! - [`bar_chart`], [`line_chart`]: the charts; [`words`]: texts

use jiban_domain::Lang;
use jiban_domain::case::CaseState;
use leptos::prelude::*;

use crate::api::figures::Figures;
use crate::parts::icon::{self, Icon};
use crate::words::fill;

mod applications;
mod bar_chart;
mod daily;
mod line_chart;
mod overdue;
pub mod report;
mod report_filters;
mod tables;
mod tellings;
pub mod words;

use report::Report;
use words::CaseWords;

pub fn cases_page(report: Report, lang: Lang) -> AnyView {
    report.load(lang);
    let on_focus = window_event_listener(leptos::ev::focus, move |_| report.load(lang));
    on_cleanup(move || on_focus.remove());
    let shown = move || match report.figures.get() {
        Some(figures) => figures_shown(report, &figures, lang),
        None => view! { <p class="soft empty">{CaseWords::of(lang).loading}</p> }.into_any(),
    };
    let refused = move || {
        report.refused.get().map(|refusal| {
            view! {
                <p class="refused" role="alert">
                    <b>{refusal.message}</b>
                    <span>{refusal.next}</span>
                </p>
            }
        })
    };
    view! {
        <div class="cases" aria-busy=move || report.busy.get().to_string()>
            <tellings::TellingList lang=lang />
            {report_filters::report_filters(report, lang)} {refused} {shown}
        </div>
    }
    .into_any()
}

fn figures_shown(report: Report, figures: &Figures, lang: Lang) -> AnyView {
    let words = CaseWords::of(lang);
    let is_empty = figures.states.iter().all(|(_, count)| *count == 0)
        && figures.days.is_empty()
        && figures.matters.iter().all(|matter| matter.accepted == 0);
    let rest = if is_empty {
        view! {
            <div class="sheet nothing">
                <Icon path=icon::GUIDE />
                <p>
                    <b>{words.empty}</b>
                </p>
                <p class="soft">{words.empty_hint}</p>
            </div>
        }
        .into_any()
    } else {
        view! {
            <div class="cases-columns">
                {daily::daily(report, figures, lang)} {tables::states(report, figures, lang)}
            </div>
            {tables::matters(report, figures, lang)}
        }
        .into_any()
    };
    view! {
        {print_caption(report, figures, lang)}
        {totals(figures, lang)}
        {overdue::overdue(report, figures, lang)}
        {overdue::checks(report, figures, lang)}
        {rest}
        {tables::departments(report, figures, lang)}
        {tables::bookings(report, figures, lang)}
        {tables::prints(report, figures, lang)}
        {applications::by_way(report, figures, lang)}
        {applications::wrong_fields(report, figures, lang)}
    }
    .into_any()
}

/// Period and hall, for print only, where the filters are hidden.
fn print_caption(report: Report, figures: &Figures, lang: Lang) -> AnyView {
    let words = CaseWords::of(lang);
    let hall = report.halls.with_untracked(|halls| {
        let found = halls.iter().find(|(id, _)| Some(id) == figures.hall.as_ref());
        found.map_or(words.all_halls.to_owned(), |(_, name)| name.get(lang).to_owned())
    });
    let values: [(&str, &dyn std::fmt::Display); 3] =
        [("from", &figures.from), ("to", &figures.to), ("hall", &hall)];
    view! { <p class="on-paper">{fill(words.period, &values)}</p> }.into_any()
}

/// A percentage; `None` if the whole is 0.
fn percent(part: u32, whole: u32) -> Option<String> {
    (whole > 0).then(|| {
        let percent = f64::from(part) * 100.0 / f64::from(whole);
        // 99.96 must not be rounded to 100.
        let shown = if part < whole { percent.min(99.9) } else { percent };
        let text = format!("{shown:.1}");
        text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
    })
}

fn totals(figures: &Figures, lang: Lang) -> AnyView {
    let words = CaseWords::of(lang);
    let of_state = |state: CaseState| {
        figures.states.iter().find(|(one, _)| *one == state).map_or(0, |(_, count)| *count)
    };
    let accepted: u32 = figures.matters.iter().map(|matter| matter.accepted).sum();
    let rate = percent(figures.on_time, figures.decided);
    let rate_unit = if rate.is_some() { words.percent } else { "" };
    let overdue_class = if figures.late_now > 0 { "figure bad" } else { "figure" };
    view! {
        <dl class="figures of-cases">
            {figure("figure", words.accepted, accepted.to_string(), "")}
            {figure("figure", words.decided, figures.decided.to_string(), "")}
            {figure("figure", words.on_time, rate.unwrap_or_else(|| "–".to_owned()), rate_unit)}
            {figure(overdue_class, words.overdue_now, figures.late_now.to_string(), "")}
            {figure("figure", words.in_progress, of_state(CaseState::Accepted).to_string(), "")}
            {figure("figure", words.ready, of_state(CaseState::Ready).to_string(), "")}
        </dl>
    }
    .into_any()
}

fn figure(class: &'static str, name: &'static str, value: String, unit: &'static str) -> AnyView {
    view! {
        <div class=class>
            <dt>{name}</dt>
            <dd>
                <span class="number">{value}</span>
                <i>{unit}</i>
            </dd>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearly_all_is_not_rounded_to_all() {
        assert_eq!(percent(0, 0), None);
        assert_eq!(percent(3, 3).as_deref(), Some("100"));
        assert_eq!(percent(9_999, 10_000).as_deref(), Some("99.9"));
        assert_eq!(percent(1, 3).as_deref(), Some("33.3"));
    }
}
