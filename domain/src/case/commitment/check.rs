//! The check of a commitment after the decision (事后核查). Found as committed, it ends. Found
//! broken, the applicant is told what was found and has a term to answer (陈述申辩) and, where
//! the matter allows it, one to put it right; only then is the result revoked, by a person of
//! the department: what a permit rests on is not undone by a clock.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::CommitmentTerms;
use crate::calendar::{Calendar, Due};
use crate::case::{At, Case, CaseRefusal, CheckState, Moment, Revoked};
use crate::ids::{ClerkId, MatterId, Millis};

/// The most answers to one notice.
const ANSWERS: usize = 10;

/// The check of one matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommitmentCheck {
    pub state: CheckState,
    /// When the matter was decided.
    pub opened: At,
    /// The last day for what is to be done next.
    #[serde(default)]
    pub due: Option<Due>,
    #[serde(default)]
    pub late: bool,
    /// The reviewer who has it, or ended it.
    #[serde(default)]
    pub reviewer: Option<ClerkId>,
    /// What was found broken, if anything.
    #[serde(default)]
    pub breach: Option<Breach>,
    /// What was said when it ended; the reasons of a revocation.
    #[serde(default)]
    pub note: String,
    #[serde(default)]
    pub done: Option<At>,
}

/// What was found broken, and the notice of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Breach {
    pub at: At,
    /// What was found.
    pub finding: String,
    /// The last day to answer.
    pub answer_by: Date,
    /// The last day to put it right; none where that is not offered.
    #[serde(default)]
    pub put_right_by: Option<Date>,
    /// What the applicant said to it, oldest first.
    #[serde(default)]
    pub answers: Vec<Answer>,
}

/// What an applicant said to a notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    pub at: Millis,
    pub via: AnsweredVia,
    pub text: String,
}

/// How an answer came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnsweredVia {
    /// From the phone page.
    Phone,
    /// Said at a counter, whose clerk wrote it down.
    Counter,
    /// Said to the department.
    Department,
}

/// What can be done to a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CheckVerb {
    /// A reviewer takes it, also from another of the department.
    Take,
    /// Found as committed, also after the applicant was heard.
    Keep,
    /// Found broken: the applicant is told.
    Notice,
    /// The applicant answers.
    Answer,
    /// The breach was put right.
    PutRight,
    /// The result is revoked.
    Revoke,
}

/// The only table of moves of a check.
///
/// # Errors
/// [`CaseRefusal::WrongCheckState`] where the verb does not apply.
pub const fn next_check_state(
    from: CheckState,
    verb: CheckVerb,
) -> Result<CheckState, CaseRefusal> {
    use CheckState::{Kept, Noticed, PutRight, Revoked, ToDo};
    match (from, verb) {
        (ToDo | Noticed, CheckVerb::Take) => Ok(from),
        (ToDo | Noticed, CheckVerb::Keep) => Ok(Kept),
        (ToDo, CheckVerb::Notice) | (Noticed, CheckVerb::Answer) => Ok(Noticed),
        (Noticed, CheckVerb::PutRight) => Ok(PutRight),
        (Noticed, CheckVerb::Revoke) => Ok(Revoked),
        (state, _) => Err(CaseRefusal::WrongCheckState(state)),
    }
}

impl Breach {
    /// Until when nothing is revoked: an answer shortens the term to answer, and nothing the
    /// one to put it right.
    fn runs_until(&self, today: Date) -> Option<Date> {
        let to_answer = self.answers.is_empty().then_some(self.answer_by);
        let last = to_answer.into_iter().chain(self.put_right_by).max()?;
        (today <= last).then_some(last)
    }

    /// The last day of both terms.
    pub fn last_day(&self) -> Date {
        self.put_right_by.map_or(self.answer_by, |day| day.max(self.answer_by))
    }
}

impl Case {
    /// Begins the check of a matter that was approved on a commitment.
    pub(in crate::case) fn open_check(&mut self, matter: &MatterId, now: Moment) {
        let mut all = self.commitment.iter_mut().flat_map(|one| &mut one.terms);
        if let Some(terms) = all.find(|terms| terms.matter == *matter) {
            terms.check = Some(CommitmentCheck {
                state: CheckState::ToDo,
                opened: now.into(),
                due: None,
                late: false,
                reviewer: None,
                breach: None,
                note: String::new(),
                done: None,
            });
        }
    }

    /// Recalculates when checks are due. Terms that an applicant was told stay as told.
    pub(in crate::case) fn recalculate_checks(&mut self, calendar: &Calendar) {
        for terms in self.commitment.iter_mut().flat_map(|one| &mut one.terms) {
            let within = terms.check_within_days;
            if let Some(check) = terms.check.as_mut().filter(|one| one.state == CheckState::ToDo) {
                check.due = Some(calendar.due(check.opened.day, within, &[]));
            }
        }
    }

    /// Marks the checks that are past their day; returns their matters.
    pub(in crate::case) fn mark_late_checks(&mut self, today: Date) -> Vec<MatterId> {
        let mut late = Vec::new();
        for terms in self.commitment.iter_mut().flat_map(|one| &mut one.terms) {
            let Some(check) = &mut terms.check else { continue };
            let over = check.due.is_some_and(|due| today > due.date);
            if over && !check.late && !check.state.is_end() {
                check.late = true;
                late.push(terms.matter.clone());
            }
        }
        late
    }

    fn terms_mut(&mut self, matter: &MatterId) -> Result<&mut CommitmentTerms, CaseRefusal> {
        let mut all = self.commitment.iter_mut().flat_map(|one| &mut one.terms);
        all.find(|terms| terms.matter == *matter).ok_or(CaseRefusal::UnknownCheck)
    }

    /// Moves a check by a verb, if it is the reviewer's to move; nobody's name for an answer.
    fn move_check(
        &mut self,
        matter: &MatterId,
        verb: CheckVerb,
        by: Option<&ClerkId>,
        now: Moment,
    ) -> Result<(&mut CommitmentCheck, u16, u16), CaseRefusal> {
        let terms = self.terms_mut(matter)?;
        let (answer, put_right) = (terms.answer_days, terms.put_right_days);
        let check = terms.check.as_mut().ok_or(CaseRefusal::UnknownCheck)?;
        let next = next_check_state(check.state, verb)?;
        if let Some(by) = by {
            let anothers = check.reviewer.as_ref().is_some_and(|who| who != by);
            if anothers && verb != CheckVerb::Take {
                return Err(CaseRefusal::TakenByAnother);
            }
            check.reviewer = Some(by.clone());
        }
        check.state = next;
        if next.is_end() {
            check.done = Some(now.into());
        }
        Ok((check, answer, put_right))
    }

    /// A reviewer takes a check.
    ///
    /// # Errors
    /// Once it has ended.
    pub fn take_check(
        &mut self,
        matter: &MatterId,
        by: &ClerkId,
        now: Moment,
    ) -> Result<(), CaseRefusal> {
        self.move_check(matter, CheckVerb::Take, Some(by), now)?;
        Ok(())
    }

    /// Found as committed, at the check or when the applicant was heard.
    ///
    /// # Errors
    /// Once it has ended, or where another reviewer has it.
    pub fn find_kept(
        &mut self,
        matter: &MatterId,
        by: &ClerkId,
        note: String,
        now: Moment,
    ) -> Result<(), CaseRefusal> {
        let (check, ..) = self.move_check(matter, CheckVerb::Keep, Some(by), now)?;
        check.note = note;
        Ok(())
    }

    /// Found broken: the applicant is told what was found, and has the term of the matter to
    /// answer. `may_put_right`: what was found can be put right, where the matter allows it.
    ///
    /// # Errors
    /// [`CaseRefusal::ReasonNeeded`] without a finding; once noticed or ended.
    pub fn find_broken(
        &mut self,
        matter: &MatterId,
        by: &ClerkId,
        (finding, may_put_right): (String, bool),
        (calendar, now): (&Calendar, Moment),
    ) -> Result<(), CaseRefusal> {
        if finding.trim().is_empty() {
            return Err(CaseRefusal::ReasonNeeded);
        }
        let (check, answer, put_right) =
            self.move_check(matter, CheckVerb::Notice, Some(by), now)?;
        let last = |days| calendar.due(now.day, days, &[]);
        let put_right_by = (may_put_right && put_right > 0).then(|| last(put_right));
        let answer_by = last(answer);
        let later = put_right_by.filter(|due| due.date > answer_by.date);
        check.due = Some(later.unwrap_or(answer_by));
        check.late = false;
        check.breach = Some(Breach {
            at: now.into(),
            finding,
            answer_by: answer_by.date,
            put_right_by: put_right_by.map(|due| due.date),
            answers: Vec::new(),
        });
        Ok(())
    }

    /// The applicant answers a notice; also late, as long as nothing was decided.
    ///
    /// # Errors
    /// [`CaseRefusal::ReasonNeeded`] for an empty answer; where there is no notice, or as many
    /// answers as there may be.
    pub fn answer_breach(
        &mut self,
        matter: &MatterId,
        text: String,
        via: AnsweredVia,
        now: Moment,
    ) -> Result<(), CaseRefusal> {
        if text.trim().is_empty() {
            return Err(CaseRefusal::ReasonNeeded);
        }
        let (check, ..) = self.move_check(matter, CheckVerb::Answer, None, now)?;
        let breach = check.breach.as_mut().ok_or(CaseRefusal::UnknownCheck)?;
        if breach.answers.len() >= ANSWERS {
            return Err(CaseRefusal::AnsweredEnough);
        }
        breach.answers.push(Answer { at: now.at, via, text });
        Ok(())
    }

    /// The breach was put right: the result stands.
    ///
    /// # Errors
    /// Without a notice, once ended, or where another reviewer has it.
    pub fn put_breach_right(
        &mut self,
        matter: &MatterId,
        by: &ClerkId,
        note: String,
        now: Moment,
    ) -> Result<(), CaseRefusal> {
        let (check, ..) = self.move_check(matter, CheckVerb::PutRight, Some(by), now)?;
        check.note = note;
        Ok(())
    }

    /// Revokes what the matter resulted in, since the commitment was broken.
    ///
    /// # Errors
    /// [`CaseRefusal::TermRuns`] while the applicant may still answer or put it right;
    /// [`CaseRefusal::ReasonNeeded`]; without a notice, or once ended.
    pub fn revoke_for_breach(
        &mut self,
        matter: &MatterId,
        by: &ClerkId,
        reasons: String,
        now: Moment,
    ) -> Result<(), CaseRefusal> {
        let check = self.terms_of(matter)?.check.as_ref().ok_or(CaseRefusal::UnknownCheck)?;
        next_check_state(check.state, CheckVerb::Revoke)?;
        if let Some(until) = check.breach.as_ref().and_then(|one| one.runs_until(now.day)) {
            return Err(CaseRefusal::TermRuns(until.to_string()));
        }
        if reasons.trim().is_empty() {
            return Err(CaseRefusal::ReasonNeeded);
        }
        let (check, ..) = self.move_check(matter, CheckVerb::Revoke, Some(by), now)?;
        check.note.clone_from(&reasons);
        let issued = self.results.iter_mut().filter(|one| one.matter == *matter);
        for result in issued.filter(|result| result.revoked.is_none()) {
            let reason = reasons.clone();
            result.revoked = Some(Revoked { at: now.at, on: now.day, reason });
        }
        Ok(())
    }

    /// Ends the checks of matters of which no result is left.
    pub(in crate::case) fn drop_checks_of_revoked(&mut self, now: Moment) {
        let results = &self.results;
        for terms in self.commitment.iter_mut().flat_map(|one| &mut one.terms) {
            let Some(check) = &mut terms.check else { continue };
            let mut issued = results.iter().filter(|one| one.matter == terms.matter).peekable();
            let gone = issued.peek().is_some() && issued.all(|one| one.revoked.is_some());
            if gone && !check.state.is_end() {
                check.state = CheckState::Dropped;
                check.done = Some(now.into());
            }
        }
    }
}
