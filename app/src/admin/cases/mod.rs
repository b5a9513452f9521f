//! 办件: what became of cases over a stretch of days, for the supervisor and
//! the director. Each table has its chart in it or beside it, and a CSV.
//!
//! - [`watch`]: which days and hall, and the figures; [`chosen`] chooses them
//! - [`tables`]: by state, by matter, by department; [`late`]: who has what is
//!   late; [`daily`]: by day
//! - [`bar`], [`line`]: the charts; [`words`]: what is said

use jiban_domain::Lang;
use jiban_domain::case::CaseState;
use leptos::prelude::*;

use crate::api::office::Figures;
use crate::parts::icon::{self, Icon};
use crate::words::fill;

mod bar;
mod chosen;
mod daily;
mod late;
mod line;
mod tables;
pub mod watch;
pub mod words;

use watch::Watch;
use words::CaseWords;

/// The whole page.
pub fn cases_page(watch: Watch, lang: Lang) -> AnyView {
    watch.read(lang);
    let again = window_event_listener(leptos::ev::focus, move |_| watch.read(lang));
    on_cleanup(move || again.remove());
    let shown = move || match watch.figures.get() {
        Some(figures) => figures_shown(watch, &figures, lang),
        None => view! { <p class="soft empty">{CaseWords::of(lang).reading}</p> }.into_any(),
    };
    let refused = move || {
        watch.refused.get().map(|no| {
            view! {
                <p class="refused" role="alert">
                    <b>{no.message}</b>
                    <span>{no.next}</span>
                </p>
            }
        })
    };
    view! {
        <div class="cases" aria-busy=move || watch.busy.get().to_string()>
            {chosen::chosen(watch, lang)} {refused} {shown}
        </div>
    }
    .into_any()
}

fn figures_shown(watch: Watch, figures: &Figures, lang: Lang) -> AnyView {
    let words = CaseWords::of(lang);
    let nothing = figures.states.iter().all(|(_, count)| *count == 0)
        && figures.days.is_empty()
        && figures.matters.iter().all(|matter| matter.accepted == 0);
    let rest = if nothing {
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
                {daily::daily(watch, figures, lang)} {tables::states(watch, figures, lang)}
            </div>
            {tables::matters(watch, figures, lang)}
        }
        .into_any()
    };
    view! {
        {said(watch, figures, lang)}
        {sums(figures, lang)}
        {late::late(watch, figures, lang)}
        {rest}
        {tables::departments(watch, figures, lang)}
    }
    .into_any()
}

/// What paper must say, since it shows no fields: which days, which hall.
fn said(watch: Watch, figures: &Figures, lang: Lang) -> AnyView {
    let words = CaseWords::of(lang);
    let hall = watch.halls.with_untracked(|halls| {
        let found = halls.iter().find(|(id, _)| Some(id) == figures.hall.as_ref());
        found.map_or(words.all_halls.to_owned(), |(_, name)| name.get(lang).to_owned())
    });
    let values: [(&str, &dyn std::fmt::Display); 3] =
        [("from", &figures.from), ("to", &figures.to), ("hall", &hall)];
    view! { <p class="on-paper">{fill(words.stretch, &values)}</p> }.into_any()
}

/// Parts of a hundred; none of nothing.
fn percent(part: u32, whole: u32) -> Option<String> {
    (whole > 0).then(|| {
        let percent = f64::from(part) * 100.0 / f64::from(whole);
        // 99.96 of a hundred is not all.
        let shown = if part < whole { percent.min(99.9) } else { percent };
        let text = format!("{shown:.1}");
        text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
    })
}

fn sums(figures: &Figures, lang: Lang) -> AnyView {
    let words = CaseWords::of(lang);
    let of_state = |state: CaseState| {
        figures.states.iter().find(|(one, _)| *one == state).map_or(0, |(_, count)| *count)
    };
    let accepted: u32 = figures.matters.iter().map(|matter| matter.accepted).sum();
    let rate = percent(figures.on_time, figures.decided);
    let rate_unit = if rate.is_some() { words.percent } else { "" };
    let late_class = if figures.late_now > 0 { "figure bad" } else { "figure" };
    view! {
        <dl class="figures of-cases">
            {figure("figure", words.accepted, accepted.to_string(), "")}
            {figure("figure", words.decided, figures.decided.to_string(), "")}
            {figure("figure", words.on_time, rate.unwrap_or_else(|| "–".to_owned()), rate_unit)}
            {figure(late_class, words.late_now, figures.late_now.to_string(), "")}
            {figure("figure", words.in_hand, of_state(CaseState::Accepted).to_string(), "")}
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
    fn nearly_all_is_not_all() {
        assert_eq!(percent(0, 0), None);
        assert_eq!(percent(3, 3).as_deref(), Some("100"));
        assert_eq!(percent(9_999, 10_000).as_deref(), Some("99.9"));
        assert_eq!(percent(1, 3).as_deref(), Some("33.3"));
    }
}
