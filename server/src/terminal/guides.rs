//! Guides and the search: from the server, or by the hall as it was told last. A guide is
//! printed by the terminal in either case.

use std::sync::Arc;

use axum::http::HeaderMap;
use jiban_app::api::Call;
use jiban_app::api::kiosk::{GuidePrinted, JobState, PrintGuide, ReadGuide, Search};
use jiban_domain::Refusal;
use jiban_domain::setup::Printer;

use super::by_itself::Known;
use super::numbers::{Answered, digest};
use super::server_link::PATIENCE;
use super::{Terminal, json};
use crate::documents::guide::sheet;
use crate::printing::{self, Outcome};
use crate::store::terminal::Begun;

impl Terminal {
    /// Reads a guide.
    ///
    /// # Errors
    /// [`Refusal::UnknownKiosk`], [`Refusal::UnknownMatter`].
    pub(super) async fn guide(
        &self,
        read: &ReadGuide,
        headers: &HeaderMap,
    ) -> Result<Answered, Refusal> {
        self.is_own(&read.kiosk)?;
        if let Some(answered) = self.first_by_server(read, headers).await {
            return Ok(answered);
        }
        let hall = self.hall()?;
        Ok(Answered::Json(json(&Known::of(&hall, &self.kiosk)?.guide(read)?)?))
    }

    /// Finds what the hall offers.
    ///
    /// # Errors
    /// [`Refusal::UnknownKiosk`].
    pub(super) async fn search(
        &self,
        search: &Search,
        headers: &HeaderMap,
    ) -> Result<Answered, Refusal> {
        self.is_own(&search.kiosk)?;
        if let Some(answered) = self.first_by_server(search, headers).await {
            return Ok(answered);
        }
        let hall = self.hall()?;
        Ok(Answered::Json(json(&Known::of(&hall, &self.kiosk)?.search(search)?)?))
    }

    async fn first_by_server<C: Call>(&self, call: &C, headers: &HeaderMap) -> Option<Answered> {
        if !self.server.is_reached() {
            return None;
        }
        match self.server.ask(call, headers, PATIENCE).await {
            Ok(answer) => Some(Answered::ByServer(answer)),
            Err(away) => {
                self.lost(&away).await;
                None
            }
        }
    }

    /// Prints a guide, once for a request.
    ///
    /// # Errors
    /// [`Refusal::NoPrinter`]; [`Refusal::SlipPrinterNotReady`]; [`Refusal::TooManySheets`].
    pub(super) async fn print_guide(self: Arc<Self>, print: PrintGuide) -> Result<String, Refusal> {
        self.is_own(&print.kiosk)?;
        // A task of its own: a page that leaves must not stop a print in the middle.
        let printing = tokio::spawn(async move {
            let _one = self.one_sheet.lock().await;
            self.print_once(&print).await
        });
        printing.await.map_err(|_| Refusal::Unavailable)?
    }

    async fn print_once(&self, print: &PrintGuide) -> Result<String, Refusal> {
        let (id, now) = (print.request_id, self.clock.now());
        let hall = self.hall()?;
        let known = Known::of(&hall, &self.kiosk)?;
        let read = ReadGuide { kiosk: self.kiosk.clone(), id: print.id.clone(), lang: print.lang };
        let guide = known.guide(&read)?;
        let printer = self.printer();
        let sheet = sheet(known.hall, &guide, printer.dots(), now);
        let setup = match printer {
            Printer::None => return Err(Refusal::NoPrinter),
            Printer::Browser { .. } => {
                self.guide_prints.count(&self.kiosk, id, now)?;
                // A browser does not say whether it has printed: a repeat gets it again.
                return json(&GuidePrinted { state: JobState::Sent, sheet: Some(sheet) });
            }
            Printer::Escpos(setup) => setup,
        };
        let kept = |error| (error, "a guide that is printed");
        let begun = self.store.begin(id, digest::<PrintGuide>(print), now).await;
        match self.watch_store(begun.map_err(kept)).ok_or(Refusal::Unavailable)? {
            Begun::Answered(answer) => return Ok(answer),
            Begun::Other => return Err(Refusal::RequestReused),
            // The program ended meanwhile: nothing is printed twice.
            Begun::Asked => return json(&GuidePrinted { state: JobState::Unknown, sheet: None }),
            Begun::New => {}
        }
        let counted = self.guide_prints.count(&self.kiosk, id, now);
        let printed = match counted {
            Ok(()) => match printing::print_drawing(&setup, sheet.svg).await {
                Outcome::Confirmed => Ok(JobState::Confirmed),
                Outcome::Unknown => Ok(JobState::Unknown),
                Outcome::Failed(status) => {
                    self.guide_prints.discount(&self.kiosk, id);
                    Err(Refusal::SlipPrinterNotReady(status))
                }
            },
            Err(refusal) => Err(refusal),
        };
        match printed {
            Ok(state) => {
                let answer = json(&GuidePrinted { state, sheet: None })?;
                let answered = self.store.answered(id, &answer, None).await;
                self.watch_store(answered.map_err(kept));
                let counted = self.store.count_slip(sheet.high_mm).await;
                self.watch_store(counted.map_err(kept));
                Ok(answer)
            }
            Err(refusal) => {
                let forgotten = self.store.refused(id).await;
                self.watch_store(forgotten.map_err(kept));
                Err(refusal)
            }
        }
    }

    /// # Errors
    /// [`Refusal::UnknownKiosk`].
    pub(super) fn is_own(&self, kiosk: &jiban_domain::KioskId) -> Result<(), Refusal> {
        if *kiosk == self.kiosk { Ok(()) } else { Err(Refusal::UnknownKiosk) }
    }
}
