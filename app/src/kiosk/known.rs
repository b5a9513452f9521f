//! What the kiosk knows of its hall, from the stream of snapshots. Each part
//! is a memo, so that a page changes only where the hall did.

use jiban_domain::setup::Rules;
use jiban_domain::{KioskId, LineId, MatterId, Millis, Text};
use leptos::prelude::*;
use web_sys::js_sys::encode_uri_component;

use crate::api::kiosk::{KioskBundle, KioskLine, KioskMatter, KioskNow, PrinterNow};
use crate::parts::clock::browser_now;
use crate::parts::live::{Live, listen};

/// What stands over the door and on the wall.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct HallFacts {
    /// Its name.
    pub name: Text,
    /// The telephone of its information desk.
    pub telephone: String,
    /// IANA name of its time zone.
    pub zone: String,
    /// Gives numbers now.
    pub open: bool,
    /// When it does again.
    pub opens_at: Option<Millis>,
    /// Its rules.
    pub rules: Rules,
}

/// The kiosk's knowledge.
#[derive(Clone, Copy)]
pub struct Known {
    /// The id in the page's address.
    pub id: StoredValue<KioskId>,
    /// The stream.
    pub live: Live<KioskNow>,
    /// The hall.
    pub hall: Memo<HallFacts>,
    /// Its lines.
    pub lines: Memo<Vec<KioskLine>>,
    /// Its matters.
    pub matters: Memo<Vec<KioskMatter>>,
    /// Its bundles.
    pub bundles: Memo<Vec<KioskBundle>>,
    /// The printer.
    pub printer: Memo<PrinterNow>,
    /// The server's clock, to the second.
    pub now: RwSignal<Millis>,
    /// The server's clock less the browser's.
    ahead: RwSignal<Millis>,
}

impl Known {
    /// Listens to the hall of a kiosk.
    pub fn listen(id: KioskId) -> Self {
        let live = listen::<KioskNow>(&stream_address(&id));
        let ahead = RwSignal::new(0);
        let now = RwSignal::new(browser_now());
        Effect::new(move || {
            if let Some(server) = live.now.with(|now| now.as_ref().map(|now| now.now)) {
                ahead.set(server - browser_now());
                now.set(server);
            }
        });
        Self {
            id: StoredValue::new(id),
            live,
            hall: part(live, |now| HallFacts {
                name: now.hall_name.clone(),
                telephone: now.telephone.clone(),
                zone: now.time_zone.clone(),
                open: now.open,
                opens_at: now.opens_at,
                rules: now.rules.clone(),
            }),
            lines: part(live, |now| now.lines.clone()),
            matters: part(live, |now| now.matters.clone()),
            bundles: part(live, |now| now.bundles.clone()),
            printer: part(live, |now| now.printer),
            now,
            ahead,
        }
    }

    /// Moves the clock on.
    pub fn tick(self) {
        self.now.set(browser_now() + self.ahead.get_untracked());
    }

    /// An instant of the browser's clock by the server's.
    pub fn on_server(self, at: Millis) -> Millis {
        at + self.ahead.get()
    }

    /// A line, reactive.
    pub fn line(self, id: &LineId) -> Option<KioskLine> {
        self.lines.with(|lines| lines.iter().find(|line| line.id == *id).cloned())
    }

    /// A matter, reactive.
    pub fn matter(self, id: &MatterId) -> Option<KioskMatter> {
        self.matters.with(|matters| matters.iter().find(|known| known.matter.id == *id).cloned())
    }
}

fn part<P>(live: Live<KioskNow>, of: impl Fn(&KioskNow) -> P + Send + Sync + 'static) -> Memo<P>
where
    P: Default + PartialEq + Send + Sync + 'static,
{
    Memo::new(move |_| live.now.with(|now| now.as_ref().map(&of).unwrap_or_default()))
}

/// Where a kiosk's snapshots come from.
pub fn stream_address(id: &KioskId) -> String {
    format!("/events/kiosk?kiosk={}", String::from(encode_uri_component(id.as_str())))
}

/// The knowledge of the page.
pub fn known() -> Known {
    expect_context()
}
