//! `GET /api/form`: what a matter or bundle asks, as JSON Schema.

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use jiban_domain::access::Action;
use jiban_domain::case::Subject;
use jiban_domain::{BundleId, HallId, MatterId, Refusal};
use serde::Deserialize;

use super::App;
use super::extract::QueryParams;
use super::language::Language;
use super::response::Rejection;
use super::routes::Routes;
use crate::{views, zone};

pub(super) fn router() -> Routes {
    Routes::new().get("/api/form", Action::ReadForm, schema)
}

#[derive(Deserialize)]
struct FormParams {
    hall: Option<HallId>,
    matter: Option<MatterId>,
    bundle: Option<BundleId>,
}

async fn schema(
    State(app): State<App>,
    Language(lang): Language,
    QueryParams(FormParams { hall, matter, bundle }): QueryParams<FormParams>,
) -> Result<impl IntoResponse, Rejection> {
    let subject = match (matter, bundle) {
        (Some(matter), None) => Subject::Matter(matter),
        (None, Some(bundle)) => Subject::Bundle(bundle),
        _ => {
            let place = "exactly one of matter and bundle is needed".to_owned();
            return Err(Refusal::BadRequest(place).into());
        }
    };
    let live_state = app.service.live_state();
    let hall = views::hall::meant(&live_state, hall.as_ref())?;
    let today = zone::day(hall, app.service.clock.now());
    let schema = views::form_schema::form_schema(hall, &subject, today, lang)?;
    Ok(([(header::CONTENT_TYPE, "application/schema+json")], schema.to_string()))
}
