//! The content of a case's page, state by state.

use jiban_domain::setup::MaterialForm;
use jiban_domain::{Text, Token};

use super::*;
use crate::api::progress::{AskedFor, PauseProgress, Ready, ReadyDocument};
use crate::progress::sample;

fn view(change: impl FnOnce(&mut CaseProgress), lang: Lang) -> CaseView {
    let mut case = sample::case();
    change(&mut case);
    CaseView::of(&sample::called(), &case, None, lang, 0, |_| "2026-11-25 09:05".to_owned())
}

#[test]
fn under_way_it_says_the_day_the_time_left_and_who_has_it() {
    let page = view(|_| {}, Lang::Zh);
    assert_eq!(page.number, "261125 00017 3");
    assert_eq!((page.lead.as_str(), page.main.as_str()), ("最迟办结", "12月1日 周二"));
    assert_eq!(page.wait.as_deref(), Some("还有 4 个工作日"));
    assert_eq!(page.next, "市场监管局正在办理。");
    assert_eq!(view(|_| {}, Lang::En).main, "Tue 1 Dec");
    let provisional = view(|case| case.due_provisional = true, Lang::Zh);
    assert!(provisional.wait.is_some_and(|wait| wait.contains("暂定")));
    let late = view(|case| case.days_left = Some(-2), Lang::Zh);
    assert_eq!(late.wait.as_deref(), Some("已超过期限 2 个工作日"));
    assert!(late.next.contains("投诉"));
}

#[test]
fn a_stopped_clock_says_why() {
    let pause = |to: Option<&str>| {
        let (from, to) = ("2026-11-27".to_owned(), to.map(str::to_owned));
        PauseProgress { ground: Text::new("听证", "hearing"), from, to }
    };
    let page = view(|case| case.pauses.push(pause(None)), Lang::Zh);
    assert_eq!(page.main, "暂停计时");
    assert!(page.next.contains("听证期间不计入"));
    assert!(!page.facts.iter().any(|(_, value)| value.contains("听证")));
    let over = |to| view(move |case| case.pauses.push(pause(Some(to))), Lang::Zh);
    assert_eq!(over("2026-12-01").lead, "最迟办结", "it runs again");
    let fact = |view: CaseView| view.facts.last().cloned().unwrap().1;
    assert_eq!(fact(over("2026-12-01")), "听证 · 11月27日–12月1日");
    assert_eq!(fact(over("2026-11-27")), "听证 · 11月27日");
}

#[test]
fn what_is_missing_is_told_with_its_day() {
    let lacks = |case: &mut CaseProgress| {
        case.missing.push(MissingMaterial {
            id: 2,
            name: Text::new("平面图", "Floor plan"),
            form: MaterialForm::Copy,
            until: Some("2026-11-30".to_owned()),
            by_phone: true,
            asked: false,
            unreadable: None,
        });
    };
    let page = view(lacks, Lang::Zh);
    assert_eq!(page.missing[0].aside, "复印件 · 11月30日 周一 前");
    assert!(page.next.contains("补交"));
    let open = view(
        |case| {
            lacks(case);
            case.state = CaseState::Open;
        },
        Lang::En,
    );
    assert_eq!(open.main, "One document is missing");
    assert!(open.next.contains("Send photos below"));
    // Who found the case by its number cannot send any.
    let found = view(
        |case| {
            lacks(case);
            case.state = CaseState::Open;
            case.missing[0].by_phone = false;
        },
        Lang::Zh,
    );
    assert!(!found.next.contains("下面") && found.next.contains("任一窗口"), "{}", found.next);
}

#[test]
fn what_a_department_asks_for_is_the_headline_with_its_reason() {
    let asked = |reason: &str, by_phone| {
        let reason = reason.to_owned();
        move |case: &mut CaseProgress| {
            case.asked.push(AskedFor {
                department: Text::new("市场监管局", "Market Supervision"),
                at: 0,
                reason,
            });
            case.pauses.push(PauseProgress {
                ground: Text::new("等待补正材料", "waiting for materials"),
                from: "2026-11-27".to_owned(),
                to: None,
            });
            for id in [2, 3] {
                case.missing.push(MissingMaterial {
                    id,
                    name: Text::from("平面图"),
                    form: MaterialForm::Original,
                    until: None,
                    by_phone,
                    asked: true,
                    unreadable: None,
                });
            }
        }
    };
    let page = view(asked("图上没有尺寸。", true), Lang::Zh);
    assert_eq!(page.main, "需要补正 2 样材料");
    assert_eq!(page.title, "261125 00017 3 · 需要补正 2 样材料");
    assert!(page.next.contains("拍照上传") && page.next.contains("任一窗口"));
    assert_eq!(page.missing_heading, "需要补正的材料");
    assert_eq!(page.missing_reasons, [("市场监管局".to_owned(), "图上没有尺寸。".to_owned())]);
    assert!(page.wait.is_some_and(|wait| wait.contains("暂停计算")));
    let english = view(asked("图上没有尺寸。", true), Lang::En);
    assert_eq!(english.main, "2 more documents are needed");
    assert_eq!(english.missing_reasons[0].0, "Market Supervision");
    let found = view(asked("", false), Lang::Zh);
    assert!(!found.next.contains("上传") && found.missing_reasons.is_empty());
}

#[test]
fn what_is_not_accepted_is_nowhere_called_rejected() {
    let page = view(
        |case| {
            case.state = CaseState::Declined;
            case.steps[0].state = StepState::Rejected;
            case.refused.push(RefusedPart {
                name: Text::from("食品经营许可"),
                department: None,
                reason: Text::from("不属于本机关职权范围。"),
                may_appeal: true,
            });
        },
        Lang::Zh,
    );
    assert_eq!((page.main.as_str(), page.steps[0].state), ("不予受理", "不予受理"));
    assert_eq!(page.reasons_heading, "不予受理的理由");
    assert!(page.appeal.iter().all(|way| way.contains("通知书") && !way.contains("决定书")));
    let said = format!("{page:?}");
    assert!(!said.contains("不予许可") && !said.contains("not approved"), "{said}");
}

#[test]
fn a_result_that_waits_says_its_code_and_where() {
    let page = view(
        |case| {
            case.state = CaseState::Ready;
            case.ready = Some(Ready {
                place: Text::new("一楼出件窗口", "the results window"),
                since: 0,
                code: "204816".to_owned(),
                documents: vec![ReadyDocument {
                    name: Text::new("食品经营许可证", "Food permit"),
                    code: "ABC".to_owned(),
                    revoked: false,
                    revoked_because: String::new(),
                }],
                revoked: false,
                handed_at: None,
                posted: None,
            });
        },
        Lang::Zh,
    );
    assert_eq!((page.main.as_str(), page.is_code, page.over), ("204816", true, false));
    assert!(page.next.contains("一楼出件窗口"));
    assert_eq!(page.documents.len(), 1);
}

#[test]
fn a_revoked_result_is_not_to_be_collected_and_says_why() {
    let page = view(
        |case| {
            case.state = CaseState::Ready;
            case.ready = Some(Ready {
                place: Text::new("一楼出件窗口", "the results window"),
                since: 0,
                code: String::new(),
                documents: vec![ReadyDocument {
                    name: Text::new("食品经营许可证", "Food permit"),
                    code: "ABC".to_owned(),
                    revoked: true,
                    revoked_because: "材料不实".to_owned(),
                }],
                revoked: true,
                handed_at: None,
                posted: None,
            });
        },
        Lang::Zh,
    );
    assert_eq!(page.main, "结果已撤销");
    assert!(page.next.contains("不要来领取"), "{}", page.next);
    assert_eq!(page.documents[0].2.as_deref(), Some("已撤销：材料不实"));
}

#[test]
fn a_no_gives_its_reasons_and_the_ways_to_appeal() {
    let page = view(
        |case| {
            case.state = CaseState::Rejected;
            case.refused.push(RefusedPart {
                name: Text::from("食品经营许可"),
                department: Some(Text::from("市场监管局")),
                reason: Text::from("场所不符合要求。"),
                may_appeal: true,
            });
        },
        Lang::Zh,
    );
    assert!(page.over);
    assert_eq!(page.refused[0].1, "场所不符合要求。");
    assert_eq!(page.appeal.len(), 2);
    assert!(page.next.contains("见下面") && page.appeal[0].contains("决定书"));
    // Found by its number, the reasons are withheld: nothing says that they are below.
    let found = view(
        |case| {
            case.state = CaseState::Rejected;
            case.refused.push(RefusedPart {
                name: Text::from("食品经营许可"),
                department: None,
                reason: Text::default(),
                may_appeal: true,
            });
        },
        Lang::Zh,
    );
    assert!(found.next.contains("送达的文书") && !found.next.contains("理由和救济途径见下面"));
    let ended = view(|case| case.state = CaseState::Ended, Lang::Zh);
    assert!(ended.appeal.is_empty());
}

#[test]
fn a_bundles_matters_begin_with_a_heading() {
    let page = view(
        |case| {
            let mut second = case.steps[1].clone();
            second.matter = Some(Text::from("户外招牌"));
            case.steps[1].matter = Some(Text::from("食品经营许可"));
            case.steps.insert(2, second);
            case.others.push(("261125000181".to_owned(), Text::from("x"), Token([9; 16])));
        },
        Lang::Zh,
    );
    let headings: Vec<_> = page.steps.iter().filter_map(|step| step.heading.as_deref()).collect();
    assert_eq!(headings, ["食品经营许可", "户外招牌"]);
    assert_eq!(page.steps[0].mark, "done");
    assert_eq!(page.steps[1].mark, "now");
    assert_eq!(page.others.len(), 1);
}
