//! Faults of what people print by themselves: statements and the printers of A4 pages.

use std::collections::HashSet;

use super::{Found, Ids, PASSAGE};
use crate::setup::{DocumentPrinter, Hall, SelfPrintRules, Setup, Statement, StatementSource};
use crate::text;
use crate::text::Text;

/// A table with more columns does not fit an A4 page.
const MOST_COLUMNS: usize = 8;

impl Found {
    pub(super) fn self_print(&mut self, place: &str, setup: &Setup, hall: &Hall) {
        self.self_print_rules(&format!("{place}.self_print"), &hall.self_print);
        let mut ids = Ids::new("证明编号", "statement id");
        for (at, statement) in hall.statements.iter().enumerate() {
            let place = format!("{place}.statement[{at}]");
            self.id(&place, statement.id.as_str(), &mut ids);
            self.statement(&place, setup, statement);
        }
    }

    fn self_print_rules(&mut self, place: &str, rules: &SelfPrintRules) {
        let documents = &Text::new("份", "documents");
        let pages = &Text::new("页", "pages");
        let documents_of = rules.documents_of_person;
        self.within(&format!("{place}.documents_of_person"), documents_of, 1, 100, documents);
        self.within(&format!("{place}.pages_of_kiosk"), rules.pages_of_kiosk, 1, 5000, pages);
    }

    fn statement(&mut self, place: &str, setup: &Setup, statement: &Statement) {
        self.text(&format!("{place}.name"), &statement.name);
        self.department(&format!("{place}.department"), setup, &statement.department);
        let text = format!("{place}.text");
        if statement.text.zh.trim().is_empty() || statement.text.en.trim().is_empty() {
            self.say(
                &text,
                text!("没有填写证明的正文" | "is empty; expected the statement's sentence"),
            );
        }
        self.no_longer_than(PASSAGE, &text, &[&statement.text.zh, &statement.text.en]);
        let times = &Text::new("次", "times");
        self.within(&format!("{place}.times_a_day"), statement.times_a_day, 1, 50, times);
        let days = &Text::new("天", "days");
        let kept = u32::from(statement.records_kept_days);
        self.within(&format!("{place}.records_kept_days"), kept, 1, 800, days);
        if let StatementSource::Service(address) = &statement.source {
            self.service_address(&format!("{place}.source.service"), address);
        }
        self.columns(place, statement);
    }

    fn columns(&mut self, place: &str, statement: &Statement) {
        if statement.columns.is_empty() || statement.columns.len() > MOST_COLUMNS {
            let count = statement.columns.len();
            self.say(
                &format!("{place}.column"),
                text!(
                    "有 {count} 列；应为 1 至 {MOST_COLUMNS} 列，否则一页放不下"
                        | "has {count} columns; expected 1 to {MOST_COLUMNS}, which fit a page"
                ),
            );
        }
        let mut seen = HashSet::new();
        for (at, column) in statement.columns.iter().enumerate() {
            let place = format!("{place}.column[{at}]");
            let (id, name) = (&column.id, format!("{place}.id"));
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
            if id.is_empty() || id.len() > 40 || !id.chars().all(plain) {
                self.say(
                    &name,
                    text!(
                        "“{id}”不能作列名；应为 1 到 40 个小写字母、数字或 _"
                            | "\"{id}\" is not a column's name; expected 1 to 40 of a-z, 0-9 and _"
                    ),
                );
            } else if ["number", "name"].contains(&id.as_str()) {
                self.say(
                    &name,
                    text!(
                        "“{id}”是每份记录都有的列，不用写在这里"
                            | "every record has the column \"{id}\"; it is not listed here"
                    ),
                );
            } else if !seen.insert(id) {
                self.say(&name, text!("列名“{id}”重复" | "the column \"{id}\" is named twice"));
            }
            self.text(&format!("{place}.name"), &column.name);
        }
    }

    fn service_address(&mut self, place: &str, address: &str) {
        if !has_scheme_and_host(address, &["https://", "http://"]) {
            self.say(
                place,
                text!(
                    "“{address}”不是服务地址；应为 https://主机/路径"
                        | "\"{address}\" is not a service's address; expected https://host/path"
                ),
            );
        }
    }

    pub(super) fn document_printer(&mut self, place: &str, printer: &DocumentPrinter) {
        let address = printer.address();
        if !has_scheme_and_host(address, &["ipp://", "ipps://"]) {
            self.say(
                &format!("{place}.address"),
                text!(
                    "“{address}”不是文书打印机地址；应为 ipp://主机:631/ipp/print，或 CUPS 的 ipp://主机/printers/名称"
                        | "\"{address}\" is not an address; expected ipp://host:631/ipp/print, or ipp://host/printers/NAME of CUPS"
                ),
            );
        }
    }
}

/// Whether an address has one of the schemes, a host, a port that can be, and no blank.
fn has_scheme_and_host(address: &str, schemes: &[&str]) -> bool {
    let rest = schemes.iter().find_map(|scheme| address.strip_prefix(scheme));
    let Some(rest) = rest.filter(|rest| rest.is_ascii()) else { return false };
    let authority = rest.split('/').next().unwrap_or_default();
    let plain = |c: char| !c.is_whitespace() && !c.is_control() && !"@\"<>\\^`{|}".contains(c);
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (authority, None),
    };
    let port_fits = port.is_none_or(|port| port.parse::<u16>().is_ok_and(|port| port > 0));
    !host.is_empty() && port_fits && rest.chars().all(plain)
}
