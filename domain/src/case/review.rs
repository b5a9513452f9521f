//! What departments do. A rejected part ends, and those that need its result are
//! not begun; the others continue. Once all have ended the case is decided.

use super::material::{CaseMaterial, MaterialState};
use super::state::{CaseState, PartState, StepState};
use super::step::{CaseStep, Part, StepRef, StepVerb, next_step_state};
use super::{At, Case, CaseRefusal, Issuing, Moment, ResultDocument, Stop, StopGround};
use crate::calendar::Calendar;
use crate::ids::{ClerkId, DepartmentId, MatterId};
use crate::setup::{CaseRules, MaterialForm, PauseGround};
use crate::text::Text;

type Done = Result<(), CaseRefusal>;

/// The most characters of a material that is asked for.
const NAME: usize = 200;
/// The most materials asked for at once.
const ASKED: usize = 30;

impl Case {
    /// A step by its number in the case.
    ///
    /// # Errors
    /// [`CaseRefusal::UnknownStep`].
    pub fn step(&self, id: u32) -> Result<(&Part, &CaseStep), CaseRefusal> {
        self.parts
            .iter()
            .find_map(|part| Some((part, part.steps.iter().find(|step| step.id == id)?)))
            .ok_or(CaseRefusal::UnknownStep)
    }

    pub(super) fn step_mut(&mut self, id: u32) -> Result<&mut CaseStep, CaseRefusal> {
        let mut steps = self.parts.iter_mut().flat_map(|part| &mut part.steps);
        steps.find(|step| step.id == id).ok_or(CaseRefusal::UnknownStep)
    }

    fn part_of_mut(&mut self, step: u32) -> Result<&mut Part, CaseRefusal> {
        let mut parts = self.parts.iter_mut();
        parts
            .find(|part| part.steps.iter().any(|one| one.id == step))
            .ok_or(CaseRefusal::UnknownStep)
    }

    /// Moves a step by a verb, if it is the reviewer's to move.
    pub(super) fn moved(&mut self, id: u32, verb: StepVerb, by: &ClerkId, now: Moment) -> Done {
        let (_, step) = self.step(id)?;
        let next = next_step_state(step.state, verb)?;
        self.require_state(CaseState::Accepted)?;
        let step = self.step_mut(id)?;
        if step.reviewer.as_ref().is_some_and(|who| who != by) {
            return Err(CaseRefusal::TakenByAnother);
        }
        step.state = next;
        step.reviewer = Some(by.clone());
        step.changed_at = Some(now.at);
        if !matches!(verb, StepVerb::Take | StepVerb::AskAgain | StepVerb::HandOver) {
            self.all_is_read_by(id, now);
        }
        Ok(())
    }

    /// A reviewer takes a step.
    ///
    /// # Errors
    /// [`CaseRefusal::TakenByAnother`].
    pub fn take(&mut self, id: u32, by: &ClerkId, now: Moment) -> Done {
        self.moved(id, StepVerb::Take, by, now)
    }

    /// Approves a step. The last step of a part decides it: what is deferred or asked
    /// for must be received by then.
    ///
    /// # Errors
    /// [`CaseRefusal::MaterialsMissing`], or another reviewer has it.
    pub fn approve(
        &mut self,
        id: u32,
        by: &ClerkId,
        note: String,
        issuing: &Issuing,
        (calendar, now): (&Calendar, Moment),
    ) -> Done {
        let (part, step) = self.step(id)?;
        next_step_state(step.state, StepVerb::Approve)?;
        if part.last_step().is_some_and(|last| last.id == id) {
            let awaited: Vec<Text> =
                self.awaited_for(&part.matter).map(|one| one.name.clone()).collect();
            if !awaited.is_empty() {
                return Err(CaseRefusal::MaterialsMissing(awaited));
            }
        }
        self.moved(id, StepVerb::Approve, by, now)?;
        let step = self.step_mut(id)?;
        step.done = Some(now.into());
        step.note = note;
        self.advance_parts(issuing, now);
        self.recalculate(calendar, now.day);
        Ok(())
    }

    /// The materials a matter still waits for: promised, or asked for.
    fn awaited_for<'a>(&'a self, matter: &'a MatterId) -> impl Iterator<Item = &'a CaseMaterial> {
        self.materials.iter().filter(move |one| {
            let awaited = match one.state {
                MaterialState::Deferred => true,
                MaterialState::Missing => one.asked_by.is_some() || one.unreadable.is_some(),
                _ => false,
            };
            awaited && one.matters.contains(matter)
        })
    }

    /// Rejects a matter; the note gives the reasons.
    ///
    /// # Errors
    /// [`CaseRefusal::ReasonNeeded`], or another reviewer has it.
    pub fn reject(
        &mut self,
        id: u32,
        by: &ClerkId,
        reasons: String,
        issuing: &Issuing,
        (calendar, now): (&Calendar, Moment),
    ) -> Done {
        if reasons.trim().is_empty() {
            return Err(CaseRefusal::ReasonNeeded);
        }
        self.moved(id, StepVerb::Reject, by, now)?;
        let step = self.step_mut(id)?;
        step.done = Some(now.into());
        step.note = reasons;
        let part = self.part_of_mut(id)?;
        part.state = PartState::Rejected;
        part.decided = Some(now.into());
        skip_rest(part, now);
        self.advance_parts(issuing, now);
        self.recalculate(calendar, now.day);
        Ok(())
    }

    /// Asks for more materials, all at once; the clock is stopped until they are
    /// received. Allowed once for a matter, and within the days of the rule.
    ///
    /// # Errors
    /// [`CaseRefusal::AskedBefore`], [`CaseRefusal::TooLateToAsk`],
    /// [`CaseRefusal::ReasonNeeded`] where nothing is named.
    pub fn ask_for_more(
        &mut self,
        id: u32,
        by: &ClerkId,
        (names, note): (&[String], String),
        rules: &CaseRules,
        (calendar, now): (&Calendar, Moment),
    ) -> Done {
        let (part, step) = self.step(id)?;
        next_step_state(step.state, StepVerb::AskForMore)?;
        if part.asked_at.is_some() {
            return Err(CaseRefusal::AskedBefore);
        }
        if self.days_used(calendar, now.day) > u32::from(rules.tell_within_days) {
            return Err(CaseRefusal::TooLateToAsk(rules.tell_within_days));
        }
        let wanted: Vec<String> = names
            .iter()
            .map(String::as_str)
            .chain(names.iter().all(|name| name.trim().is_empty()).then_some(note.as_str()))
            .map(|name| name.trim().chars().take(NAME).collect::<String>())
            .filter(|name| !name.is_empty())
            .take(ASKED)
            .collect();
        if wanted.is_empty() {
            return Err(CaseRefusal::ReasonNeeded);
        }
        let matter = part.matter.clone();
        self.moved(id, StepVerb::AskForMore, by, now)?;
        self.part_of_mut(id)?.asked_at = Some(now.at);
        let step = StepRef { case: self.id, step: id };
        for name in wanted {
            let last = self.materials.iter().map(|one| one.id).max().unwrap_or_default();
            self.materials.push(CaseMaterial {
                id: last + 1,
                name: Text::from(name.as_str()),
                document: None,
                form: MaterialForm::Original,
                matters: vec![matter.clone()],
                deferrable: false,
                state: MaterialState::Missing,
                at: Some(now.at),
                via: None,
                marked: false,
                files: Vec::new(),
                unreadable: None,
                asked_by: Some(step),
            });
        }
        self.stop(step, StopGround::Materials, note, now);
        self.recalculate(calendar, now.day);
        Ok(())
    }

    /// Stops the clock on a legal ground.
    ///
    /// # Errors
    /// Where the step is not in hand, or another reviewer has it.
    pub fn pause(
        &mut self,
        id: u32,
        by: &ClerkId,
        (ground, note): (&PauseGround, String),
        (calendar, now): (&Calendar, Moment),
    ) -> Done {
        self.moved(id, StepVerb::Pause, by, now)?;
        let legal = StopGround::Legal {
            id: ground.id.clone(),
            name: ground.name.clone(),
            most_days: ground.most_days,
        };
        self.stop(StepRef { case: self.id, step: id }, legal, note, now);
        self.recalculate(calendar, now.day);
        Ok(())
    }

    /// Lets the clock run again. What was asked for and not received is given up: the
    /// department decides on what it has.
    ///
    /// # Errors
    /// Where the clock is not stopped, or another reviewer has the step.
    pub fn resume(&mut self, id: u32, by: &ClerkId, (calendar, now): (&Calendar, Moment)) -> Done {
        self.moved(id, StepVerb::Resume, by, now)?;
        let step = StepRef { case: self.id, step: id };
        for material in &mut self.materials {
            if material.asked_by == Some(step) && material.state == MaterialState::Missing {
                material.state = MaterialState::NotNeeded;
                material.at = Some(now.at);
            }
        }
        self.give_up_unreadable(step);
        self.restart_clock(step, now);
        self.recalculate(calendar, now.day);
        Ok(())
    }

    /// Gives a step to a department, without a reviewer.
    ///
    /// # Errors
    /// Where the step is not in hand, or another reviewer has it.
    pub fn hand_over(
        &mut self,
        id: u32,
        by: &ClerkId,
        (to, note): (DepartmentId, String),
        now: Moment,
    ) -> Done {
        self.moved(id, StepVerb::HandOver, by, now)?;
        let step = self.step_mut(id)?;
        step.department = to;
        step.reviewer = None;
        step.note = note;
        Ok(())
    }

    /// The clerk decides the whole case on the spot (即办件).
    ///
    /// # Errors
    /// [`CaseRefusal::NotOnTheSpot`], [`CaseRefusal::MaterialsMissing`].
    pub fn decide_on_the_spot(
        &mut self,
        by: &ClerkId,
        note: &str,
        issuing: &Issuing,
        (calendar, now): (&Calendar, Moment),
    ) -> Done {
        if !self.immediate {
            return Err(CaseRefusal::NotOnTheSpot);
        }
        self.require_state(CaseState::Accepted)?;
        let mut draft = self.clone();
        loop {
            let next = draft.steps_in_hand().next();
            let Some(id) = next else { break };
            draft.approve(id, by, note.to_owned(), issuing, (calendar, now))?;
        }
        *self = draft;
        Ok(())
    }

    fn steps_in_hand(&self) -> impl Iterator<Item = u32> {
        let steps = self.parts.iter().flat_map(|part| &part.steps);
        steps.filter(|step| step.state.is_in_hand()).map(|step| step.id)
    }

    pub(super) fn stop(&mut self, step: StepRef, ground: StopGround, note: String, now: Moment) {
        self.stops.push(Stop { step, ground, note, at: now.at, from: now.day, to: None });
    }

    /// Lets the clock run again for a step.
    pub(super) fn restart_clock(&mut self, step: StepRef, now: Moment) {
        for stop in self.stops.iter_mut().filter(|stop| stop.step == step && stop.to.is_none()) {
            stop.to = Some(now.day.max(stop.from));
        }
    }

    /// Moves the parts forward: opens the next steps, approves finished parts, begins
    /// those that waited for them, and decides the case after the last.
    pub(super) fn advance_parts(&mut self, issuing: &Issuing, now: Moment) {
        loop {
            let mut moved = false;
            for at in 0..self.parts.len() {
                moved |= match self.parts[at].state {
                    PartState::Waiting => self.begin_or_skip(at, now),
                    PartState::Running => self.advance(at, issuing, now),
                    _ => false,
                };
            }
            if !moved {
                break;
            }
        }
        if self.state == CaseState::Accepted && self.parts.iter().all(|part| part.state.is_end()) {
            self.decided = Some(now.into());
            if self.parts.iter().any(|part| part.state == PartState::Approved) {
                self.state = CaseState::Ready;
                self.pick_up_code = Some(issuing.pick_up_code());
            } else {
                let reasons = self.rejections();
                self.end(CaseState::Rejected, reasons, now);
            }
        }
    }

    fn rejections(&self) -> String {
        let steps = self.parts.iter().flat_map(|part| &part.steps);
        let rejected = steps.filter(|step| step.state == StepState::Rejected);
        rejected.map(|step| step.note.as_str()).collect::<Vec<_>>().join("\n")
    }

    fn begin_or_skip(&mut self, at: usize, now: Moment) -> bool {
        let needed: Vec<PartState> = self
            .parts
            .iter()
            .filter(|part| self.parts[at].after.contains(&part.matter))
            .map(|part| part.state)
            .collect();
        let part = &mut self.parts[at];
        if needed.iter().all(|state| *state == PartState::Approved) {
            part.state = PartState::Running;
            true
        } else if needed.iter().any(|s| matches!(s, PartState::Rejected | PartState::Skipped)) {
            part.state = PartState::Skipped;
            skip_rest(part, now);
            true
        } else {
            false
        }
    }

    fn advance(&mut self, at: usize, issuing: &Issuing, now: Moment) -> bool {
        let part = &mut self.parts[at];
        let mut steps = part.steps.iter_mut();
        let done = [StepState::Approved, StepState::Replaced];
        let current = steps.find(|step| !done.contains(&step.state));
        match current {
            Some(step) if step.state == StepState::Waiting => {
                step.state = StepState::Open;
                step.opened = Some(At::from(now));
                step.changed_at = Some(now.at);
                true
            }
            Some(_) => false,
            None => {
                part.state = PartState::Approved;
                part.decided = Some(now.into());
                let matter = part.matter.clone();
                self.issue(at, issuing, now);
                self.open_check(&matter, now);
                true
            }
        }
    }

    /// Issues the result of a part that is approved.
    fn issue(&mut self, at: usize, issuing: &Issuing, now: Moment) {
        let part = &self.parts[at];
        if part.result.zh.trim().is_empty() {
            return;
        }
        self.results.push(ResultDocument {
            code: issuing.code(self.id, &part.matter),
            matter: part.matter.clone(),
            name: part.result.clone(),
            produces: part.produces.clone(),
            issuer: part.department.clone(),
            issuer_name: issuing.department_name(&part.department),
            issued_at: now.at,
            issued_on: now.day,
            revoked: None,
        });
    }
}

fn skip_rest(part: &mut Part, now: Moment) {
    for step in &mut part.steps {
        if step.state == StepState::Waiting {
            step.state = StepState::Skipped;
            step.changed_at = Some(now.at);
        }
    }
}
