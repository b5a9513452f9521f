//! How much of a long list is here. It comes in pages, each beginning where the
//! one before it ends; when something changed, only the pages one looks at are
//! asked for anew.

use std::cmp::Ordering;
use std::collections::HashSet;

use crate::api::office::{StepShown, Steps};

/// Rows below the last one in view for which the next page is fetched ahead.
const AHEAD: usize = 30;

#[derive(Debug, Clone, PartialEq)]
struct Page {
    /// Where it begins: behind the place an answer told; none is the start.
    after: Option<String>,
    steps: Vec<StepShown>,
    next: Option<String>,
    stale: bool,
}

/// The pages fetched so far.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Pages(Vec<Page>);

/// A page to ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wanted {
    /// Which.
    pub(super) index: usize,
    /// Where it begins.
    pub(super) after: Option<String>,
}

impl Pages {
    /// Whether nothing has come yet.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether there are more than are here.
    pub(super) fn goes_on(&self) -> bool {
        self.0.last().is_some_and(|page| page.next.is_some())
    }

    /// All rows. A step that moved between two answers stands where the first
    /// of them has it.
    pub(super) fn rows(&self) -> Vec<StepShown> {
        let mut seen = HashSet::new();
        let steps = self.0.iter().flat_map(|page| &page.steps);
        steps.filter(|step| seen.insert(step.id)).cloned().collect()
    }

    /// Something changed: no page is surely right any more.
    pub(super) fn age(&mut self) {
        for page in &mut self.0 {
            page.stale = true;
        }
    }

    /// What to ask for next while the rows from `first` to `last` are in view.
    pub(super) fn wanted(&self, first: usize, last: usize) -> Option<Wanted> {
        let mut begins = 0;
        for (index, page) in self.0.iter().enumerate() {
            let ends = begins + page.steps.len();
            let in_view = begins <= last && first <= ends;
            if page.stale && (in_view || index == 0) {
                return Some(Wanted { index, after: page.after.clone() });
            }
            begins = ends;
        }
        match self.0.last() {
            None => Some(Wanted { index: 0, after: None }),
            Some(end) => end
                .next
                .clone()
                .filter(|_| last + AHEAD >= begins)
                .map(|next| Wanted { index: self.0.len(), after: Some(next) }),
        }
    }

    /// Puts an answer in its place.
    pub(super) fn put(&mut self, wanted: Wanted, answer: Steps) {
        let Wanted { index, after } = wanted;
        let page = Page { after, steps: answer.steps, next: answer.next, stale: false };
        let next = page.next.clone();
        match index.cmp(&self.0.len()) {
            Ordering::Less => self.0[index] = page,
            Ordering::Equal => self.0.push(page),
            Ordering::Greater => return,
        }
        match next {
            None => self.0.truncate(index + 1),
            Some(next) => {
                if let Some(following) = self.0.get_mut(index + 1)
                    && following.after.as_deref() != Some(next.as_str())
                {
                    following.after = Some(next);
                    following.stale = true;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use jiban_domain::CaseId;
    use jiban_domain::case::{Colour, StepRef, StepState};

    use super::*;

    fn step(id: i64) -> StepShown {
        StepShown {
            id: StepRef { case: CaseId(id), step: 1 },
            case: CaseId(id),
            number: String::new(),
            matter: "m".into(),
            matter_name: "m".into(),
            case_name: "m".into(),
            step: "s".into(),
            department: "d".into(),
            department_name: "d".into(),
            hall: "h".into(),
            state: StepState::Open,
            reviewer: None,
            mine: false,
            due: None,
            due_provisional: false,
            colour: Colour::Green,
            days_left: 1,
            opened_at: 0,
        }
    }

    /// An answer of `size` steps behind `after`, of a list in which `left` stand.
    fn answer(left: &[i64], after: Option<&str>, size: usize) -> Steps {
        let after: i64 = after.map_or(0, |after| after.parse().unwrap());
        let mut steps: Vec<_> = left.iter().filter(|id| **id > after).map(|id| step(*id)).collect();
        let more = steps.len() > size;
        steps.truncate(size);
        let next = more.then(|| steps.last().unwrap().id.case.0.to_string());
        Steps { steps, next }
    }

    fn ids(pages: &Pages) -> Vec<i64> {
        pages.rows().iter().map(|step| step.case.0).collect()
    }

    fn read(pages: &mut Pages, left: &[i64], view: (usize, usize)) {
        while let Some(wanted) = pages.wanted(view.0, view.1) {
            let answer = answer(left, wanted.after.as_deref(), 40);
            pages.put(wanted, answer);
        }
    }

    #[test]
    fn only_what_is_looked_at_is_fetched() {
        let all: Vec<i64> = (1..=5000).collect();
        let mut pages = Pages::default();
        read(&mut pages, &all, (0, 9));
        assert_eq!(ids(&pages), (1..=40).collect::<Vec<_>>());
        read(&mut pages, &all, (30, 39));
        assert_eq!(ids(&pages).len(), 80);
    }

    #[test]
    fn what_was_decided_leaves_no_gap_and_no_double() {
        let mut left: Vec<i64> = (1..=200).collect();
        let mut pages = Pages::default();
        read(&mut pages, &left, (0, 170));
        assert_eq!(ids(&pages), left);
        left.retain(|id| id % 7 != 0);
        pages.age();
        read(&mut pages, &left, (0, 170));
        assert_eq!(ids(&pages), left);
    }

    #[test]
    fn a_list_that_became_short_is_short() {
        let mut pages = Pages::default();
        read(&mut pages, &(1..=200).collect::<Vec<_>>(), (0, 150));
        pages.age();
        read(&mut pages, &[3, 5], (100, 110));
        assert_eq!(ids(&pages), [3, 5]);
    }
}
