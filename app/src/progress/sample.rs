//! Tickets and cases for the tests of this folder.

use jiban_domain::case::{CaseState, StepState};
use jiban_domain::event::TicketEvent;
use jiban_domain::setup::Material;
use jiban_domain::ticket::{Priority, TicketState};
use jiban_domain::wait::WaitMinutes;
use jiban_domain::{CounterId, Text, Token};

use crate::api::progress::{CaseProgress, Happened, Progress, StepProgress};

const NINE_O_CLOCK: i64 = 1_795_309_200_000;

fn event(minute: i64, kind: TicketEvent) -> Happened {
    Happened { at: NINE_O_CLOCK + minute * 60_000, kind }
}

/// A ticket with three people ahead.
pub fn waiting() -> Progress {
    Progress {
        number: "A012".to_owned(),
        state: TicketState::Waiting,
        ahead: Some(3),
        wait_minutes: Some(WaitMinutes { low: 10, high: 20 }),
        calls_from: None,
        priority: Priority::None,
        counter: None,
        counter_name: None,
        hall: Text::new("滨江区政务服务中心", "Binjiang District Service Hall"),
        telephone: "0571-12345".to_owned(),
        line: Text::new("企业登记", "Business registration"),
        matter: Text::new("食品经营许可证核发", "Food business licence"),
        materials: vec![
            Material::named(Text::new("营业执照复印件", "Copy of business licence"), false),
            Material::named(Text::new("经营场所平面图", "Floor plan"), true),
        ],
        time_zone: "Asia/Shanghai".to_owned(),
        day: "2026-11-22".to_owned(),
        events: vec![event(5, TicketEvent::Issued)],
        case: None,
    }
}

/// A ticket called to counter 3.
pub fn called() -> Progress {
    let mut progress = waiting();
    progress.state = TicketState::Called;
    progress.ahead = None;
    progress.wait_minutes = None;
    progress.counter = Some(CounterId::from("3"));
    progress.counter_name = Some(Text::new("3号窗口", "Counter 3"));
    progress.events.push(event(21, TicketEvent::Called));
    progress
}

/// A case of one matter, at its department.
pub fn case() -> CaseProgress {
    let step = |name: &str, department: &str, state, at| StepProgress {
        name: Text::from(name),
        matter: None,
        department: Text::from(department),
        state,
        at,
        due: None,
    };
    CaseProgress {
        number: "261125000173".to_owned(),
        by_own_token: true,
        by_pass: false,
        token: Some(Token([7; 16])),
        state: CaseState::Accepted,
        name: Text::new("食品经营许可", "Food permit"),
        applicant: "王*".to_owned(),
        opened_at: NINE_O_CLOCK,
        accepted_at: Some(NINE_O_CLOCK),
        due: Some("2026-12-01".to_owned()),
        due_provisional: false,
        days_left: Some(4),
        pauses: Vec::new(),
        steps: vec![
            step("受理", "政务服务中心", StepState::Approved, Some(NINE_O_CLOCK)),
            step("审查", "市场监管局", StepState::Open, Some(NINE_O_CLOCK)),
            step("出件", "出件窗口", StepState::Waiting, None),
        ],
        missing: Vec::new(),
        missing_note: String::new(),
        commitment: None,
        asked: Vec::new(),
        sent: Vec::new(),
        ready: None,
        refused: Vec::new(),
        telephone: Some("0571-12345".to_owned()),
        others: Vec::new(),
    }
}
