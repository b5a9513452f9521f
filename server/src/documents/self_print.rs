//! What people print by themselves: drawn as PDF, and queued.

use std::sync::Arc;

use jiban_app::api::self_print::{Print, PrintNow};
use jiban_app::parts::qr;
use jiban_app::print;
use jiban_domain::case::{Case, VerifyCode};
use jiban_domain::documents::{PrintedBy, StatementDocument};
use jiban_domain::identity::masked_number;
use jiban_domain::self_print::PrintKind;
use jiban_domain::setup::{ColumnKind, DocumentPrinter, Kiosk, Statement};
use jiban_domain::{HallId, Lang, Refusal, Text, text};

use super::contents::Facts;
use crate::pdf;
use crate::printing::glyphs::undrawable;
use crate::printing::ipp::Device;
use crate::service::HallService;
use crate::service::secret;
use crate::service::self_print::{Opened, Proven, QueuedPrint};
use crate::zone::date_and_time;

/// The printer of a kiosk.
pub fn device(printer: &DocumentPrinter) -> Device {
    match printer {
        DocumentPrinter::Ipp(printer) => Device::new(printer.clone()),
    }
}

/// Draws and queues what somebody asks for; a repeat of the request gets how far the first is.
///
/// # Errors
/// The proof does not open it, it was printed often enough, the printer is not ready, or there
/// is nothing to state.
pub async fn print(service: &Arc<HallService>, q: &Print) -> Result<PrintNow, Refusal> {
    if let Some(before) = service.printed_before(q)? {
        return Ok(before);
    }
    let proven = service.proven(q.pass, &q.kiosk)?;
    let (hall, kiosk) = service.printing_kiosk(&q.kiosk)?;
    let printer = kiosk.document_printer.as_ref().ok_or(Refusal::NoDocumentPrinter)?;
    let opened = service.opened_item(&proven, &q.item).await?;
    let statement = match &opened {
        Opened::Statement(statement) => Some(statement),
        Opened::Case(..) => None,
    };
    // Asked before anybody waits for a drawing, and again when it is counted.
    service.require_not_enough(&proven, statement, 1)?;
    let status = device(printer).status().await;
    // A paused queue is resumed when the document comes.
    let resumable = status == jiban_domain::self_print::DocumentPrinterNow::Paused;
    if !status.prints() && !resumable {
        return Err(Refusal::DocumentPrinterNotReady(status));
    }
    let printed = printed_by(service, &hall, &kiosk);
    let drawn = match opened {
        Opened::Case(case, kind) => of_case(service, &case, kind, printed).await?,
        Opened::Statement(statement) => {
            of_statement(service, &proven, statement, (q.lang, printed)).await?
        }
    };
    let Drawn { svgs, title, kind, case, statement } = drawn;
    let pages = u32::try_from(svgs.len()).unwrap_or(u32::MAX);
    let place = service.drawing_place().await?;
    let drawing = tokio::task::spawn_blocking(move || {
        let _place = place;
        pdf::from_pages(&svgs, &title)
    });
    let pdf = drawing.await.map_err(|_| Refusal::Unavailable)?.map_err(|fault| {
        tracing::error!(%fault, "a document could not be made");
        Refusal::Unavailable
    })?;
    let digest = [0; 32];
    let queued = QueuedPrint { request: q.request_id, digest, kind, pages, pdf, statement, case };
    service.queue_print(q, proven, queued).await
}

/// The pages of a document, and what it is.
struct Drawn {
    svgs: Vec<String>,
    title: String,
    kind: PrintKind,
    case: Option<jiban_domain::CaseId>,
    statement: Option<(VerifyCode, Statement, Text)>,
}

fn printed_by(service: &HallService, hall: &HallId, kiosk: &Kiosk) -> PrintedBy {
    let live_state = service.live_state();
    let hall = live_state.setup().setup.hall(hall);
    let at = hall.map(|hall| date_and_time(hall, service.clock.now())).unwrap_or_default();
    let (id, Text { zh, en }) = (&kiosk.id, &kiosk.name);
    let kiosk = text!("{id}（{zh}）" | "{id} ({en})");
    PrintedBy { at, kiosk, page: 1, pages: 1 }
}

/// The results of a case that are not revoked, a page each.
async fn of_case(
    service: &HallService,
    case: &Case,
    kind: PrintKind,
    printed: PrintedBy,
) -> Result<Drawn, Refusal> {
    let unmasked = service.applicant_unmasked(case).await?;
    require_drawable(&unmasked.name).await?;
    let facts = Facts::gather(service, case).await?;
    let valid: Vec<VerifyCode> = case
        .results
        .iter()
        .filter(|result| result.revoked.is_none())
        .map(|result| result.code)
        .collect();
    let pages = u32::try_from(valid.len()).unwrap_or(u32::MAX);
    let mut svgs = Vec::new();
    for (code, page) in valid.into_iter().zip(1..) {
        let content = facts.result(code, &unmasked)?;
        let printed = PrintedBy { page, pages, ..printed.clone() };
        svgs.push(print::printed_result(&content, &printed));
    }
    let title = case.name.zh.clone();
    Ok(Drawn { svgs, title, kind, case: Some(case.id), statement: None })
}

/// At a kiosk nobody is told that a name would have an empty box, so it is not printed there.
async fn require_drawable(name: &str) -> Result<(), Refusal> {
    if undrawable(name).await.is_empty() { Ok(()) } else { Err(Refusal::NameNotDrawable) }
}

async fn of_statement(
    service: &HallService,
    proven: &Proven,
    statement: Statement,
    (lang, printed): (Lang, PrintedBy),
) -> Result<Drawn, Refusal> {
    let records = service.statement_rows(proven, &statement).await?;
    require_drawable(&records.name).await?;
    let (issuer, as_of, issued_on) = {
        let live_state = service.live_state();
        let setup = &live_state.setup().setup;
        let hall = setup.hall(&proven.hall).ok_or(Refusal::UnknownHall)?;
        let day = |at| crate::zone::day(hall, at).to_string();
        let issuer = setup.department_name(&statement.department);
        (issuer, day(records.as_of), day(service.clock.now()))
    };
    let mut code = [0; 10];
    code.copy_from_slice(&secret::seed()[..10]);
    let code = VerifyCode(code);
    let number = masked_number(&proven.number);
    let said =
        |sentence: &str| sentence.replace("{name}", &records.name).replace("{number}", &number);
    let content = StatementDocument {
        lang,
        title: statement.name.clone(),
        holder: records.name.clone(),
        holder_number: number.clone(),
        sentence: Text::new(&said(&statement.text.zh), &said(&statement.text.en)),
        as_of,
        columns: statement.columns.iter().map(|column| column.name.clone()).collect(),
        figures: statement
            .columns
            .iter()
            .map(|column| matches!(column.kind, ColumnKind::Count | ColumnKind::Money))
            .collect(),
        rows: records.rows,
        issuer: issuer.clone(),
        issued_on,
        verify_code: code.to_string(),
        qr: qr::address(&format!("{}/verify/{code}", service.addresses.base)),
    };
    let svgs = print::statement(&content, &printed);
    let title = statement.name.zh.clone();
    let statement = Some((code, statement, issuer));
    Ok(Drawn { svgs, title, kind: PrintKind::Statement, case: None, statement })
}
