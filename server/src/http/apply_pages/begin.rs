//! What can be applied for, and going on by six figures.

use axum::extract::rejection::{FormRejection, PathRejection, QueryRejection};
use axum::extract::{Form, Path, Query, State};
use axum::response::{Html, IntoResponse, Response};
use jiban_app::api::Refused;
use jiban_app::api::apply::BeginDraft;
use jiban_app::apply::phone::begin::{Offered, Start, how_much};
use jiban_app::apply::phone::html;
use jiban_domain::access::Action;
use jiban_domain::case::Subject;
use jiban_domain::case::plan::plan;
use jiban_domain::form;
use jiban_domain::setup::Hall;
use jiban_domain::{BundleId, HallId, MatterId, Refusal, Text};
use serde::Deserialize;
use uuid::Uuid;

use super::super::App;
use super::super::client::Client;
use super::super::pages::{PageContext, refusal_page};
use super::super::response::status;
use super::super::routes::Routes;
use super::to;

pub(super) fn router() -> Routes {
    Routes::new()
        .get("/screen", Action::OpenPage, second_screen)
        .get("/apply/continue", Action::BeginDraft, ask_figures)
        .post("/apply/continue", Action::BeginDraft, go_on)
        .get("/apply/{hall}", Action::ReadForm, offered)
        .get("/apply/{hall}/{matter}", Action::ReadForm, start)
        .post("/apply/{hall}/{matter}", Action::BeginDraft, begin)
}

/// The second screen of a counter, between two visitors.
async fn second_screen(page: PageContext) -> Response {
    Html(html::second_screen(&page.shell)).into_response()
}

/// The matter or bundle of this id.
fn subject(hall: &Hall, id: &str) -> Result<Subject, Refusal> {
    let (matter, bundle) = (MatterId::from(id), BundleId::from(id));
    if hall.matter(&matter).is_some() {
        return Ok(Subject::Matter(matter));
    }
    let bundle = hall.bundle(&bundle).map(|_| Subject::Bundle(bundle));
    bundle.ok_or(Refusal::UnknownMatter)
}

/// What can be applied for in a hall.
async fn offered(
    State(app): State<App>,
    page: PageContext,
    hall: Result<Path<HallId>, PathRejection>,
) -> Response {
    let listed = || {
        let Path(id) = hall.map_err(|_| Refusal::UnknownHall)?;
        let setup = app.service.live_state().setup().clone();
        let hall = setup.setup.hall(&id).ok_or(Refusal::UnknownHall)?;
        let one = |(subject, name, form): (Subject, &Text, form::Form)| Offered {
            name: name.get(page.lang).to_owned(),
            about: how_much(&form, page.lang),
            address: format!("/apply/{}/{}?lang={}", hall.id, subject.id(), page.lang.tag()),
        };
        Ok((hall.name.get(page.lang).to_owned(), form::offered(hall).map(one).collect()))
    };
    match listed() {
        Ok((hall, offered)) => {
            Html(html::offered(&page.shell, page.lang, hall, offered)).into_response()
        }
        Err(refusal) => refusal_page(&page, &refusal),
    }
}

type OfMatter = Result<Path<(HallId, String)>, PathRejection>;

async fn start(State(app): State<App>, page: PageContext, of: OfMatter) -> Response {
    let started = || {
        let Path((hall, id)) = of.map_err(|_| Refusal::UnknownMatter)?;
        let setup = app.service.live_state().setup().clone();
        let hall = setup.setup.hall(&hall).ok_or(Refusal::UnknownHall)?;
        let subject = subject(hall, &id)?;
        let plan = plan(hall, &subject)?;
        let materials = plan.materials.iter().map(|one| {
            let form = one.form.name();
            (one.name.get(page.lang).to_owned(), form.get(page.lang).to_owned())
        });
        Ok(Start {
            hall_name: hall.name.get(page.lang).to_owned(),
            hall: hall.id.to_string(),
            id,
            name: plan.name.get(page.lang).to_owned(),
            form: form::of(hall, &subject)?,
            materials: materials.collect(),
            kept_days: hall.cases.draft_kept_days,
            request_id: Uuid::new_v4().to_string(),
        })
    };
    match started() {
        Ok(start) => Html(html::start(&page.shell, page.lang, start)).into_response(),
        Err(refusal) => refusal_page(&page, &refusal),
    }
}

#[derive(Deserialize)]
struct Repeatable {
    request_id: Uuid,
}

/// Begins a draft, and leads to its first step.
async fn begin(
    State(app): State<App>,
    Client(client): Client,
    page: PageContext,
    of: OfMatter,
    form: Result<Form<Repeatable>, FormRejection>,
) -> Response {
    let begun = async {
        let Path((hall, id)) = of.map_err(|_| Refusal::UnknownMatter)?;
        let subject = {
            let setup = app.service.live_state().setup().clone();
            subject(setup.setup.hall(&hall).ok_or(Refusal::UnknownHall)?, &id)?
        };
        let request_id = form.map_or_else(|_| Uuid::new_v4(), |Form(form)| form.request_id);
        let (matter, bundle) = match subject {
            Subject::Matter(id) => (Some(id), None),
            Subject::Bundle(id) => (None, Some(id)),
        };
        let command = BeginDraft { request_id, hall, matter, bundle, kiosk: None };
        app.service.begin_draft(command, client).await
    };
    match begun.await {
        Ok(at) => {
            let group = at.room.now().form.groups.first().map(|group| group.id.clone());
            let below = group.map(|id| format!("/form/{}", html::escaped(&id)));
            to(&page, at.token, &below.unwrap_or_default())
        }
        Err(refusal) => refusal_page(&page, &refusal),
    }
}

#[derive(Deserialize)]
struct Figures {
    #[serde(default)]
    code: String,
}

/// The most characters of figures that a page shows again.
const MOST: usize = 9;

async fn ask_figures(
    page: PageContext,
    figures: Result<Query<Figures>, QueryRejection>,
) -> Response {
    let code = figures.map(|Query(figures)| figures.code).unwrap_or_default();
    let code = code.chars().filter(char::is_ascii_digit).take(MOST).collect();
    Html(html::go_on(&page.shell, page.lang, code, None)).into_response()
}

/// Leads to the draft that shows these figures.
async fn go_on(
    State(app): State<App>,
    Client(client): Client,
    page: PageContext,
    form: Result<Form<Figures>, FormRejection>,
) -> Response {
    let code = form.map(|Form(figures)| figures.code).unwrap_or_default();
    match app.service.continue_draft(&code, client).await {
        Ok(at) => to(&page, at.token, ""),
        Err(refusal) => {
            let why = Refused::of(&refusal, page.lang).in_a_line(page.lang);
            let code = code.chars().take(MOST).collect();
            let document = html::go_on(&page.shell, page.lang, code, Some(why));
            (status(&refusal), Html(document)).into_response()
        }
    }
}
