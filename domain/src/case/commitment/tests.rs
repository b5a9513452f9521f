//! A food permit on a commitment: signed, decided sooner, checked, and what a breach leads to.

use jiff::civil::{Date, date};

use super::super::plan::plan;
use super::super::reception::Opening;
use super::super::*;
use super::*;
use crate::calendar::{Calendar, Year};
use crate::ids::ClerkId;
use crate::setup::{CaseRules, Hall};
use MaterialState::{Missing, Replaced};

fn hall() -> Hall {
    serde_json::from_value(serde_json::json!({
        "id": "main", "name": "大厅",
        "line": [{ "id": "a", "letter": "A", "name": "甲" }],
        "counter": [{ "id": 1, "name": "1号窗口", "lines": ["a"] }],
        "matter": [
            { "id": "food", "name": "食品经营许可", "line": "a", "department": "market",
              "handling": "promised", "promised_days": 10, "result": "许可证",
              "materials": [
                { "name": "申请书" },
                { "name": "健康证明", "document": "staff-health", "deferrable": true },
                { "name": "布局图", "deferrable": true }],
              "steps": [{ "name": "受理", "kind": "accept" }, { "name": "审查", "days": 4 },
                        { "name": "现场核查", "days": 4 }, { "name": "决定", "days": 2 }],
              "commitment": { "text": "我承诺", "consequence": "撤销",
                "replaces_steps": ["审查", "现场核查"],
                "replaces_materials": ["staff-health", "布局图"],
                "promised_days": 2, "check_within_days": 20, "check_department": "street",
                "answer_days": 5, "put_right_days": 10 } },
            { "id": "hygiene", "name": "卫生许可", "line": "a", "department": "health",
              "handling": "promised", "promised_days": 5, "result": "卫生许可证",
              "materials": [{ "name": "健康证明", "document": "staff-health" }],
              "steps": [{ "name": "决定" }] },
        ],
        "bundle": [{ "id": "both", "name": "一件事",
                     "part": [{ "matter": "food" }, { "matter": "hygiene" }] }],
    }))
    .unwrap()
}

const MONDAY: Date = date(2026, 9, 7);

fn calendar() -> Calendar {
    let mut calendar = Calendar::default();
    let holidays = (1..=7).map(|day| date(2026, 10, day)).collect();
    calendar.years.insert(2026, Year { holidays, workdays: [].into() });
    calendar
}

fn on(day: Date) -> Moment {
    Moment { at: 1_790_000_000_000, day }
}

fn issuing() -> Issuing {
    Issuing { seed: [7; 32], names: vec![("market".into(), "市场监管局".into())] }
}

fn open(subject: &Subject) -> Case {
    let opening = Opening {
        id: CaseId(12),
        number: CaseNumber::new(MONDAY, 1),
        token: Token([1; 16]),
        hall: "main".into(),
        ticket: None,
        clerk: "clerk1".into(),
        counter: "1".into(),
        applicant: ApplicantKind::Person,
        told_by: ToldBy::Page,
    };
    Case::open(plan(&hall(), subject).unwrap(), opening, on(MONDAY))
}

fn food() -> (Case, Option<CommitmentOffer>) {
    let subject = Subject::Matter("food".into());
    let offer = commitment_offered(&hall(), &subject);
    (open(&subject), offer)
}

fn signed() -> Case {
    let (mut case, offer) = food();
    case.sign_commitment(offer.as_ref(), None, true, on(MONDAY)).unwrap();
    case
}

/// Decided on the commitment: its check is to be done.
fn decided() -> Case {
    let mut case = signed();
    case.mark(1, MaterialState::Present, true, on(MONDAY)).unwrap();
    case.accept(&calendar(), &issuing(), on(MONDAY)).unwrap();
    let when = (&calendar(), on(MONDAY));
    case.approve(3, &reviewer(), String::new(), &issuing(), when).unwrap();
    case
}

fn noticed(may_put_right: bool) -> Case {
    let mut case = decided();
    let finding = ("无健康证明".to_owned(), may_put_right);
    case.find_broken(&matter(), &reviewer(), finding, (&calendar(), on(MONDAY))).unwrap();
    case
}

fn reviewer() -> ClerkId {
    "r".into()
}

fn matter() -> crate::ids::MatterId {
    "food".into()
}

fn check(case: &Case) -> &CommitmentCheck {
    case.checks().next().unwrap().1
}

#[test]
fn what_it_replaces_is_neither_opened_nor_asked_for_and_the_limit_is_shorter() {
    let case = signed();
    assert_eq!(case.promised_days, 2);
    let states: Vec<_> = case.materials.iter().map(|one| one.state).collect();
    assert_eq!(states, [Missing, Replaced, Replaced]);
    let mut case = case;
    assert_eq!(
        case.mark(2, MaterialState::Present, true, on(MONDAY)),
        Err(CaseRefusal::ReplacedByCommitment)
    );
    case.mark(1, MaterialState::Present, true, on(MONDAY)).unwrap();
    case.accept(&calendar(), &issuing(), on(MONDAY)).unwrap();
    assert_eq!(case.due.unwrap().date, date(2026, 9, 9));
    let steps: Vec<_> = case.parts[0].steps.iter().map(|step| step.state).collect();
    assert_eq!(steps, [StepState::Replaced, StepState::Replaced, StepState::Open]);
    assert!(case.parts[0].steps[0].opened.is_none());
    assert_eq!(
        case.sign_commitment(None, None, true, on(MONDAY)),
        Err(CaseRefusal::WrongCaseState(CaseState::Accepted))
    );
}

#[test]
fn it_is_refused_to_whom_a_broken_promise_is_known_and_where_nothing_is_offered() {
    let (mut case, offer) = food();
    let before = case.clone();
    let no = case.sign_commitment(offer.as_ref(), None, false, on(MONDAY));
    assert_eq!(no, Err(CaseRefusal::NoPromise));
    let no = case.sign_commitment(None, None, true, on(MONDAY));
    assert_eq!(no, Err(CaseRefusal::NoCommitment));
    assert_eq!(case, before);
    assert_eq!(commitment_offered(&hall(), &Subject::Matter("hygiene".into())), None);
    assert_eq!(commitment_offered(&hall(), &Subject::Matter("gone".into())), None);
}

#[test]
fn taken_back_everything_is_as_before() {
    let (before, _) = food();
    let mut case = signed();
    case.withdraw_commitment().unwrap();
    for (material, was) in case.materials.iter().zip(&before.materials) {
        assert_eq!(material.state, was.state);
    }
    assert_eq!((case.promised_days, case.parts[0].promised_days), (10, 10));
    assert!(case.parts[0].steps.iter().all(|step| step.state == StepState::Waiting));
    assert_eq!(case.withdraw_commitment(), Err(CaseRefusal::NoCommitment));
}

#[test]
fn what_another_matter_of_the_bundle_asks_for_stays_asked_for() {
    let subject = Subject::Bundle("both".into());
    let offer = commitment_offered(&hall(), &subject).unwrap();
    assert_eq!((offer.promised_days, offer.matters.len()), (5, 1));
    let mut case = open(&subject);
    case.sign_commitment(Some(&offer), None, true, on(MONDAY)).unwrap();
    let state = |name: &str| case.materials.iter().find(|one| one.name.zh == name).unwrap().state;
    assert_eq!(state("健康证明"), MaterialState::Missing);
    assert_eq!(state("布局图"), MaterialState::Replaced);
}

#[test]
fn the_check_comes_with_the_decision_and_is_late_by_its_day() {
    let mut case = decided();
    assert_eq!(case.state, CaseState::Ready);
    // Twenty working days; the first week of October is off.
    let due = check(&case).due.unwrap().date;
    assert_eq!(due, date(2026, 10, 12));
    let rules = CaseRules::default();
    assert_eq!(case.next_check(&calendar(), &rules), Some(date(2026, 10, 13)));
    assert_eq!(case.apply_time(&calendar(), &rules, &issuing(), on(due)), []);
    let late = case.apply_time(&calendar(), &rules, &issuing(), on(date(2026, 10, 13)));
    assert_eq!(late, [TimedChange::CheckLate(matter())]);
    assert_eq!(case.apply_time(&calendar(), &rules, &issuing(), on(date(2026, 10, 14))), []);
}

#[test]
fn nothing_is_revoked_before_the_applicant_could_answer() {
    let mut case = noticed(false);
    let revoke = |case: &mut Case, day| {
        case.revoke_for_breach(&matter(), &reviewer(), "承诺不实".to_owned(), on(day))
    };
    let until = date(2026, 9, 14);
    assert_eq!(revoke(&mut case, until), Err(CaseRefusal::TermRuns(until.to_string())));
    let mut silent = case.clone();
    revoke(&mut silent, date(2026, 9, 15)).unwrap();
    assert!(silent.is_revoked());
    assert_eq!(check(&silent).state, CheckState::Revoked);
    case.answer_breach(&matter(), "已办理".to_owned(), AnsweredVia::Phone, on(MONDAY)).unwrap();
    revoke(&mut case, MONDAY).unwrap();
    assert_eq!(revoke(&mut case, MONDAY), Err(CaseRefusal::WrongCheckState(CheckState::Revoked)));
}

#[test]
fn an_answer_does_not_shorten_the_term_to_put_it_right() {
    let mut case = noticed(true);
    case.answer_breach(&matter(), "正在补办".to_owned(), AnsweredVia::Phone, on(MONDAY)).unwrap();
    let until = date(2026, 9, 21);
    let no = case.revoke_for_breach(&matter(), &reviewer(), "不实".to_owned(), on(until));
    assert_eq!(no, Err(CaseRefusal::TermRuns(until.to_string())));
    case.put_breach_right(&matter(), &reviewer(), "已整改".to_owned(), on(until)).unwrap();
    assert_eq!((check(&case).state, case.is_revoked()), (CheckState::PutRight, false));
    assert!(!case.has_open_check());
}

#[test]
fn a_check_has_one_reviewer_and_any_of_the_department_may_take_it_over() {
    let mut case = decided();
    case.take_check(&matter(), &reviewer(), on(MONDAY)).unwrap();
    let other = "s".into();
    let no = case.find_kept(&matter(), &other, String::new(), on(MONDAY));
    assert_eq!(no, Err(CaseRefusal::TakenByAnother));
    case.take_check(&matter(), &other, on(MONDAY)).unwrap();
    case.find_kept(&matter(), &other, String::new(), on(MONDAY)).unwrap();
    assert_eq!(check(&case).state, CheckState::Kept);
    let no = case.answer_breach(&matter(), "？".to_owned(), AnsweredVia::Phone, on(MONDAY));
    assert_eq!(no, Err(CaseRefusal::WrongCheckState(CheckState::Kept)));
}

#[test]
fn a_result_that_is_revoked_otherwise_leaves_nothing_to_check() {
    let mut case = decided();
    let code = case.results[0].code;
    case.revoke(code, "申请人申请注销".to_owned(), on(MONDAY)).unwrap();
    assert_eq!(check(&case).state, CheckState::Dropped);
}

#[test]
fn a_case_from_before_commitments_is_read() {
    let (case, _) = food();
    let mut old = serde_json::to_value(&case).unwrap();
    assert!(old.as_object_mut().unwrap().remove("commitment").is_some());
    assert_eq!(serde_json::from_value::<Case>(old).unwrap(), case);
}
