//! What a case's documents say: the contents for [`jiban_app::print`], from the
//! case, its applicant and its hall; and how they are printed. Also [`guide`]:
//! a guide on a kiosk's slip printer; [`application`]: forms that were filled in; and [`self_print`]: what people print by themselves.

pub mod application;
mod commitment;
mod contents;
pub mod guide;
pub mod self_print;

use std::sync::Arc;

use jiban_app::api::reception::{CaseDocument, PrintDocument};
use jiban_app::print;
use jiban_domain::case::{Case, CaseRefusal, VerifyCode};
use jiban_domain::event::CaseEvent;
use jiban_domain::print_job::{JobState, PrinterNow};
use jiban_domain::setup;
use jiban_domain::{Lang, Refusal};
use serde_json::json;

use crate::pdf;
use crate::printing::{self, Outcome};
use crate::service::{AtCounter, HallService, read_failed};

/// The width of the layout for a clerk's browser, in dots.
const DOTS: u32 = setup::dots(80);

/// A document of a case as an SVG, and whether it is an A4 page.
///
/// # Errors
/// The case has no such document, or its applicant was erased.
pub async fn drawn(
    service: &HallService,
    case: &Case,
    paper: CaseDocument,
    dots: u32,
) -> Result<(String, bool), Refusal> {
    let case = &service.notes_of(case).await?.open_in(case);
    let facts = contents::Facts::gather(service, case).await?;
    Ok(match paper {
        CaseDocument::Receipt => (print::receipt(&facts.receipt()?, dots), false),
        CaseDocument::Missing => (print::missing_notice(&facts.missing()?, dots), false),
        CaseDocument::Promise => {
            (print::promise_notice(&facts.promise(service).await?, dots), false)
        }
        CaseDocument::Commitment => {
            (print::commitment_notice(&facts.commitment(service).await?, dots), false)
        }
        CaseDocument::Breach => (print::breach_notice(&facts.breach()?, dots), false),
        CaseDocument::Revocation => {
            let unmasked = service.applicant_unmasked(case).await?;
            (print::decision(&facts.revocation(&unmasked)?), true)
        }
        CaseDocument::Handover => (print::handover(&facts.handover()?, dots), false),
        CaseDocument::Ended => (print::end_notice(&facts.end()?, dots), false),
        CaseDocument::Decision => {
            let unmasked = service.applicant_unmasked(case).await?;
            (print::decision(&facts.decision(&unmasked)?), true)
        }
    })
}

/// The same, for the clerk's own browser.
///
/// # Errors
/// As [`drawn`].
pub async fn for_browser(
    service: &HallService,
    case: &Case,
    paper: CaseDocument,
) -> Result<(String, bool), Refusal> {
    drawn(service, case, paper, DOTS).await
}

/// Prints a document on the counter's network printer. Returns `confirmed`, or `unknown` if
/// the printer took it but did not confirm it.
///
/// # Errors
/// [`Refusal::PrinterNotReady`]; nothing was printed.
pub async fn print(
    service: &Arc<HallService>,
    me: &AtCounter,
    case: &Case,
    request: &PrintDocument,
) -> Result<JobState, Refusal> {
    let setup = service.live_state().setup().clone();
    let (_, counter) = setup.setup.counter(&me.counter).ok_or(Refusal::UnknownCounter)?;
    let Some(printer) = counter.printer.network().cloned() else {
        return Err(Refusal::PrinterNotReady(PrinterNow::None));
    };
    let (svg, _) = drawn(service, case, request.paper, printer.dots()).await?;
    let printing = async move {
        match printing::print_drawing(&printer, svg).await {
            Outcome::Confirmed => Ok(JobState::Confirmed),
            Outcome::Unknown => Ok(JobState::Unknown),
            Outcome::Failed(printer) => Err(Refusal::PrinterNotReady(printer)),
        }
    };
    let content = (&me.clerk, &me.counter, request);
    service.print_once::<PrintDocument>(request.request_id, &content, printing).await
}

/// The case with the document of this code.
///
/// # Errors
/// [`CaseRefusal::UnknownDocument`].
pub async fn case_of_result(
    service: &HallService,
    code: &str,
) -> Result<(Case, VerifyCode), Refusal> {
    let code: VerifyCode = code.parse().map_err(|_| CaseRefusal::UnknownDocument)?;
    let issued = service.reader.issued(&code.0).await.map_err(read_failed)?;
    let issued = issued.ok_or(CaseRefusal::UnknownDocument)?;
    Ok((service.case(issued.case).await?, code))
}

/// A document of a case as PDF. It reveals its holder, so an event is recorded
/// first.
///
/// # Errors
/// [`CaseRefusal::UnknownDocument`], [`CaseRefusal::Erased`], or this machine
/// has no Chinese font.
pub async fn result_pdf(
    service: &HallService,
    case: &Case,
    code: VerifyCode,
    by: &str,
) -> Result<Vec<u8>, Refusal> {
    let unmasked = service.applicant_unmasked(case).await?;
    let facts = contents::Facts::gather(service, case).await?;
    let content = facts.result(code, &unmasked)?;
    let title = content.title.get(Lang::Zh).to_owned();
    service.record_case_event(case, CaseEvent::PersonRevealed, by, json!({ "code": code })).await?;
    let place = service.drawing_place().await?;
    let drawn = tokio::task::spawn_blocking(move || {
        let _place = place;
        pdf::from_svg(&print::result_document(&content), &title)
    });
    let pdf = drawn.await.map_err(|_| Refusal::Unavailable)?;
    pdf.map_err(|fault| {
        tracing::error!(%fault, "a document could not be made");
        Refusal::Unavailable
    })
}
