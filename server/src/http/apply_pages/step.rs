//! One group of a form. What is posted is kept whatever it is, and then the page that was asked
//! for is shown: the next, the one before, or this one again with what is wrong.

use std::collections::{BTreeMap, HashSet};

use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Form, Path, Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use jiban_app::api::Refused;
use jiban_app::apply::phone::offered::{ALL, TAKE};
use jiban_app::apply::phone::sign_in::SIGN_IN;
use jiban_app::apply::phone::step::{SHOWN, ShownField, Told, shown};
use jiban_app::apply::phone::{DraftView, html};
use jiban_app::apply::posted;
use jiban_domain::access::Action;
use jiban_domain::draft::DraftRefusal;
use jiban_domain::form::offer::Offered;
use jiban_domain::form::{Field, FieldKind, FieldValue, Group};
use jiban_domain::{FieldId, Refusal, typed};
use serde::Deserialize;
use uuid::Uuid;

use super::super::App;
use super::super::client::Client;
use super::super::pages::PageContext;
use super::super::response::status;
use super::super::routes::Routes;
use super::{find, refused, to, view};
use crate::service::drafts::{AtDraft, PageRefused, PostedAnswer, PostedPage};

pub(super) fn router() -> Routes {
    Routes::new().get("/d/{token}/form/{group}", Action::ReadDraft, show).post(
        "/d/{token}/form/{group}",
        Action::WriteDraft,
        write,
    )
}

/// The most bytes that a page may post, which is more than a draft holds.
const MOST: usize = 512 * 1024;

#[derive(Deserialize, Default)]
struct ToldParams {
    /// All that is wrong is told, and not only what was written wrong.
    #[serde(default)]
    told: bool,
    /// More is asked by what was answered.
    #[serde(default)]
    more: bool,
    /// The table of which somebody wants so many rows: `staff.3`. A row that was added says
    /// nothing yet, so no answer has it.
    #[serde(default)]
    rows: Option<String>,
}

async fn show(
    State(app): State<App>,
    Client(client): Client,
    page: PageContext,
    Path((token, group)): Path<(String, String)>,
    params: Result<Query<ToldParams>, QueryRejection>,
) -> Response {
    let at = match find(&app, client, &token).await {
        Ok(at) => at,
        Err(refusal) => return refused(&page, &refusal),
    };
    let params = params.map(|Query(params)| params).unwrap_or_default();
    let told = Told { all: params.told, more: params.more, ..Told::default() };
    match offering(&app, &page, &at).await {
        Ok(mut view) => {
            if let Some((table, count)) = params.rows.as_deref().and_then(rows_wanted) {
                show_rows(&mut view, &table, count);
            }
            step_page(&page, view, &group, told).into_response()
        }
        Err(refusal) => refused(&page, &refusal),
    }
}

fn rows_wanted(param: &str) -> Option<(FieldId, usize)> {
    let (table, count) = param.rsplit_once('.')?;
    Some((FieldId::from(table), count.parse().ok()?))
}

/// Shows so many rows of a table, or as many as there are if these are more.
fn show_rows(view: &mut DraftView, table: &FieldId, count: usize) {
    let field = view.draft.form.field(table).filter(|field| field.kind == FieldKind::Table);
    let Some(most) = field.map(Field::most_rows) else { return };
    let value = view.draft.values.entry(table.clone()).or_default();
    let mut rows = match std::mem::take(value) {
        FieldValue::Rows(rows) => rows,
        _ => Vec::new(),
    };
    rows.resize_with(count.min(most).max(rows.len()), BTreeMap::new);
    *value = FieldValue::Rows(rows);
}

/// A draft with what is offered for its fields.
async fn offering(app: &App, page: &PageContext, at: &AtDraft) -> Result<DraftView, Refusal> {
    let view = view(app, page, at).await?;
    let offers = app.service.offers_of_draft(&at.room.now()).await?;
    Ok(DraftView { offers, ..view })
}

/// The page of a group. One that is not asked, or not any longer, leads to all of them.
fn step_page(page: &PageContext, view: DraftView, group: &str, told: Told) -> Response {
    let place = view.groups().iter().position(|one| one.id == group);
    match place.filter(|_| view.draft.state.is_writable()) {
        Some(place) => {
            let told = Told { request_id: Uuid::new_v4().to_string(), ..told };
            Html(html::step(&page.shell, view, place, told)).into_response()
        }
        None => to(page, view.draft.token, ""),
    }
}

/// What is posted besides answers.
struct Posted {
    request_id: Uuid,
    /// `next`, `back` or `on`, or a table's button.
    go: Go,
    shown: Vec<ShownField>,
    rest: Vec<(String, String)>,
}

enum Go {
    Next,
    /// Next, whatever is wrong.
    On,
    Back,
    AddRow(String),
    RemoveRow(String, usize),
    /// To prove who one is.
    SignIn,
    /// Takes what is offered for a field, or for all of the page.
    Take(String),
}

fn read(pairs: Vec<(String, String)>) -> Option<Posted> {
    let mut posted =
        Posted { request_id: Uuid::new_v4(), go: Go::Next, shown: Vec::new(), rest: Vec::new() };
    for (name, value) in pairs {
        match name.as_str() {
            "request_id" => posted.request_id = value.parse().ok()?,
            SHOWN => posted.shown = shown(&value),
            "go" => {
                posted.go = match value.as_str() {
                    "back" => Go::Back,
                    "on" => Go::On,
                    SIGN_IN => Go::SignIn,
                    _ => Go::Next,
                }
            }
            "add_row" => posted.go = Go::AddRow(value),
            "remove_row" => {
                let (table, row) = value.rsplit_once('.')?;
                posted.go = Go::RemoveRow(table.to_owned(), row.parse().ok()?);
            }
            TAKE => posted.go = Go::Take(value),
            // As browsers send the ends of lines.
            _ => posted.rest.push((name, typed::visible(&value.replace("\r\n", "\n")))),
        }
    }
    Some(posted)
}

async fn write(
    State(app): State<App>,
    Client(client): Client,
    page: PageContext,
    Path((token, group)): Path<(String, String)>,
    form: Result<Form<Vec<(String, String)>>, FormRejection>,
) -> Response {
    let at = match find(&app, client, &token).await {
        Ok(at) => at,
        Err(refusal) => return refused(&page, &refusal),
    };
    let pairs = match form {
        Ok(Form(pairs)) if pairs.iter().map(|(_, value)| value.len()).sum::<usize>() <= MOST => {
            pairs
        }
        Err(
            FormRejection::FailedToDeserializeForm(_) | FormRejection::InvalidFormContentType(_),
        ) => {
            return to(&page, at.token, "");
        }
        _ => return refused(&page, &DraftRefusal::DraftTooLarge.into()),
    };
    let Some(posted) = read(pairs) else { return to(&page, at.token, "") };
    let answers = answers(&at, &posted);
    let written = PostedPage { request_id: posted.request_id, answers };
    match app.service.write_page(&at, written).await {
        Ok(()) => match after(&app, &page, &at, &posted).await {
            Ok(view) => led(&page, &view, &group, &posted),
            Err(refusal) => refused(&page, &refusal),
        },
        // In another tab it was sent or given up meanwhile: its page says so.
        Err(PageRefused { why: Refusal::Draft(DraftRefusal::NotWritable(_)), .. }) => {
            to(&page, at.token, "")
        }
        // What was typed stays in the page, also where the hall cannot save just now.
        Err(PageRefused { why, fields }) => match view(&app, &page, &at).await {
            Ok(mut view) => {
                let not_kept = fields.keys().cloned().collect();
                view.draft.values.extend(fields);
                let sentence = Refused::of(&why, page.lang).in_a_line(page.lang);
                let told = Told { all: true, refused: Some(sentence), not_kept, ..Told::default() };
                (status(&why), step_page(&page, view, &group, told)).into_response()
            }
            Err(refusal) => refused(&page, &refusal),
        },
    }
}

/// The draft once a page is kept, and what is offered was taken.
async fn after(
    app: &App,
    page: &PageContext,
    at: &AtDraft,
    posted: &Posted,
) -> Result<DraftView, Refusal> {
    if let Go::Take(wanted) = &posted.go {
        let mut offers = app.service.offers_of_draft(&at.room.now()).await?;
        let is_on_page = |id: &FieldId| posted.shown.iter().any(|shown| shown.field == *id);
        offers.retain(|one| match wanted.as_str() {
            ALL => is_on_page(&one.field),
            field => one.field.as_str() == field,
        });
        let taken = |one: Offered| {
            let Offered { field, value, .. } = one;
            PostedAnswer { field, value, base: 0, untouched: false }
        };
        let answers = offers.into_iter().map(taken).collect();
        let taken = PostedPage { request_id: posted.request_id, answers };
        app.service.write_page(at, taken).await.map_err(|refused| refused.why)?;
    }
    view(app, page, at).await
}

/// The answers of a page, for the fields that stood on it.
fn answers(at: &AtDraft, posted: &Posted) -> Vec<PostedAnswer> {
    let form = at.room.now().form;
    let mut read = HashSet::new();
    let once = posted.shown.iter().filter(|shown| read.insert(&shown.field));
    let on_page = once.filter_map(|shown| Some((form.field(&shown.field)?, shown)));
    let answer = |(field, shown): (&Field, &ShownField)| {
        let mut value = posted::read([field], &posted.rest).remove(&field.id).unwrap_or_default();
        let mut untouched = shown.is_untouched(&value);
        if let Go::RemoveRow(table, row) = &posted.go
            && field.id.as_str() == table
            && let FieldValue::Rows(rows) = &mut value
            && *row < rows.len()
        {
            rows.remove(*row);
            untouched = false;
        }
        PostedAnswer { field: field.id.clone(), value, base: shown.version, untouched }
    };
    on_page.map(answer).collect()
}

/// How many rows of a table stood on the page.
fn rows_on_page(view: &DraftView, posted: &Posted, table: &FieldId) -> usize {
    let read = view.draft.form.field(table).map(|field| posted::read([field], &posted.rest));
    match read.and_then(|mut read| read.remove(table)) {
        Some(FieldValue::Rows(rows)) => rows.len().max(1),
        _ => 1,
    }
}

/// Where a page leads once it is kept.
fn led(page: &PageContext, view: &DraftView, group: &str, posted: &Posted) -> Response {
    let groups = view.groups();
    let Some(place) = groups.iter().position(|one| one.id == group) else {
        return to(page, view.draft.token, "");
    };
    let own = groups[place];
    let address = match &posted.go {
        Go::Back => match place.checked_sub(1) {
            Some(before) => view.at_group(groups[before]),
            None => view.at(""),
        },
        Go::SignIn => view.at("/sign-in"),
        Go::AddRow(table) => {
            let id = FieldId::from(table.as_str());
            let most = view.draft.form.field(&id).map_or(1, Field::most_rows);
            let count = (rows_on_page(view, posted, &id) + 1).min(most);
            with_rows(&view.at_group(own), table, count, count.saturating_sub(1))
        }
        Go::RemoveRow(table, _) => {
            let count = rows_on_page(view, posted, &FieldId::from(table.as_str())).max(2) - 1;
            with_rows(&view.at_group(own), table, count, 0)
        }
        Go::Take(field) if field == ALL => view.at_group(own),
        Go::Take(field) => {
            format!("{}#{}", view.at_group(own), html::field_id(&FieldId::from(field.as_str())))
        }
        Go::Next | Go::On => {
            if let Some(more) = newly_asked(view, own, posted) {
                format!("{}&more=true#{}", view.at_group(own), html::field_id(&more))
            } else if matches!(posted.go, Go::Next) && view.refusals_of(own).next().is_some() {
                format!("{}&told=true", view.at_group(own))
            } else {
                match groups.get(place + 1) {
                    Some(next) => view.at_group(next),
                    None if view.draft.materials.is_empty() => view.at("/check"),
                    None => view.at("/materials"),
                }
            }
        }
    };
    Redirect::to(&address).into_response()
}

/// The page of a group with so many rows of a table, down to one of them.
fn with_rows(page: &str, table: &str, count: usize, at: usize) -> String {
    format!("{page}&rows={}.{count}#{}", html::escaped(table), html::row_id(table, at))
}

/// The first field of a group that is asked by its answers now, and did not stand on the page.
fn newly_asked(view: &DraftView, group: &Group, posted: &Posted) -> Option<FieldId> {
    let on_page: HashSet<&FieldId> = posted.shown.iter().map(|shown| &shown.field).collect();
    view.asked(group).map(|field| field.id.clone()).find(|id| !on_page.contains(id))
}
