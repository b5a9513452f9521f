//! Drafts: their moves, and two pages that write at once over a bad network.

use std::collections::VecDeque;

use jiff::civil::date;
use proptest::prelude::*;
use uuid::Uuid;

use super::replica::{Replica, Sending, Told};
use super::*;
use crate::form::{FieldValue, Values};
use crate::ids::{FieldId, MatterId};

fn now() -> Moment {
    Moment { at: 1_000, day: date(2026, 11, 27) }
}

fn draft() -> Draft {
    Draft::begin(
        Beginning {
            id: DraftId(1),
            token: Token([7; 16]),
            hall: "main".into(),
            subject: Subject::Matter(MatterId::from("food")),
            name: "食品经营许可".into(),
            way: Way::Phone,
            form: "f".to_owned(),
            kept_days: 30,
        },
        now(),
    )
}

fn clerk() -> ClerkId {
    "zhang".into()
}

#[test]
fn a_draft_is_sent_returned_mended_and_cleared() {
    let mut draft = draft();
    assert_eq!(draft.keep_until, date(2026, 12, 27));
    assert_eq!(
        draft.clear(false, &clerk()),
        Err(DraftRefusal::WrongDraftState(DraftState::Filling))
    );
    draft.send(now()).unwrap();
    assert_eq!(draft.send(now()), Err(DraftRefusal::WrongDraftState(DraftState::Sent)));
    assert_eq!(draft.require_writable(), Err(DraftRefusal::NotWritable(DraftState::Sent)));
    assert_eq!(draft.give_back(0, &clerk()), Err(DraftRefusal::RemarkNeeded));
    draft.give_back(1, &clerk()).unwrap();
    draft.require_writable().unwrap();
    draft.send(now()).unwrap();
    draft.clear(true, &clerk()).unwrap();
    assert!(draft.bring_originals && draft.times_sent == 2 && draft.times_returned == 1);
    draft.take_back().unwrap();
    assert_eq!(draft.state, DraftState::Filling);
    draft.receive(CaseId(3), &clerk(), 7, now()).unwrap();
    assert!(draft.proof.kind(|_| Some(7)).is_some() && draft.case == Some(CaseId(3)));
    assert_eq!(draft.withdraw(now()), Err(DraftRefusal::WrongDraftState(DraftState::Received)));
    draft.expire(now());
    assert_eq!(draft.state, DraftState::Received, "what became a case stays so");
}

#[test]
fn files_are_bounded_and_removed_by_name() {
    let mut draft = draft();
    let file = |number: usize, material: &str| DraftFile {
        file: format!("f{number}"),
        material: material.to_owned(),
        at: 1,
        by: None,
        ..DraftFile::default()
    };
    for number in 0..FILES_OF_MATERIAL {
        draft.attach(file(number, "card")).unwrap();
    }
    assert_eq!(draft.attach(file(99, "card")), Err(CaseRefusal::TooManyFiles.into()));
    draft.attach(file(99, "lease")).unwrap();
    draft.detach("f3").unwrap();
    assert_eq!(draft.detach("f3"), Err(CaseRefusal::UnknownFile.into()));
    draft.attach(file(3, "card")).unwrap();
}

fn write(field: &str, value: &str, base: Option<u64>, by: Writer) -> Write {
    Write { request: Uuid::new_v4(), field: field.into(), value: value.into(), base, by, at: 1 }
}

#[test]
fn two_who_write_in_one_field_keep_both_or_are_told() {
    let helper = || Writer::Helper(clerk());
    let mut shared = SharedValues::default();
    let first = shared.write(write("a", "建设路1号", Some(0), Writer::Applicant)).version;
    shared.write(write("a", "建设路1号院", Some(first), Writer::Applicant));
    let joined = shared.write(write("a", "中原区建设路1号", Some(first), helper()));
    assert_eq!((joined.value, joined.displaced), ("中原区建设路1号院".into(), None));
    let seen = joined.version;
    shared.write(write("a", "一整句话", Some(seen), Writer::Applicant));
    let later = shared.write(write("a", "另一整句", Some(seen), helper()));
    assert_eq!((later.value, later.displaced), ("另一整句".into(), Some("一整句话".into())));
    // Somebody whose program does not say what it saw replaces it.
    let plain = shared.write(write("a", "第三句", None, Writer::Applicant));
    assert_eq!((plain.value, plain.displaced), ("第三句".into(), None));
}

#[test]
fn a_repeated_write_changes_nothing() {
    let mut shared = SharedValues::default();
    let once = write("a", "甲", None, Writer::Applicant);
    let first = shared.write(once.clone());
    shared.write(write("a", "乙", None, Writer::Applicant));
    let again = shared.write(once);
    assert!(again.repeated && again.version == first.version);
    assert_eq!(shared.values()[&FieldId::from("a")], "乙".into());
}

#[test]
fn choices_and_parts_are_joined_each_by_itself() {
    let several = |ids: &[&str]| FieldValue::Several(ids.iter().map(ToString::to_string).collect());
    let joined =
        values::merged(&several(&["a", "b"]), &several(&["b", "c"]), &several(&["a", "b", "d"]));
    assert_eq!(joined, Some(several(&["b", "c", "d"])));
    let parts = |region: &str, detail: &str| {
        FieldValue::Parts(
            [("region".to_owned(), region.to_owned()), ("detail".to_owned(), detail.to_owned())]
                .into(),
        )
    };
    let joined = values::merged(&parts("河南", ""), &parts("河南省", ""), &parts("河南", "1号"));
    assert_eq!(joined, Some(parts("河南省", "1号")));
}

/// What travels to a page.
#[derive(Debug, Clone)]
enum Message {
    Value(Told),
    Kept(u64),
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
        }
    }

    fn request(&mut self) -> Uuid {
        self.requests += 1;
        Uuid::from_u128(self.requests)
    }

    fn connect(&mut self, who: usize) {
        // As the server does: what is told at the beginning is kept first.
        self.keep();
        let told = self.server.entries().iter().map(|(field, entry)| Told {
            field: field.clone(),
            value: entry.value.clone(),
            version: entry.version,
            by: entry.by.clone(),
            request: None,
        });
        let told: Vec<Told> = told.collect();
        let mut next = self.requests;
        let page = &mut self.pages[who];
        page.up.clear();
        page.down.clear();
        let found = page.replica.connected(self.server.version(), told, || {
            next += 1;
            Uuid::from_u128(next)
        });
        page.up.extend(found.sending);
        page.connected = true;
        self.requests = next;
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
        let id = FieldId::from(["a", "b"][field]);
        let page = &self.pages[who];
        let mut value: Vec<char> =
            page.replica.shown(&id).text().unwrap_or_default().chars().collect();
        let at = at.min(value.len());
        if text.is_empty() {
            value.truncate(at);
        } else {
            value.splice(at..at, text.chars());
        }
        let value = FieldValue::Text(value.into_iter().collect());
        let request = self.request();
        let page = &mut self.pages[who];
        if let Some(sending) = page.replica.typed(&id, value, request)
            && page.connected
        {
            page.up.push_back(sending);
        }
    }

    fn deliver_up(&mut self, who: usize) {
        let Some(sending) = self.pages[who].up.pop_front() else { return };
        let by = self.pages[who].me.clone();
        let written = self.server.write(Write {
            request: sending.request,
            field: sending.field.clone(),
            value: sending.value,
            base: Some(sending.base),
            by: by.clone(),
            at: 1,
        });
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

#[derive(Debug, Clone)]
enum Step {
    Type(usize, usize, usize, String),
    Up(usize),
    Down(usize),
    Cut(usize),
    Connect(usize),
    Keep,
    Kill,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (0usize..2, 0usize..2, 0usize..6, "[a-z]{0,2}").prop_map(|(who, field, at, text)| Step::Type(who, field, at, text)),
        5 => (0usize..2).prop_map(Step::Up),
        5 => (0usize..2).prop_map(Step::Down),
        1 => (0usize..2).prop_map(Step::Cut),
        2 => (0usize..2).prop_map(Step::Connect),
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
            match step {
                Step::Type(who, field, at, text) => world.types(who, field, at, &text),
                Step::Up(who) => world.deliver_up(who),
                Step::Down(who) => world.deliver_down(who),
                Step::Cut(who) => world.cut(who),
                Step::Connect(who) => if !world.pages[who].connected { world.connect(who) },
                Step::Keep => world.keep(),
                Step::Kill => world.kill(),
            }
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
            match step {
                Step::Type(_, _, at, text) => world.types(0, 0, at, &text),
                Step::Up(who) => world.deliver_up(who),
                Step::Down(who) => world.deliver_down(who),
                Step::Cut(who) => world.cut(who),
                Step::Connect(who) => if !world.pages[who].connected { world.connect(who) },
                Step::Keep => world.keep(),
                Step::Kill => world.kill(),
            }
        }
        world.types(0, 0, usize::MAX, &last);
        let typed = world.pages[0].replica.shown(&"a".into());
        world.settle();
        prop_assert_eq!(world.kept.values().remove(&FieldId::from("a")), Some(typed));
    }
}
