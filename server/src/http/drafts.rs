//! The calls of the staff about drafts that were sent before the visit.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use jiban_app::api::Call;
use jiban_app::api::drafts::{
    AnswersOfCase, BookForDraft, ClearDraft, DraftBrief, DraftInHand, DraftsInHand, FindDraft,
    OfferedAnswers, PaperSeen, PutRemark, ReturnDraft, RevealAnswers, RevealAnswersAtOffice,
    SettleRemark,
};
use jiban_domain::access::{Action, Subject};
use jiban_domain::case::CaseRefusal;
use jiban_domain::draft::DraftRefusal;
use jiban_domain::{CaseId, DraftId, HallId, MatterId, Refusal};
use serde::Deserialize;

use super::App;
use super::client::{self, Client};
use super::extract::{JsonBody, QueryParams, TokenParam};
use super::reception::stored_file;
use super::response::Rejection;
use super::routes::{Routes, SignedInCaller};
use crate::service::Caller;
use crate::service::drafts::Room;
use crate::views;
use crate::views::drafts_in_hand::DraftsQuery;

pub(super) fn router() -> Routes {
    Routes::new()
        .get("/api/drafts", Action::ListDraftsInHand, list)
        .get("/api/drafts/draft", Action::LookAtDraft, look)
        .get("/api/drafts/file", Action::ReadDraftFile, file)
        .post(FindDraft::PATH, Action::FindDraft, find)
        .post(PaperSeen::PATH, Action::PaperSeen, paper_seen)
        .get("/api/apply/offers", Action::ReadDraft, offers)
        .get("/api/counter/answers", Action::LookAtCase, answers_at_counter)
        .get("/api/office/answers", Action::ReviewCase, answers_at_office)
        .post(RevealAnswers::PATH, Action::RevealApplicant, reveal)
        .post(RevealAnswersAtOffice::PATH, Action::RevealToReviewer, reveal_at_office)
        .merge(verbs())
}

/// The verbs, whose answer is the changed draft.
fn verbs() -> Routes {
    macro_rules! verbs {
        ($($command:ident => $verb:ident;)+) => {
            Routes::new()$(.post(
                <$command>::PATH,
                Action::$command,
                |State(app): State<App>, SignedInCaller(me): SignedInCaller, JsonBody(q): JsonBody<$command>| async move {
                    let room = app.service.$verb(&me, q).await?;
                    shown(&app, &me, &room).await
                },
            ))+
        };
    }
    verbs! {
        PutRemark => put_remark;
        SettleRemark => settle_remark;
        ReturnDraft => return_draft;
        ClearDraft => clear_draft;
        BookForDraft => book_for_draft;
    }
}

async fn shown(app: &App, me: &Caller, room: &Arc<Room>) -> Result<Json<DraftInHand>, Rejection> {
    Ok(Json(views::drafts_in_hand::shown(&app.service, me, room).await?))
}

#[derive(Deserialize)]
struct ListParams {
    hall: Option<HallId>,
    matter: Option<MatterId>,
}

async fn list(
    State(app): State<App>,
    SignedInCaller(me): SignedInCaller,
    QueryParams(ListParams { hall, matter }): QueryParams<ListParams>,
) -> Result<Json<DraftsInHand>, Rejection> {
    app.service.require(&me, Action::ListDraftsInHand, &Subject::Nothing)?;
    let query = DraftsQuery { hall, matter };
    Ok(Json(views::drafts_in_hand::list(&app.service, &me, &query).await?))
}

#[derive(Deserialize)]
struct DraftParams {
    draft: DraftId,
}

async fn look(
    State(app): State<App>,
    SignedInCaller(me): SignedInCaller,
    QueryParams(DraftParams { draft }): QueryParams<DraftParams>,
) -> Result<Json<DraftInHand>, Rejection> {
    let room = app.service.look_at_draft(&me, Action::LookAtDraft, draft).await?;
    shown(&app, &me, &room).await
}

#[derive(Deserialize)]
struct FileParams {
    draft: DraftId,
    file: String,
    #[serde(default)]
    small: bool,
    page: Option<u32>,
}

async fn file(
    State(app): State<App>,
    SignedInCaller(me): SignedInCaller,
    QueryParams(FileParams { draft, file, small, page }): QueryParams<FileParams>,
) -> Result<impl IntoResponse, Rejection> {
    let room = app.service.look_at_draft(&me, Action::ReadDraftFile, draft).await?;
    let now = room.now();
    let found = now.draft.files.iter().find(|one| one.file == file);
    let kind = found.map(|one| one.kind.clone()).ok_or(CaseRefusal::UnknownFile)?;
    stored_file(&app, &kind, &file, (small, page)).await
}

async fn find(
    State(app): State<App>,
    SignedInCaller(me): SignedInCaller,
    Client(client): Client,
    JsonBody(FindDraft { token }): JsonBody<FindDraft>,
) -> Result<Json<DraftBrief>, Rejection> {
    let room = client::known(&app, client, app.service.draft_for_staff(&me, token).await)?;
    Ok(Json(views::drafts_in_hand::brief_of_room(&app.service, &room)))
}

async fn paper_seen(
    State(app): State<App>,
    SignedInCaller(me): SignedInCaller,
    JsonBody(command): JsonBody<PaperSeen>,
) -> Result<Json<DraftBrief>, Rejection> {
    // Only who stands before the clerk shows a paper.
    let room = app.service.paper_seen(me.try_into()?, command).await?;
    Ok(Json(views::drafts_in_hand::brief_of_room(&app.service, &room)))
}

async fn offers(
    State(app): State<App>,
    Client(client): Client,
    QueryParams(query): QueryParams<TokenParam>,
) -> Result<Json<OfferedAnswers>, Rejection> {
    let token = query.token().map_err(|_| Refusal::from(DraftRefusal::UnknownDraft));
    let at = match token {
        Ok(token) => app.service.at_draft(token).await,
        Err(unknown) => Err(unknown),
    };
    let at = client::known(&app, client, at)?;
    let offers = app.service.offers_of_draft(&at.room.now()).await?;
    Ok(Json(OfferedAnswers { offers }))
}

#[derive(Deserialize)]
struct CaseParams {
    case: CaseId,
}

async fn answers_at_counter(
    State(app): State<App>,
    SignedInCaller(me): SignedInCaller,
    QueryParams(CaseParams { case }): QueryParams<CaseParams>,
) -> Result<Json<AnswersOfCase>, Rejection> {
    answers(&app, &me, Action::LookAtCase, case).await
}

async fn answers_at_office(
    State(app): State<App>,
    SignedInCaller(me): SignedInCaller,
    QueryParams(CaseParams { case }): QueryParams<CaseParams>,
) -> Result<Json<AnswersOfCase>, Rejection> {
    answers(&app, &me, Action::ReviewCase, case).await
}

async fn answers(
    app: &App,
    me: &Caller,
    action: Action,
    case: CaseId,
) -> Result<Json<AnswersOfCase>, Rejection> {
    let case = app.service.look(me, action, case).await?;
    Ok(Json(views::answers::of_case(&app.service, &case, false).await?))
}

async fn reveal(
    State(app): State<App>,
    SignedInCaller(me): SignedInCaller,
    JsonBody(RevealAnswers { case }): JsonBody<RevealAnswers>,
) -> Result<Json<AnswersOfCase>, Rejection> {
    revealed(&app, &me, Action::RevealApplicant, case).await
}

async fn reveal_at_office(
    State(app): State<App>,
    SignedInCaller(me): SignedInCaller,
    JsonBody(RevealAnswersAtOffice { case }): JsonBody<RevealAnswersAtOffice>,
) -> Result<Json<AnswersOfCase>, Rejection> {
    revealed(&app, &me, Action::RevealToReviewer, case).await
}

async fn revealed(
    app: &App,
    me: &Caller,
    action: Action,
    case: CaseId,
) -> Result<Json<AnswersOfCase>, Rejection> {
    // It is recorded before anything is shown, as the applicant is.
    app.service.reveal(me, action, case).await?;
    let case = app.service.case(case).await?;
    Ok(Json(views::answers::of_case(&app.service, &case, true).await?))
}
