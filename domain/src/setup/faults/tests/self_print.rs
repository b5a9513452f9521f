//! What people print by themselves.

use super::main_hall;
use crate::setup::{Column, ColumnKind, DocumentPrinter, IppPrinter, Statement, StatementSource};
use crate::text::Text;

/// The first hall with a statement that is spoilt.
fn statement(spoil: impl FnOnce(&mut Statement), fields: &[&str]) {
    let good = Statement {
        id: "insured".into(),
        name: "参保证明".into(),
        department: "civil".into(),
        text: "兹证明{name}参保。".into(),
        columns: vec![Column {
            id: "month".to_owned(),
            name: "月份".into(),
            kind: ColumnKind::Month,
            optional: false,
        }],
        source: StatementSource::Records,
        times_a_day: 3,
        records_kept_days: 40,
    };
    let places: Vec<String> =
        fields.iter().map(|field| format!("hall[0].statement[0].{field}")).collect();
    main_hall(
        |hall| {
            hall.statements = vec![good];
            spoil(&mut hall.statements[0]);
        },
        &places.iter().map(String::as_str).collect::<Vec<_>>(),
    );
}

#[test]
fn a_statement_can_be_filled_and_printed() {
    let service = |address: &str| StatementSource::Service(address.to_owned());
    statement(|_| {}, &[]);
    statement(|one| one.source = service("https://hr.example/api/statement"), &[]);
    statement(|one| one.source = service("http://127.0.0.1:8080/"), &[]);
    statement(|one| one.source = service("hr.example"), &["source.service"]);
    statement(|one| one.source = service("https://user:word@hr.example/"), &["source.service"]);
    statement(|one| one.department = "none".into(), &["department"]);
    statement(|one| one.text = Text::default(), &["text"]);
    statement(|one| one.times_a_day = 0, &["times_a_day"]);
    statement(|one| one.records_kept_days = 0, &["records_kept_days"]);
    statement(|one| one.columns.clear(), &["column"]);
    statement(
        |one| one.columns = vec![one.columns[0].clone(); 9],
        &[
            "column",
            "column[1].id",
            "column[2].id",
            "column[3].id",
            "column[4].id",
            "column[5].id",
            "column[6].id",
            "column[7].id",
            "column[8].id",
        ],
    );
    for id in ["", "Month", "name", "number", "月份"] {
        statement(|one| one.columns[0].id = id.to_owned(), &["column[0].id"]);
    }
    main_hall(|hall| hall.self_print.pages_of_kiosk = 0, &["hall[0].self_print.pages_of_kiosk"]);
}

#[test]
fn a_document_printer_has_an_address_of_ipp() {
    for (address, fits) in [
        ("ipp://10.0.0.9:631/ipp/print", true),
        ("ipp://printer.local/ipp/print", true),
        ("ipps://[fe80::1]:631/ipp/print", true),
        ("ipp://localhost/printers/A4", true),
        ("10.0.0.9:9100", false),
        ("http://10.0.0.9:631/ipp/print", false),
        ("ipp://", false),
        ("ipp://10.0.0.9:0/", false),
        ("ipp://a b/", false),
    ] {
        let printer = DocumentPrinter::Ipp(IppPrinter::new(address.to_owned()));
        let place: &[&str] =
            if fits { &[] } else { &["hall[0].kiosk[0].document_printer.address"] };
        main_hall(|hall| hall.kiosks[0].document_printer = Some(printer), place);
    }
}
