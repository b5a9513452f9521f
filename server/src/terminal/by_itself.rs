//! What a terminal answers without the server, by the hall as it was told last and by the same
//! rules of the domain.

use jiban_app::api::guide::Guide;
use jiban_app::api::kiosk::{Found, Issue, Issued, KioskLine, KioskNow, ReadGuide, Search};
use jiban_app::api::terminal::{NumberGiven, TerminalHall};
use jiban_domain::calendar::{Calendar, Year};
use jiban_domain::schedule::{HallTime, Schedule};
use jiban_domain::setup::{Hall, Kiosk, Line, Printer};
use jiban_domain::slip::Slip;
use jiban_domain::ticket::{NewTicket, Ticket, TicketState, may_join};
use jiban_domain::{KioskId, Millis, Refusal, TicketId, Token};
use jiff::civil::Date;

use crate::service::{Addresses, slip};
use crate::views::guides::{of_hall, search_at_kiosk};
use crate::views::kiosk::{line_of_setup, of_setup};
use crate::waits::Wait;
use crate::zone::zone;

/// The hall of a kiosk, as it was told last.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    pub told: &'a TerminalHall,
    pub hall: &'a Hall,
    pub kiosk: &'a Kiosk,
}

impl<'a> Known<'a> {
    /// # Errors
    /// [`Refusal::UnknownKiosk`].
    pub fn of(told: &'a TerminalHall, kiosk: &KioskId) -> Result<Self, Refusal> {
        let (hall, kiosk) = told.setup.kiosk(kiosk).ok_or(Refusal::UnknownKiosk)?;
        Ok(Self { told, hall, kiosk })
    }

    fn addresses(&self) -> Addresses {
        let base = self.told.progress_base.trim_end_matches('/').trim_end_matches("/t");
        Addresses { base: base.to_owned() }
    }

    /// Whether, and where, a number may be given.
    ///
    /// # Errors
    /// What the domain refuses.
    pub fn may_give(&self, issue: &Issue, now: Millis) -> Result<MayGive<'a>, Refusal> {
        let (zone, calendar) = (zone(self.hall), calendar(self.told));
        let time = HallTime { zone: &zone, calendar: &calendar };
        let line = may_join(self.hall, &issue.matter, issue.accepts_later, (now, time))?;
        let day = Schedule::of_hall(self.hall, time).business_day(now);
        Ok(MayGive { line, day })
    }

    /// A number that is given: what the page is answered, what is handed in, what the slip says.
    pub fn give(
        &self,
        issue: &Issue,
        MayGive { line, day }: &MayGive<'_>,
        (number, token): (u32, Token),
        now: Millis,
    ) -> (Issued, NumberGiven, Slip) {
        let (zone, calendar) = (zone(self.hall), calendar(self.told));
        let time = HallTime { zone: &zone, calendar: &calendar };
        let new = NewTicket {
            id: TicketId::default(),
            token,
            hall: self.hall,
            line,
            matter: issue.matter.clone(),
            priority: issue.priority,
            day: day.clone(),
            number,
            kiosk: Some(self.kiosk.id.clone()),
        };
        let ticket = Ticket::issue(new, now).ticket;
        let last_day = (!self.hall.carries_over).then(|| ticket.last_day(self.hall, time));
        let schedule = Schedule::of_line(self.hall, &line.id, time);
        let calls_from = schedule.calls_from(now, last_day.as_deref());
        let addresses = self.addresses();
        let wait = Wait { minutes: None, calls_from: calls_from.clone() };
        let slip = slip(self.hall, &ticket, issue.lang, (0, wait), &addresses);
        let issued = Issued {
            id: ticket.id,
            number: ticket.label(),
            token,
            progress_url: addresses.progress(token),
            state: TicketState::Waiting,
            ahead: None,
            wait_minutes: None,
            calls_from,
            issued_at: now,
            confirmed: false,
        };
        let given = NumberGiven {
            issue: issue.clone(),
            token,
            line: line.id.clone(),
            letter: line.letter,
            number,
            day: day.clone(),
            taken_at: now,
            given_back: false,
        };
        (issued, given, Slip { confirmed: false, ..slip })
    }

    /// What the page shows: open by the hours, and nothing of those who wait.
    pub fn snapshot(&self, now: Millis) -> KioskNow {
        let (zone, calendar) = (zone(self.hall), calendar(self.told));
        let time = HallTime { zone: &zone, calendar: &calendar };
        let hours = Schedule::of_hall(self.hall, time);
        let open = hours.is_open(now);
        let line = |line: &Line| {
            let schedule = Schedule::of_line(self.hall, &line.id, time);
            KioskLine { calls_from: schedule.calls_from(now, None), ..line_of_setup(line, open) }
        };
        KioskNow {
            open,
            opens_at: hours.opens_next(now).filter(|_| !open),
            lines: self.hall.lines.iter().map(line).collect(),
            ..of_setup(&self.told.setup, self.hall, self.kiosk)
        }
    }

    /// A guide.
    ///
    /// # Errors
    /// [`Refusal::UnknownMatter`].
    pub fn guide(&self, read: &ReadGuide) -> Result<Guide, Refusal> {
        let base = self.addresses().base;
        of_hall(&self.told.setup, &base, self.hall, (&read.id, read.lang), |_| 0)
    }

    /// What is found by a text.
    ///
    /// # Errors
    /// [`Refusal::UnknownKiosk`].
    pub fn search(&self, search: &Search) -> Result<Found, Refusal> {
        search_at_kiosk(&self.told.setup, search)
    }
}

/// Where a number may be given.
#[derive(Debug, Clone)]
pub struct MayGive<'a> {
    pub line: &'a Line,
    /// The business day.
    pub day: String,
}

/// The printer of a kiosk: as the hall file has it, at the address that this terminal was given.
pub fn printer(kiosk: &Kiosk, own: Option<&Printer>) -> Printer {
    match (&kiosk.printer, own) {
        (printer, None) => printer.clone(),
        (Printer::Escpos(set_up), Some(Printer::Escpos(own))) => {
            let mut printer = set_up.clone();
            printer.address.clone_from(&own.address);
            printer.baud = own.baud;
            Printer::Escpos(printer)
        }
        (_, Some(own)) => own.clone(),
    }
}

/// The days that differ from their weekday, as a calendar.
fn calendar(told: &TerminalHall) -> Calendar {
    let mut calendar = Calendar::default();
    for (day, worked) in &told.days {
        let Ok(date) = day.parse::<Date>() else { continue };
        let year = calendar.years.entry(date.year()).or_insert_with(Year::default);
        if *worked {
            year.workdays.insert(date)
        } else {
            year.holidays.insert(date)
        };
    }
    calendar
}

#[cfg(test)]
mod tests {
    use jiban_domain::Lang;
    use jiban_domain::ticket::Priority;
    use uuid::Uuid;

    use super::*;
    use crate::hall_file::{DEMO, read};

    /// 2026-11-21 10:00 in Shanghai.
    const SATURDAY_TEN: Millis = 1_795_226_400_000;

    fn told() -> TerminalHall {
        let days = vec![("2026-10-01".to_owned(), false), ("2026-10-10".to_owned(), true)];
        let progress_base = "http://hall.example:3000/t/".to_owned();
        TerminalHall { version: 1, setup: read(DEMO).unwrap(), days, progress_base }
    }

    fn issue(matter: &str) -> Issue {
        Issue {
            request_id: Uuid::nil(),
            kiosk: "K1".into(),
            matter: matter.into(),
            priority: Priority::None,
            lang: Lang::Zh,
            screen_only: false,
            accepts_later: true,
        }
    }

    #[test]
    fn a_number_given_without_the_server_is_known_by_its_token_and_tells_no_place() {
        let told = told();
        let known = Known::of(&told, &"K1".into()).unwrap();
        let issue = issue("marriage");
        let may = known.may_give(&issue, SATURDAY_TEN).unwrap();
        assert_eq!(may.day, "2026-11-21");
        let token = Token([7; 16]);
        let (issued, given, slip) = known.give(&issue, &may, (9001, token), SATURDAY_TEN);
        assert_eq!(issued.number, format!("{}9001", may.line.letter));
        assert_eq!(issued.progress_url, format!("http://hall.example:3000/t/{token}"));
        assert_eq!((issued.confirmed, issued.ahead, issued.wait_minutes), (false, None, None));
        assert!(!slip.confirmed && slip.number == issued.number);
        assert_eq!((given.number, given.day.as_str(), given.token), (9001, "2026-11-21", token));
        assert_eq!(given.taken_at, SATURDAY_TEN);
    }

    #[test]
    fn the_rules_of_the_hall_hold_without_the_server() {
        let mut told = told();
        let line = told.setup.halls[0].matters[0].line.clone();
        let matter = told.setup.halls[0].matters[0].id.clone();
        told.setup.halls[0].lines.iter_mut().find(|one| one.id == line).unwrap().closed = true;
        let known = Known::of(&told, &"K1".into()).unwrap();
        let refused = |matter: &str| known.may_give(&issue(matter), SATURDAY_TEN).err();
        assert_eq!(refused(matter.as_str()), Some(Refusal::LineClosed));
        assert_eq!(refused("no-such-matter"), Some(Refusal::UnknownMatter));
        assert_eq!(Known::of(&told, &"K9".into()).err(), Some(Refusal::UnknownKiosk));
    }

    #[test]
    fn guides_and_search_are_those_of_the_server() {
        let told = told();
        let known = Known::of(&told, &"K1".into()).unwrap();
        let read = ReadGuide { kiosk: "K1".into(), id: "marriage".to_owned(), lang: Lang::Zh };
        let guide = known.guide(&read).unwrap();
        assert_eq!(guide.address, "http://hall.example:3000/guides/main/marriage");
        let search = Search { kiosk: "K1".into(), text: "结婚".to_owned(), lang: Lang::Zh };
        assert_eq!(known.search(&search).unwrap().ids[0], "marriage");
    }

    #[test]
    fn the_days_of_the_calendar_come_as_they_are() {
        let calendar = calendar(&told());
        let date = |text: &str| text.parse().unwrap();
        assert!(!calendar.is_working_day(date("2026-10-01")));
        assert!(calendar.is_working_day(date("2026-10-10")));
    }
}
