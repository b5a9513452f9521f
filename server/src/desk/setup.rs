//! Describing the halls anew: one way, whoever asks.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiban_app::api::admin::SetupNow;
use jiban_domain::setup::{Setup, faults};
use jiban_domain::{HallId, Refusal};
use serde_json::json;

use super::draft::Draft;
use super::{Desk, answer};
use crate::change::{Change, Kind, SetupVersion};

impl Desk {
    /// The halls as described now.
    pub fn setup_now(&self) -> SetupNow {
        let setup = self.floor().setup().clone();
        SetupNow { version: setup.version, setup: setup.setup.clone() }
    }

    /// Describes the halls anew. `edited` is the version the change was made
    /// to; none puts it in place of whichever is there.
    ///
    /// # Errors
    /// [`Refusal::BadSetup`] with every fault; [`Refusal::InUse`] where it was
    /// changed in between, or would strand tickets.
    pub async fn replace_setup(
        &self,
        setup: Setup,
        edited: Option<i64>,
        by: String,
    ) -> Result<SetupNow, Refusal> {
        let found = faults(&setup);
        if !found.is_empty() {
            return Err(Refusal::BadSetup(
                found.iter().map(|fault| format!("{}: {}", fault.place, fault.what)).collect(),
            ));
        }
        self.ask(None, move |draft| replace(draft, &setup, edited, &by)).await?;
        Ok(self.setup_now())
    }
}

pub(super) fn replace(
    draft: &mut Draft<'_>,
    setup: &Setup,
    edited: Option<i64>,
    by: &str,
) -> Result<String, Refusal> {
    let before = draft.setup();
    if edited.is_some_and(|edited| edited != before.version) {
        return Err(Refusal::InUse(format!("version {}", before.version)));
    }
    if let Some(stranded) = stranded(draft, setup) {
        return Err(Refusal::InUse(stranded));
    }
    let version = before.version + 1;
    draft.put(Change::Setup(Arc::new(SetupVersion {
        version,
        setup: setup.clone(),
        at: draft.now(),
        by: by.to_owned(),
    })));
    let detail = json!({ "version": version });
    draft.happen(Kind::SetupChanged, HallId::default(), None, by, &detail);
    answer(&())
}

/// What tickets still need that the new description lacks.
fn stranded(draft: &Draft<'_>, setup: &Setup) -> Option<String> {
    let floor = draft.floor();
    let mut lacking = BTreeSet::new();
    for hall in &draft.setup().setup.halls {
        let new = setup.hall(&hall.id);
        for standing in floor.standing_in(&hall.id) {
            let ticket = &standing.ticket;
            let Some(new) = new else {
                lacking.insert(format!("hall {}", hall.id));
                break;
            };
            if new.line(&ticket.line).is_none() {
                lacking.insert(format!("hall {}, line {}", hall.id, ticket.line));
            }
            if new.matter(&ticket.matter).is_none() {
                lacking.insert(format!("hall {}, matter {}", hall.id, ticket.matter));
            }
            let at = ticket.counter.as_ref().or(ticket.reserved_for.as_ref());
            if let Some(counter) = at.filter(|counter| new.counter(counter).is_none()) {
                lacking.insert(format!("hall {}, counter {counter}", hall.id));
            }
        }
    }
    (!lacking.is_empty()).then(|| lacking.into_iter().collect::<Vec<_>>().join("; "))
}
