//! The terminals of a hall, for those who look after them.

use jiban_app::api::terminal::TerminalEvent;
use jiban_app::api::terminals::{AlertNow, KeyNow, TerminalNow, TerminalsNow};
use jiban_domain::access::{Action, Subject};
use jiban_domain::{HallId, KioskId, Millis, Refusal};

use crate::service::{Caller, HallService, read_failed};

/// Events shown of each terminal.
const EVENTS: u32 = 30;

/// The snapshot of a hall. `page` is the script of the kiosk's page that the server serves.
///
/// # Errors
/// [`Refusal::UnknownHall`], [`Refusal::NotAllowed`].
pub async fn terminals_now(
    service: &HallService,
    me: &Caller,
    hall: &HallId,
    page: Option<String>,
    now: Millis,
) -> Result<TerminalsNow, Refusal> {
    let mut shown = terminals(service, me, hall, page, now)?;
    for one in &mut shown.terminals {
        let events = service.reader.terminal_events(&one.kiosk, EVENTS).await;
        let event = |event: crate::change::terminals::TerminalHappened| TerminalEvent {
            id: event.id,
            at: event.at,
            kind: event.kind,
            detail: event.detail,
        };
        one.events = events.map_err(read_failed)?.into_iter().map(event).collect();
    }
    Ok(shown)
}

fn terminals(
    service: &HallService,
    me: &Caller,
    hall: &HallId,
    page: Option<String>,
    now: Millis,
) -> Result<TerminalsNow, Refusal> {
    let live_state = service.live_state();
    let setup = &live_state.setup().setup;
    let hall = setup.hall(hall).ok_or(Refusal::UnknownHall)?;
    let subject = Subject::Hall(&hall.id);
    me.require(&live_state, now, Action::WatchTerminals, &subject)?;
    let may_act = me.require(&live_state, now, Action::AcceptTerminal, &subject).is_ok();
    let steady = service.clock.steady();
    let alerts_of = |kiosk: &KioskId| {
        let open = live_state.alerts().open().filter(|alert| alert.kiosk == *kiosk);
        open.map(|alert| AlertNow { kind: alert.kind, since: alert.begun_at }).collect()
    };
    let terminal = |kiosk: &jiban_domain::setup::Kiosk| {
        let seen = service.terminals.get(&kiosk.id);
        let key = live_state.keyed_terminals().of(&kiosk.id);
        TerminalNow {
            kiosk: kiosk.id.clone(),
            name: kiosk.name.clone(),
            asks_for_key: hall.is_paired(kiosk),
            key: key.map(|key| KeyNow {
                paired_at: key.paired_at,
                by: key.by.clone(),
                changing: key.next_key.is_some(),
            }),
            heard_at: service.presence.last_heartbeat(&kiosk.id),
            seen_at: seen.as_ref().map(|seen| seen.at),
            there: seen.as_ref().is_some_and(|seen| seen.is_there(steady)),
            report: seen.map(|seen| seen.report),
            events: Vec::new(),
            alerts: alerts_of(&kiosk.id),
        }
    };
    Ok(TerminalsNow {
        hall: hall.id.clone(),
        time_zone: hall.time_zone.clone(),
        now: 0,
        business_day: live_state.business_day(hall, now),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        page,
        may_act,
        terminals: hall.kiosks.iter().map(terminal).collect(),
    })
}
