//! What can be done in a hall, and the search for it.

use jiban_domain::Text;
use jiban_domain::case::{Subject, plan::plan};
use jiban_domain::setup::{Bundle, Hall, Matter, Setup};

use crate::pinyin;

/// The filter of the list.
#[derive(Debug, Clone, Default)]
pub struct GuideFilter {
    /// The search text.
    pub query: String,
    /// The id of a line.
    pub line: Option<String>,
    /// The id of a department.
    pub department: Option<String>,
    /// The Chinese name of a life event.
    pub event: Option<String>,
}

/// A matter or a bundle.
pub(super) enum Offered<'a> {
    Matter(&'a Matter),
    Bundle(&'a Bundle, Vec<&'a Matter>),
}

impl<'a> Offered<'a> {
    pub(super) fn all(hall: &'a Hall) -> Vec<Self> {
        let bundle_offer = |bundle| Self::Bundle(bundle, hall.matters_of(bundle).collect());
        let bundles = hall.bundles.iter().map(bundle_offer);
        bundles.chain(hall.matters.iter().map(Self::Matter)).collect()
    }

    pub(super) fn id(&self) -> &'a str {
        match self {
            Self::Matter(matter) => matter.id.as_str(),
            Self::Bundle(bundle, _) => bundle.id.as_str(),
        }
    }

    pub(super) fn name(&self) -> &'a Text {
        match self {
            Self::Matter(matter) => &matter.name,
            Self::Bundle(bundle, _) => &bundle.name,
        }
    }

    pub(super) fn matters(&self) -> Vec<&'a Matter> {
        match self {
            Self::Matter(matter) => vec![matter],
            Self::Bundle(_, parts) => parts.clone(),
        }
    }

    pub(super) fn life_events(&self) -> &'a [Text] {
        match self {
            Self::Matter(matter) => &matter.life_events,
            Self::Bundle(bundle, _) => &bundle.life_events,
        }
    }

    /// The departments that decide it, each once.
    pub(super) fn departments(&self, setup: &Setup) -> Vec<(String, Text)> {
        let mut found: Vec<(String, Text)> = Vec::new();
        for matter in self.matters() {
            let id = matter.department.as_str();
            if !found.iter().any(|(known, _)| known == id) {
                found.push((id.to_owned(), setup.department_name(&matter.department)));
            }
        }
        found
    }

    /// How well it matches the search text, the smaller the better.
    pub(super) fn rank(&self, setup: &Setup, query: &str) -> Option<u8> {
        let query = query.trim().to_lowercase();
        if query.is_empty() {
            return Some(0);
        }
        let name = self.name();
        let zh = name.zh.to_lowercase();
        if zh.starts_with(&query) {
            return Some(0);
        }
        if zh.contains(&query) {
            return Some(1);
        }
        if query.is_ascii() && query.bytes().any(|letter| letter.is_ascii_alphanumeric()) {
            match jiban_domain::pinyin::find(&pinyin::spelling(&name.zh), &query) {
                Some(0) => return Some(2),
                Some(_) => return Some(3),
                None => {}
            }
        }
        let begins_a_word = |text: &str| {
            let text = text.to_lowercase();
            text.match_indices(&query)
                .any(|(at, _)| !text[..at].ends_with(|before: char| before.is_ascii_alphanumeric()))
        };
        if begins_a_word(&name.en) {
            return Some(4);
        }
        // 食品许可 also finds 食品经营许可.
        let mut rest = zh.chars();
        if !query.is_ascii() && query.chars().all(|wanted| rest.any(|letter| letter == wanted)) {
            return Some(5);
        }
        let beside = self.life_events().iter().cloned();
        let beside = beside.chain(self.departments(setup).into_iter().map(|(_, name)| name));
        let mut beside = beside.chain(self.matters().into_iter().map(|one| one.name.clone()));
        beside
            .any(|text| text.zh.to_lowercase().contains(&query) || begins_a_word(&text.en))
            .then_some(6)
    }

    pub(super) fn matches(&self, filter: &GuideFilter) -> bool {
        let line = filter
            .line
            .as_ref()
            .is_none_or(|line| self.matters().iter().any(|matter| matter.line.as_str() == line));
        let department = filter.department.as_ref().is_none_or(|department| {
            self.matters().iter().any(|matter| matter.department.as_str() == department)
        });
        let event = filter
            .event
            .as_ref()
            .is_none_or(|event| self.life_events().iter().any(|known| known.zh == *event));
        line && department && event
    }

    pub(super) fn promised_days(&self, hall: &Hall) -> u16 {
        match self {
            Self::Matter(matter) => matter.promised_days,
            Self::Bundle(bundle, _) => plan(hall, &Subject::Bundle(bundle.id.clone()))
                .map(|plan| plan.promised_days)
                .unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hall_file::{DEMO, read};

    fn found(query: &str) -> Vec<String> {
        let setup = read(DEMO).unwrap();
        let hall = &setup.halls[0];
        let mut found: Vec<_> = Offered::all(hall)
            .into_iter()
            .filter_map(|one| Some((one.rank(&setup, query)?, one.name().zh.clone())))
            .collect();
        found.sort_by_key(|(rank, _)| *rank);
        found.into_iter().map(|(_, name)| name).collect()
    }

    #[test]
    fn food_is_found_by_letters_by_sound_and_by_name() {
        for query in ["sp", "shipin", "食品", "SP", "ship", "food", "食品许可", " 食品 "] {
            assert!(found(query)[0].starts_with("食品"), "{query}: {:?}", found(query));
        }
        assert!(found("没有这样的").is_empty());
        assert!(found("' OR 1=1 --").is_empty());
        assert_eq!(found("").len(), found("  ").len());
    }

    #[test]
    fn a_bundle_is_found_by_its_matters_and_its_life_event() {
        let filter = |query: &str| found(query).iter().any(|name| name.contains("一件事"));
        assert!(filter("餐饮") && filter("招牌"));
    }
}
