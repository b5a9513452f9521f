//! The calls of applicants and helpers about drafts.
//!
//! - [`files`]: photographs, scans and PDFs
//! - [`live`]: the WebSocket by which two write at once

pub(super) mod files;
mod live;

use axum::Json;
use axum::extract::State;
use jiban_app::api::apply::{
    BeginDraft, CheckDraft, ContinueDraft, DraftChecked, DraftShown, EndHelp, FieldRefused,
    JoinDraft, JoinedDraft, SendDraft, ShareCode, ShareDraft, TakeDraftBack, WithdrawDraft,
    WriteField,
};
use jiban_app::api::begin_beside::{BeginBeside, BegunBeside, FormOffered, InviteApplicant};
use jiban_app::api::{Call, Done};
use jiban_domain::Refusal;
use jiban_domain::access::Action;

use super::App;
use super::client::{self, Client};
use super::extract::{JsonBody, QueryParams, TokenParam};
use super::language::Language;
use super::response::{Rejection, StoredAnswer};
use super::routes::{Routes, SignedInCaller};
use crate::views;

pub(super) fn router() -> Routes {
    Routes::new()
        .post(BeginDraft::PATH, Action::BeginDraft, begin)
        .get("/api/apply", Action::ReadDraft, read)
        .post(WriteField::PATH, Action::WriteDraft, write)
        .post(CheckDraft::PATH, Action::ReadDraft, check)
        .post(SendDraft::PATH, Action::MoveDraft, send)
        .post(TakeDraftBack::PATH, Action::MoveDraft, take_back)
        .post(WithdrawDraft::PATH, Action::MoveDraft, withdraw)
        .post(ShareDraft::PATH, Action::ShareDraft, share)
        .post(EndHelp::PATH, Action::ShareDraft, end_help)
        .post(ContinueDraft::PATH, Action::BeginDraft, go_on)
        .post(JoinDraft::PATH, Action::JoinDraft, join)
        .get("/api/help/forms", Action::BeginBeside, forms)
        .post(BeginBeside::PATH, Action::BeginBeside, begin_beside)
        .post(InviteApplicant::PATH, Action::BeginBeside, invite)
        .get("/api/apply/live", Action::WriteDraft, live::open)
        .merge(files::router())
}

async fn begin(
    State(app): State<App>,
    Client(client): Client,
    JsonBody(command): JsonBody<BeginDraft>,
) -> Result<Json<DraftShown>, Rejection> {
    let at = app.service.begin_draft(command, client).await?;
    Ok(Json(views::draft::shown(&app.service, &at).await?))
}

async fn read(
    State(app): State<App>,
    Client(client): Client,
    QueryParams(query): QueryParams<TokenParam>,
) -> Result<Json<DraftShown>, Rejection> {
    let at = app.service.at_draft(draft_token(&query)?).await;
    let at = client::known(&app, client, at)?;
    Ok(Json(views::draft::shown(&app.service, &at).await?))
}

/// A token; a malformed one is that of no draft.
fn draft_token(query: &TokenParam) -> Result<jiban_domain::Token, Refusal> {
    query.token().map_err(|_| jiban_domain::draft::DraftRefusal::UnknownDraft.into())
}

async fn write(
    State(app): State<App>,
    Client(client): Client,
    JsonBody(command): JsonBody<WriteField>,
) -> Result<StoredAnswer, Rejection> {
    let done = app.service.write_field(command).await;
    Ok(StoredAnswer(client::known(&app, client, done)?))
}

async fn check(
    State(app): State<App>,
    Client(client): Client,
    Language(lang): Language,
    JsonBody(command): JsonBody<CheckDraft>,
) -> Result<Json<DraftChecked>, Rejection> {
    let at = client::known(&app, client, app.service.at_draft(command.token).await)?;
    app.service.refresh_form(&at.room);
    let checked = app.service.check_draft(&at.room.now());
    let fields = checked.refusals.iter().map(|refusal| FieldRefused::of(refusal, lang)).collect();
    Ok(Json(DraftChecked { fields }))
}

async fn send(
    State(app): State<App>,
    Client(client): Client,
    JsonBody(command): JsonBody<SendDraft>,
) -> Result<StoredAnswer, Rejection> {
    let done = app.service.send_draft(command).await;
    Ok(StoredAnswer(client::known(&app, client, done)?))
}

async fn take_back(
    State(app): State<App>,
    Client(client): Client,
    JsonBody(command): JsonBody<TakeDraftBack>,
) -> Result<StoredAnswer, Rejection> {
    let done = app.service.take_draft_back(command).await;
    Ok(StoredAnswer(client::known(&app, client, done)?))
}

async fn withdraw(
    State(app): State<App>,
    Client(client): Client,
    JsonBody(command): JsonBody<WithdrawDraft>,
) -> Result<StoredAnswer, Rejection> {
    let done = app.service.withdraw_draft(command).await;
    Ok(StoredAnswer(client::known(&app, client, done)?))
}

async fn share(
    State(app): State<App>,
    Client(client): Client,
    JsonBody(command): JsonBody<ShareDraft>,
) -> Result<Json<ShareCode>, Rejection> {
    Ok(Json(client::known(&app, client, app.service.share_draft(command).await)?))
}

async fn end_help(
    State(app): State<App>,
    Client(client): Client,
    JsonBody(command): JsonBody<EndHelp>,
) -> Result<Json<Done>, Rejection> {
    client::known(&app, client, app.service.end_help(command).await)?;
    Ok(Json(Done {}))
}

async fn go_on(
    State(app): State<App>,
    Client(client): Client,
    JsonBody(command): JsonBody<ContinueDraft>,
) -> Result<Json<DraftShown>, Rejection> {
    let at = app.service.continue_draft(&command.code, client).await?;
    Ok(Json(views::draft::shown(&app.service, &at).await?))
}

async fn join(
    State(app): State<App>,
    SignedInCaller(me): SignedInCaller,
    Client(client): Client,
    JsonBody(command): JsonBody<JoinDraft>,
) -> Result<Json<JoinedDraft>, Rejection> {
    Ok(Json(app.service.join_draft(me, command, client).await?))
}

async fn forms(
    State(app): State<App>,
    SignedInCaller(me): SignedInCaller,
) -> Result<Json<Vec<FormOffered>>, Rejection> {
    let setup = app.service.live_state().setup().clone();
    let mut forms = Vec::new();
    for hall in &setup.setup.halls {
        if app.service.works_in(&me, &hall.id)? {
            forms.extend(views::draft::forms_offered(hall));
        }
    }
    Ok(Json(forms))
}

async fn begin_beside(
    State(app): State<App>,
    SignedInCaller(me): SignedInCaller,
    JsonBody(command): JsonBody<BeginBeside>,
) -> Result<Json<BegunBeside>, Rejection> {
    Ok(Json(app.service.begin_beside(me, command).await?))
}

async fn invite(
    State(app): State<App>,
    SignedInCaller(me): SignedInCaller,
    JsonBody(command): JsonBody<InviteApplicant>,
) -> Result<Json<ShareCode>, Rejection> {
    Ok(Json(app.service.invite_applicant(&me, command)?))
}
