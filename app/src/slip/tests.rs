//! The content of a slip. That nothing runs off the paper is checked with real
//! fonts in the server's tests.

use jiban_domain::schedule::CallsFrom;
use jiban_domain::ticket::Priority;
use jiban_domain::wait::WaitMinutes;
use jiban_domain::{Lang, Text};

use super::*;
use crate::parts::wait::WaitWords;

fn a_slip(materials: usize) -> Slip {
    Slip {
        lang: Lang::Zh,
        hall: Text::new("城东街道政务服务中心", "Chengdong Government Service Centre"),
        number: "B023".to_owned(),
        line: Text::new("综合审批", "General approvals"),
        matter: Text::new("临时占用道路", "Use of a road for a time"),
        ahead: 12,
        wait_minutes: Some(WaitMinutes { low: 20, high: 45 }),
        calls_from: None,
        priority: Priority::None,
        state: TicketState::Waiting,
        counter: None,
        issued_at: 0,
        issued_local: "2026-11-21 09:05".to_owned(),
        qr: "http://192.168.1.20:3000/T/7ZZZZZZZZZ0123456789ABCDEF".to_owned(),
        materials: vec![Text::new("占道申请表", "Application form"); materials],
        reprint: false,
        confirmed: true,
    }
}

#[test]
fn it_says_all_it_has_to() {
    for paper in [384, 512, 576, 640] {
        let svg = svg(&a_slip(2), paper);
        for text in [
            "城东街道政务服务中心",
            "Chengdong Government",
            ">B023<",
            "综合审批",
            "临时占用道路",
            ">12<",
            ">20–45<",
            ">09:05<",
            ">2026-11-21<",
            "扫码看进度",
            "Scan to follow",
            "占道申请表",
        ] {
            assert!(svg.contains(text), "{paper} dots lack {text}");
        }
        assert!(!svg.contains("补打") && !svg.contains("另有"));
    }
}

#[test]
fn a_place_that_nobody_knows_yet_is_not_told() {
    for lang in [Lang::Zh, Lang::En] {
        let slip = Slip { confirmed: false, ahead: 0, wait_minutes: None, lang, ..a_slip(1) };
        let svg = svg(&slip, 576);
        for text in [">B023<", SlipWords::of(lang).confirming, ">09:05<"] {
            assert!(svg.contains(text), "{text} is missing");
        }
        for text in [SlipWords::of(lang).ahead, WaitWords::of(lang).label, "0"] {
            assert!(!svg.contains(&format!(">{text}<")), "{text} is not known");
        }
    }
    let kept = serde_json::to_value(a_slip(0)).unwrap();
    assert!(kept.get("confirmed").is_none());
    assert!(serde_json::from_value::<Slip>(kept).unwrap().confirmed, "slips of before");
}

#[test]
fn a_slip_printed_before_says_so() {
    let again = Slip { reprint: true, ..a_slip(2) };
    assert!(svg(&again, 576).contains("补打 Reprint"));
    assert!(around_qr(&again, 384).above.contains("补打 Reprint"));
}

#[test]
fn materials_left_out_are_counted() {
    let svg = svg(&a_slip(20), 576);
    let shown = svg.matches("占道申请表").count();
    assert!((10..20).contains(&shown), "{shown}");
    assert!(svg.contains(&format!("另有 {} 项见办事指南", 20 - shown)));
}

#[test]
fn with_nothing_to_bring_there_is_nothing_to_tear_off() {
    let slip = a_slip(0);
    assert!(!svg(&slip, 576).contains("请带材料"));
    assert!(around_qr(&slip, 576).below.is_none());
    assert!(height(&slip, 576) < height(&a_slip(1), 576));
}

#[test]
fn no_counter_open_is_no_promise() {
    let svg = svg(&Slip { wait_minutes: None, ..a_slip(0) }, 576);
    assert!(svg.contains("暂无窗口叫号") && !svg.contains("分钟"));
    assert!(!svg.contains("请留意屏幕和广播"), "nothing calls it");
}

#[test]
fn at_night_it_says_when_calling_begins_and_not_to_stay() {
    let from = CallsFrom {
        at: 0,
        day: Text::new("明天（11月27日 周五）", "tomorrow (Fri 27 Nov)"),
        time: "09:00".to_owned(),
        kept: true,
        may_be_sooner: false,
    };
    for paper in [384, 576] {
        let slip = Slip { ahead: 0, calls_from: Some(from.clone()), ..a_slip(0) };
        let plain = svg(&slip, paper);
        for text in ["开始叫号", "09:00", "明天（11月27日 周五）", "为您保留"] {
            assert!(plain.contains(text), "{paper} dots lack {text}: {plain}");
        }
        assert!(!plain.contains("请留意") && !plain.contains("分钟"));
    }
}

#[test]
fn a_reprint_says_what_has_become_of_the_number() {
    let missed = Slip {
        state: TicketState::Missed,
        counter: Some(Text::new("3号窗口", "Counter 3")),
        reprint: true,
        ..a_slip(0)
    };
    let svg = svg(&missed, 576);
    assert!(svg.contains("已过号") && svg.contains("咨询台") && svg.contains("3号窗口"), "{svg}");
    assert!(!svg.contains("预计等候") && !svg.contains("请留意"));
}

#[test]
fn a_visitor_with_priority_reads_it() {
    let slip = Slip { priority: Priority::Elder, ..a_slip(0) };
    assert!(svg(&slip, 384).contains("优先 · 高龄（请出示证件）"));
    assert!(!svg(&a_slip(0), 576).contains("优先"));
}

#[test]
fn a_long_wait_is_told_in_hours() {
    let slip = |low, high| Slip { wait_minutes: Some(WaitMinutes { low, high }), ..a_slip(0) };
    let long = svg(&slip(130, 290), 576);
    assert!(long.contains(">2–5<") && long.contains(">小时<"), "{long}");
    assert!(svg(&slip(4, 4), 576).contains(">4<"));
}

#[test]
fn it_refers_to_nothing_and_no_name_is_markup() {
    let hostile = Text::from("\"/><image href='x'/>&amp;\u{0}");
    let slip = Slip { hall: hostile.clone(), matter: hostile.clone(), line: hostile, ..a_slip(1) };
    let svg = svg(&Slip { number: "<b>".to_owned(), ..slip }, 576);
    assert!(!svg.contains("<image") && !svg.contains("<b>") && !svg.contains('\0'));
    assert!(!svg.contains("url(") && !svg.contains("xlink"));
}
