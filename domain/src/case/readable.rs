//! Papers that nobody can read: a blurred photograph, a cut-off scan. One is asked for
//! again by itself. That is no request for more materials (补正), of which there is one,
//! since nothing new is wanted. The clock stands until somebody has looked at the new one:
//! otherwise the days in which it lies unseen would count against the department, or the
//! applicant would be asked a third time when the deadline is past.

use super::material::{Attached, MaterialState, Unreadable};
use super::step::{StepRef, StepVerb, next_step_state};
use super::{Case, CaseRefusal, CaseState, Moment, StopGround};
use crate::calendar::Calendar;
use crate::ids::ClerkId;

type Done = Result<(), CaseRefusal>;

impl Case {
    /// A reviewer cannot read what was sent of a material: one file, or all.
    ///
    /// # Errors
    /// [`CaseRefusal::NothingToRead`], or another reviewer has the step.
    pub fn unreadable_to_reviewer(
        &mut self,
        (material, file): (u32, Option<&str>),
        (step, by): (u32, &ClerkId),
        note: String,
        (calendar, now): (&Calendar, Moment),
    ) -> Done {
        self.require_readable(material, file)?;
        self.moved(step, StepVerb::AskAgain, by, now)?;
        self.ask_again((material, file), Some(step), note, now);
        self.recalculate(calendar, now.day);
        Ok(())
    }

    /// The clerk cannot read it. After acceptance the clock of the step that needs it stands.
    ///
    /// # Errors
    /// [`CaseRefusal::NothingToRead`], or nobody needs it now.
    pub fn unreadable_to_clerk(
        &mut self,
        (material, file): (u32, Option<&str>),
        note: String,
        (calendar, now): (&Calendar, Moment),
    ) -> Done {
        self.require_readable(material, file)?;
        let step = match self.state {
            CaseState::Open => None,
            CaseState::Accepted => Some(self.step_that_needs(material)?),
            state => return Err(CaseRefusal::WrongCaseState(state)),
        };
        if let Some(id) = step {
            let step = self.step_mut(id)?;
            step.state = next_step_state(step.state, StepVerb::AskAgain)?;
            step.changed_at = Some(now.at);
        }
        self.ask_again((material, file), step, note, now);
        self.recalculate(calendar, now.day);
        Ok(())
    }

    /// Somebody has looked at what was sent anew: the clock runs again, unless something else
    /// is awaited.
    ///
    /// # Errors
    /// [`CaseRefusal::NothingToRead`] if nothing new has come.
    pub fn look_at_new(&mut self, material: u32, (calendar, now): (&Calendar, Moment)) -> Done {
        let one = self.material_mut(material)?;
        let arrived = one.unreadable.take_if(|one| one.arrived);
        let step = arrived.ok_or(CaseRefusal::NothingToRead)?.step;
        if let Some(step) = step {
            self.restart_clock_if_all_is_read(step, now);
            self.recalculate(calendar, now.day);
        }
        Ok(())
    }

    /// Whether a step waits for a paper, or for somebody who looks at one.
    fn is_awaited_or_unseen(&self, step: StepRef) -> bool {
        self.materials.iter().any(|one| {
            one.unreadable.as_ref().is_some_and(|unreadable| unreadable.step == Some(step))
                || (one.asked_by == Some(step) && one.state == MaterialState::Missing)
        })
    }

    pub(super) fn restart_clock_if_all_is_read(&mut self, step: StepRef, now: Moment) {
        if !self.is_awaited_or_unseen(step) {
            self.restart_clock(step, now);
        }
    }

    /// Whoever decides a step has looked at what came for it.
    pub(super) fn all_is_read_by(&mut self, step: u32, now: Moment) {
        let step = StepRef { case: self.id, step };
        for material in &mut self.materials {
            material.unreadable.take_if(|one| one.step == Some(step) && one.arrived);
        }
        self.restart_clock_if_all_is_read(step, now);
    }

    /// What was sent for a material has to do, though it cannot be read.
    pub(super) fn give_up_unreadable(&mut self, step: StepRef) {
        for material in &mut self.materials {
            let given_up = material.unreadable.take_if(|one| one.step == Some(step));
            if given_up.is_some() && material.state == MaterialState::Missing {
                material.state = MaterialState::Present;
            }
        }
    }

    fn require_readable(&self, material: u32, file: Option<&str>) -> Done {
        let material = self.material(material)?;
        let is_meant = |one: &&Attached| file.is_none_or(|file| one.file == file);
        let sent = material.files.iter().filter(is_meant).any(|one| !one.unreadable);
        if sent && material.state == MaterialState::Present {
            Ok(())
        } else {
            Err(CaseRefusal::NothingToRead)
        }
    }

    fn step_that_needs(&self, material: u32) -> Result<u32, CaseRefusal> {
        let matters = &self.material(material)?.matters;
        let parts = self.parts.iter().filter(|part| matters.contains(&part.matter));
        let mut steps = parts.flat_map(|part| &part.steps);
        let step = steps.find(|step| step.state.is_in_hand());
        step.map(|step| step.id).ok_or(CaseRefusal::WrongCaseState(self.state))
    }

    fn ask_again(
        &mut self,
        (material, file): (u32, Option<&str>),
        step: Option<u32>,
        note: String,
        now: Moment,
    ) {
        let step = step.map(|step| StepRef { case: self.id, step });
        if let Ok(material) = self.material_mut(material) {
            material.state = MaterialState::Missing;
            material.at = Some(now.at);
            material.via = None;
            material.marked = false;
            for one in &mut material.files {
                // The other side of a card may be clear.
                one.unreadable |= file.is_none_or(|file| one.file == file);
            }
            let note = note.clone();
            material.unreadable = Some(Unreadable { step, note, at: now.at, arrived: false });
        }
        let Some(step) = step else { return };
        let stands =
            self.stopped().any(|stop| stop.step == step && stop.ground == StopGround::Materials);
        if !stands {
            self.stop(step, StopGround::Materials, note, now);
        }
    }
}
