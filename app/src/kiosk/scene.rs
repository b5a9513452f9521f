//! Which page stands on the screen: the visitor's own, or one that says what
//! is in the way. A page of the second kind is never gone to; it stands as long
//! as its reason does, and leaves by itself.

use jiban_domain::{DepartmentId, LineId, MatterId, Text, Token};

use crate::api::Refused;
use crate::api::kiosk::{Issue, Issued, PrinterNow};

/// Why a visitor looks at a matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To take a number.
    Take,
    /// To read its guide.
    Read,
}

/// Where a visitor has gone.
#[derive(Debug, Clone, PartialEq)]
pub enum Screen {
    /// The lines.
    Home,
    /// The ways to the guides.
    Guides,
    /// The guides of a department or life event.
    OnShelf(Shelf),
    /// The matters of a line.
    Matters(LineId, Purpose),
    /// All matters, by letters.
    Search,
    /// One matter, to take a number for it.
    Guide(MatterId),
    /// The guide of a matter or bundle, by its id.
    Reading(String),
    /// The number was asked for; the same request until it is answered.
    Taking(Issue),
    /// The number.
    Ticket(Box<Taken>),
    /// The hall said no.
    Refused(Refused),
    /// Waiting for a slip to be scanned.
    Scan {
        /// What was scanned last was no ticket.
        unread: bool,
    },
    /// A case is looked for by its number.
    Find,
    /// Where a scanned ticket is, or a case that was found.
    Followed(Token),
}

/// What guides are ordered by, besides lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shelf {
    /// A department, and its name.
    Department(DepartmentId, Text),
    /// A life event.
    LifeEvent(Text),
}

impl Shelf {
    /// What stands over it.
    pub const fn name(&self) -> &Text {
        match self {
            Self::Department(_, name) | Self::LifeEvent(name) => name,
        }
    }
}

/// A number taken.
#[derive(Debug, Clone, PartialEq)]
pub struct Taken {
    /// What was asked.
    pub issue: Issue,
    /// What came back.
    pub issued: Issued,
}

/// What can stand in a visitor's way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools)] // Each is a fact of its own; any may hold with any other.
pub struct Facts {
    /// The hall said that it has no such kiosk.
    pub unknown: bool,
    /// A snapshot has come.
    pub known: bool,
    /// Nothing was heard from the server for a while.
    pub stale: bool,
    /// The hall gives numbers now.
    pub open: bool,
    /// The printer.
    pub printer: PrinterNow,
    /// The visitor agreed to go on without a slip.
    pub screen_only: bool,
}

/// What stands on the screen.
#[derive(Debug, Clone, PartialEq)]
pub enum Scene {
    /// Nothing is known yet.
    Starting,
    /// The hall has no such kiosk.
    Unknown,
    /// The server is away.
    NoServer,
    /// The hall gives no numbers now.
    Closed,
    /// The line of the visitor's choice gives no numbers now.
    LineClosed(LineId),
    /// The printer is ill.
    PrinterIll(PrinterNow),
    /// The visitor's own page.
    Visit(Screen),
}

/// Decides. `closed_line` is the line the screen is about, where it is closed.
pub fn scene(facts: Facts, screen: &Screen, closed_line: Option<LineId>) -> Scene {
    // A number that was given, or may have been, is never covered.
    if matches!(screen, Screen::Ticket(_) | Screen::Taking(_)) {
        return Scene::Visit(screen.clone());
    }
    if facts.unknown {
        return Scene::Unknown;
    }
    if facts.stale {
        return Scene::NoServer;
    }
    if !facts.known {
        return Scene::Starting;
    }
    let takes = match screen {
        Screen::Home | Screen::Guide(_) => true,
        Screen::Matters(_, purpose) => *purpose == Purpose::Take,
        _ => false,
    };
    if takes && !facts.open {
        return Scene::Closed;
    }
    if takes && let Some(line) = closed_line {
        return Scene::LineClosed(line);
    }
    let about_to_take = matches!(screen, Screen::Home | Screen::Guide(_));
    let ill = facts.printer != PrinterNow::None && !facts.printer.prints();
    if about_to_take && ill && !facts.screen_only {
        return Scene::PrinterIll(facts.printer);
    }
    Scene::Visit(screen.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    const WELL: Facts = Facts {
        unknown: false,
        known: true,
        stale: false,
        open: true,
        printer: PrinterNow::Ready,
        screen_only: false,
    };

    fn guide() -> Screen {
        Screen::Guide(MatterId::from("m"))
    }

    fn reading() -> Screen {
        Screen::Reading("m".to_owned())
    }

    #[test]
    fn while_all_is_well_the_visitor_is_where_they_went() {
        for screen in [Screen::Home, Screen::Search, guide(), reading()] {
            assert_eq!(scene(WELL, &screen, None), Scene::Visit(screen));
        }
    }

    #[test]
    fn a_number_asked_for_is_never_covered() {
        let taking = Screen::Taking(Issue {
            request_id: uuid::Uuid::nil(),
            kiosk: "K1".into(),
            matter: "m".into(),
            priority: jiban_domain::ticket::Priority::None,
            lang: jiban_domain::Lang::Zh,
            screen_only: false,
        });
        let worst = Facts { unknown: true, known: false, stale: true, open: false, ..WELL };
        assert_eq!(scene(worst, &taking, Some("A".into())), Scene::Visit(taking));
    }

    #[test]
    fn a_closed_hall_still_lets_guides_be_read() {
        let closed = Facts { open: false, ..WELL };
        assert_eq!(scene(closed, &Screen::Home, None), Scene::Closed);
        assert_eq!(scene(closed, &guide(), None), Scene::Closed);
        let reading = reading();
        assert_eq!(scene(closed, &reading, None), Scene::Visit(reading));
    }

    #[test]
    fn a_closed_line_is_said_to_who_wants_it() {
        let line = LineId::from("A");
        let taking = Screen::Matters(line.clone(), Purpose::Take);
        let reading = Screen::Matters(line.clone(), Purpose::Read);
        assert_eq!(scene(WELL, &taking, Some(line.clone())), Scene::LineClosed(line.clone()));
        assert_eq!(scene(WELL, &reading, Some(line)), Scene::Visit(reading));
    }

    #[test]
    fn an_ill_printer_is_said_before_a_number_is_taken_unless_agreed() {
        let ill = Facts { printer: PrinterNow::PaperOut, ..WELL };
        assert_eq!(scene(ill, &Screen::Home, None), Scene::PrinterIll(PrinterNow::PaperOut));
        assert_eq!(scene(ill, &guide(), None), Scene::PrinterIll(PrinterNow::PaperOut));
        let agreed = Facts { screen_only: true, ..ill };
        assert_eq!(scene(agreed, &Screen::Home, None), Scene::Visit(Screen::Home));
        let none = Facts { printer: PrinterNow::None, ..WELL };
        assert_eq!(scene(none, &Screen::Home, None), Scene::Visit(Screen::Home));
    }
}
