//! The file of a department's records: CSV with a heading, one record a line. All faults are
//! told at once, each with its line and column.
//!
//! The columns `number` and `name` say whose a record is; the others are those of the
//! statement. Their order is free. UTF-8 and GB 18030 are read, since Excel writes the latter.

use std::fmt;

use jiban_domain::identity::{self, IdentityPaper};
use jiban_domain::self_print::{Cell, cell};
use jiban_domain::setup::Statement;
use jiban_domain::{Text, text};
use jiff::civil::Date;

/// Faults that are listed; more are only counted.
pub const LISTED: usize = 100;

/// A record as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordRow {
    pub number: String,
    pub name: String,
    /// The values of the statement's columns, in its order.
    pub cells: Vec<Cell>,
}

/// A fault of a record file, and where. It quotes no name and no number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordFault {
    /// Counted from 1, with the heading.
    pub line: u64,
    /// The name of the column; empty where the fault is of the whole line.
    pub column: String,
    pub what: Text,
}

impl RecordFault {
    /// The place in the file, then what is wrong.
    pub fn message(&self) -> Text {
        let Self { line, column, what: Text { zh, en } } = self;
        if column.is_empty() {
            text!("第 {line} 行：{zh}" | "line {line}: {en}")
        } else {
            text!("第 {line} 行，列 {column}：{zh}" | "line {line}, column {column}: {en}")
        }
    }
}

/// In English, the language of the commands.
impl fmt::Display for RecordFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message().en)
    }
}

const NUMBER: &str = "number";
const NAME: &str = "name";

/// Reads a record file.
///
/// # Errors
/// Every fault; then nothing is to be imported.
pub fn read(
    bytes: &[u8],
    statement: &Statement,
    today: Date,
) -> Result<Vec<RecordRow>, Vec<RecordFault>> {
    let text = decoded(bytes).ok_or_else(|| {
        let what = text!(
            "文件既不是 UTF-8，也不是 GB 18030 编码" | "the file is neither UTF-8 nor GB 18030"
        );
        vec![RecordFault { line: 1, column: String::new(), what }]
    })?;
    let mut lines = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let headings = match lines.headers() {
        Ok(headings) => headings.iter().map(|one| one.trim().to_owned()).collect::<Vec<_>>(),
        Err(error) => return Err(vec![unreadable(1, &error)]),
    };
    let places = places(&headings, statement)?;
    let (mut rows, mut faults) = (Vec::new(), Vec::new());
    for (index, line) in lines.records().enumerate() {
        let line = match line {
            Ok(line) => line,
            Err(error) => {
                faults.push(unreadable(index as u64 + 2, &error));
                // What follows cannot be told apart any more.
                break;
            }
        };
        if line.iter().all(|value| value.trim().is_empty()) {
            continue;
        }
        let number = line.position().map_or(index as u64 + 2, csv::Position::line);
        match row(&line, number, &places, statement, today, headings.len()) {
            Ok(row) => rows.push(row),
            Err(of_line) => faults.extend(of_line),
        }
        if faults.len() > LISTED * 10 {
            break;
        }
    }
    if rows.is_empty() && faults.is_empty() {
        let what = text!("文件里没有记录" | "the file has no records");
        faults.push(RecordFault { line: 1, column: String::new(), what });
    }
    if faults.is_empty() { Ok(rows) } else { Err(faults) }
}

fn decoded(bytes: &[u8]) -> Option<String> {
    let plain = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(plain) {
        return Some(text.to_owned());
    }
    // Not by a mark at the beginning: a file of another encoding is not to be guessed at.
    let (text, wrong) = encoding_rs::GB18030.decode_without_bom_handling(bytes);
    (!wrong).then(|| text.into_owned())
}

fn unreadable(line: u64, error: &csv::Error) -> RecordFault {
    let line = error.position().map_or(line, csv::Position::line);
    let what = text!("不是 CSV：{error}" | "is not CSV: {error}");
    RecordFault { line, column: String::new(), what }
}

/// Where the columns are in a line: number, name, then those of the statement. An optional one
/// may be missing.
struct Places {
    number: usize,
    name: usize,
    columns: Vec<Option<usize>>,
}

fn places(headings: &[String], statement: &Statement) -> Result<Places, Vec<RecordFault>> {
    let mut faults = Vec::new();
    let fault = |column: &str, what: Text| RecordFault { line: 1, column: column.to_owned(), what };
    let known = |name: &str| {
        [NUMBER, NAME].contains(&name) || statement.columns.iter().any(|one| one.id == name)
    };
    for (at, name) in headings.iter().enumerate() {
        if !known(name) {
            let id = &statement.id;
            let what = text!(
                "证明“{id}”没有这一列；应为 number、name 和它自己的各列"
                    | "the statement \"{id}\" has no such column; expected number, name and its own"
            );
            faults.push(fault(name, what));
        } else if headings[..at].contains(name) {
            faults.push(fault(name, text!("这一列出现了两次" | "the column is there twice")));
        }
    }
    let mut place = |name: &str, optional: bool| {
        let found = headings.iter().position(|one| one == name);
        if found.is_none() && !optional {
            faults.push(fault(name, text!("缺少这一列" | "the column is missing")));
        }
        found
    };
    let (number, name) = (place(NUMBER, false), place(NAME, false));
    let columns = statement.columns.iter().map(|one| place(&one.id, one.optional)).collect();
    match (number, name) {
        (Some(number), Some(name)) if faults.is_empty() => Ok(Places { number, name, columns }),
        _ => Err(faults),
    }
}

fn row(
    line: &csv::StringRecord,
    number: u64,
    places: &Places,
    statement: &Statement,
    today: Date,
    wide: usize,
) -> Result<RecordRow, Vec<RecordFault>> {
    let mut faults = Vec::new();
    let mut wrong = |column: &str, what: Text| {
        faults.push(RecordFault { line: number, column: column.to_owned(), what });
    };
    if line.len() != wide {
        let has = line.len();
        wrong("", text!("有 {has} 个值，应为 {wide} 个" | "has {has} values, not {wide}"));
        return Err(faults);
    }
    let value = |at: usize| line.get(at).unwrap_or_default();
    let typed = value(places.number);
    let identity = IdentityPaper::recognise(typed).number(typed, today);
    let identity = identity.unwrap_or_else(|what| {
        wrong(NUMBER, what);
        String::new()
    });
    let name = identity::name(value(places.name)).unwrap_or_else(|what| {
        wrong(NAME, what);
        String::new()
    });
    let mut cells = Vec::new();
    for (column, at) in statement.columns.iter().zip(&places.columns) {
        match cell(column, at.map(value).unwrap_or_default()) {
            Ok(read) => cells.push(read),
            Err(what) => wrong(&column.id, what),
        }
    }
    if faults.is_empty() { Ok(RecordRow { number: identity, name, cells }) } else { Err(faults) }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const TODAY: Date = date(2026, 11, 26);

    fn statement() -> Statement {
        serde_json::from_value(serde_json::json!({
            "id": "insured",
            "name": "参保证明",
            "department": "hr",
            "text": "兹证明{name}参保。",
            "column": [
                { "id": "month", "name": "月份", "kind": "month" },
                { "id": "paid", "name": "缴费", "kind": "money" },
                { "id": "note", "name": "备注", "optional": true },
            ],
        }))
        .unwrap()
    }

    fn said(file: &str) -> Vec<String> {
        let faults = read(file.as_bytes(), &statement(), TODAY).unwrap_err();
        faults.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_file_is_read_in_any_order_of_columns() {
        let file =
            "\u{feff}name,paid,number,month\r\n张三,1234.5,11010519491231002x,2026-09\r\n\r\n";
        let rows = read(file.as_bytes(), &statement(), TODAY).unwrap();
        assert_eq!(
            rows,
            [RecordRow {
                number: "11010519491231002X".to_owned(),
                name: "张三".to_owned(),
                cells: vec!["2026-09".to_owned(), "1234.50".to_owned(), String::new()],
            }]
        );
        // As Excel saves it in China.
        let (gb, _, _) = encoding_rs::GB18030.encode(file.trim_start_matches('\u{feff}'));
        assert_eq!(read(&gb, &statement(), TODAY).unwrap(), rows);
    }

    #[test]
    fn every_fault_is_told_with_its_line_and_column() {
        let file = "number,name,month,paid\n\
                    11010519491231002X,张三,2026-09,1\n\
                    110105194912310021,,2026-13,\"1,5\"\n\
                    11010519491231002X,李四\n";
        let said = said(file);
        assert_eq!(said.len(), 5, "{said:#?}");
        for (at, begins) in [
            "line 3, column number:",
            "line 3, column name:",
            "line 3, column month: \"2026-13\"",
            "line 3, column paid: \"1,5\"",
            "line 4: has 2 values, not 4",
        ]
        .iter()
        .enumerate()
        {
            assert!(said[at].starts_with(begins), "{}", said[at]);
        }
        assert!(!said.join(" ").contains("110105194912310021"), "numbers are not quoted");
    }

    #[test]
    fn a_heading_must_fit_the_statement() {
        assert_eq!(
            said("number,name,month,salary\n"),
            [
                "line 1, column salary: the statement \"insured\" has no such column; expected number, name and its own",
                "line 1, column paid: the column is missing",
            ]
        );
        assert_eq!(
            said("number,name,month,paid,month\n"),
            ["line 1, column month: the column is there twice"]
        );
        assert_eq!(said("number,name,month,paid\n"), ["line 1: the file has no records"]);
        assert_eq!(said("").len(), 4);
    }

    #[test]
    fn what_is_no_text_is_refused() {
        let faults = read(&[0xff, 0xfe, 0x00, 0x41], &statement(), TODAY).unwrap_err();
        assert_eq!(faults.len(), 1, "{faults:?}");
    }
}
