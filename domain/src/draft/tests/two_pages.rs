//! Two pages that write at once over a bad network.

use std::collections::{BTreeMap, VecDeque};

use proptest::prelude::*;
use uuid::Uuid;

use super::super::replica::{Replica, Sending, Told};
use super::super::{SharedValues, Write, Writer};
use super::{clerk, form};
use crate::form::{FieldValue, Values};
use crate::ids::FieldId;

/// What travels to a page.
#[derive(Debug, Clone)]
enum Message {
    Value(Told),
    Kept(u64),
    /// All of the draft, on a connection that goes on.
    Everything(u64, Vec<Told>),
}

struct Page {
    replica: Replica,
    me: Writer,
    connected: bool,
    up: VecDeque<Sending>,
    down: VecDeque<Message>,
}

/// A server with what it has kept, and two pages.
struct World {
    server: SharedValues,
    kept: SharedValues,
    pages: [Page; 2],
    requests: u128,
    /// What was written and no longer stands.
    displaced: Vec<FieldValue>,
}

impl World {
    /// The second page is a helper's, or the applicant's on another device.
    fn new(helped: bool) -> Self {
        let page = |me: Writer| Page {
            replica: Replica::default(),
            me,
            connected: false,
            up: VecDeque::new(),
            down: VecDeque::new(),
        };
        let other = if helped { Writer::Helper(clerk()) } else { Writer::Applicant };
        Self {
            server: SharedValues::default(),
            kept: SharedValues::default(),
            pages: [page(Writer::Applicant), page(other)],
            requests: 0,
            displaced: Vec::new(),
        }
    }

    fn request(&mut self) -> Uuid {
        self.requests += 1;
        Uuid::from_u128(self.requests)
    }

    /// All that the server has. As it does, it keeps it before it tells it.
    fn everything(&mut self) -> (u64, Vec<Told>) {
        self.keep();
        let told = self.server.entries().iter().map(|(field, entry)| Told {
            field: field.clone(),
            value: entry.value.clone(),
            version: entry.version,
            by: entry.by.clone(),
            request: None,
        });
        (self.server.version(), told.collect())
    }

    fn connect(&mut self, who: usize) {
        let (version, told) = self.everything();
        let mut next = self.requests;
        let page = &mut self.pages[who];
        page.up.clear();
        page.down.clear();
        let found = page.replica.connected(&form(), version, told, || {
            next += 1;
            Uuid::from_u128(next)
        });
        page.up.extend(found.sending);
        page.connected = true;
        self.requests = next;
    }

    /// Tells a page all of the draft. Values that were written before may be told after it, since
    /// they still wait in the server; what was told in the same way before comes first.
    fn tell_everything(&mut self, who: usize, before: usize) {
        if !self.pages[who].connected {
            return;
        }
        let (version, told) = self.everything();
        let down = &mut self.pages[who].down;
        let is_same = |message: &Message| matches!(message, Message::Everything(..));
        let first = down.iter().rposition(is_same).map_or(0, |at| at + 1);
        let place = first.max(down.len().saturating_sub(before));
        down.insert(place, Message::Everything(version, told));
    }

    fn cut(&mut self, who: usize) {
        let page = &mut self.pages[who];
        page.connected = false;
        page.up.clear();
        page.down.clear();
    }

    fn kill(&mut self) {
        self.server = SharedValues::new(self.kept.version(), self.kept.entries().clone());
        self.cut(0);
        self.cut(1);
    }

    fn keep(&mut self) {
        self.kept = self.server.clone();
        for page in self.pages.iter_mut().filter(|page| page.connected) {
            page.down.push_back(Message::Kept(self.kept.version()));
        }
    }

    fn types(&mut self, who: usize, field: usize, at: usize, text: &str) {
        let id = FieldId::from(["a", "b", "c"][field]);
        let shown = self.pages[who].replica.shown(&id);
        let value = match field {
            2 => in_table(shown, at, text),
            _ => FieldValue::Text(spliced(shown.text().unwrap_or_default(), at, text)),
        };
        self.writes(who, &id, value);
    }

    fn writes(&mut self, who: usize, id: &FieldId, value: FieldValue) {
        let request = self.request();
        let page = &mut self.pages[who];
        if let Some(sending) = page.replica.typed(id, value, request)
            && page.connected
        {
            page.up.push_back(sending);
        }
    }

    fn deliver_up(&mut self, who: usize) {
        let Some(sending) = self.pages[who].up.pop_front() else { return };
        let by = self.pages[who].me.clone();
        let form = form();
        let write = Write {
            request: sending.request,
            field: sending.field.clone(),
            value: sending.value,
            base: Some(sending.base),
            by: by.clone(),
            at: 1,
        };
        let written = self.server.write(form.field(&sending.field).unwrap(), write);
        self.displaced.extend(written.displaced);
        for (other, page) in self.pages.iter_mut().enumerate().filter(|(_, page)| page.connected) {
            page.down.push_back(Message::Value(Told {
                field: sending.field.clone(),
                value: written.value.clone(),
                version: written.version,
                by: by.clone(),
                request: (other == who).then_some(sending.request),
            }));
        }
    }

    fn deliver_down(&mut self, who: usize) {
        let Some(message) = self.pages[who].down.pop_front() else { return };
        let request = self.request();
        let page = &mut self.pages[who];
        match message {
            Message::Value(told) => {
                if let Some(sending) = page.replica.told(told, request) {
                    page.up.push_back(sending);
                }
            }
            Message::Kept(version) => page.replica.kept(version),
            Message::Everything(version, told) => {
                page.replica.told_everything(&form(), version, told);
            }
        }
    }

    fn does(&mut self, step: Step) {
        match step {
            Step::Type(who, field, at, text) => self.types(who, field, at, &text),
            Step::Up(who) => self.deliver_up(who),
            Step::Down(who) => self.deliver_down(who),
            Step::Cut(who) => self.cut(who),
            Step::Connect(who) => {
                if !self.pages[who].connected {
                    self.connect(who);
                }
            }
            Step::Everything(who, before) => self.tell_everything(who, before),
            Step::Keep => self.keep(),
            Step::Kill => self.kill(),
        }
    }

    /// The network is good again, and everything arrives.
    fn settle(&mut self) {
        for who in 0..2 {
            if !self.pages[who].connected {
                self.connect(who);
            }
        }
        for _ in 0..500 {
            for who in 0..2 {
                self.deliver_up(who);
                self.deliver_down(who);
            }
            self.keep_if_changed();
        }
    }

    fn keep_if_changed(&mut self) {
        if self.kept.version() < self.server.version() {
            self.keep();
        }
    }
}

/// A text with something written into it, or without its end.
fn spliced(text: &str, at: usize, written: &str) -> String {
    let mut text: Vec<char> = text.chars().collect();
    let at = at.min(text.len());
    if written.is_empty() {
        text.truncate(at);
    } else {
        text.splice(at..at, written.chars());
    }
    text.into_iter().collect()
}

/// A table with something written into one of its first two rows, or with one row.
fn in_table(shown: FieldValue, at: usize, written: &str) -> FieldValue {
    let mut rows = rows_of(shown);
    if at == 5 && written.is_empty() {
        rows.truncate(1);
        return FieldValue::Rows(rows);
    }
    while rows.len() <= at % 2 {
        rows.push(BTreeMap::new());
    }
    let column = if at.is_multiple_of(3) { "y" } else { "x" };
    let cell = rows[at % 2].entry(column.into()).or_default();
    *cell = FieldValue::Text(spliced(cell.text().unwrap_or_default(), at, written));
    FieldValue::Rows(rows)
}

fn rows_of(table: FieldValue) -> Vec<Values> {
    match table {
        FieldValue::Rows(rows) => rows,
        _ => Vec::new(),
    }
}

#[derive(Debug, Clone)]
enum Step {
    Type(usize, usize, usize, String),
    Up(usize),
    Down(usize),
    Cut(usize),
    Connect(usize),
    Everything(usize, usize),
    Keep,
    Kill,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (0usize..2, 0usize..3, 0usize..6, "[a-z]{0,2}").prop_map(|(who, field, at, text)| Step::Type(who, field, at, text)),
        5 => (0usize..2).prop_map(Step::Up),
        5 => (0usize..2).prop_map(Step::Down),
        1 => (0usize..2).prop_map(Step::Cut),
        2 => (0usize..2).prop_map(Step::Connect),
        2 => (0usize..2, 0usize..4).prop_map(|(who, before)| Step::Everything(who, before)),
        2 => Just(Step::Keep),
        1 => Just(Step::Kill),
    ]
}

fn without_empty(values: Values) -> Values {
    values.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    /// Whatever is typed, lost, cut, kept and killed: in the end both pages and what is kept
    /// are alike, and nothing is still on its way.
    #[test]
    fn both_sides_and_the_rows_are_alike_in_the_end(helped: bool, steps in proptest::collection::vec(step(), 0..60)) {
        let mut world = World::new(helped);
        for step in steps {
            world.does(step);
        }
        world.settle();
        let rows = without_empty(world.kept.values());
        prop_assert_eq!(&without_empty(world.server.values()), &rows);
        for page in &world.pages {
            prop_assert_eq!(&page.replica.values(), &rows);
            prop_assert!(page.replica.is_kept());
        }
    }

    /// What one person types alone is there in the end, whatever happens to the network and
    /// the server.
    #[test]
    fn nobody_loses_what_they_typed_alone(
        helped: bool,
        steps in proptest::collection::vec(step(), 0..60),
        last in "[a-z]{1,9}",
    ) {
        let mut world = World::new(helped);
        for step in steps {
            world.does(match step {
                Step::Type(_, _, at, text) => Step::Type(0, 0, at, text),
                step => step,
            });
        }
        world.types(0, 0, usize::MAX, &last);
        let typed = world.pages[0].replica.shown(&"a".into());
        world.settle();
        prop_assert_eq!(world.kept.values().remove(&FieldId::from("a")), Some(typed));
    }

    /// Two who each write in a row of their own lose no letter, and nothing is displaced.
    #[test]
    fn each_keeps_their_own_row(helped: bool, steps in proptest::collection::vec(step(), 0..60)) {
        let mut world = World::new(helped);
        world.settle();
        let table = FieldId::from("c");
        let named = |name: &str| Values::from([(FieldId::from("x"), name.into())]);
        world.writes(0, &table, FieldValue::Rows(vec![named("甲"), named("乙")]));
        world.settle();
        let mut last = ["甲".to_owned(), "乙".to_owned()];
        for step in steps {
            match step {
                Step::Type(who, _, at, text) => {
                    let mut rows = rows_of(world.pages[who].replica.shown(&table));
                    let cell = rows[who].entry("x".into()).or_default();
                    last[who] = spliced(cell.text().unwrap_or_default(), at, &text);
                    *cell = last[who].as_str().into();
                    world.writes(who, &table, FieldValue::Rows(rows));
                }
                // Whoever lost the connection is told what nobody can join: as above.
                Step::Cut(_) | Step::Kill => {}
                step => world.does(step),
            }
        }
        world.settle();
        prop_assert!(world.displaced.is_empty(), "{:?}", world.displaced);
        let rows = rows_of(world.kept.values().remove(&table).unwrap_or_default());
        for (row, last) in rows.iter().zip(&last) {
            prop_assert_eq!(row.get(&FieldId::from("x")).and_then(FieldValue::text), Some(last.as_str()));
        }
    }
}
