//! The content of printed documents. That nothing runs off the paper is checked
//! with real fonts in the server's tests.

use jiban_domain::documents::{
    Decision, DeferredMaterial, HandoverSlip, MissingMaterial, MissingNotice, PromiseNotice,
    PromisedMaterial, Receipt, ResultDocument, ResultState,
};
use jiban_domain::{Lang, Text};

use super::foot::in_groups_of_four;
use super::page::long_date;
use super::*;

const URL: &str = "http://192.168.1.20:3000/T/7ZZZZZZZZZ0123456789ABCDEF";

fn a_receipt() -> Receipt {
    Receipt {
        lang: Lang::Zh,
        hall: Text::new("城东街道政务服务中心", "Chengdong Centre"),
        number: "261125000173".to_owned(),
        matter: Text::new("开办餐饮店", "Open a restaurant"),
        applicant: "张*".to_owned(),
        agent: None,
        accepted: "2026-11-25 09:05".to_owned(),
        due: "2026-12-09".to_owned(),
        due_provisional: false,
        promised_days: 10,
        received: vec![Text::new("申请书", "Application")],
        deferred: vec![DeferredMaterial {
            name: Text::new("布局图", "Plan"),
            due: "2026-12-04".to_owned(),
        }],
        qr: URL.to_owned(),
        telephone: Some("010-6655 1234".to_owned()),
        told_by: Some(Text::new("短信 138****0000", "text to 138****0000")),
    }
}

fn a_promise(consequences: [&str; 2]) -> PromiseNotice {
    let promised = consequences.map(|consequence| PromisedMaterial {
        name: Text::new("布局图", "Plan"),
        form: Text::new("电子件", "electronic"),
        due: "2026-12-04".to_owned(),
        consequence: Text::from(consequence),
    });
    PromiseNotice {
        lang: Lang::Zh,
        hall: Text::from("中心"),
        number: "261125000173".to_owned(),
        matter: Text::from("开办餐饮店"),
        applicant: "张*".to_owned(),
        promised: promised.to_vec(),
        signature: None,
        signed: "2026-11-25 09:31".to_owned(),
        qr: URL.to_owned(),
        telephone: None,
    }
}

fn a_document() -> ResultDocument {
    ResultDocument {
        lang: Lang::Zh,
        title: Text::new("食品经营许可证", "Food Business Licence"),
        number: "JY21105020173951".to_owned(),
        holder: "一碗面馆".to_owned(),
        holder_number: "92110105MA01ABCD7X".to_owned(),
        matter: Text::new("食品经营许可", "Food business"),
        issuer: Text::new("市场监督管理局", "Market Regulation Bureau"),
        issued_on: "2026-12-03".to_owned(),
        valid_until: None,
        lines: Vec::new(),
        sentence: Text::new("经审查，准予许可。", "Granted."),
        conditions: None,
        verify_code: "K7M29QXT4RBW".to_owned(),
        qr: URL.to_owned(),
        state: ResultState::Valid,
    }
}

fn a_decision() -> Decision {
    Decision {
        lang: Lang::Zh,
        title: Text::new("不予行政许可决定书", "Refusal"),
        number: "〔2026〕12号".to_owned(),
        applicant: "一碗面馆".to_owned(),
        applicant_number: String::new(),
        matter: Text::from("食品经营许可"),
        case: "261125000173".to_owned(),
        sentence: None,
        accepted_on: "2026-11-25".to_owned(),
        reasons: vec![Text::from("距离不足"), Text::from("流程交叉")],
        grounds: Text::from("行政许可法第三十八条"),
        appeal: vec![Text::from("六十日内申请行政复议"), Text::from("六个月内提起行政诉讼")],
        issuer: Text::from("市场监督管理局"),
        decided_on: "2026-12-03".to_owned(),
        verify_code: "R4BWK7M29QXT".to_owned(),
        qr: URL.to_owned(),
    }
}

fn says(svg: &str, all: &[&str]) {
    for text in all {
        assert!(svg.contains(text), "{text} is missing");
    }
}

#[test]
fn a_receipt_says_all_it_has_to() {
    for paper in [384, 512, 576, 640] {
        says(
            &receipt(&a_receipt(), paper),
            &[
                "城东街道政务服务中心",
                ">受理通知书<",
                ">261125 00017 3<",
                ">开办餐饮店<",
                ">张*<",
                ">2026-11-25 09:05<",
                ">2026-12-09<",
                ">10 个工作日<",
                ">申请书<",
                ">布局图<",
                ">2026-12-04 前<",
                ">010-6655 1234<",
                ">短信 138****0000<",
                ">扫码看进度<",
            ],
        );
    }
    let english = receipt(&Receipt { lang: Lang::En, ..a_receipt() }, 576);
    says(&english, &[">Notice of acceptance<", ">10 working days<", ">by 2026-12-04<", ">Plan<"]);
}

#[test]
fn a_day_that_may_move_says_so() {
    let fixed = receipt(&a_receipt(), 576);
    assert!(!fixed.contains("暂定") && !fixed.contains("重算"));
    let agent = Some("李**".to_owned());
    says(&receipt(&Receipt { agent, ..a_receipt() }, 576), &[">代办人<", ">李**<"]);
    assert!(!receipt(&a_receipt(), 576).contains("代办人"));
    let provisional = receipt(&Receipt { due_provisional: true, ..a_receipt() }, 576);
    says(&provisional, &[">暂定<", "重算"]);
    let at_once = receipt(&Receipt { promised_days: 0, ..a_receipt() }, 576);
    assert!(at_once.contains("当场办结") && !at_once.contains("个工作日"));
}

#[test]
fn everything_that_is_missing_is_told_at_once() {
    let missing = (0..30)
        .map(|place| MissingMaterial {
            name: Text::from(format!("材料{place}号").as_str()),
            form: Text::from("原件"),
            remark: Some(Text::from("缺少尺寸")),
        })
        .collect();
    let notice = MissingNotice {
        lang: Lang::Zh,
        hall: Text::from("中心"),
        number: "261125000173".to_owned(),
        matter: Text::from("开办餐饮店"),
        applicant: "张*".to_owned(),
        told: "2026-11-25 09:20".to_owned(),
        asked: None,
        missing,
        place: Text::from("3 号窗口"),
        due: Some("2026-12-09".to_owned()),
        qr: URL.to_owned(),
        telephone: None,
    };
    let svg = missing_notice(&notice, 384);
    for place in 0..30 {
        assert!(svg.contains(&format!(">材料{place}号<")), "{place}");
    }
    says(&svg, &[">补齐下列 30 项后受理<", ">原件<", ">缺少尺寸<", ">3 号窗口<", ">2026-12-09<"]);
    let asked = (Text::new("市场监管局", "Market Supervision"), "图上没有尺寸。".to_owned());
    let svg = missing_notice(&MissingNotice { asked: Some(asked), ..notice }, 576);
    says(&svg, &["补正通知书", "请补正下列 30 项", "市场监管局", "图上没有尺寸。"]);
    assert!(!svg.contains("后受理") && !svg.contains("一次性告知书"), "it is accepted already");
}

#[test]
fn a_consequence_is_said_once_or_with_each() {
    let same = promise_notice(&a_promise(["终止办理", "终止办理"]), 576);
    assert_eq!(same.matches("终止办理").count(), 1);
    let different = promise_notice(&a_promise(["终止办理", "退回申请"]), 576);
    says(&different, &["逾期后果 终止办理", "逾期后果 退回申请"]);
    says(&different, &["补交期限 2026-12-04", ">电子件<", "本人承诺", ">张*<"]);
}

#[test]
fn a_signature_is_a_png_or_nothing() {
    let signed = |with: &str| {
        promise_notice(
            &PromiseNotice { signature: Some(with.to_owned()), ..a_promise(["", ""]) },
            576,
        )
    };
    assert!(signed("data:image/png;base64,iVBORw0KGgo=").contains("<image "));
    for other in [
        "/etc/passwd",
        "http://example.org/a.png",
        "data:image/svg+xml;base64,PHN2Zy8+",
        "data:image/png;base64,iVBO\"/><script>",
    ] {
        assert!(!signed(other).contains("<image"), "{other}");
    }
}

#[test]
fn the_pick_up_slip_says_where_and_what_to_bring() {
    let slip = HandoverSlip {
        lang: Lang::Zh,
        hall: Text::from("中心"),
        number: "261125000173".to_owned(),
        matter: Text::from("开办餐饮店"),
        applicant: "张*".to_owned(),
        agent: Some("李**".to_owned()),
        place: Text::from("12 号窗口"),
        hours: Text::from("工作日 9:00–17:00"),
        kept_until: None,
        qr: URL.to_owned(),
        telephone: None,
    };
    let svg = handover(&slip, 576);
    says(
        &svg,
        &[
            ">12 号窗口<",
            ">工作日 9:00–17:00<",
            ">261125 00017 3<",
            "身份证件",
            ">代办人<",
            ">李**<",
        ],
    );
}

#[test]
fn a_document_says_all_it_has_to_and_that_it_is_a_layout() {
    let svg = result_document(&a_document());
    says(
        &svg,
        &[
            ">食品经营许可证<",
            ">Food Business Licence<",
            ">证照编号 JY21105020173951<",
            ">一碗面馆<",
            ">92110105MA01ABCD7X<",
            ">经审查，准予许可。<",
            ">长期<",
            ">2026年12月3日<",
            ">K7M2 9QXT 4RBW<",
            ">电子证照样式<",
            "width=\"210mm\" height=\"297mm\"",
        ],
    );
    assert!(!svg.contains("已撤销"));
    let limited = ResultDocument { valid_until: Some("2031-12-02".to_owned()), ..a_document() };
    says(&result_document(&limited), &[">至 2031年12月2日<"]);
}

#[test]
fn a_document_taken_back_says_so() {
    let revoked = ResultDocument { state: ResultState::Revoked, ..a_document() };
    says(&result_document(&revoked), &[">已撤销<", ">REVOKED<"]);
}

#[test]
fn a_refusal_gives_reasons_grounds_and_the_ways_to_appeal() {
    says(
        &decision(&a_decision()),
        &[
            ">不予行政许可决定书<",
            ">一碗面馆：<",
            "2026年11月25日申请的“食品经营许可”",
            ">距离不足<",
            ">流程交叉<",
            ">2.<",
            ">行政许可法第三十八条<",
            "行政复议",
            "行政诉讼",
            ">261125 00017 3<",
        ],
    );
}

#[test]
fn what_does_not_fit_a_page_is_set_smaller_and_then_said_to_be_cut() {
    let truncated = "全文见办件档案";
    let with = |times: usize| {
        let reasons = vec![
            Text::from("经营场所距离开放式垃圾收集点不足。".repeat(4).as_str());
            times
        ];
        decision(&Decision { reasons, ..a_decision() })
    };
    let (few, more, max_rows) = (with(2), with(12), with(200));
    let large = |svg: &str| svg.matches("font-size=\"30\"").count();
    assert!(large(&few) > large(&more), "the type did not shrink");
    assert!(!few.contains(truncated) && !more.contains(truncated) && more.contains("行政诉讼"));
    assert!(max_rows.contains(truncated));
}

#[test]
fn numbers_days_and_codes_are_written_to_be_read() {
    assert_eq!(grouped("261125000173"), "261125 00017 3");
    assert_eq!(grouped("26112500017"), "26112500017");
    assert_eq!(grouped("一二三四"), "一二三四");
    assert_eq!(long_date("2026-12-09", Lang::Zh), "2026年12月9日");
    assert_eq!(long_date("2026-12-09", Lang::En), "2026-12-09");
    assert_eq!(long_date("soon", Lang::Zh), "soon");
    assert_eq!(in_groups_of_four("K7M29QXT4R"), "K7M2 9QXT 4R");
}

#[test]
fn papers_refer_to_nothing_and_no_name_is_markup() {
    let hostile = "\"/><image href='x'/>&amp;\u{0}";
    let text = Text::from(hostile);
    let with = |mut document: ResultDocument| {
        (document.title, document.issuer, document.matter) =
            (text.clone(), text.clone(), text.clone());
        (document.holder, document.number) = (hostile.to_owned(), hostile.to_owned());
        document.verify_code = hostile.to_owned();
        document.issued_on = hostile.to_owned();
        document.conditions = Some(text.clone());
        result_document(&document)
    };
    let mut narrow = a_receipt();
    (narrow.hall, narrow.matter) = (text.clone(), text.clone());
    (narrow.due, narrow.number) = (hostile.to_owned(), hostile.to_owned());
    narrow.telephone = Some(hostile.to_owned());
    for svg in [with(a_document()), receipt(&narrow, 576)] {
        assert!(!svg.contains("<image") && !svg.contains('\0'));
        assert!(!svg.contains("url(") && !svg.contains("href=\""));
    }
}
