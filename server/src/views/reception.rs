//! The cases of a counter.

use jiban_app::api::case::CaseBrief;
use jiban_app::api::reception::CasesHere;
use jiban_domain::Refusal;
use jiban_domain::access::{Action, Subject};
use jiban_domain::case::Case;

use super::case::brief;
use crate::service::{AtCounter, HallService, read_failed};

/// The clerk's own cases, those of the ticket in hand, and the results that
/// wait to be collected.
///
/// # Errors
/// When they cannot be read.
pub async fn cases_here(service: &HallService, me: &AtCounter) -> Result<CasesHere, Refusal> {
    let cases = mine(service, me).await?;
    here(service, me, cases).await
}

/// The same with what a search found instead of the clerk's own.
///
/// # Errors
/// As [`cases_here`], and when the search cannot be recorded.
pub async fn cases_found(
    service: &HallService,
    me: &AtCounter,
    q: &str,
) -> Result<CasesHere, Refusal> {
    let cases = service.search_cases(me, q).await?;
    here(service, me, cases).await
}

async fn here(
    service: &HallService,
    me: &AtCounter,
    cases: Vec<Case>,
) -> Result<CasesHere, Refusal> {
    let hall = service.hall_of(me)?;
    service.require(&me.caller(), Action::ListCases, &Subject::Hall(&hall))?;
    let ready = service.reader.cases_ready(&hall).await.map_err(read_failed)?;
    let cases: Vec<Case> = cases.into_iter().filter(|case| case.hall == hall).collect();
    Ok(CasesHere {
        cases: briefs(service, me, &cases).await?,
        ready: briefs(service, me, &ready).await?,
    })
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

async fn briefs(
    service: &HallService,
    me: &AtCounter,
    cases: &[Case],
) -> Result<Vec<CaseBrief>, Refusal> {
    let (mut shown, me) = (Vec::with_capacity(cases.len()), me.caller());
    for case in cases {
        shown.push(brief(service, &me, case).await?);
    }
    Ok(shown)
}
