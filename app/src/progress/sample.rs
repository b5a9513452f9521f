//! A ticket for the tests of this folder.

use jiban_domain::setup::Material;
use jiban_domain::ticket::TicketState;
use jiban_domain::wait::WaitMinutes;
use jiban_domain::{CounterId, Text};

use crate::api::progress::{Happened, Progress};

const NINE_O_CLOCK: i64 = 1_795_309_200_000;

fn happened(minute: i64, kind: &str) -> Happened {
    Happened { at: NINE_O_CLOCK + minute * 60_000, kind: kind.to_owned() }
}

/// Three people ahead.
pub fn waiting() -> Progress {
    Progress {
        number: "A012".to_owned(),
        state: TicketState::Waiting,
        ahead: Some(3),
        wait_minutes: Some(WaitMinutes { low: 10, high: 20 }),
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
        events: vec![happened(5, "issued")],
        case: None,
    }
}

/// Called to counter 3.
pub fn called() -> Progress {
    let mut progress = waiting();
    progress.state = TicketState::Called;
    progress.ahead = None;
    progress.wait_minutes = None;
    progress.counter = Some(CounterId::from("3"));
    progress.counter_name = Some(Text::new("3号窗口", "Counter 3"));
    progress.events.push(happened(21, "called"));
    progress
}
