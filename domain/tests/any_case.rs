//! Random lives of a case: whatever is asked of it in whatever order, on a
//! clock that only goes on, the rules of deadlines and of order hold.
#![allow(clippy::unwrap_used)]

use jiban_domain::calendar::{Calendar, Pause, Year};
use jiban_domain::case::commitment::AnsweredVia;
use jiban_domain::case::plan::plan;
use jiban_domain::case::reception::Opening;
use jiban_domain::case::{
    ApplicantKind, Case, CaseNumber, CaseState, CheckState, Fetching, Issuing, MaterialState,
    Moment, PartState, StepState, Subject, ToldBy, Via, commitment_offered,
};
use jiban_domain::setup::{CaseRules, Hall};
use jiban_domain::{CaseId, ClerkId, MatterId, Token};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use serde_json::json;

#[derive(Debug, Clone)]
enum Deed {
    Wait(u8),
    Mark(u8, MaterialState),
    TickAll,
    Tell,
    Promise(u8),
    Accept,
    Supply(u8),
    Attach(u8, bool),
    Unreadable(u8, u8, u8),
    LookAtNew(u8),
    Take(u8, u8),
    Approve(u8, u8),
    Reject(u8, u8),
    Ask(u8, u8),
    Pause(u8, u8, u8),
    Resume(u8, u8),
    HandOver(u8, u8),
    OnTheSpot,
    Fetch(bool),
    Post,
    Withdraw,
    Decline,
    Keep,
    Commit(bool),
    Uncommit,
    Check(u8, u8, u8),
}

fn deed() -> impl Strategy<Value = Deed> {
    use MaterialState::{Deferred, Missing, NotNeeded, Present};
    let state = prop_oneof![Just(Missing), Just(Present), Just(Deferred), Just(NotNeeded)];
    let step = || 0_u8..8;
    let who = || 0_u8..2;
    prop_oneof![
        4 => (0_u8..9).prop_map(Deed::Wait),
        2 => (0_u8..7, state).prop_map(|(id, state)| Deed::Mark(id, state)),
        2 => Just(Deed::TickAll),
        1 => Just(Deed::Tell),
        1 => (0_u8..20).prop_map(Deed::Promise),
        3 => Just(Deed::Accept),
        2 => (0_u8..9).prop_map(Deed::Supply),
        4 => (0_u8..9, any::<bool>()).prop_map(|(id, phone)| Deed::Attach(id, phone)),
        3 => (0_u8..9, step(), 0_u8..3).prop_map(|(id, s, w)| Deed::Unreadable(id, s, w)),
        2 => (0_u8..9).prop_map(Deed::LookAtNew),
        1 => (step(), who()).prop_map(|(s, w)| Deed::Take(s, w)),
        8 => (step(), who()).prop_map(|(s, w)| Deed::Approve(s, w)),
        1 => (step(), who()).prop_map(|(s, w)| Deed::Reject(s, w)),
        1 => (step(), who()).prop_map(|(s, w)| Deed::Ask(s, w)),
        2 => (step(), who(), 0_u8..5).prop_map(|(s, w, g)| Deed::Pause(s, w, g)),
        3 => (step(), who()).prop_map(|(s, w)| Deed::Resume(s, w)),
        1 => (step(), who()).prop_map(|(s, w)| Deed::HandOver(s, w)),
        1 => Just(Deed::OnTheSpot),
        1 => any::<bool>().prop_map(Deed::Fetch),
        1 => Just(Deed::Post),
        1 => Just(Deed::Withdraw),
        1 => Just(Deed::Decline),
        3 => Just(Deed::Keep),
        2 => any::<bool>().prop_map(Deed::Commit),
        1 => Just(Deed::Uncommit),
        4 => (0_u8..6, 0_u8..3, who()).prop_map(|(v, m, w)| Deed::Check(v, m, w)),
    ]
}

fn hall() -> Hall {
    serde_json::from_value(json!({
        "id": "main", "name": "大厅",
        "cases": { "pause": [
            { "id": "hearing", "name": "听证" },
            { "id": "expert", "name": "评审", "most_days": 3 } ] },
        "matter": [
            { "id": "a", "name": "甲", "line": "l", "department": "d1", "result": "证",
              "produces": "a-paper",
              "materials": [{ "name": "一" }, { "name": "二", "document": "x" }],
              "steps": [{ "name": "审" }, { "name": "决", "days": 1 }] },
            { "id": "b", "name": "乙", "line": "l", "department": "d2", "result": "证",
              "handling": "promised", "promised_days": 6, "statutory_days": 10,
              "materials": [{ "name": "甲证", "document": "a-paper" },
                            { "name": "三", "deferrable": true },
                            { "name": "二", "document": "x" }],
              "steps": [{ "name": "审", "days": 3 }, { "name": "决", "days": 2 }],
              "commitment": { "text": "诺", "consequence": "撤", "replaces_steps": ["审"],
                "replaces_materials": ["三", "x"], "promised_days": 2,
                "check_within_days": 9, "answer_days": 3, "put_right_days": 5 } },
            { "id": "c", "name": "丙", "line": "l", "department": "d3", "result": "证",
              "handling": "promised", "promised_days": 4,
              "materials": [{ "name": "四", "deferrable": true }],
              "steps": [{ "name": "审" }, { "name": "决" }] },
        ],
        "bundle": [{ "id": "all", "name": "一件事", "promised_days": 8, "part": [
            { "matter": "a" }, { "matter": "b", "after": ["a"] }, { "matter": "c" }] }],
    }))
    .unwrap()
}

/// 2026 as it was arranged around the National Day; 2027 is not known.
fn calendar() -> Calendar {
    let holidays = (1..=7).map(|day| date(2026, 10, day)).collect();
    let workdays = [date(2026, 9, 20), date(2026, 10, 10)].into();
    Calendar { years: [(2026, Year { holidays, workdays })].into() }
}

struct World {
    case: Case,
    calendar: Calendar,
    hall: Hall,
    issuing: Issuing,
    day: Date,
}

impl World {
    fn open(day: Date) -> Self {
        let hall = hall();
        let opening = Opening {
            id: CaseId(1),
            number: CaseNumber::new(day, 1),
            token: Token([0; 16]),
            hall: "main".into(),
            ticket: None,
            clerk: "clerk".into(),
            counter: "1".into(),
            applicant: ApplicantKind::Business,
            told_by: ToldBy::Call,
        };
        let plan = plan(&hall, &Subject::Bundle("all".into())).unwrap();
        let case = Case::open(plan, opening, Moment { at: 0, day });
        let issuing = Issuing { seed: [3; 32], names: vec![] };
        Self { case, calendar: calendar(), hall, issuing, day }
    }

    fn now(&self) -> Moment {
        Moment { at: 0, day: self.day }
    }

    /// Does a deed; a refusal must leave the case as it was.
    fn try_to(&mut self, deed: &Deed) -> Result<(), TestCaseError> {
        let before = self.case.clone();
        let done = self.attempt(deed);
        if let Err(no) = done {
            prop_assert_eq!(&self.case, &before, "refused ({:?}), and changed: {:?}", no, deed);
        } else {
            self.case.recalculate(&self.calendar, self.day);
        }
        Ok(())
    }

    fn attempt(&mut self, deed: &Deed) -> Result<(), jiban_domain::case::CaseRefusal> {
        let now = self.now();
        let who = |who: u8| ClerkId::from(if who == 0 { "r0" } else { "r1" });
        let Self { case, calendar, hall, issuing, day } = self;
        let rules: &CaseRules = &hall.cases;
        match deed {
            Deed::Wait(days) => {
                *day = day.saturating_add(i64::from(*days).days());
                Ok(())
            }
            Deed::Mark(id, state) => case.mark((*id).into(), *state, true, now),
            Deed::TickAll => {
                for id in case.materials.iter().map(|one| one.id).collect::<Vec<_>>() {
                    if case.state == CaseState::Open
                        && case.material(id)?.state == MaterialState::Missing
                    {
                        case.mark(id, MaterialState::Present, true, now)?;
                    }
                }
                Ok(())
            }
            Deed::Tell => case.tell_missing(String::new(), now),
            Deed::Promise(days) => {
                let until = day.saturating_add(i64::from(*days).days());
                let items: Vec<_> = case.deferred().map(|one| (one.id, until)).collect();
                case.sign_promise(&items, None, calendar, now)
            }
            Deed::Accept => case.accept(calendar, issuing, now),
            Deed::Supply(id) => case.supply((*id).into(), &Via::Counter, now),
            Deed::Attach(id, phone) => {
                let via = if *phone { Via::Phone } else { Via::Counter };
                let file = json!({
                    "file": "f", "kind": "jpeg", "bytes": 1, "sha256": "", "at": 0
                });
                case.attach((*id).into(), serde_json::from_value(file).unwrap(), &via, now)
            }
            Deed::Unreadable(id, _, 2) => {
                case.unreadable_to_clerk(((*id).into(), None), "糊".into(), (calendar, now))
            }
            Deed::Unreadable(id, step, by) => {
                let (step, by) = ((*step).into(), &who(*by));
                let when = (&*calendar, now);
                case.unreadable_to_reviewer(((*id).into(), None), (step, by), "糊".into(), when)
            }
            Deed::LookAtNew(id) => case.look_at_new((*id).into(), (calendar, now)),
            Deed::Take(step, by) => case.take((*step).into(), &who(*by), now),
            Deed::Approve(step, by) => {
                case.approve((*step).into(), &who(*by), String::new(), issuing, (calendar, now))
            }
            Deed::Reject(step, by) => {
                case.reject((*step).into(), &who(*by), "不符".into(), issuing, (calendar, now))
            }
            Deed::Ask(step, by) => {
                let names = ["补一".to_owned(), "补二".to_owned()];
                let said = (&names[..], String::new());
                case.ask_for_more((*step).into(), &who(*by), said, rules, (calendar, now))
            }
            Deed::Pause(step, by, ground) => {
                let ground = &rules.pauses[usize::from(*ground) % rules.pauses.len()];
                case.pause((*step).into(), &who(*by), (ground, String::new()), (calendar, now))
            }
            Deed::Resume(step, by) => case.resume((*step).into(), &who(*by), (calendar, now)),
            Deed::HandOver(step, by) => {
                let to = ("d9".into(), String::new());
                case.hand_over((*step).into(), &who(*by), to, now)
            }
            Deed::OnTheSpot => case.decide_on_the_spot(&who(0), "", issuing, (calendar, now)),
            Deed::Fetch(right) => {
                let code = right.then(|| case.pick_up_code.clone()).flatten();
                let card = (!right).then(|| "card".to_owned());
                let by_agent = false;
                let fetching =
                    Fetching { code, identity_checked: true, card, signature: None, by_agent };
                case.hand_over_results(fetching, now)
            }
            Deed::Post => case.post_results("邮政", "EX1", now),
            Deed::Withdraw => case.withdraw(String::new(), now),
            Deed::Decline => case.decline("不属本级".into(), now),
            Deed::Keep => {
                case.apply_time(calendar, rules, issuing, now);
                Ok(())
            }
            Deed::Commit(may) => {
                let offer = commitment_offered(hall, &case.subject);
                case.sign_commitment(offer.as_ref(), None, *may, now)
            }
            Deed::Uncommit => case.withdraw_commitment(),
            Deed::Check(verb, matter, by) => {
                let matter = MatterId::from(["a", "b", "c"][usize::from(*matter)]);
                let (by, said) = (who(*by), "说明".to_owned());
                match verb {
                    0 => case.take_check(&matter, &by, now),
                    1 => case.find_kept(&matter, &by, said, now),
                    2 => case.find_broken(&matter, &by, (said, true), (calendar, now)),
                    3 => case.answer_breach(&matter, said, AnsweredVia::Phone, now),
                    4 => case.put_breach_right(&matter, &by, said, now),
                    _ => case.revoke_for_breach(&matter, &by, said, now),
                }
            }
        }
    }

    fn check(&self, before: &Case) -> Result<(), TestCaseError> {
        let case = &self.case;
        self.deadlines_keep_their_rules()?;
        for part in &case.parts {
            // No step is skipped: what came to its turn stands behind what is done.
            let mut open_seen = false;
            for step in part.steps.iter().filter(|step| step.state != StepState::Replaced) {
                let done = step.state == StepState::Approved;
                prop_assert!(!(open_seen && done), "a step was passed over: {:?}", part);
                open_seen |= !done;
            }
            if part.state == PartState::Approved {
                let decided = [StepState::Approved, StepState::Replaced];
                prop_assert!(part.steps.iter().all(|s| decided.contains(&s.state)));
                for needed in &part.after {
                    let needed = case.parts.iter().find(|one| one.matter == *needed).unwrap();
                    prop_assert_eq!(needed.state, PartState::Approved, "its need came first");
                }
            }
        }
        // No bundle is done before its parts.
        if matches!(case.state, CaseState::Ready | CaseState::Delivered) {
            prop_assert!(case.parts.iter().all(|part| part.state.is_end()));
            let approved = case.parts.iter().filter(|p| p.state == PartState::Approved).count();
            prop_assert_eq!(case.results.len(), approved);
            // What a rejected matter alone wanted need not come any more.
            let approves = |id: &MatterId| {
                let part = case.parts.iter().find(|part| part.matter == *id);
                part.is_some_and(|part| part.state == PartState::Approved)
            };
            let settled = case.deferred().all(|one| !one.matters.iter().any(approves));
            prop_assert!(approved > 0 && settled, "{:?}", case.materials);
        }
        // The clock stands from the moment that somebody could not read a paper until
        // somebody has looked at another.
        if case.state == CaseState::Accepted {
            for again in case.materials.iter().filter_map(|one| one.unreadable.as_ref()) {
                let stands = case.stopped().any(|stop| Some(stop.step) == again.step);
                prop_assert!(stands, "{:?} {:?}", again, case.stops);
            }
        }
        self.commitments_keep_their_rules()?;
        // An end is an end.
        if before.state.is_end() {
            prop_assert_eq!(case.state, before.state);
        }
        if case.state.is_end() {
            prop_assert!(case.stopped().next().is_none(), "no clock stands still for ever");
            let steps = case.parts.iter().flat_map(|part| &part.steps);
            prop_assert!(steps.clone().all(|step| !step.state.is_in_hand()));
        }
        if case.state == CaseState::Accepted {
            let steps = case.parts.iter().flat_map(|part| &part.steps);
            prop_assert!(steps.clone().any(|step| step.state.is_in_hand()), "somebody has it");
        }
        Ok(())
    }

    /// What is replaced rests on a commitment; a check is there once its matter is approved, and
    /// nothing is revoked for a breach whose applicant could not answer and put it right.
    fn commitments_keep_their_rules(&self) -> Result<(), TestCaseError> {
        let case = &self.case;
        let steps = case.parts.iter().flat_map(|part| &part.steps);
        let replaced = steps.filter(|step| step.state == StepState::Replaced);
        prop_assert!(replaced.clone().all(|step| step.opened.is_none()));
        let gone = case.materials.iter().any(|one| one.state == MaterialState::Replaced);
        prop_assert!(case.commitment.is_some() || (replaced.count() == 0 && !gone));
        for terms in case.commitment.iter().flat_map(|one| &one.terms) {
            let part = case.parts.iter().find(|part| part.matter == terms.matter).unwrap();
            let approved = part.state == PartState::Approved;
            prop_assert_eq!(terms.check.is_some(), approved);
            let Some(check) = &terms.check else { continue };
            prop_assert!(check.due.is_some());
            if check.state == CheckState::Revoked {
                let breach = check.breach.as_ref().unwrap();
                let done = check.done.unwrap().day;
                prop_assert!(done > breach.answer_by || !breach.answers.is_empty());
                prop_assert!(breach.put_right_by.is_none_or(|day| done > day));
                let mut issued = case.results.iter().filter(|one| one.matter == terms.matter);
                prop_assert!(issued.all(|one| one.revoked.is_some()));
            }
        }
        Ok(())
    }

    /// The deadline counts as many days as are promised, on which the clock ran.
    fn deadlines_keep_their_rules(&self) -> Result<(), TestCaseError> {
        let case = &self.case;
        let (Some(accepted), Some(due)) = (case.accepted, case.due) else { return Ok(()) };
        let until = case.decided.or(case.ended).map_or(self.day, |at| at.day.min(self.day));
        let pauses: Vec<Pause> = case.pauses(until);
        let counted = self.calendar.working_days_between(accepted.day, due.date, &pauses);
        prop_assert_eq!(counted, u32::from(case.promised_days), "{:?} {:?}", due, pauses);
        let plain = self.calendar.due(accepted.day, case.promised_days, &[]);
        prop_assert!(due.date >= plain.date, "a pause never makes it earlier");
        prop_assert_eq!(due.provisional, due.date.year() > 2026 || accepted.day.year() > 2026);
        // While it is paused nothing is used up.
        if case.stopped().next().is_some() {
            let tomorrow = self.day.tomorrow().unwrap();
            let later = case.pauses(tomorrow);
            prop_assert_eq!(
                self.calendar.working_days_between(accepted.day, tomorrow, &later),
                self.calendar.working_days_between(accepted.day, self.day, &case.pauses(self.day))
            );
        }
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_asked_the_rules_hold(
        deeds in proptest::collection::vec(deed(), 1..90),
        start in 0_i64..120,
    ) {
        let mut world = World::open(date(2026, 9, 1).saturating_add(start.days()));
        for deed in &deeds {
            let before = world.case.clone();
            world.try_to(deed)?;
            world.check(&before)?;
            let written = serde_json::to_string(&world.case).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Case>(&written).unwrap(), &world.case);
        }
    }
}
