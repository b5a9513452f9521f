//! A commitment (告知承诺): what an applicant signs instead of proving it first. It replaces
//! steps and materials, shortens the limit, and is checked after the decision.
//!
//! - [`offer`]: what a matter or bundle offers, and what that replaces
//! - [`check`]: the check afterwards, and what follows from a breach

pub mod check;
pub mod offer;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use super::material::{CaseMaterial, MaterialState};
use super::state::{CaseState, StepState};
use super::{Case, CaseRefusal, Moment};
use crate::ids::{DepartmentId, MatterId, Millis};
use crate::text::Text;

pub use check::{Answer, AnsweredVia, Breach, CheckVerb, CommitmentCheck};
pub use offer::{CommitmentOffer, OfferedCommitment, commitment_offered};

/// What the applicant of a case committed to, for each matter that offers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commitment {
    pub at: Millis,
    /// The drawn signature's file; none where it was signed on paper.
    #[serde(default)]
    pub signature: Option<String>,
    /// The promised limit of the case without it, in working days.
    pub ordinary_days: u16,
    pub terms: Vec<CommitmentTerms>,
}

/// The terms of one matter as they were signed: a later hall file changes nothing of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommitmentTerms {
    pub matter: MatterId,
    /// The promised limit of the matter without it.
    pub ordinary_days: u16,
    pub text: Text,
    pub consequence: Text,
    /// Who checks afterwards.
    pub check_department: DepartmentId,
    /// Working days after the decision.
    pub check_within_days: u16,
    /// Working days to answer the notice of a breach.
    pub answer_days: u16,
    /// Working days to put a breach right; 0 where it cannot be.
    pub put_right_days: u16,
    /// The check, once the matter is decided.
    #[serde(default)]
    pub check: Option<CommitmentCheck>,
}

impl Case {
    /// The applicant signs the commitment that is offered. What it replaces is neither opened
    /// nor asked for; what was brought already stays. A promise (容缺) is to be signed again,
    /// since its list and its last day have changed.
    ///
    /// # Errors
    /// [`CaseRefusal::NoPromise`] where an earlier one was broken, [`CaseRefusal::NoCommitment`]
    /// where nothing is offered for this case; after acceptance it is too late.
    pub fn sign_commitment(
        &mut self,
        offer: Option<&CommitmentOffer>,
        signature: Option<String>,
        may_promise: bool,
        now: Moment,
    ) -> Result<(), CaseRefusal> {
        self.require_state(CaseState::Open)?;
        if !may_promise {
            return Err(CaseRefusal::NoPromise);
        }
        let offer = offer.ok_or(CaseRefusal::NoCommitment)?;
        let mut signed = self.clone();
        if signed.commitment.is_some() {
            signed.withdraw_commitment()?;
        }
        let ordinary_days = signed.promised_days;
        let mut terms = Vec::new();
        for offered in &offer.matters {
            terms.extend(signed.commit_to(offered, now));
        }
        let replaced = signed.replace_materials(offer, now);
        if terms.is_empty() || !(replaced || signed.has_replaced_steps()) {
            return Err(CaseRefusal::NoCommitment);
        }
        signed.promised_days = offer.promised_days.min(ordinary_days);
        signed.promise = None;
        signed.commitment = Some(Commitment { at: now.at, signature, ordinary_days, terms });
        *self = signed;
        Ok(())
    }

    /// Takes the commitment back before acceptance: everything is asked for again.
    ///
    /// # Errors
    /// [`CaseRefusal::NoCommitment`] where none was signed; after acceptance it is too late.
    pub fn withdraw_commitment(&mut self) -> Result<(), CaseRefusal> {
        self.require_state(CaseState::Open)?;
        let commitment = self.commitment.take().ok_or(CaseRefusal::NoCommitment)?;
        self.promised_days = commitment.ordinary_days;
        for part in &mut self.parts {
            let signed = commitment.terms.iter().find(|terms| terms.matter == part.matter);
            if let Some(terms) = signed {
                part.promised_days = terms.ordinary_days;
            }
            for step in part.steps.iter_mut().filter(|one| one.state == StepState::Replaced) {
                step.state = StepState::Waiting;
            }
        }
        let replaced = |one: &&mut CaseMaterial| one.state == MaterialState::Replaced;
        for material in self.materials.iter_mut().filter(replaced) {
            material.state = MaterialState::Missing;
        }
        self.promise = None;
        Ok(())
    }

    /// Replaces the steps of a matter; none where the case has no such matter.
    fn commit_to(&mut self, offered: &OfferedCommitment, now: Moment) -> Option<CommitmentTerms> {
        let part = self.parts.iter_mut().find(|part| part.matter == offered.matter)?;
        let ordinary_days = part.promised_days;
        part.promised_days = offered.promised_days.min(ordinary_days);
        let replaced = |name: &Text| offered.steps.iter().any(|one| one.zh == name.zh);
        for step in part.steps.iter_mut().filter(|step| replaced(&step.name)) {
            step.state = StepState::Replaced;
            step.changed_at = Some(now.at);
        }
        Some(CommitmentTerms {
            matter: offered.matter.clone(),
            ordinary_days,
            text: offered.text.clone(),
            consequence: offered.consequence.clone(),
            check_department: offered.check_department.clone(),
            check_within_days: offered.check_within_days,
            answer_days: offered.answer_days,
            put_right_days: offered.put_right_days,
            check: None,
        })
    }

    /// Replaces the materials for which every matter that asks has a commitment; says whether
    /// there are any.
    fn replace_materials(&mut self, offer: &CommitmentOffer, now: Moment) -> bool {
        let mut any = false;
        for material in &mut self.materials {
            let replaced = (material.matters.iter()).all(|matter| offer.replaces(matter, material));
            any |= replaced;
            let awaited = [MaterialState::Missing, MaterialState::Deferred];
            if replaced && awaited.contains(&material.state) {
                material.state = MaterialState::Replaced;
                material.at = Some(now.at);
                material.unreadable = None;
            }
        }
        any
    }

    fn has_replaced_steps(&self) -> bool {
        let mut steps = self.parts.iter().flat_map(|part| &part.steps);
        steps.any(|step| step.state == StepState::Replaced)
    }

    /// The signed terms of a matter.
    ///
    /// # Errors
    /// [`CaseRefusal::UnknownCheck`].
    pub fn terms_of(&self, matter: &MatterId) -> Result<&CommitmentTerms, CaseRefusal> {
        let mut all = self.commitment.iter().flat_map(|one| &one.terms);
        all.find(|terms| terms.matter == *matter).ok_or(CaseRefusal::UnknownCheck)
    }

    /// The checks of the case that have begun, each with its terms.
    pub fn checks(&self) -> impl Iterator<Item = (&CommitmentTerms, &CommitmentCheck)> {
        let all = self.commitment.iter().flat_map(|one| &one.terms);
        all.filter_map(|terms| Some((terms, terms.check.as_ref()?)))
    }

    /// Whether a check has not ended.
    pub fn has_open_check(&self) -> bool {
        self.checks().any(|(_, check)| !check.state.is_end())
    }
}
