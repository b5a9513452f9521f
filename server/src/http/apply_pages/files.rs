//! The materials of a draft, and their files.

use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Form, Path, Query, Request, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use jiban_app::api::Refused;
use jiban_app::api::apply::DetachDraftFile;
use jiban_app::apply::phone::html::{self, Notice};
use jiban_app::apply::phone::words::ApplyPageWords;
use jiban_domain::access::Action;
use jiban_domain::case::CaseRefusal;
use jiban_domain::draft::{DraftRefusal, FILES_OF_MATERIAL};
use jiban_domain::{Lang, Refusal, Token};
use serde::Deserialize;

use super::super::App;
use super::super::apply::files::picture;
use super::super::client::{self, Client};
use super::super::form::SupplyForm;
use super::super::pages::PageContext;
use super::super::response::Rejection;
use super::super::routes::Routes;
use super::{TokenPath, find, find_at, refused, to, view};
use crate::limits::ClientAddress;

pub(super) fn router() -> Routes {
    Routes::new()
        .get("/d/{token}/materials", Action::ReadDraft, show)
        .post("/d/{token}/attach", Action::WriteDraft, attach)
        .post("/d/{token}/detach", Action::WriteDraft, detach)
        .get("/d/{token}/file/{file}", Action::ReadDraft, thumbnail)
}

/// How the last file went: `added`, `removed`, or the code of a refusal.
#[derive(Deserialize, Default)]
struct WentParams {
    went: Option<String>,
}

async fn show(
    State(app): State<App>,
    Client(client): Client,
    page: PageContext,
    token: TokenPath,
    params: Result<Query<WentParams>, QueryRejection>,
) -> Response {
    let shown = async {
        let at = find_at(&app, client, token).await?;
        view(&app, &page, &at).await
    };
    match shown.await {
        Ok(view) if view.draft.state.is_writable() => {
            let went = params.ok().and_then(|Query(params)| params.went);
            let notice = went.map(|went| notice(&went, page.lang));
            Html(html::materials(&page.shell, view, notice)).into_response()
        }
        Ok(view) => to(&page, view.draft.token, ""),
        Err(refusal) => refused(&page, &refusal),
    }
}

/// `went` comes from the address, so only known codes are shown.
fn notice(went: &str, lang: Lang) -> Notice {
    let words = ApplyPageWords::of(lang);
    let of_cases = [
        CaseRefusal::FileTooLarge,
        CaseRefusal::FileNotAKind,
        CaseRefusal::FileHeic,
        CaseRefusal::FilePictureFormat,
        CaseRefusal::FileEmpty,
        CaseRefusal::FileLocked,
        CaseRefusal::FileBroken,
        CaseRefusal::TooManyFiles,
        CaseRefusal::UnknownMaterial,
        CaseRefusal::UnknownFile,
    ];
    let others = [Refusal::Busy { seconds: 10 }, Refusal::Unavailable];
    let mut known = of_cases.map(Refusal::from).into_iter().chain(others);
    match went {
        "added" => Notice::well(words.added.to_owned()),
        "removed" => Notice::well(words.removed.to_owned()),
        code => Notice::not(known.find(|refusal| refusal.code() == code).map_or_else(
            || words.not_received.to_owned(),
            |refusal| Refused::of(&refusal, lang).in_a_line(lang),
        )),
    }
}

/// Back to the page of materials, which says how it went.
fn back(page: &PageContext, token: Token, went: &str) -> Response {
    let tag = page.lang.tag();
    Redirect::to(&format!("/d/{token}/materials?lang={tag}&went={went}")).into_response()
}

async fn attach(
    State(app): State<App>,
    Client(client): Client,
    page: PageContext,
    token: TokenPath,
    request: Request,
) -> Response {
    let at = match find_at(&app, client, token).await {
        Ok(at) => at,
        Err(refusal) => return refused(&page, &refusal),
    };
    match by_form(&app, at.token, client, request).await {
        Ok(()) => back(&page, at.token, "added"),
        Err(Refusal::Draft(DraftRefusal::NotWritable(_))) => to(&page, at.token, ""),
        Err(refusal @ Refusal::Draft(_)) => refused(&page, &refusal),
        Err(refusal) => back(&page, at.token, refusal.code()),
    }
}

async fn by_form(
    app: &App,
    token: Token,
    client: ClientAddress,
    request: Request,
) -> Result<(), Refusal> {
    let place = app.service.place_to_attach(token, client).await?;
    let mut form = SupplyForm::open(request)?;
    let mut files = 0;
    while let Some(file) = form.file().await? {
        // No material takes more.
        if files == FILES_OF_MATERIAL {
            return Err(CaseRefusal::TooManyFiles.into());
        }
        let material = file.material.clone();
        app.service.attach_to_draft(&place, &material, file.into_body()).await?;
        files += 1;
    }
    if files == 0 { Err(CaseRefusal::FileEmpty.into()) } else { Ok(()) }
}

#[derive(Deserialize)]
struct Detached {
    file: String,
}

async fn detach(
    State(app): State<App>,
    Client(client): Client,
    page: PageContext,
    token: TokenPath,
    form: Result<Form<Detached>, FormRejection>,
) -> Response {
    let at = match find_at(&app, client, token).await {
        Ok(at) => at,
        Err(refusal) => return refused(&page, &refusal),
    };
    let Ok(Form(Detached { file })) = form else { return to(&page, at.token, "/materials") };
    let token = at.token;
    match app.service.detach_from_draft(DetachDraftFile { token, file }).await {
        // Touched twice: it is gone.
        Ok(()) | Err(Refusal::Case(CaseRefusal::UnknownFile)) => back(&page, token, "removed"),
        Err(Refusal::Draft(DraftRefusal::NotWritable(_))) => to(&page, token, ""),
        Err(refusal) => refused(&page, &refusal),
    }
}

async fn thumbnail(
    State(app): State<App>,
    Client(client): Client,
    Path((token, file)): Path<(String, String)>,
) -> Result<impl IntoResponse, Rejection> {
    let at = find(&app, client, &token).await?;
    let found = app.service.draft_thumbnail(at.token, &file).await;
    Ok(picture(client::known(&app, client, found)?))
}
