//! What time alone does to a case. A job applies it again and again; it says
//! what it changed, if anything.

use jiff::civil::Date;

use super::state::{CaseState, StepState};
use super::step::{StepRef, StepVerb, next_step_state};
use super::{At, Case, Issuing, Moment};
use crate::calendar::Calendar;
use crate::ids::MatterId;
use crate::setup::CaseRules;
use crate::text::Text;

/// Something that time changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TimedChange {
    /// A step's limit is past.
    StepLate(StepRef),
    /// The deadline is past.
    CaseLate,
    /// The clock runs again: the pause lasted as long as it may.
    Resumed(StepRef),
    /// A promise was not kept, so the case has ended (容缺受理).
    PromiseBroken,
    /// The applicant was not told in time what was missing, so the case counts
    /// as accepted.
    CountedAsAccepted,
    /// The check of a matter's commitment, or what follows from it, is past its day.
    CheckLate(MatterId),
}

impl Case {
    /// Why it ended without a decision: the reason given, or the rule that ended
    /// it. Empty where there is none.
    pub fn end_reason(&self) -> Text {
        match self.state {
            CaseState::Ended => Text::new(
                "承诺补交的材料没有按期补交",
                "The promised materials did not arrive in time",
            ),
            _ => Text::from(self.reason.as_str()),
        }
    }

    /// Applies what is due by a day, and says what changed, in that order.
    pub fn apply_time(
        &mut self,
        calendar: &Calendar,
        rules: &CaseRules,
        issuing: &Issuing,
        now: Moment,
    ) -> Vec<TimedChange> {
        let late = self.mark_late_checks(now.day).into_iter().map(TimedChange::CheckLate);
        let mut changes: Vec<TimedChange> = late.collect();
        match self.state {
            CaseState::Open if self.tell_by(calendar, rules).is_some_and(|last| now.day > last) => {
                // The clock counts from the day it was received, when it was opened.
                let received = At { at: self.opened.at, day: self.opened.day };
                self.begin(received, calendar, issuing, now);
                changes.push(TimedChange::CountedAsAccepted);
            }
            CaseState::Accepted => {
                if self.promised_until().is_some_and(|until| now.day > until) {
                    if let Some(promise) = &mut self.promise {
                        promise.broken = true;
                    }
                    self.end(CaseState::Ended, String::new(), now);
                    changes.push(TimedChange::PromiseBroken);
                    return changes;
                }
                self.resume_overlong(calendar, now, &mut changes);
                self.mark_late(now, &mut changes);
            }
            _ => {}
        }
        changes
    }

    /// Drops the files when the applicant's details are erased. Its history stays.
    pub fn erase(&mut self) {
        self.erased = true;
        self.pick_up_code = None;
        self.erase_asked_names();
        for material in &mut self.materials {
            material.files.clear();
        }
        if let Some(promise) = &mut self.promise {
            promise.signature = None;
        }
        if let Some(commitment) = &mut self.commitment {
            commitment.signature = None;
        }
        if let Some(super::Handed::Fetched { signature, card, .. }) = &mut self.handed {
            (*signature, *card) = (None, None);
        }
    }

    /// The last day to notify the applicant of what is missing; none once that is
    /// done.
    pub fn tell_by(&self, calendar: &Calendar, rules: &CaseRules) -> Option<Date> {
        let open = self.state == CaseState::Open && self.told.is_none();
        open.then(|| calendar.due(self.opened.day, rules.tell_within_days, &[]).date)
    }

    /// The first day by which something promised must arrive; none where nothing
    /// is awaited.
    pub fn promised_until(&self) -> Option<Date> {
        let promise = self.promise.as_ref()?;
        let awaited = |id: &u32| self.deferred().any(|one| one.id == *id);
        promise.items.iter().filter(|(id, _)| awaited(id)).map(|(_, day)| *day).min()
    }

    fn resume_overlong(
        &mut self,
        calendar: &Calendar,
        now: Moment,
        changes: &mut Vec<TimedChange>,
    ) {
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
            changes.push(TimedChange::Resumed(*step));
        }
        if !over.is_empty() {
            self.recalculate(calendar, now.day);
        }
    }

    fn mark_late(&mut self, now: Moment, changes: &mut Vec<TimedChange>) {
        // Nothing becomes late while the clock is stopped.
        if self.stopped().next().is_some() {
            return;
        }
        let case = self.id;
        for step in self.parts.iter_mut().flat_map(|part| &mut part.steps) {
            let in_hand = matches!(step.state, StepState::Open | StepState::Taken);
            if in_hand && !step.late && step.due.is_some_and(|due| now.day > due.date) {
                step.late = true;
                changes.push(TimedChange::StepLate(StepRef { case, step: step.id }));
            }
        }
        if !self.late && self.due.is_some_and(|due| now.day > due.date) {
            self.late = true;
            changes.push(TimedChange::CaseLate);
        }
    }

    /// The first day on which [`Case::apply_time`] may change something; none
    /// while it cannot. A job finds the cases of a day by it.
    pub fn next_check(&self, calendar: &Calendar, rules: &CaseRules) -> Option<Date> {
        let after = |day: Date| day.tomorrow().unwrap_or(day);
        let checks = self.checks().filter(|(_, check)| !check.late && !check.state.is_end());
        let checks: Vec<_> = checks.map(|(_, check)| check.due.map(|due| due.date)).collect();
        let mut days = match self.state {
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
        days.extend(checks);
        days.into_iter().flatten().min().map(after)
    }
}
