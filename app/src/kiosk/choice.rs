//! What a list offers: a matter, or several handled as one.

use jiban_domain::setup::Handling;
use jiban_domain::{DepartmentId, LineId, MatterId, Text};
use leptos::prelude::Get as _;

use super::known::Known;
use super::scene::{Purpose, Screen, Shelf};
use crate::api::kiosk::{KioskBundle, KioskMatter};

/// A row of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: Text,
    /// Its pinyin, a gap between syllables.
    pub spelling: String,
    /// Which of the two.
    pub kind: Kind,
}

/// A matter or a bundle.
#[allow(missing_docs)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Matter { handling: Handling, self_service: bool },
    Bundle,
}

impl From<&KioskMatter> for Choice {
    fn from(known: &KioskMatter) -> Self {
        let KioskMatter { matter, spelling, .. } = known;
        Self {
            id: matter.id.to_string(),
            name: matter.name.clone(),
            spelling: spelling.clone(),
            kind: Kind::Matter { handling: matter.handling, self_service: matter.self_service },
        }
    }
}

impl From<&KioskBundle> for Choice {
    fn from(bundle: &KioskBundle) -> Self {
        Self {
            id: bundle.id.to_string(),
            name: bundle.name.clone(),
            spelling: bundle.spelling.clone(),
            kind: Kind::Bundle,
        }
    }
}

impl Choice {
    /// Where it leads. A bundle is read first: its guide says what a number is
    /// taken for.
    pub fn screen(&self, purpose: Purpose) -> Screen {
        match (purpose, self.kind) {
            (Purpose::Take, Kind::Matter { .. }) => Screen::Guide(MatterId::from(self.id.as_str())),
            _ => Screen::Reading(self.id.clone()),
        }
    }
}

/// What of the hall stands in a list; bundles first.
pub enum Of<'a> {
    /// All of it.
    All,
    /// A line's. Numbers are taken for matters: bundles stand there for readers.
    Line(&'a LineId, Purpose),
    /// A shelf's.
    Shelf(&'a Shelf),
}

impl Of<'_> {
    fn has(&self, lines: &[LineId], departments: &[DepartmentId], events: &[Text]) -> bool {
        match self {
            Self::All => true,
            Self::Line(line, _) => lines.contains(line),
            Self::Shelf(Shelf::Department(id, _)) => departments.contains(id),
            Self::Shelf(Shelf::LifeEvent(event)) => events.contains(event),
        }
    }

    /// The rows, reactive.
    pub fn choices(&self, known: Known) -> Vec<Choice> {
        let matters = known.matters.get();
        let bundles = known.bundles.get();
        self.among(&bundles, &matters)
    }

    /// The rows.
    pub fn among(&self, bundles: &[KioskBundle], matters: &[KioskMatter]) -> Vec<Choice> {
        let with_bundles = !matches!(self, Self::Line(_, Purpose::Take));
        let bundles = bundles
            .iter()
            .filter(|one| with_bundles && self.has(&one.lines, &one.departments, &one.life_events))
            .map(Choice::from);
        let matters = matters
            .iter()
            .filter(|KioskMatter { matter, .. }| {
                let line = std::slice::from_ref(&matter.line);
                let department = std::slice::from_ref(&matter.department);
                self.has(line, department, &matter.life_events)
            })
            .map(Choice::from);
        bundles.chain(matters).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bundle_is_read_and_a_number_taken_for_a_matter() {
        let matter: KioskMatter = serde_json::from_value(serde_json::json!({
            "id": "food-permit", "name": "食品经营许可", "line": "B", "department": "market",
            "initials": "SPJYXK",
        }))
        .unwrap();
        let bundle: KioskBundle = serde_json::from_value(serde_json::json!({
            "id": "open-restaurant", "name": "开餐馆", "departments": ["market"], "lines": ["B"],
        }))
        .unwrap();
        let ids = |of: Of<'_>| -> Vec<String> {
            let rows = of.among(std::slice::from_ref(&bundle), std::slice::from_ref(&matter));
            rows.into_iter().map(|row| row.id).collect()
        };
        let line = LineId::from("B");
        assert_eq!(ids(Of::Line(&line, Purpose::Take)), ["food-permit"]);
        assert_eq!(ids(Of::Line(&line, Purpose::Read)), ["open-restaurant", "food-permit"]);
        assert!(ids(Of::Line(&"A".into(), Purpose::Read)).is_empty());
        let row = Choice::from(&bundle);
        assert_eq!(row.screen(Purpose::Take), Screen::Reading("open-restaurant".into()));
        let row = Choice::from(&matter);
        assert_eq!(row.screen(Purpose::Take), Screen::Guide("food-permit".into()));
        assert_eq!(row.screen(Purpose::Read), Screen::Reading("food-permit".into()));
    }
}
