//! The table of figures.

use std::fmt;

use crate::server::Workplace;

/// What a figure should reach.
#[derive(Debug, Clone)]
pub struct Aim {
    says: String,
    met: bool,
}

impl Aim {
    /// An aim in words, and whether it was met.
    pub fn new(says: &str, met: bool) -> Self {
        Self { says: says.to_owned(), met }
    }
}

#[derive(Debug)]
struct Row {
    what: String,
    measured: String,
    bound: String,
    aims: Vec<Aim>,
}

/// The measured rows, in order.
#[derive(Debug)]
pub struct Table {
    heading: String,
    rows: Vec<Row>,
}

impl Table {
    /// An empty table whose heading says where it was measured.
    pub fn new(workplace: &Workplace, quick: bool) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let quick = if quick { " Quick run, not a measurement." } else { "" };
        let heading = format!(
            "{cores} cores, shared by the program measured and its load; databases on {}, \
             synchronous=FULL.{quick}",
            workplace.disk()
        );
        Self { heading, rows: Vec::new() }
    }

    /// Adds a figure, what it is compared with, and what it should reach.
    pub fn row(
        &mut self,
        what: impl Into<String>,
        measured: impl Into<String>,
        bound: impl Into<String>,
        aims: impl Into<Vec<Aim>>,
    ) {
        let row = Row {
            what: what.into(),
            measured: measured.into(),
            bound: bound.into(),
            aims: aims.into(),
        };
        eprintln!("    {}: {} ({})", row.what, row.measured, row.bound);
        self.rows.push(row);
    }

    /// Adds a figure that could not be measured.
    pub fn not_measured(&mut self, what: &str, error: &anyhow::Error) {
        self.row(what, "not measured", format!("{error:#}"), [Aim::new("to be measured", false)]);
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = ["what", "measured", "beside", "aim", "met"].map(str::to_owned);
        let rows = self.rows.iter().map(|row| {
            let says: Vec<&str> = row.aims.iter().map(|aim| aim.says.as_str()).collect();
            let met = row.aims.iter().all(|aim| aim.met);
            let met = if row.aims.is_empty() {
                ""
            } else if met {
                "yes"
            } else {
                "no"
            };
            [&row.what, &row.measured, &row.bound, &says.join("; "), met].map(str::to_owned)
        });
        let all: Vec<[String; 5]> = [head].into_iter().chain(rows).collect();
        let width = |column: usize| {
            all.iter().map(|row| row[column].chars().count()).max().unwrap_or_default()
        };
        let widths: [usize; 5] = std::array::from_fn(width);
        writeln!(f, "{}\n", self.heading)?;
        for (at, row) in all.iter().enumerate() {
            for (cell, width) in row.iter().zip(widths) {
                write!(f, "| {cell:<width$} ")?;
            }
            writeln!(f, "|")?;
            if at == 0 {
                for width in widths {
                    write!(f, "|{:-<1$}", "", width + 2)?;
                }
                writeln!(f, "|")?;
            }
        }
        Ok(())
    }
}

/// Formats `12345.6` as `12,346`.
pub fn thousands(value: f64) -> String {
    let whole = format!("{value:.0}");
    let mut told = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0
            && (whole.len() - at) % 3 == 0
            && digit.is_ascii_digit()
            && at > usize::from(whole.starts_with('-'))
        {
            told.push(',');
        }
        told.push(digit);
    }
    told
}
