//! The values of a draft at a page, message by message.

use serde_json::json;
use uuid::Uuid;

use super::super::Writer;
use super::super::replica::{Replica, Sending, Told};
use super::{clerk, form};
use crate::form::FieldValue;
use crate::ids::FieldId;

/// The text field of the form.
const TEXT: &str = "a";
/// The requests of this page.
const FIRST: Uuid = Uuid::from_u128(1);
const SECOND: Uuid = Uuid::from_u128(2);

fn told(value: &str, version: u64, request: Option<Uuid>) -> Told {
    let by = if request.is_some() { Writer::Applicant } else { Writer::Helper(clerk()) };
    Told { field: TEXT.into(), value: value.into(), version, by, request }
}

fn sending(request: Uuid, value: &str, base: u64) -> Sending {
    Sending { request, field: TEXT.into(), value: value.into(), base }
}

impl Replica {
    fn types(&mut self, text: &str, request: Uuid) -> Option<Sending> {
        self.typed(&TEXT.into(), text.into(), request)
    }

    fn text(&self) -> String {
        self.shown(&TEXT.into()).text().unwrap_or_default().to_owned()
    }
}

/// A page that has just been told a text.
fn page(text: &str) -> Replica {
    let mut page = Replica::default();
    let found = page.connected(&form(), 1, [told(text, 1, None)], || FIRST);
    assert_eq!((found.sending, page.text()), (vec![], text.to_owned()));
    page
}

#[test]
fn all_of_a_draft_sends_nothing_again_that_is_on_its_way() {
    let mut page = page("面馆");
    assert_eq!(page.types("老陈面馆", FIRST), Some(sending(FIRST, "老陈面馆", 1)));
    page.types("老陈面馆店", SECOND);
    page.told_everything(&form(), 1, [told("面馆", 1, None)]);
    assert_eq!(page.text(), "老陈面馆店");
    // The server had not taken it yet. What was typed since goes on the version that it got.
    let next = page.told(told("老陈面馆", 2, Some(FIRST)), SECOND);
    assert_eq!(next, Some(sending(SECOND, "老陈面馆店", 2)));
    assert_eq!(page.told(told("老陈面馆店", 3, Some(SECOND)), FIRST), None);
    assert!(!page.is_kept());
    page.kept(3);
    assert!(page.is_kept() && page.text() == "老陈面馆店");
}

#[test]
fn all_of_a_draft_may_have_what_is_told_as_this_pages_own_afterwards() {
    let mut page = page("面馆");
    page.types("老陈面馆", FIRST);
    page.types("老陈面馆店", SECOND);
    // It was taken, together with somebody else's, and that is still to be told.
    page.told_everything(&form(), 3, [told("老陈面馆（总）", 3, None)]);
    assert_eq!(page.text(), "老陈面馆店", "nothing typed is gone for a moment");
    let next = page.told(told("老陈面馆", 2, Some(FIRST)), SECOND);
    // Both wrote at the end of it: the server will tell that one displaces the other.
    assert_eq!(next, Some(sending(SECOND, "老陈面馆店", 3)));
    assert_eq!(page.told(told("老陈面馆（总）", 3, None), FIRST), None);
    assert_eq!(page.text(), "老陈面馆店");
}

#[test]
fn all_of_an_erased_draft_is_nothing() {
    let mut page = page("面馆");
    page.told_everything(&form(), 0, []);
    assert!(page.text().is_empty() && page.values().is_empty() && page.is_kept());
}

#[test]
fn what_is_refused_is_shown_no_longer_and_handed_back() {
    let mut page = page("面馆");
    page.types("老陈面馆", FIRST);
    page.types("老陈面馆店", SECOND);
    assert_eq!(page.refused(SECOND), None, "it was never sent");
    let text = FieldId::from(TEXT);
    assert_eq!(page.refused(FIRST), Some((text, "老陈面馆店".into())), "also what was typed since");
    assert_eq!(page.text(), "面馆");
    assert_eq!(page.refused(FIRST), None, "once");
    // It is not sent after a lost connection either, and the next is.
    let found = page.connected(&form(), 1, [told("面馆", 1, None)], || SECOND);
    assert_eq!((found.sending, found.displaced), (vec![], vec![]));
    assert_eq!(page.types("小面馆", SECOND), Some(sending(SECOND, "小面馆", 1)));
    // Nobody misses what was emptied.
    page.types("", FIRST);
    assert_eq!(page.refused(SECOND), None);
    assert_eq!(page.text(), "面馆");
}

#[test]
fn what_another_wrote_meanwhile_stays_after_a_lost_connection() {
    let mut page = page("面馆");
    page.types("老陈面馆", FIRST);
    // The other's is told and kept while this page's is on its way, where it is lost.
    page.told(told("面馆（总店）", 2, None), SECOND);
    page.kept(2);
    let found = page.connected(&form(), 2, [told("面馆（总店）", 2, None)], || SECOND);
    assert_eq!(page.text(), "老陈面馆（总店）");
    assert_eq!(found.sending, vec![sending(SECOND, "老陈面馆（总店）", 2)]);
}

#[test]
fn a_page_joins_as_the_server_does() {
    let mut page = page("面馆");
    let day: FieldId = "b".into();
    let of_day =
        |value: &str, version, request| Told { field: "b".into(), ..told(value, version, request) };
    page.told(of_day("2026-01-02", 2, None), FIRST);
    page.kept(2);
    page.typed(&day, "2026-01-12".into(), FIRST);
    let found = page.connected(&form(), 3, [of_day("2026-03-02", 3, None)], || SECOND);
    assert_eq!(page.shown(&day), "2026-01-12".into(), "letters of two days make no third");
    assert_eq!(found.displaced, [(day, "2026-03-02".into())]);
    let table: FieldId = "c".into();
    let rows = |rows: serde_json::Value| serde_json::from_value::<FieldValue>(rows).unwrap();
    let of_table = |value, version| Told { field: "c".into(), value, ..told("", version, None) };
    page.told(of_table(rows(json!([{ "x": "张" }])), 4), FIRST);
    page.kept(4);
    page.typed(&table, rows(json!([{ "x": "张伟" }])), FIRST);
    let theirs = of_table(rows(json!([{ "x": "张", "y": "2026-01-02" }])), 5);
    page.connected(&form(), 5, [theirs], || SECOND);
    assert_eq!(page.shown(&table), rows(json!([{ "x": "张伟", "y": "2026-01-02" }])));
}
