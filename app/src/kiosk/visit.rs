//! The visitor at the screen: where they are, and everything that must be
//! forgotten when they leave.

use jiban_domain::ticket::Priority;
use jiban_domain::{KioskId, Lang, LineId, MatterId, Token};
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

use super::hall_snapshot::HallSnapshot;
use super::offer::OfferFilter;
use super::page_memory::PageMemory;
use super::scene::{Purpose, Screen};
use crate::api::kiosk::Issue;
use crate::api::self_print::Leave;
use crate::api::{Refused, ask};

/// The case a visitor searches for, as far as it is typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CaseQuery {
    pub number: String,
    /// The last four characters of the applicant's number.
    pub last_four: String,
}

/// How the index of guides is grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum GuideGrouping {
    /// As numbers are taken.
    #[default]
    Line,
    Department,
    LifeEvent,
}

/// The size of letters in the easy mode.
const LARGE: u8 = 2;
/// The largest of the four sizes.
pub const LARGEST: u8 = 3;

/// One visitor's use of the kiosk.
#[derive(Clone, Copy)]
pub struct Visit {
    /// The screens visited, the current one last; never empty.
    history: RwSignal<Vec<Screen>>,
    /// How many visitors were here before, since the page was loaded.
    pub number: RwSignal<u32>,
    pub lang: RwSignal<Lang>,
    /// How large the letters are: 0 to [`LARGEST`].
    pub size: RwSignal<u8>,
    /// Larger, with few choices on a page, slower and spoken.
    pub easy: RwSignal<bool>,
    pub priority: RwSignal<Priority>,
    /// They agreed to continue without a slip.
    pub screen_only: RwSignal<bool>,
    /// What is typed in the search.
    pub search_text: RwSignal<String>,
    pub case_query: RwSignal<CaseQuery>,
    /// Both, before the last key that may have begun a code: a reader of cards types into
    /// fields too, and what it typed must not stay there.
    before_code: StoredValue<(String, CaseQuery)>,
    pub guide_grouping: RwSignal<GuideGrouping>,
    /// What they may print, at which kiosk.
    pass: StoredValue<Option<(KioskId, Token)>>,
    /// Seconds since the last touch, or since something of theirs changed.
    pub idle_seconds: RwSignal<u32>,
    /// Whether the page still holds something of theirs.
    pub memory: PageMemory,
    /// The kiosk is open in another window.
    pub elsewhere: RwSignal<bool>,
    /// The kiosk is served to its own terminal alone: what the server says to the installer.
    pub kept_out: RwSignal<Option<Refused>>,
}

impl Visit {
    /// A visit that begins at home.
    pub fn new(lang: RwSignal<Lang>) -> Self {
        Self {
            history: RwSignal::new(vec![Screen::Home]),
            number: RwSignal::new(0),
            lang,
            size: RwSignal::new(0),
            easy: RwSignal::new(false),
            priority: RwSignal::new(Priority::None),
            screen_only: RwSignal::new(false),
            search_text: RwSignal::new(String::new()),
            case_query: RwSignal::new(CaseQuery::default()),
            before_code: StoredValue::default(),
            guide_grouping: RwSignal::new(GuideGrouping::default()),
            pass: StoredValue::new(None),
            idle_seconds: RwSignal::new(0),
            memory: PageMemory::new(),
            elsewhere: RwSignal::new(false),
            kept_out: RwSignal::new(None),
        }
    }

    /// The current screen; reactive.
    pub fn screen(self) -> Screen {
        self.history.with(|history| history.last().cloned().unwrap_or(Screen::Home))
    }

    /// Whether the visitor is at home with nothing behind them; reactive.
    pub fn at_home(self) -> bool {
        self.history.with(|history| history.as_slice() == [Screen::Home])
    }

    pub fn go(self, screen: Screen) {
        self.memory.used();
        self.idle_seconds.set(0);
        self.history.update(|history| history.push(screen));
    }

    /// Replaces the whole history with one screen: there is no way back from it.
    pub fn replace(self, screen: Screen) {
        if screen != Screen::Home {
            self.memory.used();
        }
        self.idle_seconds.set(0);
        self.history.set(vec![screen]);
    }

    /// Replaces the history with a screen whose way back leads home.
    pub fn open_from_home(self, screen: Screen) {
        self.memory.used();
        self.idle_seconds.set(0);
        // A scanner types into the search too.
        self.search_text.set(String::new());
        self.history.set(vec![Screen::Home, screen]);
    }

    pub fn back(self) {
        self.idle_seconds.set(0);
        // The letters stay while a result is read, but not after the search is left.
        if self.history.with_untracked(|history| history.last() == Some(&Screen::Search)) {
            self.search_text.set(String::new());
        }
        self.history.update(|history| {
            if history.len() > 1 {
                history.pop();
            }
        });
    }

    /// Remembers what is typed, before a key that may begin a code.
    pub fn remember_typed(self) {
        let typed = (self.search_text.get_untracked(), self.case_query.get_untracked());
        self.before_code.set_value(typed);
    }

    /// It was a code: what is typed becomes what it was.
    pub fn restore_typed(self) {
        let (search_text, case_query) = self.before_code.get_value();
        self.search_text.set(search_text);
        self.case_query.set(case_query);
    }

    /// Goes home. Language and type size stay: it is the same visitor.
    pub fn home(self) {
        self.search_text.set(String::new());
        self.case_query.set(CaseQuery::default());
        self.before_code.set_value(<(String, CaseQuery)>::default());
        self.guide_grouping.set(GuideGrouping::default());
        self.priority.set(Priority::None);
        self.end_pass();
        self.replace(Screen::Home);
    }

    /// Keeps the pass of somebody who proved who they are, for as long as they are there.
    pub fn hold_pass(self, kiosk: KioskId, pass: Token) {
        self.pass.set_value(Some((kiosk, pass)));
    }

    fn end_pass(self) {
        let Some((kiosk, pass)) = self.pass.get_value() else { return };
        self.pass.set_value(None);
        self.memory.owes();
        spawn_local(async move {
            // Without an answer it ends by itself.
            let _ = ask(&Leave { kiosk, pass }, Lang::Zh).await;
            self.memory.is_heard();
        });
    }

    /// Forgets everything: the visitor has left.
    pub fn end(self) {
        self.number.update(|number| *number = number.wrapping_add(1));
        self.lang.set(Lang::Zh);
        self.size.set(0);
        self.easy.set(false);
        self.screen_only.set(false);
        // It is as long as before that somebody touched anything.
        let idle_seconds = self.idle_seconds.get_untracked();
        self.home();
        self.idle_seconds.set(idle_seconds);
        self.memory.left(idle_seconds);
    }

    /// Changes to the easy mode, or back. It has large letters, which can be made larger yet.
    pub fn set_easy(self, easy: bool) {
        self.idle_seconds.set(0);
        self.easy.set(easy);
        self.size.update(|size| *size = if easy { (*size).max(LARGE) } else { 0 });
    }

    /// How many times the seconds of the hall's rules somebody has: twice in the easy mode.
    pub fn patience(self) -> u32 {
        1 + u32::from(self.easy.get())
    }

    /// Requests a number. However often the button is touched there is one
    /// request, since the first touch leaves the page that has the button. `accepts_later`
    /// is that the visitor knows when the line is called, which is not now.
    pub fn take_number(self, snapshot: HallSnapshot, matter: MatterId, accepts_later: bool) {
        let requested = self
            .history
            .with_untracked(|history| matches!(history.last(), Some(Screen::Issuing(_))));
        if !requested {
            self.replace(Screen::Issuing(Issue {
                request_id: Uuid::new_v4(),
                kiosk: snapshot.id.get_value(),
                matter,
                priority: self.priority.get_untracked(),
                lang: self.lang.get_untracked(),
                screen_only: self.screen_only.get_untracked(),
                accepts_later,
            }));
        }
    }

    /// Whether the visitor still waits for the answer to this request.
    pub fn is_issuing(self, issue: &Issue) -> bool {
        self.history.with_untracked(|history| {
            let Some(Screen::Issuing(current)) = history.last() else { return false };
            current.request_id == issue.request_id
        })
    }

    /// Helps a visitor who does not know what to choose: to the hall's general line, or
    /// straight to its only matter.
    pub fn choose_for_me(self, snapshot: HallSnapshot) {
        let line = snapshot.hall.with_untracked(|hall| hall.general_line.clone());
        let offers = line.map(|line| OfferFilter::Line(&line, Purpose::Take).offers(snapshot));
        match offers.as_deref() {
            Some([only]) => self.go(only.screen(Purpose::Take)),
            _ => self.go(Screen::Unsure),
        }
    }

    /// Goes to a line's matters, or straight to the only one.
    pub fn choose_line(self, snapshot: HallSnapshot, line: &LineId, purpose: Purpose) {
        match OfferFilter::Line(line, purpose).offers(snapshot).as_slice() {
            [only] => self.go(only.screen(purpose)),
            _ => self.go(Screen::LineMatters(line.clone(), purpose)),
        }
    }
}

/// The visit, from the page's context.
pub fn visit() -> Visit {
    expect_context()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_visitor_stays_after_they_leave() {
        Owner::new().with(|| {
            let visit = Visit::new(RwSignal::new(Lang::Zh));
            visit.lang.set(Lang::En);
            visit.set_easy(true);
            visit.screen_only.set(true);
            visit.priority.set(Priority::Ill);
            visit.go(Screen::Search);
            visit.search_text.set("SFZ".to_owned());
            visit.case_query.update(|query| query.last_four = "002X".to_owned());
            visit.idle_seconds.set(30);
            visit.end();
            assert!(visit.at_home());
            assert_eq!(visit.lang.get(), Lang::Zh);
            assert!(!visit.easy.get());
            assert_eq!(visit.size.get(), 0);
            assert!(!visit.screen_only.get());
            assert_eq!(visit.priority.get(), Priority::None);
            assert_eq!(visit.search_text.get(), "");
            assert_eq!(visit.case_query.get(), CaseQuery::default());
            assert_eq!(visit.idle_seconds.get(), 30, "nobody touched anything");
        });
    }

    #[test]
    fn the_way_back_ends_at_home() {
        Owner::new().with(|| {
            let visit = Visit::new(RwSignal::new(Lang::Zh));
            visit.go(Screen::GuideIndex);
            visit.go(Screen::LineMatters("A".into(), Purpose::Read));
            visit.back();
            assert_eq!(visit.screen(), Screen::GuideIndex);
            visit.back();
            visit.back();
            assert_eq!(visit.screen(), Screen::Home);
        });
    }

    #[test]
    fn letters_stay_while_a_result_is_read() {
        Owner::new().with(|| {
            let visit = Visit::new(RwSignal::new(Lang::Zh));
            visit.go(Screen::Search);
            visit.search_text.set("SFZ".to_owned());
            visit.go(Screen::Matter("m".into()));
            visit.back();
            assert_eq!(visit.search_text.get(), "SFZ");
            visit.back();
            assert_eq!(visit.search_text.get(), "");
        });
    }
}
