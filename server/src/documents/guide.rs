//! A guide on a kiosk's slip printer.

use jiban_app::api::guide::Guide;
use jiban_app::api::kiosk::{GuidePrinted, JobState, PrintGuide};
use jiban_app::print::{self, GuidePrint};
use jiban_domain::Refusal;
use jiban_domain::setup::Printer;

use super::PAPER;
use crate::printing::{self, Outcome};
use crate::service::HallService;
use crate::zone::date_and_time;

/// Prints a guide at a kiosk, or draws it for the kiosk's own browser.
///
/// # Errors
/// [`Refusal::UnknownKiosk`]; [`Refusal::NoPrinter`] if it has none or the
/// printer cannot print; [`Refusal::TooManySheets`].
pub async fn print_guide(
    service: &HallService,
    request: &PrintGuide,
    guide: &Guide,
) -> Result<GuidePrinted, Refusal> {
    let now = service.clock.now();
    let setup = service.live_state().setup().clone();
    let (hall, kiosk) = setup.setup.kiosk(&request.kiosk).ok_or(Refusal::UnknownKiosk)?;
    let paper_mm = match &kiosk.printer {
        Printer::None => return Err(Refusal::NoPrinter),
        Printer::Browser => PAPER,
        Printer::Escpos { paper, .. } => *paper,
    };
    let sheet = print::guide(
        &GuidePrint {
            guide,
            hall: &hall.name,
            printed: &date_and_time(hall, now),
            telephone: &hall.telephone,
        },
        paper_mm,
    );
    let before = service.guide_prints.begin(&kiosk.id, request.request_id, now)?;
    let Printer::Escpos { address, .. } = &kiosk.printer else {
        // A browser does not report whether it has printed, so a repeat gets
        // the sheet again.
        return Ok(GuidePrinted { state: JobState::Sent, sheet: Some(sheet) });
    };
    if let Some(state) = before {
        return Ok(GuidePrinted { state, sheet: None });
    }
    let state = match printing::print_drawing(address, paper_mm, sheet.svg).await {
        Outcome::Confirmed => JobState::Confirmed,
        Outcome::Unknown => JobState::Unknown,
        Outcome::Failed(_) => JobState::Failed,
    };
    service.guide_prints.end(&kiosk.id, request.request_id, state);
    match state {
        JobState::Failed => Err(Refusal::NoPrinter),
        state => Ok(GuidePrinted { state, sheet: None }),
    }
}
