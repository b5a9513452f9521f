//! Accepted and decided cases by day, or by month for long periods.

use std::collections::BTreeMap;

use jiban_domain::Lang;
use leptos::prelude::*;

use super::line_chart::{Point, line_chart};
use super::report::Report;
use super::tables::{heads, section};
use super::words::CaseWords;
use crate::api::figures::{DayFigures, Figures};
use crate::parts::days;
use crate::words::fill;

/// Longer periods are shown by month.
const MAX_DAYS: usize = 100;

pub fn daily(report: Report, figures: &Figures, lang: Lang) -> AnyView {
    let words = CaseWords::of(lang);
    let rows = with_empty_days(&figures.days, &figures.from, &figures.to);
    let by_month = rows.len() > MAX_DAYS;
    let rows = if by_month { by_months(&rows) } else { rows };
    let (hint, head) =
        if by_month { (words.months_hint, words.month) } else { (words.days_hint, words.day) };
    let points: Vec<Point> = rows
        .iter()
        .map(|row| {
            // `11-25` for a day; a month keeps its year, which may change within
            // the period.
            let name = if by_month { &row.day } else { row.day.get(5..).unwrap_or(&row.day) };
            (name.to_owned(), row.accepted, row.decided)
        })
        .collect();
    let sum = |of: fn(&DayFigures) -> u32| rows.iter().map(of).sum::<u32>();
    let most = rows.iter().map(|row| row.accepted).max().unwrap_or_default();
    let alternative = fill(
        words.days_alternative,
        &[
            ("from", &figures.from),
            ("to", &figures.to),
            ("accepted", &sum(|row| row.accepted)),
            ("decided", &sum(|row| row.decided)),
            ("most", &most),
        ],
    );
    let chart = line_chart(&points, [words.accepted, words.decided], alternative);
    // Newest first, without the empty days.
    let table = rows
        .iter()
        .rev()
        .filter(|row| row.accepted + row.decided > 0)
        .map(|row| {
            let day = if by_month { row.day.clone() } else { days::weekday(&row.day, lang) };
            view! {
                <tr>
                    <th scope="row" class="when">{day}</th>
                    <td class="count">{row.accepted}</td>
                    <td class="count">{row.decided}</td>
                </tr>
            }
        })
        .collect_view();
    let body = view! {
        <div class="chart-and-table">
            {chart}
            <div class="long">
                <table>
                    {heads(&[head], &[words.accepted, words.decided])} <tbody>{table}</tbody>
                </table>
            </div>
        </div>
    }
    .into_any();
    section(report, "days", (words.days, hint), body, lang)
}

/// All days of the period, including those without cases.
fn with_empty_days(known: &[DayFigures], from: &str, to: &str) -> Vec<DayFigures> {
    let known: BTreeMap<&str, &DayFigures> =
        known.iter().map(|row| (row.day.as_str(), row)).collect();
    let mut rows = Vec::new();
    let mut day = from.to_owned();
    while day.as_str() <= to {
        let row = known.get(day.as_str());
        rows.push(row.map_or_else(
            || DayFigures { day: day.clone(), accepted: 0, decided: 0 },
            |row| (*row).clone(),
        ));
        let next = days::plus(&day, 1);
        if next <= day {
            break;
        }
        day = next;
    }
    rows
}

fn by_months(rows: &[DayFigures]) -> Vec<DayFigures> {
    let mut months: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    for row in rows {
        let month = row.day.get(..7).unwrap_or(&row.day).to_owned();
        let sum = months.entry(month).or_default();
        sum.0 += row.accepted;
        sum.1 += row.decided;
    }
    months
        .into_iter()
        .map(|(day, (accepted, decided))| DayFigures { day, accepted, decided })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(day: &str, accepted: u32, decided: u32) -> DayFigures {
        DayFigures { day: day.to_owned(), accepted, decided }
    }

    #[test]
    fn days_without_cases_are_included() {
        let rows = with_empty_days(&[on("2026-03-01", 3, 1)], "2026-02-27", "2026-03-02");
        let shown: Vec<_> = rows.iter().map(|row| (row.day.as_str(), row.accepted)).collect();
        assert_eq!(
            shown,
            [("2026-02-27", 0), ("2026-02-28", 0), ("2026-03-01", 3), ("2026-03-02", 0)]
        );
    }

    #[test]
    fn many_days_become_months() {
        let rows = [on("2026-01-31", 1, 2), on("2026-02-01", 3, 0), on("2026-02-02", 1, 1)];
        assert_eq!(by_months(&rows), [on("2026-01", 1, 2), on("2026-02", 4, 1)]);
    }
}
