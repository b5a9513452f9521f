//! At the counter: opening, checking, telling what is missing, accepting.

use jiff::civil::Date;

use super::material::{Attached, CaseMaterial, MaterialState, Promise, Via};
use super::plan::Plan;
use super::state::{PartState, StepState};
use super::step::{StepRef, StepVerb, next_step_state};
use super::{
    ApplicantKind, At, Case, CaseNumber, CaseRefusal, CaseState, Issuing, Moment, Told, ToldBy,
};
use crate::calendar::{Calendar, Due};
use crate::ids::{CaseId, ClerkId, CounterId, HallId, TicketId, Token};
use crate::text::Text;

/// The most photographs and scans of one material.
pub const FILES: usize = 20;

/// What an opening adds to a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    pub id: CaseId,
    pub number: CaseNumber,
    /// Opens its page.
    pub token: Token,
    pub hall: HallId,
    pub ticket: Option<TicketId>,
    pub clerk: ClerkId,
    pub counter: CounterId,
    pub applicant: ApplicantKind,
    pub told_by: ToldBy,
}

type Done = Result<(), CaseRefusal>;

impl Case {
    /// Opens a case: nothing is checked yet, so everything is missing.
    pub fn open(plan: Plan, opening: Opening, now: Moment) -> Self {
        let Opening { id, number, token, hall, ticket, clerk, counter, applicant, told_by } =
            opening;
        Self {
            id,
            number,
            token,
            hall,
            ticket,
            draft: None,
            subject: plan.subject,
            name: plan.name,
            clerk,
            counter,
            applicant,
            agent: None,
            told_by,
            state: CaseState::Open,
            materials: plan.materials,
            parts: plan.parts,
            accept_step: plan.accept_step,
            deliver_step: plan.deliver_step,
            immediate: plan.immediate,
            promised_days: plan.promised_days,
            statutory_days: plan.statutory_days,
            opened: now.into(),
            told: None,
            accepted: None,
            stops: Vec::new(),
            due: None,
            statutory_due: None,
            late: false,
            promise: None,
            commitment: None,
            decided: None,
            results: Vec::new(),
            pick_up_code: None,
            handed: None,
            ended: None,
            reason: String::new(),
            erased: false,
        }
    }

    pub(super) fn require_state(&self, state: CaseState) -> Done {
        if self.state == state { Ok(()) } else { Err(CaseRefusal::WrongCaseState(self.state)) }
    }

    /// A material by its id.
    ///
    /// # Errors
    /// [`CaseRefusal::UnknownMaterial`].
    pub fn material(&self, id: u32) -> Result<&CaseMaterial, CaseRefusal> {
        self.materials.iter().find(|one| one.id == id).ok_or(CaseRefusal::UnknownMaterial)
    }

    pub(super) fn material_mut(&mut self, id: u32) -> Result<&mut CaseMaterial, CaseRefusal> {
        self.materials.iter_mut().find(|one| one.id == id).ok_or(CaseRefusal::UnknownMaterial)
    }

    /// Sets a material's state while the case is open. `may_promise`: the applicant
    /// broke no promise recently.
    ///
    /// # Errors
    /// [`CaseRefusal::NotDeferrable`], [`CaseRefusal::NoPromise`]; after
    /// acceptance [`CaseRefusal::WrongCaseState`].
    pub fn mark(&mut self, id: u32, state: MaterialState, may_promise: bool, now: Moment) -> Done {
        self.require_state(CaseState::Open)?;
        let material = self.material_mut(id)?;
        if material.state == MaterialState::Replaced || state == MaterialState::Replaced {
            return Err(CaseRefusal::ReplacedByCommitment);
        }
        if state == MaterialState::Deferred {
            if !material.deferrable {
                return Err(CaseRefusal::NotDeferrable);
            }
            if !may_promise {
                return Err(CaseRefusal::NoPromise);
            }
        }
        let from_or_to_deferred =
            material.state != state && [material.state, state].contains(&MaterialState::Deferred);
        material.state = state;
        material.at = Some(now.at);
        material.via = (state == MaterialState::Present).then_some(Via::Counter);
        material.marked = state == MaterialState::Present;
        material.unreadable = None;
        if from_or_to_deferred {
            // The promise was signed for another list.
            self.promise = None;
        }
        Ok(())
    }

    /// Attaches a photograph or scan to a material, which is then received.
    ///
    /// # Errors
    /// [`CaseRefusal::TooManyFiles`], or the case has ended.
    pub fn attach(&mut self, id: u32, file: Attached, via: &Via, now: Moment) -> Done {
        if self.state.is_end() || self.state == CaseState::Ready {
            return Err(CaseRefusal::WrongCaseState(self.state));
        }
        let open = self.state == CaseState::Open;
        let material = self.material_mut(id)?;
        if material.files.len() >= FILES {
            return Err(CaseRefusal::TooManyFiles);
        }
        material.files.push(file);
        match material.state {
            MaterialState::Missing if open => {
                material.receive(via, now);
                Ok(())
            }
            MaterialState::Missing | MaterialState::Deferred if !open => self.supply(id, via, now),
            _ => Ok(()),
        }
    }

    /// Removes a photograph or scan while the case is open. A material that was received as
    /// files alone is missing again without its last one.
    ///
    /// # Errors
    /// [`CaseRefusal::UnknownFile`]; after acceptance nothing is removed.
    pub fn detach(&mut self, id: u32, file: &str, now: Moment) -> Done {
        self.require_state(CaseState::Open)?;
        let material = self.material_mut(id)?;
        let before = material.files.len();
        material.files.retain(|one| one.file != file);
        if material.files.len() == before {
            return Err(CaseRefusal::UnknownFile);
        }
        if material.files.is_empty() && material.state == MaterialState::Present && !material.marked
        {
            material.state = MaterialState::Missing;
            material.at = Some(now.at);
            material.via = None;
        }
        Ok(())
    }

    /// Reuses what the hall has from an earlier case, with its files.
    ///
    /// # Errors
    /// Where the case is no longer open, or the material is unknown.
    pub fn reuse(&mut self, id: u32, from: CaseNumber, files: Vec<Attached>, now: Moment) -> Done {
        self.require_state(CaseState::Open)?;
        let material = self.material_mut(id)?;
        if material.state == MaterialState::Replaced {
            return Err(CaseRefusal::ReplacedByCommitment);
        }
        let was_deferred = material.state == MaterialState::Deferred;
        material.state = MaterialState::Present;
        material.at = Some(now.at);
        material.via = Some(Via::Earlier(from));
        material.files.extend(files);
        material.files.truncate(FILES);
        if was_deferred {
            self.promise = None;
        }
        Ok(())
    }

    /// What is missing, without what is deferred.
    pub fn missing(&self) -> impl Iterator<Item = &CaseMaterial> {
        self.materials.iter().filter(|one| one.state == MaterialState::Missing)
    }

    /// What was promised and not yet received.
    pub fn deferred(&self) -> impl Iterator<Item = &CaseMaterial> {
        self.materials.iter().filter(|one| one.state == MaterialState::Deferred)
    }

    /// Whether a photograph uploaded on the phone page will do for a material now.
    pub fn wants_by_phone(&self, material: &CaseMaterial) -> bool {
        match self.state {
            // Only after the applicant was told: before, they are at the counter.
            CaseState::Open => {
                let told = self.told.as_ref();
                let told = told.is_some_and(|told| told.materials.contains(&material.id));
                material.state == MaterialState::Missing && (told || material.unreadable.is_some())
            }
            CaseState::Accepted => match material.state {
                MaterialState::Deferred => true,
                MaterialState::Missing => {
                    material.asked_by.is_some() || material.unreadable.is_some()
                }
                MaterialState::Present | MaterialState::NotNeeded | MaterialState::Replaced => {
                    false
                }
            },
            _ => false,
        }
    }

    /// Whether the phone page may add to what it sent of a material: a card has two sides.
    /// Where a phone sent nothing, it adds nothing.
    pub fn takes_more_by_phone(&self, material: &CaseMaterial) -> bool {
        matches!(self.state, CaseState::Open | CaseState::Accepted)
            && material.state == MaterialState::Present
            && material.via == Some(Via::Phone)
            && material.files.len() < FILES
            // What is decided is decided on what there was.
            && (self.parts.iter())
                .any(|part| !part.state.is_end() && material.matters.contains(&part.matter))
    }

    /// Records that the applicant was told everything that is missing (一次性告知).
    ///
    /// # Errors
    /// [`CaseRefusal::NothingMissing`].
    pub fn tell_missing(&mut self, note: String, now: Moment) -> Done {
        self.require_state(CaseState::Open)?;
        let materials: Vec<u32> = self.missing().map(|one| one.id).collect();
        if materials.is_empty() {
            return Err(CaseRefusal::NothingMissing);
        }
        self.told = Some(Told { at: now.at, materials, note });
        Ok(())
    }

    /// The deadline if it were accepted on a day. It is also the last day a promise may
    /// name.
    pub fn due_if_accepted(&self, calendar: &Calendar, today: Date) -> Due {
        calendar.due(self.accepted.map_or(today, |at| at.day), self.promised_days, &[])
    }

    /// Signs the promise for everything deferred; where no day is named it is the last
    /// one allowed.
    ///
    /// # Errors
    /// [`CaseRefusal::PromiseTooLate`] with the last day allowed; a day in the past, or
    /// a material that is not deferred, is refused too.
    pub fn sign_promise(
        &mut self,
        days: &[(u32, Date)],
        signature: Option<String>,
        calendar: &Calendar,
        now: Moment,
    ) -> Done {
        self.require_state(CaseState::Open)?;
        let last = self.due_if_accepted(calendar, now.day).date;
        for (id, day) in days {
            if self.material(*id)?.state != MaterialState::Deferred {
                return Err(CaseRefusal::NotDeferrable);
            }
            if *day > last || *day < now.day {
                return Err(CaseRefusal::PromiseTooLate(last.to_string()));
            }
        }
        let named = |id: u32| days.iter().find(|(one, _)| *one == id).map_or(last, |(_, day)| *day);
        let items: Vec<_> = self.deferred().map(|one| (one.id, named(one.id))).collect();
        if items.is_empty() {
            return Err(CaseRefusal::NothingMissing);
        }
        self.promise = Some(Promise { items, at: now.at, signature, broken: false });
        Ok(())
    }

    /// Accepts it: the clock starts, and so do the parts that need no other's result.
    ///
    /// # Errors
    /// [`CaseRefusal::MaterialsMissing`] with all of them.
    pub fn accept(&mut self, calendar: &Calendar, issuing: &Issuing, now: Moment) -> Done {
        self.require_state(CaseState::Open)?;
        let missing: Vec<Text> = self.missing().map(|one| one.name.clone()).collect();
        if !missing.is_empty() {
            return Err(CaseRefusal::MaterialsMissing(missing));
        }
        if self.promise.is_none() && self.deferred().next().is_some() {
            // Signed on paper, for the last day allowed.
            self.sign_promise(&[], None, calendar, now)?;
        }
        self.begin(now.into(), calendar, issuing, now);
        Ok(())
    }

    /// Starts the clock at a day, and the parts.
    pub(super) fn begin(&mut self, from: At, calendar: &Calendar, issuing: &Issuing, now: Moment) {
        self.state = CaseState::Accepted;
        self.accepted = Some(from);
        // Whoever accepts it has looked at it.
        for material in &mut self.materials {
            material.unreadable = None;
        }
        self.advance_parts(issuing, now);
        self.recalculate(calendar, now.day);
    }

    /// Declines to accept it (不予受理).
    ///
    /// # Errors
    /// [`CaseRefusal::ReasonNeeded`].
    pub fn decline(&mut self, reason: String, now: Moment) -> Done {
        self.require_state(CaseState::Open)?;
        if reason.trim().is_empty() {
            return Err(CaseRefusal::ReasonNeeded);
        }
        self.end(CaseState::Declined, reason, now);
        Ok(())
    }

    /// The applicant withdraws it before it is decided.
    ///
    /// # Errors
    /// Once it is decided.
    pub fn withdraw(&mut self, reason: String, now: Moment) -> Done {
        if !matches!(self.state, CaseState::Open | CaseState::Accepted) {
            return Err(CaseRefusal::WrongCaseState(self.state));
        }
        self.end(CaseState::Withdrawn, reason, now);
        Ok(())
    }

    /// Ends it: the steps not yet done are skipped.
    pub(super) fn end(&mut self, state: CaseState, reason: String, now: Moment) {
        self.state = state;
        self.ended = Some(now.into());
        self.reason = reason;
        for stop in &mut self.stops {
            stop.to = stop.to.or(Some(now.day));
        }
        for part in self.parts.iter_mut().filter(|part| !part.state.is_end()) {
            part.state = PartState::Skipped;
            for step in &mut part.steps {
                if step.state == StepState::Waiting || step.state.is_in_hand() {
                    step.state = StepState::Skipped;
                    step.changed_at = Some(now.at);
                }
            }
        }
    }

    /// A material that was promised or asked for was received. A step that waited for
    /// nothing else continues, and the clock with it.
    ///
    /// # Errors
    /// Where it was not asked for, or the case is not with the departments.
    pub fn supply(&mut self, id: u32, via: &Via, now: Moment) -> Done {
        self.require_state(CaseState::Accepted)?;
        let material = self.material_mut(id)?;
        if !matches!(material.state, MaterialState::Missing | MaterialState::Deferred) {
            return Err(CaseRefusal::NothingMissing);
        }
        let again = material.unreadable.as_ref().and_then(|unreadable| unreadable.step);
        let asked = material.asked_by.filter(|step| Some(*step) != again);
        material.receive(via, now);
        for step in [asked, again].into_iter().flatten() {
            self.continue_step(step, now);
        }
        Ok(())
    }

    /// Continues a step, if it waits for nothing more.
    fn continue_step(&mut self, step: StepRef, now: Moment) {
        let waits = self.materials.iter().any(|one| {
            let again = one.unreadable.as_ref().is_some_and(|again| again.step == Some(step));
            (one.asked_by == Some(step) || again) && one.state == MaterialState::Missing
        });
        if !waits {
            self.restart_clock_if_all_is_read(step, now);
            if let Ok(waiting) = self.step_mut(step.step)
                && let Ok(next) = next_step_state(waiting.state, StepVerb::Supply)
            {
                // Without a reviewer it goes back to the department's list.
                waiting.state = if waiting.reviewer.is_some() { next } else { StepState::Open };
                waiting.changed_at = Some(now.at);
            }
        }
    }

    /// Another clerk takes the case over.
    ///
    /// # Errors
    /// Once it has ended.
    pub fn take_up(&mut self, clerk: ClerkId, counter: CounterId) -> Done {
        if self.state.is_end() {
            return Err(CaseRefusal::WrongCaseState(self.state));
        }
        self.clerk = clerk;
        self.counter = counter;
        Ok(())
    }
}
