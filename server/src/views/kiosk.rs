//! The snapshot of a kiosk.

use jiban_app::api::kiosk::{
    JobNow, JobState, KioskBundle, KioskLine, KioskMaterial, KioskMatter, KioskNow, PrinterNow,
};
use jiban_domain::form;
use jiban_domain::schedule::Schedule;
use jiban_domain::setup::{Bundle, Hall, Kiosk, Line, Matter, Printer, Setup};
use jiban_domain::{KioskId, Millis, Refusal, Token};

use super::count;
use crate::service::HallService;
use crate::waits::of_newcomer;
use crate::zone::zone;

/// Everything a kiosk's page shows, and the print jobs of the ticket whose
/// token it has.
///
/// # Errors
/// [`Refusal::UnknownKiosk`].
pub fn kiosk_now(
    service: &HallService,
    id: &KioskId,
    token: Option<Token>,
    now: Millis,
) -> Result<KioskNow, Refusal> {
    let live_state = service.live_state();
    let setup = live_state.setup();
    let (hall, kiosk) = setup.setup.kiosk(id).ok_or(Refusal::UnknownKiosk)?;
    let zone = zone(hall);
    let hours = Schedule::of_hall(hall, live_state.time(&zone));
    let open = service.is_open(&live_state, hall, now);
    let mut jobs: Vec<_> = live_state
        .jobs()
        .filter(|job| Some(job.token) == token && job.kiosk == *id)
        .map(|job| (job.id, job.clone()))
        .collect();
    jobs.sort_by_key(|(id, _)| *id);
    // Only the browser's own slips: a network printer's are printed by the
    // server.
    let browser_prints = kiosk.printer.is_browser();
    let jobs = jobs
        .into_iter()
        .map(|(_, job)| JobNow {
            token: job.token,
            state: job.state,
            slip: (browser_prints && job.state == JobState::Queued).then(|| (*job.slip).clone()),
        })
        .collect();
    let line = |line: &Line| {
        let wait = of_newcomer(&live_state, hall, &line.id, now);
        KioskLine {
            waiting: count(live_state.waiting(hall, &line.id)),
            wait_minutes: wait.minutes,
            calls_from: wait.calls_from,
            ..line_of_setup(line, open)
        }
    };
    Ok(KioskNow {
        time_unknown: service.clock.is_unknown(),
        open,
        opens_at: hours.opens_next(now).filter(|_| !open),
        printer: service.presence.printer_of(kiosk),
        lines: hall.lines.iter().map(line).collect(),
        jobs,
        ..of_setup(&setup.setup, hall, kiosk)
    })
}

/// A line, without anyone who waits.
pub fn line_of_setup(line: &Line, open: bool) -> KioskLine {
    KioskLine {
        id: line.id.clone(),
        letter: line.letter,
        name: line.name.clone(),
        open: open && !line.closed,
        waiting: 0,
        wait_minutes: None,
        calls_from: None,
    }
}

/// What the setup alone says: closed, without lines, and with a printer that is away.
pub fn of_setup(setup: &Setup, hall: &Hall, kiosk: &Kiosk) -> KioskNow {
    KioskNow {
        kiosk: kiosk.id.clone(),
        name: kiosk.name.clone(),
        hall: hall.id.clone(),
        hall_name: hall.name.clone(),
        telephone: hall.telephone.clone(),
        general_line: hall.general_line.clone(),
        time_zone: hall.time_zone.clone(),
        now: 0,
        time_unknown: false,
        open: false,
        opens_at: None,
        books: hall.booking.is_some(),
        applies: form::is_any_offered(hall),
        rules: hall.rules.clone(),
        printer: PrinterNow::Offline,
        paper_mm: match kiosk.printer {
            Printer::Browser { paper } => paper,
            _ => 80,
        },
        lines: Vec::new(),
        matters: hall.matters.iter().map(|matter| kiosk_matter(setup, matter)).collect(),
        bundles: hall.bundles.iter().map(|bundle| kiosk_bundle(hall, bundle)).collect(),
        self_print: kiosk.document_printer.is_some(),
        jobs: Vec::new(),
        terminal: None,
    }
}

fn kiosk_matter(setup: &Setup, matter: &Matter) -> KioskMatter {
    let materials = matter.materials.iter().map(|material| KioskMaterial {
        name: material.name.clone(),
        deferrable: material.deferrable,
    });
    KioskMatter {
        id: matter.id.clone(),
        name: matter.name.clone(),
        line: matter.line.clone(),
        department: matter.department.clone(),
        department_name: setup.department_name(&matter.department),
        handling: matter.handling,
        promised_days: matter.promised_days,
        fee: matter.fee.clone(),
        materials: materials.collect(),
        life_events: matter.life_events.clone(),
        self_service: matter.self_service,
    }
}

fn kiosk_bundle(hall: &Hall, bundle: &Bundle) -> KioskBundle {
    let matters = || hall.matters_of(bundle);
    KioskBundle {
        id: bundle.id.clone(),
        name: bundle.name.clone(),
        life_events: bundle.life_events.clone(),
        departments: each_once(matters().map(|matter| matter.department.clone())),
        lines: each_once(matters().map(|matter| matter.line.clone())),
    }
}

fn each_once<T: PartialEq>(all: impl Iterator<Item = T>) -> Vec<T> {
    let mut once = Vec::new();
    for one in all {
        if !once.contains(&one) {
            once.push(one);
        }
    }
    once
}
