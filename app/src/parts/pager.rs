//! A long list that is loaded page by page. Each page begins where the one
//! before it ended; when something changed, only the pages in view are loaded
//! again.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::hash::Hash;

/// The next page is loaded when fewer rows than these follow the last in view.
const ROWS_AHEAD: usize = 30;

#[derive(Debug, Clone, PartialEq)]
struct Page<T> {
    /// The cursor it begins behind; none is the start.
    after: Option<String>,
    rows: Vec<T>,
    next: Option<String>,
    stale: bool,
}

/// The pages loaded so far.
#[derive(Debug, Clone, PartialEq)]
pub struct Pager<T>(Vec<Page<T>>);

/// A page to load.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageRequest {
    index: usize,
    /// The cursor it begins behind; none is the start.
    pub after: Option<String>,
}

impl<T> Default for Pager<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Clone> Pager<T> {
    /// Whether nothing is loaded yet.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the list goes on behind the last page loaded.
    pub fn has_more(&self) -> bool {
        self.0.last().is_some_and(|page| page.next.is_some())
    }

    /// All rows. One that moved between two answers is listed once, at the
    /// first of its places.
    pub fn rows<K: Eq + Hash>(&self, key: impl Fn(&T) -> K) -> Vec<T> {
        let mut seen = HashSet::new();
        let rows = self.0.iter().flat_map(|page| &page.rows);
        rows.filter(|row| seen.insert(key(row))).cloned().collect()
    }

    /// Something changed: every page may be wrong.
    pub fn mark_stale(&mut self) {
        for page in &mut self.0 {
            page.stale = true;
        }
    }

    /// The page to load next while the rows from `first` to `last` are in view.
    pub fn next_request(&self, first: usize, last: usize) -> Option<PageRequest> {
        let mut begins = 0;
        for (index, page) in self.0.iter().enumerate() {
            let ends = begins + page.rows.len();
            let in_view = begins <= last && first <= ends;
            if page.stale && (in_view || index == 0) {
                return Some(PageRequest { index, after: page.after.clone() });
            }
            begins = ends;
        }
        match self.0.last() {
            None => Some(PageRequest { index: 0, after: None }),
            Some(end) => end
                .next
                .clone()
                .filter(|_| last + ROWS_AHEAD >= begins)
                .map(|next| PageRequest { index: self.0.len(), after: Some(next) }),
        }
    }

    /// Stores the answer to a request: its rows, and the cursor of the next page.
    pub fn insert(&mut self, request: PageRequest, rows: Vec<T>, next: Option<String>) {
        let PageRequest { index, after } = request;
        let page = Page { after, rows, next: next.clone(), stale: false };
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
    use super::*;

    /// A page of `size` rows behind `after`, of a list in which `left` remain.
    fn answer(left: &[i64], after: Option<&str>, size: usize) -> (Vec<i64>, Option<String>) {
        let after: i64 = after.map_or(0, |after| after.parse().unwrap());
        let mut rows: Vec<i64> = left.iter().copied().filter(|id| *id > after).collect();
        let more = rows.len() > size;
        rows.truncate(size);
        let next = more.then(|| rows.last().unwrap().to_string());
        (rows, next)
    }

    fn ids(pager: &Pager<i64>) -> Vec<i64> {
        pager.rows(|id| *id)
    }

    fn load(pager: &mut Pager<i64>, left: &[i64], view: (usize, usize)) {
        while let Some(request) = pager.next_request(view.0, view.1) {
            let (rows, next) = answer(left, request.after.as_deref(), 40);
            pager.insert(request, rows, next);
        }
    }

    #[test]
    fn only_what_is_in_view_is_loaded() {
        let all: Vec<i64> = (1..=5000).collect();
        let mut pager = Pager::default();
        load(&mut pager, &all, (0, 9));
        assert_eq!(ids(&pager), (1..=40).collect::<Vec<_>>());
        load(&mut pager, &all, (30, 39));
        assert_eq!(ids(&pager).len(), 80);
    }

    #[test]
    fn rows_that_are_gone_leave_no_gap_and_no_double() {
        let mut left: Vec<i64> = (1..=200).collect();
        let mut pager = Pager::default();
        load(&mut pager, &left, (0, 170));
        assert_eq!(ids(&pager), left);
        left.retain(|id| id % 7 != 0);
        pager.mark_stale();
        load(&mut pager, &left, (0, 170));
        assert_eq!(ids(&pager), left);
    }

    #[test]
    fn a_list_that_became_short_is_short() {
        let mut pager = Pager::default();
        load(&mut pager, &(1..=200).collect::<Vec<_>>(), (0, 150));
        pager.mark_stale();
        load(&mut pager, &[3, 5], (100, 110));
        assert_eq!(ids(&pager), [3, 5]);
    }
}
