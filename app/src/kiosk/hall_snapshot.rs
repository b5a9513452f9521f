//! The kiosk's hall, from the stream of snapshots. Each part is a memo, so that
//! a page changes only where the hall did.

use jiban_domain::setup::Rules;
use jiban_domain::{KioskId, Lang, LineId, MatterId, Millis, Text};
use leptos::prelude::*;
use web_sys::js_sys::encode_uri_component;

use crate::api::kiosk::{KioskBundle, KioskLine, KioskMatter, KioskNow, PrinterNow};
use crate::parts::clock::browser_now;
use crate::parts::live::{Live, listen_at};

/// Facts of the hall that seldom change.
#[derive(Debug, Clone, PartialEq, Default)]
#[allow(clippy::struct_excessive_bools)] // Independent facts: any may hold with any other.
pub struct HallInfo {
    pub name: Text,
    /// Of the information desk.
    pub telephone: String,
    /// The line of visitors who do not know what to choose.
    pub general_line: Option<LineId>,
    /// IANA name of its time zone.
    pub zone: String,
    /// Nobody knows what time it is there.
    pub time_unknown: bool,
    /// It gives numbers now.
    pub open: bool,
    /// When it gives numbers again.
    pub opens_at: Option<Millis>,
    /// It takes bookings.
    pub books: bool,
    /// Forms of it can be filled in.
    pub applies: bool,
    pub rules: Rules,
    /// Documents are printed here.
    pub self_print: bool,
}

/// All that the kiosk knows of its hall.
#[derive(Clone, Copy)]
pub struct HallSnapshot {
    /// The kiosk's id, from the page's address.
    pub id: StoredValue<KioskId>,
    pub live: Live<KioskNow>,
    pub hall: Memo<HallInfo>,
    pub lines: Memo<Vec<KioskLine>>,
    pub matters: Memo<Vec<KioskMatter>>,
    pub bundles: Memo<Vec<KioskBundle>>,
    pub printer: Memo<PrinterNow>,
    /// The width of the browser's paper.
    pub paper_mm: Memo<u16>,
    /// The kiosk's own terminal goes on without the server.
    pub cut_off: Memo<bool>,
    /// The server's clock, to the second.
    pub now: RwSignal<Millis>,
    /// The server's clock minus the browser's.
    clock_offset: RwSignal<Millis>,
}

impl HallSnapshot {
    /// Listens to the hall of a kiosk.
    pub fn listen(id: KioskId, lang: RwSignal<Lang>) -> Self {
        let address = Memo::new({
            let id = id.clone();
            move |_| stream_address(&id, lang.get())
        });
        let live = listen_at::<KioskNow>(address.into());
        let clock_offset = RwSignal::new(0);
        let now = RwSignal::new(browser_now());
        Effect::new(move || {
            if let Some(server) = live.now.with(|now| now.as_ref().map(|now| now.now)) {
                clock_offset.set(server - browser_now());
                now.set(server);
            }
        });
        Self {
            id: StoredValue::new(id),
            live,
            hall: part(live, |now| HallInfo {
                name: now.hall_name.clone(),
                telephone: now.telephone.clone(),
                general_line: now.general_line.clone(),
                zone: now.time_zone.clone(),
                time_unknown: now.time_unknown,
                open: now.open,
                opens_at: now.opens_at,
                books: now.books,
                applies: now.applies,
                rules: now.rules.clone(),
                self_print: now.self_print,
            }),
            lines: part(live, |now| now.lines.clone()),
            matters: part(live, |now| now.matters.clone()),
            bundles: part(live, |now| now.bundles.clone()),
            printer: part(live, |now| now.printer),
            paper_mm: part(live, |now| now.paper_mm),
            cut_off: part(live, |now| now.terminal.as_ref().is_some_and(|own| own.cut_off)),
            now,
            clock_offset,
        }
    }

    /// The page that the kiosk's own terminal serves now, if it has one.
    pub fn terminal_page(self) -> Option<String> {
        self.live.now.with_untracked(|now| Some(now.as_ref()?.terminal.as_ref()?.page.clone()))
    }

    /// Sets the clock by the browser's.
    pub fn tick(self) {
        self.now.set(browser_now() + self.clock_offset.get_untracked());
    }

    /// The server's time for an instant of the browser's clock; reactive.
    pub fn to_server_time(self, at: Millis) -> Millis {
        at + self.clock_offset.get()
    }

    /// Reactive.
    pub fn line(self, id: &LineId) -> Option<KioskLine> {
        self.lines.with(|lines| lines.iter().find(|line| line.id == *id).cloned())
    }

    /// Reactive.
    pub fn matter(self, id: &MatterId) -> Option<KioskMatter> {
        self.matters.with(|matters| matters.iter().find(|found| found.id == *id).cloned())
    }
}

/// A part of the snapshot; its default before the first one.
fn part<P>(live: Live<KioskNow>, select: impl Fn(&KioskNow) -> P + Send + Sync + 'static) -> Memo<P>
where
    P: Default + PartialEq + Send + Sync + 'static,
{
    Memo::new(move |_| live.now.with(|now| now.as_ref().map(&select).unwrap_or_default()))
}

/// The address of a kiosk's stream, in the characters of a language.
pub fn stream_address(id: &KioskId, lang: Lang) -> String {
    let kiosk = String::from(encode_uri_component(id.as_str()));
    let characters = if lang.is_traditional() { lang.tag() } else { "zh-CN" };
    format!("/events/kiosk?kiosk={kiosk}&lang={characters}")
}

/// The snapshot, from the page's context.
pub fn hall_snapshot() -> HallSnapshot {
    expect_context()
}
