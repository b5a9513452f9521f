//! What the page shows: the server's last snapshot with the terminal's own truth in it, and
//! without the server what the rules say.

use jiban_app::api::kiosk::{KioskNow, TerminalNow};
use jiban_domain::setup::Printer;
use jiban_domain::{Refusal, Token};

use super::by_itself::Known;
use super::{Terminal, read};

impl Terminal {
    /// Everything the page shows, with what concerns the ticket of a token.
    ///
    /// # Errors
    /// [`Refusal::NeedsServer`] where nothing was ever told; [`Refusal::UnknownKiosk`].
    pub fn kiosk_now(&self, token: Option<Token>) -> Result<KioskNow, Refusal> {
        let now = self.clock.now();
        let cut_off = !self.server.is_reached();
        let told = read(&self.told).clone();
        let hall = read(&self.hall).clone();
        let shown = match (&told, &hall) {
            (Some(told), _) if !cut_off => (**told).clone(),
            (_, Some(hall)) => Known::of(hall, &self.kiosk)?.snapshot(now),
            (Some(told), None) => (**told).clone(),
            (None, None) => return Err(Refusal::NeedsServer),
        };
        let printer = self.printer();
        let terminal = TerminalNow {
            cut_off,
            page: self.page_address(),
            given: token.and_then(|token| self.confirmed(token)),
        };
        Ok(KioskNow {
            now,
            printer: self.printer_now(),
            paper_mm: match printer {
                Printer::Browser { paper } => paper,
                _ => 80,
            },
            jobs: self.jobs_of(token, printer.is_browser()),
            terminal: Some(Box::new(terminal)),
            ..shown
        })
    }

    /// The script of the page that is served; another, if the page is to load itself anew.
    fn page_address(&self) -> String {
        let script = &self.assets.kiosk.script;
        if self.page.is_to_reload() { format!("{script}#") } else { script.clone() }
    }
}
