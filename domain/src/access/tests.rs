//! The table, rule by rule, against the actors of two halls.

use serde_json::json;
use strum::VariantArray as _;

use super::*;
use crate::calendar::Calendar;
use crate::case::plan::plan;
use crate::case::reception::Opening;
use crate::case::{ApplicantKind, CaseNumber, Issuing, Moment, Subject as CaseSubject, ToldBy};
use crate::draft::{Beginning, Way, checkers};
use crate::ids::{CaseId, DraftId, HallId, Token};
use crate::setup::Setup;

fn setup() -> Setup {
    let hall = |id: &str, counter: u32| {
        json!({
            "id": id, "name": id,
            "line": [{ "id": "a", "letter": "A", "name": "甲" }],
            "counter": [{ "id": counter, "name": "1号窗口", "lines": ["a"] }],
            "kiosk": [],
            "matter": [{ "id": "food", "name": "食品经营许可", "line": "a", "department": "market",
                "handling": "promised", "promised_days": 10, "result": "许可证",
                "materials": [], "steps": [{ "name": "审查" }] }],
        })
    };
    serde_json::from_value(json!({
        "hall": [hall("east", 1), hall("west", 2)],
        "department": [{ "id": "market", "name": "市场" }, { "id": "street", "name": "街道" }],
        "clerk": [
            { "id": "own", "name": "甲", "halls": ["east"] },
            { "id": "other", "name": "乙", "halls": ["east"] },
            { "id": "west", "name": "丙", "halls": ["west"] },
            { "id": "market", "name": "丁", "role": "reviewer", "departments": ["market"] },
            { "id": "market_west", "name": "戊", "role": "reviewer", "departments": ["market"],
              "halls": ["west"] },
            { "id": "street", "name": "己", "role": "reviewer", "departments": ["street"] },
            { "id": "supervisor", "name": "庚", "role": "supervisor", "halls": ["east"] },
            { "id": "supervisor_west", "name": "辛", "role": "supervisor", "halls": ["west"] },
            { "id": "director", "name": "壬", "role": "admin" },
            { "id": "director_west", "name": "癸", "role": "admin", "halls": ["west"] },
        ],
    }))
    .unwrap()
}

const NOW: Moment = Moment { at: 1_790_000_000_000, day: jiff::civil::date(2026, 9, 21) };

/// A case of the hall `east` that the clerk `own` opened.
fn open_case(setup: &Setup) -> Case {
    let plan = plan(&setup.halls[0], &CaseSubject::Matter("food".into())).unwrap();
    let opening = Opening {
        id: CaseId(1),
        number: CaseNumber::new(NOW.day, 1),
        token: Token([1; 16]),
        hall: "east".into(),
        ticket: None,
        clerk: "own".into(),
        counter: "1".into(),
        applicant: ApplicantKind::Person,
        told_by: ToldBy::Page,
    };
    Case::open(plan, opening, NOW)
}

fn accepted_case(setup: &Setup) -> Case {
    let mut case = open_case(setup);
    let issuing = Issuing { seed: [0; 32], names: Vec::new() };
    case.accept(&Calendar::default(), &issuing, NOW).unwrap();
    case
}

fn place(of: &str) -> Place {
    match of {
        "own" | "other" => Place::Counter("1".into()),
        "west" => Place::Counter("2".into()),
        "director" | "director_west" => Place::Admin,
        _ => Place::Office,
    }
}

/// What somebody at their usual place is answered.
fn asked(setup: &Setup, who: &str, action: Action, subject: &Subject<'_>) -> &'static str {
    asked_at(setup, who, &place(who), action, subject)
}

fn asked_at(
    setup: &Setup,
    who: &str,
    place: &Place,
    action: Action,
    subject: &Subject<'_>,
) -> &'static str {
    let clerk = setup.clerk(&who.into()).unwrap();
    let actor = Actor::Staff(Staff::at(clerk, place, setup).unwrap());
    may(&actor, action, subject).map_or_else(|refusal| refusal.code(), |()| "yes")
}

const OFFICE: [&str; 7] = [
    "market",
    "market_west",
    "street",
    "supervisor",
    "supervisor_west",
    "director",
    "director_west",
];

#[test]
fn without_a_session_there_is_only_what_hangs_on_the_wall() {
    let east = HallId::from("east");
    for action in Action::VARIANTS {
        let nobody = may(&Actor::Nobody, *action, &Subject::Nothing);
        match action.rule() {
            Rule::Anyone => assert_eq!(nobody, Ok(()), "{action:?}"),
            Rule::Holder => {
                assert_eq!(nobody, Err(Refusal::UnknownTicket), "{action:?}");
                assert_eq!(may(&Actor::Holder, *action, &Subject::Nothing), Ok(()));
            }
            Rule::Kiosk => {
                assert_eq!(nobody, Err(Refusal::UnknownKiosk), "{action:?}");
                let kiosk = Actor::Kiosk(&east);
                assert_eq!(may(&kiosk, *action, &Subject::Hall(&east)), Ok(()));
                let other = may(&kiosk, *action, &Subject::Hall(&"west".into()));
                assert_eq!(other, Err(Refusal::UnknownTicket), "{action:?}");
            }
            _ => {
                for actor in [Actor::Nobody, Actor::Holder, Actor::Kiosk(&east)] {
                    let no = may(&actor, *action, &Subject::Nothing);
                    assert_eq!(no, Err(Refusal::SignInFirst), "{actor:?} {action:?}");
                }
            }
        }
    }
}

#[test]
fn a_case_is_its_clerks_and_of_those_who_say_why() {
    let setup = setup();
    let (open, accepted) = (open_case(&setup), accepted_case(&setup));
    let of = |case, opened| Subject::Case { case, opened };
    for (action, own, other, after_saying_why) in [
        (Action::LookAtCase, "yes", "say_why", "yes"),
        (Action::ReadFile, "yes", "say_why", "yes"),
        (Action::WithdrawCase, "yes", "not_your_case", "not_your_case"),
        (Action::RevealApplicant, "yes", "not_your_case", "not_your_case"),
        (Action::MarkMaterial, "yes", "not_your_case", "not_your_case"),
        (Action::TakeUpCase, "yes", "yes", "yes"),
        (Action::HandOverResult, "yes", "yes", "yes"),
    ] {
        assert_eq!(asked(&setup, "own", action, &of(&open, false)), own, "{action:?}");
        assert_eq!(asked(&setup, "other", action, &of(&open, false)), other, "{action:?}");
        assert_eq!(asked(&setup, "other", action, &of(&open, true)), after_saying_why);
        for opened in [false, true] {
            let answer = asked(&setup, "west", action, &of(&open, opened));
            assert_eq!(answer, "unknown_case", "{action:?} from another hall");
            for who in OFFICE {
                let answer = asked(&setup, who, action, &of(&open, opened));
                assert_eq!(answer, "not_allowed", "{who} {action:?}");
            }
        }
    }
    let mark = |opened| asked(&setup, "other", Action::MarkMaterial, &of(&accepted, opened));
    assert_eq!((mark(false), mark(true)), ("say_why", "yes"), "supplied at any counter");
}

#[test]
fn a_case_keeps_its_hall_when_its_clerk_moves() {
    let mut setup = setup();
    let case = open_case(&setup);
    let own = setup.clerks.iter_mut().find(|clerk| clerk.id.as_str() == "own").unwrap();
    own.halls = vec!["west".into()];
    let subject = Subject::Case { case: &case, opened: true };
    let there = Place::Counter("2".into());
    for action in [Action::WithdrawCase, Action::TellMissing, Action::RevealApplicant] {
        assert_eq!(asked_at(&setup, "own", &there, action, &subject), "unknown_case");
    }
}

#[test]
fn a_step_is_decided_by_its_department_in_its_hall() {
    let setup = setup();
    let case = accepted_case(&setup);
    let step = Subject::Step { case: &case, step: 1 };
    let look = Subject::Case { case: &case, opened: false };
    let expected = [
        ("market", "yes", "yes"),
        ("market_west", "unknown_case", "unknown_case"),
        ("street", "not_your_department", "not_your_department"),
        ("supervisor", "not_allowed", "yes"),
        ("supervisor_west", "unknown_case", "unknown_case"),
        ("director", "yes", "yes"),
        ("director_west", "unknown_case", "unknown_case"),
    ];
    for (who, decides, looks) in expected {
        let answer = asked_at(&setup, who, &Place::Office, Action::ApproveStep, &step);
        assert_eq!(answer, decides, "{who}");
        let answer = asked_at(&setup, who, &Place::Office, Action::ReviewCase, &look);
        assert_eq!(answer, looks, "{who}");
    }
    let early = open_case(&setup);
    let look = Subject::Case { case: &early, opened: false };
    let answer = asked(&setup, "market", Action::ReviewCase, &look);
    assert_eq!(answer, "not_your_department", "the step has not come to them yet");
}

#[test]
fn only_who_took_a_step_sees_the_applicant_whole() {
    let setup = setup();
    let mut case = accepted_case(&setup);
    let reveal = |case: &Case, who| {
        let subject = Subject::Case { case, opened: false };
        asked_at(&setup, who, &Place::Office, Action::RevealToReviewer, &subject)
    };
    assert_eq!(reveal(&case, "market"), "not_your_case");
    case.take(1, &"market".into(), NOW).unwrap();
    assert_eq!(reveal(&case, "market"), "yes");
    assert_eq!(reveal(&case, "supervisor"), "not_your_case");
    assert_eq!(reveal(&case, "director"), "not_your_case");
}

#[test]
fn a_document_is_revoked_by_its_issuer_or_a_supervisor_of_its_hall() {
    let setup = setup();
    let mut case = accepted_case(&setup);
    let issuing = Issuing { seed: [0; 32], names: Vec::new() };
    let calendar = Calendar::default();
    case.approve(1, &"market".into(), String::new(), &issuing, (&calendar, NOW)).unwrap();
    let subject = Subject::Document { case: &case, code: case.results[0].code };
    let answers =
        OFFICE.map(|who| asked_at(&setup, who, &Place::Office, Action::RevokeResult, &subject));
    assert_eq!(
        answers,
        [
            "yes",
            "unknown_case",
            "not_your_department",
            "yes",
            "unknown_case",
            "yes",
            "unknown_case"
        ]
    );
}

#[test]
fn a_draft_is_checked_at_a_counter_of_its_hall_and_by_the_departments_it_is_for() {
    let setup = setup();
    let beginning = Beginning {
        id: DraftId(1),
        token: Token([1; 16]),
        hall: "east".into(),
        subject: CaseSubject::Matter("food".into()),
        name: "食品经营许可".into(),
        way: Way::Phone,
        form: String::new(),
        kept_days: 30,
    };
    let draft = Draft::begin(beginning, NOW);
    let departments = checkers::departments(&setup.halls[0], &draft.subject);
    let subject = Subject::Draft { draft: &draft, departments: &departments };
    for (who, looks, checks) in [
        ("own", "yes", "yes"),
        ("other", "yes", "yes"),
        ("west", "unknown_draft", "unknown_draft"),
        ("market", "yes", "yes"),
        ("market_west", "unknown_draft", "unknown_draft"),
        ("street", "not_your_department", "not_your_department"),
        ("supervisor", "yes", "not_allowed"),
        ("supervisor_west", "unknown_draft", "unknown_draft"),
        ("director", "yes", "yes"),
        ("director_west", "unknown_draft", "unknown_draft"),
    ] {
        let place = if place(who) == Place::Admin { Place::Office } else { place(who) };
        for (action, expected) in [(Action::LookAtDraft, looks), (Action::ReturnDraft, checks)] {
            assert_eq!(asked_at(&setup, who, &place, action, &subject), expected, "{who}");
        }
    }
}

#[test]
fn who_is_bound_to_halls_sees_and_directs_those_alone() {
    let setup = setup();
    let (east, west) = (HallId::from("east"), HallId::from("west"));
    for (who, action, in_east, in_west) in [
        ("supervisor", Action::ReadFigures, "yes", "not_allowed"),
        ("supervisor_west", Action::ReadFigures, "not_allowed", "yes"),
        ("director", Action::WatchHall, "yes", "yes"),
        ("director_west", Action::WatchHall, "not_allowed", "yes"),
        ("market", Action::ReadFigures, "not_allowed", "not_allowed"),
        ("supervisor", Action::WatchHall, "not_allowed", "not_allowed"),
        ("own", Action::CallNext, "yes", "not_your_counter"),
    ] {
        assert_eq!(asked(&setup, who, action, &Subject::Hall(&east)), in_east, "{who} {action:?}");
        assert_eq!(asked(&setup, who, action, &Subject::Hall(&west)), in_west, "{who} {action:?}");
    }
    let all = Subject::Halls(&setup.halls);
    assert_eq!(asked(&setup, "director", Action::SaveSetup, &all), "yes");
    assert_eq!(asked(&setup, "director_west", Action::SaveSetup, &all), "not_allowed");
    let only_west = Subject::Halls(&setup.halls[1..]);
    assert_eq!(asked(&setup, "director_west", Action::SaveSetup, &only_west), "yes");
    for (whose, director_west) in [
        ("west", "yes"),
        ("own", "not_allowed"),
        ("market", "not_allowed"),
        ("director", "not_allowed"),
    ] {
        let subject = Subject::Clerk(setup.clerk(&whose.into()).unwrap());
        assert_eq!(asked(&setup, "director", Action::SetPassword, &subject), "yes");
        let answer = asked(&setup, "director_west", Action::SetPassword, &subject);
        assert_eq!(answer, director_west, "the password of {whose}");
    }
}

#[test]
fn a_role_that_no_longer_belongs_to_the_place_signs_in_again() {
    let mut setup = setup();
    let clerk = setup.clerks.iter_mut().find(|clerk| clerk.id.as_str() == "own").unwrap();
    clerk.role = Role::Reviewer;
    let (place, hall) = (Place::Counter("1".into()), HallId::from("east"));
    let clerk = setup.clerk(&"own".into()).unwrap();
    assert_eq!(Staff::at(clerk, &place, &setup), Err(Refusal::NotAllowed));
    let actor = Actor::Staff(Staff { clerk, place: &place, hall: Some(&hall) });
    let no = may(&actor, Action::CallNext, &Subject::Hall(&hall));
    assert_eq!(no, Err(Refusal::SignInFirst));
}

#[test]
fn forgetting_what_an_action_concerns_is_no_permission() {
    let setup = setup();
    for action in Action::VARIANTS {
        let needs_a_subject = !matches!(
            action.rule(),
            Rule::Anyone
                | Rule::Holder
                | Rule::Kiosk
                | Rule::AtCounter
                | Rule::AtOffice
                | Rule::Supervises
                | Rule::SignedIn
                | Rule::LooksAtDraft
        );
        if needs_a_subject {
            for who in ["own", "market", "supervisor", "director"] {
                let answer = asked(&setup, who, *action, &Subject::Nothing);
                assert_eq!(answer, "not_allowed", "{who} {action:?}");
            }
        }
    }
}

#[test]
fn a_reason_fits_the_case_or_is_put_into_words() {
    let setup = setup();
    let case = open_case(&setup);
    assert_eq!(LookReason::Other.words("  ", &case), Err(CaseRefusal::ReasonNeeded));
    assert_eq!(LookReason::Other.words(" 来电 ", &case), Ok("来电".to_owned()));
    assert_eq!(LookReason::StandIn.words("", &case), Ok(String::new()));
    let nothing_waits = LookReason::HandOver.words("", &case);
    assert_eq!(nothing_waits, Err(CaseRefusal::WrongCaseState(case.state)));
}
