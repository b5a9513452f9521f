//! The content of a case's page, in words; its markup is in
//! [`super::case_page`].

use jiban_domain::case::{CaseState, StepState};
use jiban_domain::documents::{Against, ways_to_appeal};
use jiban_domain::{Lang, Millis};

use super::case_words::CaseWords;
use super::commitment::{self, TermsView};
use super::supply::{self, SentView};
use super::view::ProgressView;
use super::when;
use crate::api::progress::{
    CaseProgress, MissingMaterial, PauseProgress, Progress, RefusedPart, StepProgress,
};
use crate::print::grouped;
use crate::words::fill;

/// A case's page in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseView {
    /// The visit; its number and times are shown below the case.
    pub visit: ProgressView,
    /// The wire name of the state. The page's style depends on it.
    pub state: &'static str,
    /// The title of the window.
    pub title: String,
    /// `261125 00017 3`.
    pub number: String,
    /// The words before the main one; may be empty.
    pub lead: String,
    /// The main words: a day, a pick-up code, or how the case ended.
    pub main: String,
    /// The main words are a code to be read out.
    pub is_code: bool,
    /// The time left, or why the day may still change.
    pub wait: Option<String>,
    /// What to do now.
    pub next: String,
    /// Names and values: matter, applicant, dates.
    pub facts: Vec<(String, String)>,
    pub missing: Vec<MissingView>,
    /// What the list of missing materials is called.
    pub missing_heading: &'static str,
    /// Why they are asked for: by whom, and the reason; the note of the notice of missing
    /// materials is by nobody.
    pub missing_reasons: Vec<(String, String)>,
    /// What was sent.
    pub sent: Vec<SentView>,
    /// What was committed to, for each matter.
    pub commitment: Vec<TermsView>,
    /// The result of the last upload: whether it succeeded, and the message.
    pub supplied: Option<(bool, String)>,
    /// The steps through the departments. A bundle's matter begins with a
    /// heading.
    pub steps: Vec<StepView>,
    /// The heading of the reasons below.
    pub reasons_heading: &'static str,
    /// Every refusal: the matter, and the reasons.
    pub refused: Vec<(String, String)>,
    /// The ways to appeal, if there are any.
    pub appeal: Vec<String>,
    /// Name, code, and what is said of it if it was revoked.
    pub documents: Vec<(String, String, Option<String>)>,
    /// Other cases of the visit: number, name, address.
    pub others: Vec<(String, String, String)>,
    /// Nothing can change any more.
    pub over: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingView {
    /// Its number within the case.
    pub id: u32,
    pub name: String,
    /// Its form, and the last day for it.
    pub aside: String,
    /// A photograph is enough.
    pub by_phone: bool,
    /// What is said of one that could not be read.
    pub unreadable: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepView {
    /// The matter that begins with this step.
    pub heading: Option<String>,
    /// `done`, `now`, `stopped`, `bad` or `to-come`: the CSS class.
    pub mark: &'static str,
    pub name: String,
    pub department: String,
    /// Its state, in a word.
    pub state: &'static str,
    /// When it was decided, or the day it is due.
    pub when: String,
}

impl CaseView {
    /// Puts a case into words. `local` formats an instant by the hall's clock
    /// as `2026-11-25 09:05`; `supplied` is the result of the last upload.
    pub fn of(
        progress: &Progress,
        case: &CaseProgress,
        supplied: Option<(bool, String)>,
        lang: Lang,
        now: Millis,
        local: impl Fn(Millis) -> String,
    ) -> Self {
        let words = CaseWords::of(lang);
        let time = |at| local(at).get(11..).unwrap_or_default().to_owned();
        let day = |at| local(at).get(..10).unwrap_or_default().to_owned();
        let visit = ProgressView::of(progress, lang, now, time);
        let statement = Statement::of(case, lang);
        let number = grouped(&case.number);
        let mut facts = vec![
            (words.matter, case.name.get(lang).to_owned()),
            (words.applicant, case.applicant.clone()),
        ];
        if let Some(at) = case.accepted_at {
            facts.push((words.accepted, when::short(&day(at), lang)));
        }
        for pause in &case.pauses {
            if let Some(to) = &pause.to {
                facts.push((words.not_counted, stretch(pause, to, lang)));
            }
        }
        let appeal = case.refused.iter().any(|part| part.may_appeal);
        let against = match case.state {
            CaseState::Declined => Against::NotAccepted,
            _ => Against::Rejection,
        };
        Self {
            visit: ProgressView {
                telephone: case.telephone.clone().unwrap_or(visit.telephone),
                ..visit
            },
            state: case.state.into_str(),
            title: format!("{number} · {}{}", statement.lead, statement.main),
            number,
            lead: statement.lead,
            main: statement.main,
            is_code: statement.is_code,
            wait: statement.wait,
            next: statement.next,
            facts: facts
                .into_iter()
                .filter(|(_, value)| !value.is_empty())
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
            missing: case.missing.iter().map(|one| missing(one, lang)).collect(),
            missing_heading: if case.asked.is_empty() { words.missing } else { words.asked_list },
            missing_reasons: missing_reasons(case, lang),
            sent: supply::sent(case, lang, &local),
            commitment: case
                .commitment
                .iter()
                .flat_map(|one| commitment::terms(one, lang, &local))
                .collect(),
            supplied,
            steps: steps(case, lang, day),
            reasons_heading: match case.state {
                CaseState::Declined => words.reasons_declined,
                CaseState::Ended => words.reasons_ended,
                _ => words.reasons_rejected,
            },
            refused: case.refused.iter().map(|part| refused(part, lang)).collect(),
            appeal: if appeal {
                ways_to_appeal(against).iter().map(|way| way.get(lang).to_owned()).collect()
            } else {
                Vec::new()
            },
            documents: case
                .ready
                .iter()
                .flat_map(|ready| &ready.documents)
                .map(|one| {
                    let revoked = match (one.revoked, one.revoked_because.as_str()) {
                        (false, _) => None,
                        (true, "") => Some(words.revoked.to_owned()),
                        (true, why) => Some(fill(words.revoked_because, &[("why", &why)])),
                    };
                    (one.name.get(lang).to_owned(), one.code.clone(), revoked)
                })
                .collect(),
            others: case
                .others
                .iter()
                .map(|(number, name, token)| {
                    (grouped(number), name.get(lang).to_owned(), format!("/t/{token}"))
                })
                .collect(),
            over: case.state.is_end() && !case.is_checked(),
        }
    }
}

/// The state in words.
struct Statement {
    lead: String,
    main: String,
    is_code: bool,
    wait: Option<String>,
    next: String,
}

impl Statement {
    fn of(case: &CaseProgress, lang: Lang) -> Self {
        let words = CaseWords::of(lang);
        let plain = |main: &str, next: &str| Self {
            lead: String::new(),
            main: main.to_owned(),
            is_code: false,
            wait: None,
            next: next.to_owned(),
        };
        match case.state {
            CaseState::Open if case.missing.is_empty() => {
                plain(words.checking, words.checking_next)
            }
            CaseState::Open => {
                let n = case.missing.len();
                let main =
                    if n == 1 { words.lacking_one } else { &fill(words.lacking, &[("n", &n)]) };
                plain(main, by_phone_or(case, words.lacking_next, words.lacking_bring))
            }
            CaseState::Accepted => Self::under_way(case, lang),
            CaseState::Ready | CaseState::Delivered
                if case.ready.as_ref().is_some_and(|ready| ready.revoked) =>
            {
                let handed = case.state == CaseState::Delivered;
                let next =
                    if handed { words.result_no_longer_valid } else { words.result_revoked_next };
                plain(words.result_revoked, next)
            }
            CaseState::Ready => {
                let ready = case.ready.as_ref();
                let place = ready.map(|ready| ready.place.get(lang)).unwrap_or_default();
                let code = ready.map(|ready| ready.code.clone()).unwrap_or_default();
                if code.is_empty() {
                    let next = fill(words.ready_without_code, &[("place", &place)]);
                    return plain(words.ready_main, &next);
                }
                Self {
                    lead: words.code.to_owned(),
                    main: code,
                    is_code: true,
                    wait: None,
                    next: fill(words.ready_next, &[("place", &place)]),
                }
            }
            CaseState::Delivered => {
                match case.ready.as_ref().and_then(|ready| ready.posted.as_ref()) {
                    Some((carrier, number)) => plain(
                        words.posted,
                        &fill(words.posted_next, &[("carrier", carrier), ("number", number)]),
                    ),
                    None => plain(words.delivered, words.delivered_next),
                }
            }
            CaseState::Rejected => plain(words.rejected, Self::reasons(case, words)),
            CaseState::Declined => plain(words.declined, Self::reasons(case, words)),
            CaseState::Withdrawn => plain(words.withdrawn, words.ended_next),
            CaseState::Ended => plain(words.ended, words.ended_next),
        }
    }

    /// Where the reasons are read. Who found the case by its number does not see them.
    fn reasons(case: &CaseProgress, words: &CaseWords) -> &'static str {
        let shown = case.refused.iter().any(|part| !part.reason.zh.is_empty());
        if shown { words.refused_next } else { words.refused_elsewhere }
    }

    /// A department waits for materials (补正): how many, and how to submit them.
    fn asked(case: &CaseProgress, lang: Lang) -> Self {
        let words = CaseWords::of(lang);
        let n = case.missing.iter().filter(|one| one.asked).count();
        let main = if n == 1 { words.asked_one } else { &fill(words.asked, &[("n", &n)]) };
        Self {
            lead: String::new(),
            main: main.to_owned(),
            is_code: false,
            wait: Some(words.asked_clock.to_owned()),
            next: by_phone_or(case, words.asked_next, words.asked_bring).to_owned(),
        }
    }

    /// The departments are working on it: the day it is due, and which
    /// department has it.
    fn under_way(case: &CaseProgress, lang: Lang) -> Self {
        let words = CaseWords::of(lang);
        if !case.asked.is_empty() && case.missing.iter().any(|one| one.asked) {
            return Self::asked(case, lang);
        }
        if let Some(pause) = case.pauses.iter().find(|pause| pause.to.is_none()) {
            return Self {
                lead: String::new(),
                main: words.paused.to_owned(),
                is_code: false,
                wait: None,
                next: fill(words.paused_next, &[("ground", &pause.ground.get(lang))]),
            };
        }
        let late = case.days_left.is_some_and(|left| left < 0);
        let left = case.days_left.map(|left| match left {
            ..0 => fill(words.late, &[("n", &-left)]),
            0 => words.today.to_owned(),
            1 => words.left_one.to_owned(),
            _ => fill(words.left, &[("n", &left)]),
        });
        let wait = match (left, case.due_provisional) {
            (Some(left), true) => Some(format!("{left} · {}", words.provisional)),
            (left, _) => left,
        };
        let next = if late {
            let telephone = case.telephone.as_deref().unwrap_or_default();
            if telephone.is_empty() {
                words.late_ask.to_owned()
            } else {
                fill(words.late_next, &[("telephone", &telephone)])
            }
        } else if !case.missing.is_empty() {
            by_phone_or(case, words.deferred_next, words.deferred_bring).to_owned()
        } else if case.due_provisional {
            words.provisional_why.to_owned()
        } else {
            fill(words.with, &[("department", &who(case, lang))])
        };
        Self {
            lead: words.decided_by.to_owned(),
            main: case.due.as_ref().map(|due| when::weekday(due, lang)).unwrap_or_default(),
            is_code: false,
            wait,
            next,
        }
    }
}

/// One of two sentences: whether something that is missing can be sent from this page.
fn by_phone_or(case: &CaseProgress, by_phone: &'static str, bring: &'static str) -> &'static str {
    if case.missing.iter().any(|one| one.by_phone) { by_phone } else { bring }
}

fn missing_reasons(case: &CaseProgress, lang: Lang) -> Vec<(String, String)> {
    let note = Some((String::new(), case.missing_note.clone()));
    let asked = case
        .asked
        .iter()
        .map(|asked| (asked.department.get(lang).to_owned(), asked.reason.clone()));
    note.into_iter().chain(asked).filter(|(_, reason)| !reason.trim().is_empty()).collect()
}

/// A period that does not count: why, and from which day to which.
fn stretch(pause: &PauseProgress, to: &str, lang: Lang) -> String {
    let ground = pause.ground.get(lang);
    let from = when::short(&pause.from, lang);
    if pause.from == to {
        return format!("{ground} · {from}");
    }
    format!("{ground} · {from}–{}", when::short(to, lang))
}

/// The departments that are working on it now.
fn who(case: &CaseProgress, lang: Lang) -> String {
    let mut names: Vec<&str> = Vec::new();
    let has_it = |step: &&StepProgress| matches!(step.state, StepState::Open | StepState::Taken);
    for step in case.steps.iter().filter(has_it) {
        let name = step.department.get(lang);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(lang.list_separator())
}

fn missing(one: &MissingMaterial, lang: Lang) -> MissingView {
    let until = one
        .until
        .as_ref()
        .map(|day| fill(CaseWords::of(lang).until, &[("day", &when::weekday(day, lang))]));
    let form = one.form.name().get(lang).to_owned();
    MissingView {
        id: one.id,
        name: one.name.get(lang).to_owned(),
        aside: std::iter::once(form).chain(until).collect::<Vec<_>>().join(" · "),
        by_phone: one.by_phone,
        unreadable: supply::unreadable(one.unreadable.as_deref(), lang),
    }
}

fn refused(part: &RefusedPart, lang: Lang) -> (String, String) {
    let name = part.name.get(lang);
    let by = part.department.as_ref().map(|department| department.get(lang));
    (by.map_or(name.to_owned(), |by| format!("{name} · {by}")), part.reason.get(lang).to_owned())
}

fn steps(case: &CaseProgress, lang: Lang, day: impl Fn(Millis) -> String) -> Vec<StepView> {
    let words = CaseWords::of(lang);
    let mut under = None;
    case.steps
        .iter()
        .map(|step| {
            let begins = step.matter != under;
            under.clone_from(&step.matter);
            let (mark, state) = match step.state {
                StepState::Approved => ("done", words.step_done),
                StepState::Open | StepState::Taken => ("now", words.step_now),
                StepState::Asked => ("stopped", words.step_asked),
                StepState::Paused => ("stopped", words.step_paused),
                // Only the counter's own step, which is no decision on the matter.
                StepState::Rejected if case.state == CaseState::Declined => {
                    ("bad", words.step_declined)
                }
                StepState::Rejected => ("bad", words.step_rejected),
                StepState::Waiting => ("to-come", words.step_to_come),
                StepState::Skipped => ("to-come", words.step_skipped),
                StepState::Replaced => ("done", words.step_replaced),
            };
            let done = matches!(step.state, StepState::Approved | StepState::Rejected);
            let at = step.at.filter(|_| done).map(|at| when::short(&day(at), lang));
            let until = step
                .due
                .as_ref()
                .filter(|_| mark == "now")
                .map(|due| fill(words.until, &[("day", &when::short(due, lang))]));
            StepView {
                heading: step
                    .matter
                    .as_ref()
                    .filter(|_| begins)
                    .map(|matter| matter.get(lang).to_owned()),
                mark,
                name: step.name.get(lang).to_owned(),
                department: step.department.get(lang).to_owned(),
                state,
                when: at.or(until).unwrap_or_default(),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests;
