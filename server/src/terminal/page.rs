//! What the kiosk's page said last, for whoever minds the browser.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiban_domain::Millis;
use tokio::time::Instant;

/// What is known of the page.
#[derive(Debug, Clone, Default)]
pub struct PageSigns {
    /// When it last gave a sign of life; none since the start.
    pub heard: Option<Instant>,
    /// `home`, `visit` or `blocked`.
    pub shows: String,
    /// Since somebody last touched it.
    pub idle: Duration,
    /// By the hall's clock.
    pub last_touch: Option<Millis>,
    /// How often its document was loaded.
    pub loads: u32,
}

impl PageSigns {
    /// Whether nobody is there: it shows its first page, or what keeps visitors from it.
    pub fn is_idle(&self) -> bool {
        self.shows != "visit"
    }
}

/// The page's signs.
#[derive(Debug, Default)]
pub struct Page(Mutex<(PageSigns, bool)>);

impl Page {
    pub fn signs(&self) -> PageSigns {
        self.lock().0.clone()
    }

    /// A heartbeat. Returns whether what it shows has changed.
    pub fn heard(&self, shows: Option<&str>, idle_seconds: Option<u32>, now: Millis) -> bool {
        let mut page = self.lock();
        let signs = &mut page.0;
        signs.heard = Some(Instant::now());
        let idle = idle_seconds.unwrap_or_default();
        signs.idle = Duration::from_secs(idle.into());
        let shows = shows.unwrap_or("visit");
        // At home nobody need have touched anything.
        if shows == "visit" || signs.last_touch.is_some() {
            let touched = now - Millis::from(idle) * 1000;
            signs.last_touch = Some(signs.last_touch.map_or(touched, |last| last.max(touched)));
        }
        let changed = signs.shows != shows;
        shows.clone_into(&mut signs.shows);
        changed
    }

    /// Its document is loaded.
    pub fn loaded(&self) {
        let mut page = self.lock();
        page.0.loads += 1;
        page.1 = false;
    }

    /// The page is to load itself anew when nobody is there.
    pub fn reload_when_idle(&self) {
        self.lock().1 = true;
    }

    pub fn is_to_reload(&self) -> bool {
        self.lock().1
    }

    fn lock(&self) -> MutexGuard<'_, (PageSigns, bool)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
