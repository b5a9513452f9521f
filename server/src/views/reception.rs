//! The cases of a counter.

use jiban_app::api::case::CaseBrief;
use jiban_app::api::reception::CasesHere;
use jiban_domain::Refusal;
use jiban_domain::case::{Case, CaseNumber};

use super::case::brief;
use crate::service::{AtCounter, HallService, read_failed};

/// The clerk's own cases, those of the ticket in hand, and the results that
/// wait to be collected; or the search results for the number of a case or
/// person.
///
/// # Errors
/// When they cannot be read.
pub async fn cases_here(
    service: &HallService,
    me: &AtCounter,
    q: &str,
) -> Result<CasesHere, Refusal> {
    let hall = service.hall_of(me)?;
    let cases =
        if q.trim().is_empty() { mine(service, me).await? } else { found(service, q).await? };
    let ready = service.reader.cases_ready(&hall).await.map_err(read_failed)?;
    let cases: Vec<Case> = cases.into_iter().filter(|case| case.hall == hall).collect();
    Ok(CasesHere { cases: briefs(service, &cases).await?, ready: briefs(service, &ready).await? })
}

async fn mine(service: &HallService, me: &AtCounter) -> Result<Vec<Case>, Refusal> {
    let mut cases = service.reader.cases_of_clerk(&me.clerk).await.map_err(read_failed)?;
    let of_ticket: Vec<_> = {
        let live_state = service.live_state();
        let ticket = live_state.in_hand(&me.counter).map(|standing| standing.ticket.id);
        ticket.map(|ticket| live_state.cases(ticket).to_vec()).unwrap_or_default()
    };
    for (id, _) in of_ticket {
        if !cases.iter().any(|case| case.id == id) {
            cases.insert(0, service.case(id).await?);
        }
    }
    Ok(cases)
}

async fn found(service: &HallService, q: &str) -> Result<Vec<Case>, Refusal> {
    if let Ok(number) = q.parse::<CaseNumber>() {
        let found = service.reader.case_by_number(number.as_str()).await.map_err(read_failed)?;
        return Ok(found.into_iter().collect());
    }
    service.cases_of_number(q).await
}

async fn briefs(service: &HallService, cases: &[Case]) -> Result<Vec<CaseBrief>, Refusal> {
    let mut shown = Vec::with_capacity(cases.len());
    for case in cases {
        shown.push(brief(service, case).await?);
    }
    Ok(shown)
}
