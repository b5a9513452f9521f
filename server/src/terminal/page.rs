//! What the kiosk's page said last, for whoever minds the browser.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiban_domain::Millis;
use tokio::time::Instant;
use uuid::Uuid;

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

/// A page that says nothing for so long has no longer the kiosk: twice its pause, and a little.
const SILENT: Duration = Duration::from_secs(12);

/// Whether the kiosk is a page's. One gives numbers; another that is open says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Its,
    Elsewhere {
        /// It was said before of this page.
        told: bool,
    },
}

/// Which pages are open.
#[derive(Debug, Default)]
struct Open {
    /// The page that has the kiosk, and when it was heard.
    its: Option<(Uuid, Instant)>,
    /// Another that was told so.
    other: Option<Uuid>,
}

/// The page's signs.
#[derive(Debug, Default)]
pub struct Page(Mutex<(PageSigns, bool)>, Mutex<Open>);

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

    /// A sign of a page: whether it has the kiosk, or takes it since no other does.
    pub fn place(&self, page: Uuid, now: Instant) -> Place {
        let mut open = self.1.lock().unwrap_or_else(PoisonError::into_inner);
        match open.its {
            Some((its, heard)) if its != page && now - heard < SILENT => {
                Place::Elsewhere { told: open.other.replace(page) == Some(page) }
            }
            _ => {
                open.its = Some((page, now));
                Place::Its
            }
        }
    }

    /// A page is closed.
    pub fn left(&self, page: Uuid) {
        let mut open = self.1.lock().unwrap_or_else(PoisonError::into_inner);
        open.its.take_if(|(its, _)| *its == page);
    }

    /// The browser has ended, and all its pages.
    pub fn browser_ended(&self) {
        *self.1.lock().unwrap_or_else(PoisonError::into_inner) = Open::default();
        self.lock().0.heard = None;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_page_has_the_kiosk_until_it_leaves_or_is_silent() {
        let page = Page::default();
        let (first, second) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let now = Instant::now();
        assert_eq!(page.place(first, now), Place::Its);
        assert_eq!(page.place(second, now), Place::Elsewhere { told: false });
        assert_eq!(page.place(second, now), Place::Elsewhere { told: true });
        assert_eq!(page.place(first, now), Place::Its);
        page.left(second);
        assert_eq!(page.place(second, now), Place::Elsewhere { told: true });
        page.left(first);
        assert_eq!(page.place(second, now), Place::Its, "one that is loaded anew need not wait");
        assert_eq!(page.place(first, now + SILENT), Place::Its);
        page.browser_ended();
        assert_eq!(page.place(second, now + SILENT), Place::Its);
    }
}
