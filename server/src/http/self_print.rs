//! The calls of printing by oneself, at kiosks.

use axum::Json;
use axum::extract::State;
use jiban_app::api::self_print::{
    Leave, ListPrintables, Print, PrintNow, Prove, Proved, ReadPrint, ReadSelfPrint, SelfPrintNow,
};
use jiban_app::api::{Call, Done};
use jiban_domain::access::Action;
use jiban_domain::self_print::DocumentPrinterNow;

use super::App;
use super::client::Client;
use super::extract::JsonBody;
use super::kiosk::SmallCall;
use super::language::Language;
use super::response::Rejection;
use super::routes::Routes;
use crate::documents;
use crate::views::self_print::{proved, self_print_now};

pub(super) fn router() -> Routes {
    Routes::new()
        .post(ReadSelfPrint::PATH, Action::ReadSelfPrint, now)
        .post(Prove::PATH, Action::ProveIdentity, prove)
        .post(ListPrintables::PATH, Action::PrintBySelf, list)
        .post(Print::PATH, Action::PrintBySelf, print)
        .post(ReadPrint::PATH, Action::ReadSelfPrint, read)
        .post(Leave::PATH, Action::ReadSelfPrint, leave)
}

async fn now(
    State(app): State<App>,
    _: SmallCall,
    JsonBody(q): JsonBody<ReadSelfPrint>,
) -> Result<Json<SelfPrintNow>, Rejection> {
    let (_, kiosk) = app.service.printing_kiosk(&q.kiosk)?;
    let printer = match &kiosk.document_printer {
        Some(printer) => documents::self_print::device(printer).status().await,
        None => DocumentPrinterNow::default(),
    };
    Ok(Json(self_print_now(&app.service, &q.kiosk, printer)?))
}

async fn prove(
    State(app): State<App>,
    _: SmallCall,
    Client(client): Client,
    Language(lang): Language,
    JsonBody(q): JsonBody<Prove>,
) -> Result<Json<Proved>, Rejection> {
    let pass = app.service.prove(&q, client).await?;
    Ok(Json(proved(&app.service, pass, &q.kiosk, lang).await?))
}

async fn list(
    State(app): State<App>,
    _: SmallCall,
    Language(lang): Language,
    JsonBody(q): JsonBody<ListPrintables>,
) -> Result<Json<Proved>, Rejection> {
    Ok(Json(proved(&app.service, q.pass, &q.kiosk, lang).await?))
}

async fn print(
    State(app): State<App>,
    _: SmallCall,
    JsonBody(q): JsonBody<Print>,
) -> Result<Json<PrintNow>, Rejection> {
    Ok(Json(documents::self_print::print(&app.service, &q).await?))
}

async fn read(
    State(app): State<App>,
    JsonBody(q): JsonBody<ReadPrint>,
) -> Result<Json<PrintNow>, Rejection> {
    Ok(Json(app.service.read_print(&q)?))
}

async fn leave(
    State(app): State<App>,
    _: SmallCall,
    JsonBody(q): JsonBody<Leave>,
) -> Result<Json<Done>, Rejection> {
    app.service.leave_self_print(q.pass, &q.kiosk);
    Ok(Json(Done {}))
}
