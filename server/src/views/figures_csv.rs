//! The tables of figures as CSV, for spreadsheets.

use jiban_app::api::figures::Figures;
use jiban_app::print::grouped;
use jiban_domain::typed::is_invisible;
use jiban_domain::{Lang, Refusal};

/// A table of the figures: `states`, `matters`, `departments`, `days`, `bookings`, `late` or
/// `prints`.
///
/// # Errors
/// Any other name.
#[allow(clippy::too_many_lines)] // A table a case, and nothing else.
pub fn table(figures: &Figures, name: &str, lang: Lang) -> Result<Vec<u8>, Refusal> {
    let head = |zh: &[&str], en: &[&str]| -> Vec<String> {
        let words = if lang.base() == Lang::Zh { zh } else { en };
        words.iter().map(|word| (*word).to_owned()).collect()
    };
    let mean = |days: Option<f64>| days.map(|days| format!("{days:.1}")).unwrap_or_default();
    let mut rows = Vec::new();
    match name {
        "states" => {
            rows.push(head(&["状态", "件数"], &["State", "Cases"]));
            for (state, count) in &figures.states {
                rows.push(vec![state.name().get(lang).to_owned(), count.to_string()]);
            }
        }
        "matters" => {
            rows.push(head(
                &["事项", "受理", "办结", "按时", "逾期在办", "平均用时(工作日)", "承诺(工作日)"],
                &[
                    "Matter",
                    "Accepted",
                    "Decided",
                    "On time",
                    "Overdue now",
                    "Mean days",
                    "Promised limit",
                ],
            ));
            for row in &figures.matters {
                rows.push(vec![
                    row.name.get(lang).to_owned(),
                    row.accepted.to_string(),
                    row.decided.to_string(),
                    row.on_time.to_string(),
                    row.late.to_string(),
                    mean(row.mean_days),
                    row.promised_days.to_string(),
                ]);
            }
        }
        "departments" => {
            rows.push(head(
                &[
                    "部门",
                    "在办环节",
                    "其中逾期",
                    "办结环节",
                    "按时",
                    "平均用时(工作日)",
                    "平均时限",
                ],
                &["Department", "Open", "Overdue", "Decided", "On time", "Mean days", "Mean limit"],
            ));
            for row in &figures.departments {
                rows.push(vec![
                    row.name.get(lang).to_owned(),
                    row.open.to_string(),
                    row.late.to_string(),
                    row.decided.to_string(),
                    row.on_time.to_string(),
                    mean(row.mean_days),
                    mean(row.mean_limit),
                ]);
            }
        }
        "days" => {
            rows.push(head(&["日期", "受理", "办结"], &["Day", "Accepted", "Decided"]));
            for row in &figures.days {
                rows.push(vec![row.day.clone(), row.accepted.to_string(), row.decided.to_string()]);
            }
        }
        "bookings" => {
            rows.push(head(
                &["日期", "待报到", "已报到", "未到", "已取消"],
                &["Day", "To come", "Checked in", "Did not come", "Cancelled"],
            ));
            for row in &figures.bookings {
                let counts = [row.booked, row.checked_in, row.not_come, row.cancelled];
                let counts = counts.into_iter().map(|count| count.to_string());
                rows.push(std::iter::once(row.day.clone()).chain(counts).collect());
            }
        }
        "late" => {
            rows.push(head(
                &["办件编号", "事项", "环节", "部门", "经办人", "期限", "逾期(工作日)"],
                &[
                    "Case",
                    "Matter",
                    "Step",
                    "Department",
                    "Reviewer",
                    "Decision due",
                    "Days overdue",
                ],
            ));
            for row in &figures.late {
                rows.push(vec![
                    grouped(&row.number),
                    row.name.get(lang).to_owned(),
                    row.what.get(lang).to_owned(),
                    row.department.get(lang).to_owned(),
                    row.reviewer.as_ref().map(|who| who.get(lang).to_owned()).unwrap_or_default(),
                    row.due.clone(),
                    row.days.to_string(),
                ]);
            }
        }
        "checks" => {
            rows.push(head(
                &["期限", "办件编号", "事项", "状态", "部门", "经办人", "剩余(工作日)"],
                &["Due", "Case", "Matter", "State", "Department", "Reviewer", "Days left"],
            ));
            for row in &figures.checks {
                rows.push(vec![
                    row.due.clone(),
                    grouped(&row.number),
                    row.matter_name.get(lang).to_owned(),
                    row.state.name().get(lang).to_owned(),
                    row.department_name.get(lang).to_owned(),
                    row.reviewer.as_ref().map(|who| who.get(lang).to_owned()).unwrap_or_default(),
                    row.days_left.to_string(),
                ]);
            }
        }
        "prints" => {
            rows.push(head(
                &["自助打印", "打印成功", "页数", "未成功"],
                &["Printed by oneself", "Documents", "Pages", "Not printed"],
            ));
            for row in &figures.prints {
                rows.push(vec![
                    row.name.get(lang).to_owned(),
                    row.documents.to_string(),
                    row.pages.to_string(),
                    row.failed.to_string(),
                ]);
            }
        }
        "applications" => {
            rows.push(head(
                &["申请方式", "提交", "受理", "一次通过", "填写分钟(中位数)", "触摸和按键(中位数)"],
                &[
                    "Came by",
                    "Sent",
                    "Accepted",
                    "First time",
                    "Minutes (median)",
                    "Touches (median)",
                ],
            ));
            for row in &figures.applications {
                rows.push(vec![
                    row.by.name().get(lang).to_owned(),
                    row.sent.to_string(),
                    row.accepted.to_string(),
                    row.first_time.to_string(),
                    row.minutes.map(|minutes| minutes.to_string()).unwrap_or_default(),
                    row.touches.map(|touches| touches.to_string()).unwrap_or_default(),
                ]);
            }
        }
        "wrong_fields" => {
            rows.push(head(
                &["事项", "填写项", "出错申请数", "其中有人协助"],
                &["Matter", "Field", "Applications", "Of these with help"],
            ));
            for row in &figures.wrong_fields {
                let (name, field) = (row.name.get(lang), row.field.get(lang));
                let (count, helped) = (row.count.to_string(), row.helped.to_string());
                rows.push(vec![name.to_owned(), field.to_owned(), count, helped]);
            }
        }
        _ => {
            let message = "table: expected one of states, matters, departments, days, bookings, late, checks, \
                 prints, applications, wrong_fields";
            return Err(Refusal::BadRequest(message.to_owned()));
        }
    }
    csv(&rows)
}

fn csv(rows: &[Vec<String>]) -> Result<Vec<u8>, Refusal> {
    // Spreadsheets need the byte order mark to recognise UTF-8.
    let mut writer = ::csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    for row in rows {
        let cells = row.iter().map(|cell| as_text(cell));
        writer.write_record(cells).map_err(|error| {
            tracing::error!(%error, "the CSV table could not be written");
            Refusal::Unavailable
        })?;
    }
    writer.into_inner().map_err(|_| Refusal::Unavailable)
}

/// With what formulas begin; full-width signs do in Chinese spreadsheets.
const FORMULA: [char; 9] = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '|'];
/// Figures of a number that spreadsheets show rounded, as 2.61E+11.
const ROUNDED: usize = 12;

/// A cell that spreadsheets show as it is: not as a formula, and not as a rounded number.
fn as_text(cell: &str) -> String {
    let start = cell.trim_start_matches(|c: char| c.is_whitespace() || is_invisible(c));
    let is_formula = start.starts_with(FORMULA) || cell.starts_with(['\t', '\r', '\n']);
    let is_long = cell.chars().count() >= ROUNDED && cell.chars().all(char::is_numeric);
    if is_formula || is_long { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_escaped_and_chinese_is_kept() {
        let rows = vec![vec!["=1+1".to_owned(), "甲,\"乙\"".to_owned()]];
        let csv = String::from_utf8(csv(&rows).unwrap()).unwrap();
        assert_eq!(csv, "\u{feff}'=1+1,\"甲,\"\"乙\"\"\"\n");
    }

    #[test]
    fn a_cell_is_shown_as_it_is() {
        for cell in ["=1", "＝1", "＋1", "－1", "＠x", " =1", "\u{200b}=1", "\t1", "261125000173"]
        {
            assert_eq!(as_text(cell), format!("'{cell}"), "{cell:?}");
        }
        for cell in ["", "甲", "26112500", "2026-11-26", "1.5", "261125 00017 3"] {
            assert_eq!(as_text(cell), cell);
        }
        assert_eq!(grouped("261125000173"), "261125 00017 3");
    }
}
