//! The cases a counter works with.

use jiban_app::api::case::CaseBrief;
use jiban_app::api::reception::CasesHere;
use jiban_domain::Refusal;
use jiban_domain::case::{Case, CaseNumber};

use super::case::brief;
use crate::desk::{AtCounter, Desk, unread};

/// The clerk's own cases and those of the ticket in hand, and the results that
/// wait; or what a number finds, of a case or of a person.
///
/// # Errors
/// When they cannot be read.
pub async fn cases_here(desk: &Desk, me: &AtCounter, q: &str) -> Result<CasesHere, Refusal> {
    let hall = desk.hall_of(me)?;
    let cases = if q.trim().is_empty() { mine(desk, me).await? } else { found(desk, q).await? };
    let ready = desk.reader.cases_ready(&hall).await.map_err(unread)?;
    let cases: Vec<Case> = cases.into_iter().filter(|case| case.hall == hall).collect();
    Ok(CasesHere { cases: briefs(desk, &cases).await?, ready: briefs(desk, &ready).await? })
}

async fn mine(desk: &Desk, me: &AtCounter) -> Result<Vec<Case>, Refusal> {
    let mut cases = desk.reader.cases_of_clerk(&me.clerk).await.map_err(unread)?;
    let of_ticket: Vec<_> = {
        let live_state = desk.live_state();
        let ticket = live_state.in_hand(&me.counter).map(|standing| standing.ticket.id);
        ticket.map(|ticket| live_state.cases(ticket).to_vec()).unwrap_or_default()
    };
    for (id, _) in of_ticket {
        if !cases.iter().any(|case| case.id == id) {
            cases.insert(0, desk.case(id).await?);
        }
    }
    Ok(cases)
}

async fn found(desk: &Desk, q: &str) -> Result<Vec<Case>, Refusal> {
    if let Ok(number) = q.parse::<CaseNumber>() {
        let found = desk.reader.case_by_number(number.as_str()).await.map_err(unread)?;
        return Ok(found.into_iter().collect());
    }
    desk.cases_of_number(q).await
}

async fn briefs(desk: &Desk, cases: &[Case]) -> Result<Vec<CaseBrief>, Refusal> {
    let mut shown = Vec::with_capacity(cases.len());
    for case in cases {
        shown.push(brief(desk, case).await?);
    }
    Ok(shown)
}
