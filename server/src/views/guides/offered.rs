//! What can be done in a hall, and the search for it.

use jiban_domain::Text;
use jiban_domain::case::{Subject, plan::plan};
use jiban_domain::search::{Term, TermKind};
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

    fn aliases(&self) -> &'a [String] {
        match self {
            Self::Matter(matter) => &matter.aliases,
            Self::Bundle(bundle, _) => &bundle.aliases,
        }
    }

    /// The words by which it is found.
    pub(super) fn terms(&self, setup: &Setup) -> Vec<Term> {
        let mut terms = both(TermKind::Name, self.name());
        terms.extend(self.aliases().iter().map(|alias| term(TermKind::Alias, alias)));
        if let Self::Matter(matter) = self {
            terms.extend(both(TermKind::Result, &matter.result));
        }
        terms.extend(self.life_events().iter().flat_map(|event| both(TermKind::Beside, event)));
        for (_, department) in self.departments(setup) {
            terms.extend(both(TermKind::Beside, &department));
        }
        if let Self::Bundle(_, parts) = self {
            terms.extend(parts.iter().flat_map(|part| both(TermKind::Beside, &part.name)));
        }
        terms
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

fn term(kind: TermKind, text: &str) -> Term {
    Term::new(kind, text, pinyin::spelling(text))
}

/// A text in its languages.
fn both(kind: TermKind, text: &Text) -> Vec<Term> {
    let mut terms = vec![term(kind, &text.zh)];
    if text.en != text.zh {
        terms.push(term(kind, &text.en));
    }
    terms
}
