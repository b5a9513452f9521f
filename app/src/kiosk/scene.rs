//! Which page is on the screen: the visitor's own, or one that says what blocks
//! it. Nobody navigates to a page of the second kind: it is shown while its
//! reason lasts, and closes by itself.

use jiban_domain::{DepartmentId, HallId, LineId, MatterId, Text, Token};

use crate::api::Refused;
use crate::api::kiosk::{Issue, Issued, PrinterNow};
use crate::api::self_print::{Print, Proved};

/// Why a visitor opens a matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To take a number.
    Take,
    /// To read its guide.
    Read,
    /// To book a time for it.
    Book,
}

/// Where a visitor has navigated to.
#[derive(Debug, Clone, PartialEq)]
pub enum Screen {
    Home,
    /// The lines, in the easy mode.
    Lines,
    /// Which priority the visitor has, in the easy mode.
    Priorities,
    GuideIndex,
    GuideCategory(GuideCategory),
    LineMatters(LineId, Purpose),
    /// All matters, found by words and letters.
    Search,
    /// The visitor does not know what to choose.
    Unsure,
    /// One matter, to take a number for it.
    Matter(MatterId),
    /// The matter's line is called later: whether a number is wanted all the same.
    CalledLater(MatterId),
    /// The guide of a matter or bundle, by its id.
    Guide(String),
    /// A number was requested; the same request until it is answered.
    Issuing(Issue),
    Ticket(Box<IssuedTicket>),
    Refused(Refused),
    /// Waiting for a slip to be scanned.
    Scan {
        /// The last code scanned was not a ticket's.
        unread: bool,
    },
    /// Beginning to fill in the form of a matter, or of a bundle.
    Apply {
        hall: HallId,
        id: String,
        is_bundle: bool,
    },
    /// Filling in a form.
    Fill(Token),
    /// Going on with one that was begun elsewhere, by six figures.
    GoOn,
    /// Whether the visitor has a booking or wants one.
    Booking,
    /// The lines that can be booked.
    BookLines,
    /// Booking a time for a matter.
    Book(MatterId),
    /// Checking in, with a code that was scanned or by what is typed.
    CheckIn(Option<Token>),
    /// Finding a case by its number.
    FindCase,
    /// The progress of a scanned ticket, or of a case that was found.
    Progress(Token),
    /// Printing by oneself: who is there.
    SelfPrint,
    /// The pick-up code; with the card that was read before, if one was.
    PrintCode(Option<CardRead>),
    /// What somebody may print, and the card that proved it.
    Printables(Box<(Proved, Option<CardRead>)>),
    /// A document on its way to the paper.
    Printing(Box<PrintAsked>),
}

/// A card that a reader read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardRead {
    pub number: String,
    /// Where the reader sends it.
    pub name: Option<String>,
}

/// A print that was asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct PrintAsked {
    pub print: Print,
    /// What it prints.
    pub name: Text,
}

/// What guides are grouped by, besides lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GuideCategory {
    Department(DepartmentId, Text),
    LifeEvent(Text),
}

impl GuideCategory {
    pub const fn name(&self) -> &Text {
        match self {
            Self::Department(_, name) | Self::LifeEvent(name) => name,
        }
    }
}

/// A number taken: the request and its answer.
#[derive(Debug, Clone, PartialEq)]
pub struct IssuedTicket {
    pub issue: Issue,
    pub issued: Issued,
}

/// What can block a visitor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools)] // Independent facts: any may hold with any other.
pub struct Conditions {
    /// The server says that there is no such kiosk.
    pub unknown: bool,
    /// The kiosk is served to its own terminal alone.
    pub kept_out: bool,
    /// The first snapshot has arrived.
    pub loaded: bool,
    /// The kiosk is open in another window.
    pub elsewhere: bool,
    /// Nothing was heard from the server for a while.
    pub stale: bool,
    /// The hall gives numbers now.
    pub open: bool,
    pub printer: PrinterNow,
    /// The visitor agreed to continue without a slip.
    pub screen_only: bool,
}

/// What is on the screen.
#[derive(Debug, Clone, PartialEq)]
pub enum Scene {
    /// No snapshot has arrived yet.
    Starting,
    /// The hall has no such kiosk.
    Unknown,
    /// The kiosk is served to its own terminal alone.
    KeptOut,
    /// The kiosk is open in another window.
    Elsewhere,
    /// The server cannot be reached.
    NoServer,
    /// The hall gives no numbers now.
    Closed,
    /// The chosen line gives no numbers now.
    LineClosed(LineId),
    /// The printer cannot print.
    PrinterProblem(PrinterNow),
    /// The visitor's own page.
    Visit(Screen),
}

/// Decides what is on the screen. `closed_line` is the line that the screen
/// belongs to, if that line is closed.
pub fn scene(conditions: Conditions, screen: &Screen, closed_line: Option<LineId>) -> Scene {
    // Nothing covers a number that was given, or may have been.
    if matches!(screen, Screen::Ticket(_) | Screen::Issuing(_)) {
        return Scene::Visit(screen.clone());
    }
    if conditions.unknown {
        return Scene::Unknown;
    }
    if conditions.kept_out {
        return Scene::KeptOut;
    }
    if conditions.elsewhere {
        return Scene::Elsewhere;
    }
    if conditions.stale {
        return Scene::NoServer;
    }
    if !conditions.loaded {
        return Scene::Starting;
    }
    let takes_number = match screen {
        Screen::Home
        | Screen::Lines
        | Screen::Unsure
        | Screen::Matter(_)
        | Screen::CalledLater(_) => true,
        Screen::LineMatters(_, purpose) => *purpose == Purpose::Take,
        _ => false,
    };
    if takes_number && !conditions.open {
        return Scene::Closed;
    }
    if takes_number && let Some(line) = closed_line {
        return Scene::LineClosed(line);
    }
    let about_to_take =
        matches!(screen, Screen::Home | Screen::Lines | Screen::Matter(_) | Screen::CalledLater(_));
    let printer_problem = conditions.printer != PrinterNow::None && !conditions.printer.prints();
    if about_to_take && printer_problem && !conditions.screen_only {
        return Scene::PrinterProblem(conditions.printer);
    }
    Scene::Visit(screen.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NORMAL: Conditions = Conditions {
        unknown: false,
        kept_out: false,
        elsewhere: false,
        loaded: true,
        stale: false,
        open: true,
        printer: PrinterNow::Ready,
        screen_only: false,
    };

    fn matter() -> Screen {
        Screen::Matter(MatterId::from("m"))
    }

    fn guide() -> Screen {
        Screen::Guide("m".to_owned())
    }

    #[test]
    fn without_a_problem_the_visitor_is_where_they_went() {
        for screen in [Screen::Home, Screen::Search, matter(), guide()] {
            assert_eq!(scene(NORMAL, &screen, None), Scene::Visit(screen));
        }
    }

    #[test]
    fn nothing_covers_a_requested_number() {
        let issuing = Screen::Issuing(Issue {
            request_id: uuid::Uuid::nil(),
            kiosk: "K1".into(),
            matter: "m".into(),
            priority: jiban_domain::ticket::Priority::None,
            lang: jiban_domain::Lang::Zh,
            screen_only: false,
            accepts_later: false,
        });
        let worst = Conditions { unknown: true, loaded: false, stale: true, open: false, ..NORMAL };
        assert_eq!(scene(worst, &issuing, Some("A".into())), Scene::Visit(issuing));
    }

    #[test]
    fn a_closed_hall_still_lets_guides_be_read() {
        let closed = Conditions { open: false, ..NORMAL };
        assert_eq!(scene(closed, &Screen::Home, None), Scene::Closed);
        assert_eq!(scene(closed, &matter(), None), Scene::Closed);
        let guide = guide();
        assert_eq!(scene(closed, &guide, None), Scene::Visit(guide));
    }

    #[test]
    fn a_closed_line_is_shown_to_visitors_who_want_a_number() {
        let line = LineId::from("A");
        let issuing = Screen::LineMatters(line.clone(), Purpose::Take);
        let guide = Screen::LineMatters(line.clone(), Purpose::Read);
        assert_eq!(scene(NORMAL, &issuing, Some(line.clone())), Scene::LineClosed(line.clone()));
        assert_eq!(scene(NORMAL, &guide, Some(line)), Scene::Visit(guide));
    }

    #[test]
    fn a_printer_problem_is_shown_before_a_number_is_taken_unless_accepted() {
        let problem = Conditions { printer: PrinterNow::PaperOut, ..NORMAL };
        assert_eq!(
            scene(problem, &Screen::Home, None),
            Scene::PrinterProblem(PrinterNow::PaperOut)
        );
        assert_eq!(scene(problem, &matter(), None), Scene::PrinterProblem(PrinterNow::PaperOut));
        let agreed = Conditions { screen_only: true, ..problem };
        assert_eq!(scene(agreed, &Screen::Home, None), Scene::Visit(Screen::Home));
        let none = Conditions { printer: PrinterNow::None, ..NORMAL };
        assert_eq!(scene(none, &Screen::Home, None), Scene::Visit(Screen::Home));
    }
}
