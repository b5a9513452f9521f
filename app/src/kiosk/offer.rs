//! What a list offers: a matter, or a bundle (several matters handled as one).

use jiban_domain::setup::Handling;
use jiban_domain::{DepartmentId, LineId, MatterId, Text};
use leptos::prelude::Get as _;

use super::hall_snapshot::HallSnapshot;
use super::scene::{GuideCategory, Purpose, Screen};
use crate::api::kiosk::{KioskBundle, KioskMatter};

/// A row of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    pub id: String,
    pub name: Text,
    pub kind: OfferKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfferKind {
    Matter { handling: Handling, self_service: bool },
    Bundle,
}

impl From<&KioskMatter> for Offer {
    fn from(matter: &KioskMatter) -> Self {
        Self {
            id: matter.id.to_string(),
            name: matter.name.clone(),
            kind: OfferKind::Matter {
                handling: matter.handling,
                self_service: matter.self_service,
            },
        }
    }
}

impl From<&KioskBundle> for Offer {
    fn from(bundle: &KioskBundle) -> Self {
        Self { id: bundle.id.to_string(), name: bundle.name.clone(), kind: OfferKind::Bundle }
    }
}

impl Offer {
    /// The screen it leads to. A bundle opens its guide, which says which matter
    /// a number is taken for.
    pub fn screen(&self, purpose: Purpose) -> Screen {
        match (purpose, self.kind) {
            (Purpose::Book, OfferKind::Matter { .. }) => {
                Screen::Book(MatterId::from(self.id.as_str()))
            }
            (Purpose::Take, OfferKind::Matter { .. }) => {
                Screen::Matter(MatterId::from(self.id.as_str()))
            }
            _ => Screen::Guide(self.id.clone()),
        }
    }
}

/// Which of the hall's matters and bundles a list shows.
pub enum OfferFilter<'a> {
    All,
    /// Those of a line. Numbers are taken for matters, so bundles are listed only
    /// for visitors who want to read.
    Line(&'a LineId, Purpose),
    Category(&'a GuideCategory),
}

impl OfferFilter<'_> {
    fn matches(&self, lines: &[LineId], departments: &[DepartmentId], events: &[Text]) -> bool {
        match self {
            Self::All => true,
            Self::Line(line, _) => lines.contains(line),
            Self::Category(GuideCategory::Department(id, _)) => departments.contains(id),
            Self::Category(GuideCategory::LifeEvent(event)) => events.contains(event),
        }
    }

    /// The offers that match, bundles first; reactive.
    pub fn offers(&self, snapshot: HallSnapshot) -> Vec<Offer> {
        let matters = snapshot.matters.get();
        let bundles = snapshot.bundles.get();
        self.among(&bundles, &matters)
    }

    /// The offers among these that match, bundles first.
    pub fn among(&self, bundles: &[KioskBundle], matters: &[KioskMatter]) -> Vec<Offer> {
        let with_bundles =
            matches!(self, Self::Line(_, Purpose::Read) | Self::All | Self::Category(_));
        let bundles = bundles
            .iter()
            .filter(|one| {
                with_bundles && self.matches(&one.lines, &one.departments, &one.life_events)
            })
            .map(Offer::from);
        let matters = matters
            .iter()
            .filter(|matter| {
                let line = std::slice::from_ref(&matter.line);
                let department = std::slice::from_ref(&matter.department);
                self.matches(line, department, &matter.life_events)
            })
            .map(Offer::from);
        bundles.chain(matters).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bundle_opens_its_guide_and_a_number_is_taken_for_a_matter() {
        let matter: KioskMatter = serde_json::from_value(serde_json::json!({
            "id": "food-permit", "name": "食品经营许可", "line": "B", "department": "market",
        }))
        .unwrap();
        let bundle: KioskBundle = serde_json::from_value(serde_json::json!({
            "id": "open-restaurant", "name": "开餐馆", "departments": ["market"], "lines": ["B"],
        }))
        .unwrap();
        let ids = |filter: OfferFilter<'_>| -> Vec<String> {
            let rows = filter.among(std::slice::from_ref(&bundle), std::slice::from_ref(&matter));
            rows.into_iter().map(|row| row.id).collect()
        };
        let line = LineId::from("B");
        assert_eq!(ids(OfferFilter::Line(&line, Purpose::Take)), ["food-permit"]);
        assert_eq!(
            ids(OfferFilter::Line(&line, Purpose::Read)),
            ["open-restaurant", "food-permit"]
        );
        assert!(ids(OfferFilter::Line(&"A".into(), Purpose::Read)).is_empty());
        let row = Offer::from(&bundle);
        assert_eq!(row.screen(Purpose::Take), Screen::Guide("open-restaurant".into()));
        let row = Offer::from(&matter);
        assert_eq!(row.screen(Purpose::Take), Screen::Matter("food-permit".into()));
        assert_eq!(row.screen(Purpose::Read), Screen::Guide("food-permit".into()));
    }
}
