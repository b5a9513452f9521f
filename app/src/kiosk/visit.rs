//! The visitor before the screen: where they are, and all that must be
//! forgotten when they go.

use jiban_domain::ticket::Priority;
use jiban_domain::{Lang, MatterId};
use leptos::prelude::*;
use uuid::Uuid;

use super::choice::Of;
use super::known::Known;
use super::scene::{Purpose, Screen};
use super::shelves::By;
use crate::api::kiosk::Issue;

/// A case that is looked for, as far as it is typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sought {
    /// Its number.
    pub number: String,
    /// The end of the applicant's.
    pub last_four: String,
}

/// One visitor's use of the kiosk.
#[derive(Clone, Copy)]
pub struct Visit {
    /// The screens gone through, the present one last; never empty.
    trail: RwSignal<Vec<Screen>>,
    /// Their language.
    pub lang: RwSignal<Lang>,
    /// Larger type.
    pub large: RwSignal<bool>,
    /// Why they go before others.
    pub priority: RwSignal<Priority>,
    /// They agreed to go on without a slip.
    pub screen_only: RwSignal<bool>,
    /// Letters typed in the search.
    pub typed: RwSignal<String>,
    /// The case that is looked for.
    pub sought: RwSignal<Sought>,
    /// What the guides are ordered by.
    pub guides_by: RwSignal<By>,
    /// Seconds since the last touch, or since something of theirs changed.
    pub quiet: RwSignal<u32>,
}

impl Visit {
    /// A visit that begins at home.
    pub fn new(lang: RwSignal<Lang>) -> Self {
        Self {
            trail: RwSignal::new(vec![Screen::Home]),
            lang,
            large: RwSignal::new(false),
            priority: RwSignal::new(Priority::None),
            screen_only: RwSignal::new(false),
            typed: RwSignal::new(String::new()),
            sought: RwSignal::new(Sought::default()),
            guides_by: RwSignal::new(By::default()),
            quiet: RwSignal::new(0),
        }
    }

    /// The present screen, reactive.
    pub fn screen(self) -> Screen {
        self.trail.with(|trail| trail.last().cloned().unwrap_or(Screen::Home))
    }

    /// Whether nothing was gone to, reactive.
    pub fn at_home(self) -> bool {
        self.trail.with(|trail| trail.as_slice() == [Screen::Home])
    }

    /// Goes on to a screen.
    pub fn go(self, screen: Screen) {
        self.quiet.set(0);
        self.trail.update(|trail| trail.push(screen));
    }

    /// Puts a screen in place of all gone through: there is no way back from it.
    pub fn arrive(self, screen: Screen) {
        self.quiet.set(0);
        self.trail.set(vec![screen]);
    }

    /// The same, with the way back leading home.
    pub fn arrive_from_home(self, screen: Screen) {
        self.quiet.set(0);
        self.trail.set(vec![Screen::Home, screen]);
    }

    /// Goes back one screen.
    pub fn back(self) {
        self.quiet.set(0);
        self.typed_again();
        self.trail.update(|trail| {
            if trail.len() > 1 {
                trail.pop();
            }
        });
    }

    /// Goes home; language and type size stay, for it is the same visitor.
    pub fn home(self) {
        self.typed.set(String::new());
        self.sought.set(Sought::default());
        self.guides_by.set(By::default());
        self.priority.set(Priority::None);
        self.arrive(Screen::Home);
    }

    /// Letters are kept while a result is looked at, not after the search is left.
    fn typed_again(self) {
        if self.trail.with_untracked(|trail| trail.last() == Some(&Screen::Search)) {
            self.typed.set(String::new());
        }
    }

    /// The visitor has gone: nothing of theirs stays.
    pub fn end(self) {
        self.lang.set(Lang::Zh);
        self.large.set(false);
        self.screen_only.set(false);
        self.home();
    }

    /// Asks for a number: one request for one intention, however often the key
    /// is touched, since the first touch leaves the page that has it.
    pub fn take(self, known: Known, matter: MatterId) {
        let asked =
            self.trail.with_untracked(|trail| matches!(trail.last(), Some(Screen::Taking(_))));
        if !asked {
            self.arrive(Screen::Taking(Issue {
                request_id: Uuid::new_v4(),
                kiosk: known.id.get_value(),
                matter,
                priority: self.priority.get_untracked(),
                lang: self.lang.get_untracked(),
                screen_only: self.screen_only.get_untracked(),
            }));
        }
    }

    /// Whether this very request is still waited for.
    pub fn is_taking(self, issue: &Issue) -> bool {
        self.trail.with_untracked(|trail| {
            matches!(trail.last(), Some(Screen::Taking(asked)) if asked.request_id == issue.request_id)
        })
    }

    /// Goes to a line's matters, or straight to the only one.
    pub fn choose_line(self, known: Known, line: &jiban_domain::LineId, purpose: Purpose) {
        match Of::Line(line, purpose).choices(known).as_slice() {
            [only] => self.go(only.screen(purpose)),
            _ => self.go(Screen::Matters(line.clone(), purpose)),
        }
    }
}

/// The visit of the page.
pub fn visit() -> Visit {
    expect_context()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_goes_leaves_nothing_behind() {
        Owner::new().with(|| {
            let visit = Visit::new(RwSignal::new(Lang::Zh));
            visit.lang.set(Lang::En);
            visit.large.set(true);
            visit.screen_only.set(true);
            visit.priority.set(Priority::Ill);
            visit.go(Screen::Search);
            visit.typed.set("SFZ".to_owned());
            visit.sought.update(|sought| sought.last_four = "002X".to_owned());
            visit.quiet.set(30);
            visit.end();
            assert!(visit.at_home());
            assert_eq!(visit.lang.get(), Lang::Zh);
            assert!(!visit.large.get());
            assert!(!visit.screen_only.get());
            assert_eq!(visit.priority.get(), Priority::None);
            assert_eq!(visit.typed.get(), "");
            assert_eq!(visit.sought.get(), Sought::default());
            assert_eq!(visit.quiet.get(), 0);
        });
    }

    #[test]
    fn the_way_back_ends_at_home() {
        Owner::new().with(|| {
            let visit = Visit::new(RwSignal::new(Lang::Zh));
            visit.go(Screen::Guides);
            visit.go(Screen::Matters("A".into(), Purpose::Read));
            visit.back();
            assert_eq!(visit.screen(), Screen::Guides);
            visit.back();
            visit.back();
            assert_eq!(visit.screen(), Screen::Home);
        });
    }

    #[test]
    fn letters_are_kept_while_a_result_is_looked_at() {
        Owner::new().with(|| {
            let visit = Visit::new(RwSignal::new(Lang::Zh));
            visit.go(Screen::Search);
            visit.typed.set("SFZ".to_owned());
            visit.go(Screen::Guide("m".into()));
            visit.back();
            assert_eq!(visit.typed.get(), "SFZ");
            visit.back();
            assert_eq!(visit.typed.get(), "");
        });
    }
}
