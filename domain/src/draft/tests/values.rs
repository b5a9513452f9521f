//! The values of a draft in the server's order.

use serde_json::json;
use uuid::Uuid;

use super::super::{SharedValues, Write, Writer, Written};
use super::{clerk, form};
use crate::form::FieldValue;
use crate::ids::FieldId;

fn write_value(field: &str, value: FieldValue, base: Option<u64>, by: Writer) -> Write {
    Write { request: Uuid::new_v4(), field: field.into(), value, base, by, at: 1 }
}

fn write(field: &str, value: &str, base: Option<u64>, by: Writer) -> Write {
    write_value(field, value.into(), base, by)
}

fn helper() -> Writer {
    Writer::Helper(clerk())
}

impl SharedValues {
    fn take(&mut self, write: Write) -> Written {
        let form = form();
        self.write(form.field(&write.field).unwrap(), write)
    }
}

#[test]
fn two_who_write_in_one_field_keep_both_or_are_told() {
    let mut shared = SharedValues::default();
    let first = shared.take(write("a", "建设路1号", Some(0), Writer::Applicant)).version;
    shared.take(write("a", "建设路1号院", Some(first), Writer::Applicant));
    let joined = shared.take(write("a", "中原区建设路1号", Some(first), helper()));
    assert_eq!((joined.value, joined.displaced), ("中原区建设路1号院".into(), None));
    let seen = joined.version;
    shared.take(write("a", "一整句话", Some(seen), Writer::Applicant));
    let later = shared.take(write("a", "另一整句", Some(seen), helper()));
    assert_eq!((later.value, later.displaced), ("另一整句".into(), Some("一整句话".into())));
    // Somebody whose program does not say what it saw replaces it.
    let plain = shared.take(write("a", "第三句", None, Writer::Applicant));
    assert_eq!((plain.value, plain.displaced), ("第三句".into(), None));
}

#[test]
fn two_days_never_become_a_third() {
    let mut shared = SharedValues::default();
    let first = shared.take(write("b", "2026-01-02", Some(0), Writer::Applicant)).version;
    shared.take(write("b", "2026-03-02", Some(first), Writer::Applicant));
    let later = shared.take(write("b", "2026-01-12", Some(first), helper()));
    assert_eq!((later.value, later.displaced), ("2026-01-12".into(), Some("2026-03-02".into())));
}

#[test]
fn two_who_write_in_one_table_keep_each_others_cells() {
    let rows = |names: [&str; 2]| -> FieldValue {
        serde_json::from_value(json!([{ "x": names[0] }, { "x": names[1] }])).unwrap()
    };
    let mut shared = SharedValues::default();
    let seen =
        shared.take(write_value("c", rows(["张", "李"]), Some(0), Writer::Applicant)).version;
    shared.take(write_value("c", rows(["张伟", "李"]), Some(seen), Writer::Applicant));
    let joined = shared.take(write_value("c", rows(["张", "李雷"]), Some(seen), helper()));
    assert_eq!((joined.value, joined.displaced), (rows(["张伟", "李雷"]), None));
}

#[test]
fn a_repeated_write_changes_nothing() {
    let mut shared = SharedValues::default();
    let once = write("a", "甲", None, Writer::Applicant);
    let first = shared.take(once.clone());
    shared.take(write("a", "乙", None, Writer::Applicant));
    let again = shared.take(once);
    assert!(again.repeated && again.version == first.version);
    assert_eq!(shared.values()[&FieldId::from("a")], "乙".into());
}

#[test]
fn what_is_remembered_is_bounded_in_bytes_the_oldest_first() {
    // What another writes on what was there before so much, and then so much again.
    let late = |times: usize, bytes: usize| {
        let mut shared = SharedValues::default();
        let first = shared.take(write("a", "建设路", Some(0), Writer::Applicant)).version;
        shared.take(write("a", "建设路1号", Some(first), Writer::Applicant));
        for time in 0..times {
            let text = format!("{time}{}", "x".repeat(bytes));
            shared.take(write("b", &text, None, Writer::Applicant));
        }
        shared.take(write("a", "中原区建设路", Some(first), helper()))
    };
    assert_eq!(late(400, 100).value, "中原区建设路1号".into(), "small ones are all there");
    assert_eq!(late(4, 60_000).value, "中原区建设路1号".into(), "so are some large ones");
    let forgotten = late(7, 60_000);
    assert_eq!(forgotten.displaced, Some("建设路1号".into()), "more than 256 KB in all");
    assert_eq!(late(700, 100).displaced, Some("建设路1号".into()), "nor more than 600");
}
