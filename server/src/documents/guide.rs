//! A guide on a kiosk's slip printer.

use std::sync::Arc;

use jiban_app::api::guide::Guide;
use jiban_app::api::kiosk::{GuidePrinted, JobState, PrintGuide, PrintSheet};
use jiban_app::print::{self, GuidePrint};
use jiban_domain::setup::{Hall, Printer};
use jiban_domain::{Millis, Refusal};

use crate::printing::{self, Outcome};
use crate::service::HallService;
use crate::zone::date_and_time;

/// A guide on slip paper of so many dots.
pub fn sheet(hall: &Hall, guide: &Guide, dots: u32, now: Millis) -> PrintSheet {
    let print = GuidePrint {
        guide,
        hall: &hall.name,
        printed: &date_and_time(hall, now),
        telephone: &hall.telephone,
    };
    print::guide(&print, dots)
}

/// Prints a guide at a kiosk, or draws it for the kiosk's own browser.
///
/// # Errors
/// [`Refusal::UnknownKiosk`]; [`Refusal::NoPrinter`] if it has none;
/// [`Refusal::SlipPrinterNotReady`]; [`Refusal::TooManySheets`].
pub async fn print_guide(
    service: &Arc<HallService>,
    request: &PrintGuide,
    guide: &Guide,
) -> Result<GuidePrinted, Refusal> {
    let now = service.clock.now();
    let setup = service.live_state().setup().clone();
    let (hall, kiosk) = setup.setup.kiosk(&request.kiosk).ok_or(Refusal::UnknownKiosk)?;
    if kiosk.printer == Printer::None {
        return Err(Refusal::NoPrinter);
    }
    let sheet = sheet(hall, guide, kiosk.printer.dots(), now);
    let kiosk_id = kiosk.id.clone();
    let request_id = request.request_id;
    let Some(printer) = kiosk.printer.network().cloned() else {
        service.guide_prints.count(&kiosk_id, request_id, now)?;
        // A browser does not report whether it has printed, so a repeat gets
        // the sheet again.
        return Ok(GuidePrinted { state: JobState::Sent, sheet: Some(sheet) });
    };
    let printing = {
        let service = service.clone();
        async move {
            service.guide_prints.count(&kiosk_id, request_id, now)?;
            match printing::print_drawing(&printer, sheet.svg).await {
                Outcome::Confirmed => Ok(JobState::Confirmed),
                Outcome::Unknown => Ok(JobState::Unknown),
                Outcome::Failed(printer) => {
                    service.guide_prints.discount(&kiosk_id, request_id);
                    Err(Refusal::SlipPrinterNotReady(printer))
                }
            }
        }
    };
    let state = service.print_once::<PrintGuide>(request_id, request, printing).await?;
    Ok(GuidePrinted { state, sheet: None })
}
