//! Replacing the setup: the description of the halls. The admin page, the import and
//! the demo all use it.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::sync::Arc;

use jiban_app::api::admin::SetupNow;
use jiban_domain::access::{Action, Subject};
use jiban_domain::event::HallEvent;
use jiban_domain::setup::{Setup, SetupFault, faults};
use jiban_domain::ticket::TicketState;
use jiban_domain::{HallId, Refusal, Text, text};
use serde_json::json;

use super::access::Author;
use super::prefetch::Prefetch;
use super::slips::end_slips_of_changed_printers;
use super::unit_of_work::{About, UnitOfWork};
use super::{HallService, answer, sessions};
use crate::change::{Change, SetupVersion};

impl HallService {
    /// The current setup and its version.
    pub fn setup_now(&self) -> SetupNow {
        let setup = self.live_state().setup().clone();
        SetupNow { version: setup.version, setup: setup.setup.clone(), by: setup.by.clone() }
    }

    /// What a setup would become, if it is valid; nothing is changed.
    ///
    /// # Errors
    /// [`Refusal::BadSetup`] with every fault.
    pub fn check_setup(&self, setup: Setup) -> Result<SetupNow, Refusal> {
        let found = faults(&setup);
        if !found.is_empty() {
            return Err(Refusal::BadSetup(found.iter().map(SetupFault::sentence).collect()));
        }
        Ok(SetupNow { setup, ..self.setup_now() })
    }

    /// Replaces the setup. `edited` is the version that was edited; `None` replaces
    /// whichever version is current.
    ///
    /// # Errors
    /// [`Refusal::BadSetup`] with every fault; [`Refusal::Overtaken`] if another version
    /// was saved meanwhile; [`Refusal::InUse`] if tickets would be stranded;
    /// [`Refusal::NoDirectorLeft`].
    pub async fn replace_setup(
        &self,
        setup: Setup,
        edited: Option<i64>,
        by: Author,
    ) -> Result<SetupNow, Refusal> {
        let found = faults(&setup);
        if !found.is_empty() {
            return Err(Refusal::BadSetup(found.iter().map(SetupFault::sentence).collect()));
        }
        let action = if edited.is_some() { Action::SaveSetup } else { Action::ImportSetup };
        self.execute_with(None, vec![Prefetch::Passwords], move |work| {
            let before = work.setup();
            by.require(work, action, &Subject::Halls(&before.setup.halls))?;
            require_director(work, &before.setup, &setup)?;
            replace(work, &setup, edited, by.name())
        })
        .await?;
        Ok(self.setup_now())
    }
}

/// Refuses a setup in which no director can sign in any more. One who is new in it has no
/// password yet, whatever was once kept for the same name.
fn require_director(work: &UnitOfWork<'_>, before: &Setup, setup: &Setup) -> Result<(), Refusal> {
    let passwords = &work.prefetched().passwords;
    let can_sign_in = |setup: &Setup| {
        let mut directors = setup.directors();
        directors.any(|one| passwords.contains(&one.id) && before.clerk(&one.id).is_some())
    };
    // Before the first password is set, any hall file may be imported.
    if can_sign_in(before) && !can_sign_in(setup) {
        return Err(Refusal::NoDirectorLeft);
    }
    Ok(())
}

pub(super) fn replace(
    work: &mut UnitOfWork<'_>,
    setup: &Setup,
    edited: Option<i64>,
    by: &str,
) -> Result<String, Refusal> {
    let before = work.setup();
    if edited.is_some_and(|edited| edited != before.version) {
        return Err(Refusal::Overtaken(before.version));
    }
    let stranded = stranded(work, setup);
    if !stranded.is_empty() {
        return Err(Refusal::InUse(stranded.into_iter().collect()));
    }
    end_slips_of_changed_printers(work, setup);
    let passwords = work.prefetched().passwords.clone();
    sessions::end_what_setup_ends(work, &before.setup, setup, &passwords, by);
    let version = before.version + 1;
    work.put(Change::Setup(Arc::new(SetupVersion {
        version,
        setup: setup.clone(),
        at: work.now(),
        by: by.to_owned(),
    })));
    let detail = json!({ "version": version });
    work.append_event(HallEvent::SetupChanged, HallId::default(), About::Hall, by, &detail);
    answer(&())
}

/// What active tickets still need and the new setup lacks.
fn stranded(work: &UnitOfWork<'_>, setup: &Setup) -> BTreeSet<Text> {
    let live_state = work.live_state();
    let mut missing = BTreeSet::new();
    for hall in &work.setup().setup.halls {
        let new = setup.hall(&hall.id);
        let whole = named(&hall.id, Some(&hall.name));
        let part = |zh: &str, en: &str, item: &Text| {
            let (hall_zh, item_zh) = (&whole.zh, &item.zh);
            let (hall_en, item_en) = (&whole.en, &item.en);
            text!("大厅{hall_zh}的{zh}{item_zh}" | "the {en} {item_en} of the hall {hall_en}")
        };
        for standing in live_state.standing_in(&hall.id) {
            let ticket = &standing.ticket;
            let Some(new) = new else {
                let Text { zh, en } = &whole;
                missing.insert(text!("大厅{zh}" | "the hall {en}"));
                break;
            };
            if new.line(&ticket.line).is_none() {
                let name = hall.line(&ticket.line).map(|line| &line.name);
                missing.insert(part("队列", "line", &named(&ticket.line, name)));
            }
            if new.matter(&ticket.matter).is_none() {
                let name = hall.matter(&ticket.matter).map(|matter| &matter.name);
                missing.insert(part("事项", "matter", &named(&ticket.matter, name)));
            }
            let served = new.counters.iter().any(|counter| counter.lines.contains(&ticket.line));
            if ticket.state == TicketState::Waiting && ticket.reserved_for.is_none() && !served {
                let name = hall.line(&ticket.line).map(|line| &line.name);
                missing.insert(part("队列", "line", &named(&ticket.line, name)));
            }
            // A missed ticket can be reinstated at any counter of its line.
            let at = match ticket.state {
                TicketState::Missed => None,
                _ => ticket.counter.as_ref().or(ticket.reserved_for.as_ref()),
            };
            if let Some(counter) = at.filter(|counter| new.counter(counter).is_none()) {
                let name = hall.counter(counter).map(|counter| &counter.name);
                missing.insert(part("窗口", "counter", &named(counter, name)));
            }
        }
    }
    missing
}

/// The name, if it still has one, and the id as the hall file has it.
fn named(id: &impl Display, name: Option<&Text>) -> Text {
    match name {
        Some(Text { zh, en }) => text!("“{zh}”（{id}）" | "\"{en}\" ({id})"),
        None => text!("“{id}”" | "\"{id}\""),
    }
}
