//! The life of a case, verb by verb: a café opened as a bundle, a pension that
//! is paused, a permit that is rejected.

mod agent;
mod files;

use jiff::civil::{Date, date};
use serde_json::json;

use super::plan::plan;
use super::reception::Opening;
use super::*;
use crate::calendar::{Calendar, Year};
use crate::setup::{CaseRules, Hall, PauseGround};

/// October 2026: the first to the seventh are off, the tenth is worked.
fn calendar() -> Calendar {
    let mut calendar = Calendar::default();
    let holidays = (1..=7).map(|day| date(2026, 10, day)).collect();
    let workdays = [date(2026, 10, 10)].into();
    calendar.years.insert(2026, Year { holidays, workdays });
    calendar
}

fn hall() -> Hall {
    serde_json::from_value(json!({
        "id": "main", "name": "大厅",
        "line": [{ "id": "a", "letter": "A", "name": "甲" }],
        "counter": [{ "id": 1, "name": "1号窗口", "lines": ["a"] }],
        "matter": [
            { "id": "licence", "name": "设立登记", "line": "a", "department": "market",
              "result": "营业执照", "produces": "business-licence",
              "materials": [{ "name": "申请书" }, { "name": "身份证", "document": "identity" }],
              "steps": [{ "name": "受理", "kind": "accept" }, { "name": "决定" },
                        { "name": "出件", "kind": "deliver" }] },
            { "id": "food", "name": "食品经营许可", "line": "a", "department": "market",
              "handling": "promised", "promised_days": 10, "statutory_days": 15,
              "result": "许可证",
              "materials": [
                { "name": "营业执照", "document": "business-licence" },
                { "name": "经营者身份证", "document": "identity" },
                { "name": "布局图", "deferrable": true }],
              "steps": [{ "name": "审查", "days": 4 }, { "name": "现场核查", "days": 4 },
                        { "name": "决定", "days": 2 }] },
            { "id": "sign", "name": "户外招牌设置", "line": "a", "department": "street",
              "handling": "promised", "promised_days": 3, "result": "批复",
              "materials": [{ "name": "营业执照", "document": "business-licence" },
                            { "name": "效果图" }],
              "steps": [{ "name": "审查", "days": 2 }, { "name": "决定", "days": 1 }] },
        ],
        "bundle": [{ "id": "cafe", "name": "开办餐饮店一件事", "part": [
            { "matter": "sign", "after": ["licence"] },
            { "matter": "licence" },
            { "matter": "food", "after": ["licence"] }] }],
    }))
    .unwrap()
}

fn on(day: Date) -> Moment {
    Moment { at: 1_790_000_000_000, day }
}

fn issuing() -> Issuing {
    Issuing { seed: [7; 32], names: vec![("market".into(), "市场监管局".into())] }
}

fn open(subject: Subject, day: Date) -> Case {
    let opening = Opening {
        id: CaseId(12),
        number: CaseNumber::new(day, 1),
        token: Token([1; 16]),
        hall: "main".into(),
        ticket: None,
        clerk: "clerk1".into(),
        counter: "1".into(),
        applicant: ApplicantKind::Person,
        told_by: ToldBy::Page,
    };
    Case::open(plan(&hall(), &subject).unwrap(), opening, on(day))
}

fn cafe(day: Date) -> Case {
    open(Subject::Bundle("cafe".into()), day)
}

fn food(day: Date) -> Case {
    open(Subject::Matter("food".into()), day)
}

fn tick_all(case: &mut Case, day: Date) {
    for id in case.materials.iter().map(|one| one.id).collect::<Vec<_>>() {
        case.mark(id, MaterialState::Present, true, on(day)).unwrap();
    }
}

fn accept(case: &mut Case, day: Date) {
    tick_all(case, day);
    case.accept(&calendar(), &issuing(), on(day)).unwrap();
}

fn approve(case: &mut Case, step: u32, day: Date) -> Result<(), CaseRefusal> {
    case.approve(step, &"r".into(), String::new(), &issuing(), (&calendar(), on(day)))
}

fn states(case: &Case) -> Vec<(u32, StepState)> {
    case.parts.iter().flat_map(|part| &part.steps).map(|step| (step.id, step.state)).collect()
}

const MONDAY: Date = date(2026, 9, 21);

#[test]
fn a_bundle_asks_for_each_document_once_and_for_none_it_issues_itself() {
    let case = cafe(MONDAY);
    let names: Vec<&str> = case.materials.iter().map(|one| one.name.zh.as_str()).collect();
    assert_eq!(names, ["申请书", "身份证", "效果图", "布局图"]);
    let identity = case.material(2).unwrap();
    assert_eq!(identity.matters, ["licence".into(), "food".into()]);
    assert!(!identity.deferrable);
    assert_eq!(case.promised_days, 10, "the longest way: at once, then ten");
    assert!(!case.immediate);
    let alone = food(MONDAY);
    assert_eq!(alone.materials[0].name.zh, "营业执照", "alone, it is asked for");
}

#[test]
fn nothing_begins_before_all_is_there() {
    let mut case = food(MONDAY);
    case.mark(1, MaterialState::Present, true, on(MONDAY)).unwrap();
    let missing = case.accept(&calendar(), &issuing(), on(MONDAY)).unwrap_err();
    let names = ["经营者身份证", "布局图"].map(Text::from).to_vec();
    assert_eq!(missing, CaseRefusal::MaterialsMissing(names));
    assert_eq!((case.state, case.due), (CaseState::Open, None));
    case.tell_missing("周五前".to_owned(), on(MONDAY)).unwrap();
    assert_eq!(case.told.as_ref().unwrap().materials, [2, 3]);
}

#[test]
fn a_case_goes_step_by_step_until_it_is_in_hand() {
    let mut case = food(MONDAY);
    accept(&mut case, MONDAY);
    assert_eq!(
        states(&case),
        [(1, StepState::Open), (2, StepState::Waiting), (3, StepState::Waiting)]
    );
    // Ten working days from the 21st, past seven free days and the worked Saturday.
    assert_eq!(case.due.unwrap().date, date(2026, 10, 10));
    assert_eq!(case.step(1).unwrap().1.due.unwrap().date, date(2026, 9, 25));
    assert_eq!(approve(&mut case, 2, MONDAY), Err(CaseRefusal::WrongStepState(StepState::Waiting)));
    for step in 1..=3 {
        approve(&mut case, step, date(2026, 9, 22)).unwrap();
    }
    assert_eq!(case.state, CaseState::Ready);
    assert_eq!(case.results[0].name.zh, "许可证");
    assert_eq!(case.results[0].issuer_name.zh, "市场监管局");
    assert_eq!(
        approve(&mut case, 3, MONDAY),
        Err(CaseRefusal::WrongStepState(StepState::Approved))
    );

    let code = case.pick_up_code.clone().unwrap();
    let fetch = |code: Option<&str>, identity_checked, card: Option<&str>| Fetching {
        code: code.map(str::to_owned),
        identity_checked,
        card: card.map(str::to_owned),
        signature: None,
        by_agent: false,
    };
    for (fetching, refusal, why) in [
        (fetch(Some("x"), true, Some("card")), CaseRefusal::WrongCode, "no card makes it good"),
        (fetch(None, false, None), CaseRefusal::CheckFirst, "nothing"),
        (fetch(Some(&code), false, None), CaseRefusal::CheckFirst, "whoever found the phone"),
        (fetch(None, false, Some("card")), CaseRefusal::CheckFirst, "a photograph of any card"),
        (fetch(None, true, None), CaseRefusal::CardNeeded, "a clerk's word alone"),
        (fetch(Some(" "), true, None), CaseRefusal::CardNeeded, "an empty field"),
    ] {
        assert_eq!(case.clone().hand_over_results(fetching, on(MONDAY)), Err(refusal), "{why}");
    }
    let agent = Fetching { by_agent: true, ..fetch(Some(&code), true, None) };
    let nobody = case.clone().hand_over_results(agent, on(MONDAY));
    assert_eq!(nobody, Err(CaseRefusal::NoAgent), "nobody acts for the applicant");
    let mut without_code = case.clone();
    without_code.hand_over_results(fetch(None, true, Some("card")), on(MONDAY)).unwrap();
    assert!(matches!(
        without_code.handed,
        Some(Handed::Fetched { by_code: false, card: Some(card), .. }) if card == "card"
    ));
    case.hand_over_results(fetch(Some(&code), true, None), on(MONDAY)).unwrap();
    assert_eq!(case.state, CaseState::Delivered);
    let again = case.hand_over_results(fetch(None, true, Some("card")), on(MONDAY));
    assert!(again.is_err(), "once");
}

#[test]
fn a_hand_over_of_an_earlier_version_is_still_read() {
    let row = json!({ "how": "fetched", "at": 1, "by_code": true, "signature": null });
    let handed: Handed = serde_json::from_value(row).unwrap();
    let known =
        Handed::Fetched { at: 1, by_code: true, signature: None, card: None, by_agent: false };
    assert_eq!(handed, known);
}

#[test]
fn departments_decide_side_by_side_once_the_licence_is_there() {
    let mut case = cafe(MONDAY);
    accept(&mut case, MONDAY);
    let in_hand = |case: &Case| {
        case.parts
            .iter()
            .flat_map(|part| &part.steps)
            .filter(|step| step.state.is_in_hand())
            .count()
    };
    assert_eq!(case.parts[0].matter, "licence".into(), "what others need stands first");
    assert_eq!(in_hand(&case), 1);
    approve(&mut case, 1, MONDAY).unwrap();
    assert_eq!(in_hand(&case), 2, "food and sign");
    assert_eq!(case.results.len(), 1);
    assert_eq!(case.state, CaseState::Accepted, "no bundle is done before its parts");
    for step in 2..=6 {
        approve(&mut case, step, MONDAY).unwrap();
    }
    assert_eq!((case.state, case.results.len()), (CaseState::Ready, 3));
    assert_ne!(case.results[0].code, case.results[1].code);
}

#[test]
fn a_rejected_part_ends_those_that_need_it_and_no_others() {
    let reject = |case: &mut Case, step, why: &str| {
        case.reject(step, &"r".into(), why.to_owned(), &issuing(), (&calendar(), on(MONDAY)))
    };
    let mut case = cafe(MONDAY);
    accept(&mut case, MONDAY);
    assert_eq!(reject(&mut case, 1, " "), Err(CaseRefusal::ReasonNeeded));
    reject(&mut case, 1, "名称不符").unwrap();
    assert_eq!(case.state, CaseState::Rejected);
    assert!(case.parts[1..].iter().all(|part| part.state == PartState::Skipped));
    assert_eq!(case.reason, "名称不符");
    assert!(case.results.is_empty());

    let mut case = cafe(MONDAY);
    accept(&mut case, MONDAY);
    approve(&mut case, 1, MONDAY).unwrap();
    let sign = case.parts.iter().find(|part| part.matter == "sign".into()).unwrap().steps[0].id;
    reject(&mut case, sign, "遮挡").unwrap();
    assert_eq!(case.state, CaseState::Accepted, "the permit goes on");
    while case.state == CaseState::Accepted {
        let step = states(&case).into_iter().find(|(_, state)| state.is_in_hand()).unwrap().0;
        approve(&mut case, step, MONDAY).unwrap();
    }
    assert_eq!((case.state, case.results.len()), (CaseState::Ready, 2));
}

#[test]
fn a_promise_is_for_what_may_follow_and_not_later_than_the_limit() {
    let mut case = food(MONDAY);
    let mark = |case: &mut Case, id, may| case.mark(id, MaterialState::Deferred, may, on(MONDAY));
    assert_eq!(mark(&mut case, 1, true), Err(CaseRefusal::NotDeferrable));
    assert_eq!(mark(&mut case, 3, false), Err(CaseRefusal::NoPromise));
    tick_all(&mut case, MONDAY);
    mark(&mut case, 3, true).unwrap();
    let sign = |case: &mut Case, day| {
        case.sign_promise(&[(3, day)], Some("f".to_owned()), &calendar(), on(MONDAY))
    };
    assert_eq!(
        sign(&mut case, date(2026, 10, 11)),
        Err(CaseRefusal::PromiseTooLate("2026-10-10".to_owned()))
    );
    sign(&mut case, date(2026, 9, 28)).unwrap();
    case.accept(&calendar(), &issuing(), on(MONDAY)).unwrap();
    approve(&mut case, 1, MONDAY).unwrap();
    approve(&mut case, 2, MONDAY).unwrap();
    assert_eq!(
        approve(&mut case, 3, MONDAY),
        Err(CaseRefusal::MaterialsMissing(vec!["布局图".into()])),
        "no decision before it has come"
    );

    let mut kept = case.clone();
    kept.supply(3, &Via::Phone, on(date(2026, 9, 28))).unwrap();
    approve(&mut kept, 3, MONDAY).unwrap();
    assert_eq!(kept.state, CaseState::Ready);

    let rules = CaseRules::default();
    assert_eq!(
        case.next_check(&calendar(), &rules),
        Some(date(2026, 9, 24)),
        "a step's limit first"
    );
    let keep = |case: &mut Case, day| case.apply_time(&calendar(), &rules, &issuing(), on(day));
    assert!(!keep(&mut case, date(2026, 9, 28)).contains(&TimedChange::PromiseBroken));
    assert_eq!(keep(&mut case, date(2026, 9, 29)), [TimedChange::PromiseBroken]);
    assert_eq!(case.state, CaseState::Ended);
    assert!(case.promise.as_ref().unwrap().broken);
    assert!(case.supply(3, &Via::Counter, on(date(2026, 9, 29))).is_err(), "too late");
}

#[test]
fn a_promise_signed_for_another_list_must_be_signed_again() {
    let mut case = food(MONDAY);
    tick_all(&mut case, MONDAY);
    case.mark(3, MaterialState::Deferred, true, on(MONDAY)).unwrap();
    case.sign_promise(&[], Some("f".to_owned()), &calendar(), on(MONDAY)).unwrap();
    case.mark(3, MaterialState::Present, true, on(MONDAY)).unwrap();
    assert_eq!(case.promise, None);
}

#[test]
fn a_paused_clock_does_not_run() {
    let mut case = food(MONDAY);
    accept(&mut case, MONDAY);
    let hearing = PauseGround { id: "hearing".into(), name: "听证".into(), most_days: 0 };
    let by = "r".into();
    let stopped = date(2026, 9, 23);
    case.pause(1, &by, (&hearing, "周五听证".into()), (&calendar(), on(stopped))).unwrap();
    let rules = CaseRules::default();
    assert!(case.apply_time(&calendar(), &rules, &issuing(), on(date(2026, 12, 1))).is_empty());
    assert_eq!(case.next_check(&calendar(), &rules), None);
    assert!(approve(&mut case, 1, stopped).is_err());
    case.resume(1, &by, (&calendar(), on(date(2026, 9, 25)))).unwrap();
    // Three days touched by the pause, 23 to 25, do not count.
    assert_eq!(case.due.unwrap().date, date(2026, 10, 14));
    assert_eq!(case.days_used(&calendar(), date(2026, 9, 28)), 2, "the 22nd and the 28th");
}

#[test]
fn a_pause_lasts_no_longer_than_its_rule() {
    let mut case = food(MONDAY);
    accept(&mut case, MONDAY);
    let review = PauseGround { id: "expert".into(), name: "评审".into(), most_days: 2 };
    case.pause(1, &"r".into(), (&review, String::new()), (&calendar(), on(MONDAY))).unwrap();
    let rules = CaseRules::default();
    assert_eq!(case.next_check(&calendar(), &rules), Some(date(2026, 9, 24)));
    let kept = case.apply_time(&calendar(), &rules, &issuing(), on(date(2026, 9, 24)));
    assert_eq!(kept, [TimedChange::Resumed(StepRef { case: CaseId(12), step: 1 })]);
    assert_eq!(case.stops[0].to, Some(date(2026, 9, 23)));
    assert_eq!(case.step(1).unwrap().1.state, StepState::Taken);
}

#[test]
fn more_is_asked_for_once_all_together_and_in_time() {
    let rules = CaseRules::default();
    let names = ["健康证明".to_owned(), "消防意见".to_owned()];
    let ask = |case: &mut Case, day| {
        case.ask_for_more(1, &"r".into(), (&names, "补正".into()), &rules, (&calendar(), on(day)))
    };
    let mut case = food(MONDAY);
    accept(&mut case, MONDAY);
    let mut late = case.clone();
    assert_eq!(ask(&mut late, date(2026, 9, 29)), Err(CaseRefusal::TooLateToAsk(5)));
    ask(&mut case, date(2026, 9, 22)).unwrap();
    assert_eq!(case.step(1).unwrap().1.state, StepState::Asked);
    let asked: Vec<u32> = case.missing().map(|one| one.id).collect();
    assert_eq!(asked, [4, 5]);
    case.supply(4, &Via::Phone, on(date(2026, 9, 24))).unwrap();
    assert_eq!(case.step(1).unwrap().1.state, StepState::Asked, "one is still missing");
    case.supply(5, &Via::Counter, on(date(2026, 9, 24))).unwrap();
    assert_eq!(case.step(1).unwrap().1.state, StepState::Taken, "and it goes on");
    assert!(case.stopped().next().is_none());
    assert_eq!(ask(&mut case, date(2026, 9, 24)), Err(CaseRefusal::AskedBefore));
}

#[test]
fn a_case_without_a_notice_in_time_counts_as_accepted_from_the_day_received() {
    let rules = CaseRules::default();
    let mut case = food(MONDAY);
    case.mark(1, MaterialState::Present, true, on(MONDAY)).unwrap();
    let mut told = case.clone();
    told.tell_missing(String::new(), on(date(2026, 9, 22))).unwrap();
    let last = case.tell_by(&calendar(), &rules).unwrap();
    assert_eq!(last, date(2026, 9, 28));
    let keep = |case: &mut Case, day| case.apply_time(&calendar(), &rules, &issuing(), on(day));
    assert!(keep(&mut case, last).is_empty());
    assert_eq!(keep(&mut case, date(2026, 9, 29)), [TimedChange::CountedAsAccepted]);
    assert_eq!(case.accepted.unwrap().day, MONDAY);
    assert_eq!(case.due.unwrap().date, date(2026, 10, 10));
    assert!(keep(&mut told, date(2026, 12, 1)).is_empty(), "it waits for the applicant");
}

#[test]
fn late_is_marked_once() {
    let rules = CaseRules::default();
    let mut case = food(MONDAY);
    accept(&mut case, MONDAY);
    let keep = |case: &mut Case, day| case.apply_time(&calendar(), &rules, &issuing(), on(day));
    let step = StepRef { case: CaseId(12), step: 1 };
    assert_eq!(keep(&mut case, date(2026, 9, 26)), [TimedChange::StepLate(step)]);
    assert!(keep(&mut case, date(2026, 9, 27)).is_empty());
    assert_eq!(keep(&mut case, date(2026, 10, 11)), [TimedChange::CaseLate]);
    assert!(case.late && keep(&mut case, date(2026, 10, 12)).is_empty());
}

#[test]
fn what_a_reviewer_took_is_theirs_until_they_hand_it_over() {
    let mut case = food(MONDAY);
    accept(&mut case, MONDAY);
    case.take(1, &"r1".into(), on(MONDAY)).unwrap();
    assert_eq!(case.take(1, &"r2".into(), on(MONDAY)), Err(CaseRefusal::TakenByAnother));
    let to = ("street".into(), "招牌问题".to_owned());
    case.hand_over(1, &"r1".into(), to, on(MONDAY)).unwrap();
    let (_, step) = case.step(1).unwrap();
    assert_eq!((step.department.as_str(), step.state), ("street", StepState::Open));
    case.take(1, &"r2".into(), on(MONDAY)).unwrap();
}

#[test]
fn on_the_spot_only_where_the_guide_says_so() {
    let mut case = open(Subject::Matter("licence".into()), MONDAY);
    accept(&mut case, MONDAY);
    let by = "clerk1".into();
    case.decide_on_the_spot(&by, "", &issuing(), (&calendar(), on(MONDAY))).unwrap();
    assert_eq!((case.state, case.results.len()), (CaseState::Ready, 1));
    let mut case = food(MONDAY);
    accept(&mut case, MONDAY);
    let no = case.decide_on_the_spot(&by, "", &issuing(), (&calendar(), on(MONDAY)));
    assert_eq!(no, Err(CaseRefusal::NotOnTheSpot));
}

#[test]
fn a_case_is_written_and_read_back_whole() {
    let mut case = cafe(MONDAY);
    accept(&mut case, MONDAY);
    approve(&mut case, 1, MONDAY).unwrap();
    let written = serde_json::to_string(&case).unwrap();
    assert_eq!(serde_json::from_str::<Case>(&written).unwrap(), case);
}
