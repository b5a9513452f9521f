//! What time alone does to a case. Each is asked again and again, and answers
//! whether it changed anything.

use jiff::civil::Date;

use super::step::{StepState, StepVerb, next_step_state};
use super::{At, Case, CaseState, Issuing, Moment, StepRef};
use crate::calendar::Calendar;
use crate::setup::CaseRules;
use crate::text::Text;

/// What time did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// A step's limit is past.
    StepLate(StepRef),
    /// The deadline is past.
    CaseLate,
    /// The clock runs again: the pause had lasted as long as it may.
    Resumed(StepRef),
    /// A promise was not kept, so the case has ended (容缺受理).
    PromiseBroken,
    /// Nobody told in time what was missing, so it counts as accepted.
    CountedAsAccepted,
}

impl Case {
    /// Why it ended without a decision: what was said, or the rule that ended it.
    /// Empty where there is nothing to say.
    pub fn why(&self) -> Text {
        match self.state {
            CaseState::Ended => {
                Text::new("承诺补交的材料没有按期补交", "What was promised did not come in time")
            }
            _ => Text::from(self.reason.as_str()),
        }
    }

    /// Does what time asks for on a day; in the order it happened.
    pub fn keep(
        &mut self,
        calendar: &Calendar,
        rules: &CaseRules,
        issuing: &Issuing,
        now: Moment,
    ) -> Vec<Kept> {
        let mut kept = Vec::new();
        match self.state {
            CaseState::Open if self.tell_by(calendar, rules).is_some_and(|last| now.day > last) => {
                // From the day it was received, which is when it was opened.
                let received = At { at: self.opened.at, day: self.opened.day };
                self.begin(received, calendar, issuing, now);
                kept.push(Kept::CountedAsAccepted);
            }
            CaseState::Accepted => {
                if self.promised_until().is_some_and(|until| now.day > until) {
                    if let Some(promise) = &mut self.promise {
                        promise.broken = true;
                    }
                    self.end(CaseState::Ended, String::new(), now);
                    kept.push(Kept::PromiseBroken);
                    return kept;
                }
                self.let_overlong_run(calendar, now, &mut kept);
                self.mark_late(now, &mut kept);
            }
            _ => {}
        }
        kept
    }

    /// Lets go of the papers, when the person is erased. What happened stays.
    pub fn erase(&mut self) {
        self.erased = true;
        self.pick_up_code = None;
        for material in &mut self.materials {
            material.files.clear();
        }
        if let Some(promise) = &mut self.promise {
            promise.signature = None;
        }
        if let Some(super::Handed::Fetched { signature, .. }) = &mut self.handed {
            *signature = None;
        }
    }

    /// The last day to tell what is missing; none once it was told.
    pub fn tell_by(&self, calendar: &Calendar, rules: &CaseRules) -> Option<Date> {
        let open = self.state == CaseState::Open && self.told.is_none();
        open.then(|| calendar.due(self.opened.day, rules.tell_within_days, &[]).date)
    }

    /// The first day by which something promised must have come; none where
    /// nothing is awaited.
    pub fn promised_until(&self) -> Option<Date> {
        let promise = self.promise.as_ref()?;
        let awaited = |id: &u32| self.deferred().any(|one| one.id == *id);
        promise.items.iter().filter(|(id, _)| awaited(id)).map(|(_, day)| *day).min()
    }

    fn let_overlong_run(&mut self, calendar: &Calendar, now: Moment, kept: &mut Vec<Kept>) {
        let over: Vec<(StepRef, Date)> = self
            .stopped()
            .filter_map(|stop| Some((stop.step, stop.bound(calendar)?)))
            .filter(|(_, bound)| now.day > *bound)
            .collect();
        for (step, bound) in &over {
            for stop in self.stops.iter_mut().filter(|stop| stop.step == *step) {
                stop.to = stop.to.or(Some(*bound));
            }
            if let Ok(paused) = self.step_mut(step.step)
                && let Ok(next) = next_step_state(paused.state, StepVerb::Resume)
            {
                paused.state = next;
                paused.changed_at = Some(now.at);
            }
            kept.push(Kept::Resumed(*step));
        }
        if !over.is_empty() {
            self.recount(calendar, now.day);
        }
    }

    fn mark_late(&mut self, now: Moment, kept: &mut Vec<Kept>) {
        // While the clock stands still nothing becomes late.
        if self.stopped().next().is_some() {
            return;
        }
        let case = self.id;
        for step in self.parts.iter_mut().flat_map(|part| &mut part.steps) {
            let in_hand = matches!(step.state, StepState::Open | StepState::Taken);
            if in_hand && !step.late && step.due.is_some_and(|due| now.day > due.date) {
                step.late = true;
                kept.push(Kept::StepLate(StepRef { case, step: step.id }));
            }
        }
        if !self.late && self.due.is_some_and(|due| now.day > due.date) {
            self.late = true;
            kept.push(Kept::CaseLate);
        }
    }

    /// The first day on which [`Case::keep`] may find something to do; none
    /// while it surely will not. A job asks for the cases of a day by it.
    pub fn next_look(&self, calendar: &Calendar, rules: &CaseRules) -> Option<Date> {
        let after = |day: Date| day.tomorrow().unwrap_or(day);
        let days = match self.state {
            CaseState::Open => vec![self.tell_by(calendar, rules)],
            CaseState::Accepted => {
                let mut days = vec![self.promised_until()];
                days.extend(self.stopped().map(|stop| stop.bound(calendar)));
                if self.stopped().next().is_none() {
                    days.push(self.due.filter(|_| !self.late).map(|due| due.date));
                    days.extend(
                        self.parts
                            .iter()
                            .flat_map(|part| &part.steps)
                            .filter(|s| matches!(s.state, StepState::Open | StepState::Taken))
                            .map(|step| step.due.filter(|_| !step.late).map(|due| due.date)),
                    );
                }
                days
            }
            _ => vec![],
        };
        days.into_iter().flatten().min().map(after)
    }
}
