//! Documents as a hall fills them, and with the longest possible content.

use jiban_app::api::guide::{BundlePart, Guide, GuideMaterial, GuideStep};
use jiban_domain::documents::{
    Decision, DeferredMaterial, EndKind, EndNotice, HandoverSlip, Line, MissingMaterial,
    MissingNotice, PromiseNotice, PromisedMaterial, Receipt, ResultDocument, ResultState,
};
use jiban_domain::{Lang, Text};

pub const URL: &str = "http://192.168.1.20:3000/T/7ZZZZZZZZZ0123456789ABCDEF";
pub const VERIFY: &str = "https://HALL.EXAMPLE.GOV.CN/VERIFY/K7M29QXT4RBW";

/// A stroke on white, as a finger draws it.
pub const SIGNATURE: &str = include_str!("signature.txt");

pub fn hall() -> Text {
    Text::new("城东街道政务服务中心", "Chengdong Government Service Centre")
}

pub fn cafe() -> Text {
    Text::new("开办餐饮店一件事", "Open a restaurant, all in one")
}

pub fn receipt() -> Receipt {
    Receipt {
        lang: Lang::Zh,
        hall: hall(),
        number: "261125000173".to_owned(),
        matter: cafe(),
        applicant: "张*".to_owned(),
        agent: None,
        accepted: "2026-11-25 09:05".to_owned(),
        due: "2027-01-08".to_owned(),
        due_provisional: true,
        promised_days: 10,
        received: vec![
            Text::new("个体工商户登记（备案）申请书", "Application for registration"),
            Text::new("经营者身份证明", "Identity of the owner"),
            Text::new("经营场所使用证明", "Right to use the premises"),
            Text::new("食品安全管理制度文本", "Rules of food safety"),
        ],
        deferred: vec![DeferredMaterial {
            name: Text::new("经营场所布局图和操作流程", "Plan of the premises and its flow"),
            due: "2026-12-04".to_owned(),
        }],
        qr: URL.to_owned(),
        telephone: Some("010-6655 1234".to_owned()),
        told_by: Some(Text::new("短信 138****0000", "text to 138****0000")),
    }
}

pub fn missing() -> MissingNotice {
    MissingNotice {
        lang: Lang::Zh,
        hall: hall(),
        number: "261125000173".to_owned(),
        matter: Text::new("食品经营许可证（新办）", "Food business licence (new)"),
        applicant: "张*".to_owned(),
        told: "2026-11-25 09:20".to_owned(),
        asked: None,
        missing: vec![
            MissingMaterial {
                name: Text::new("营业执照", "Business licence"),
                form: Text::new("复印件 1 份，加盖公章", "a copy, stamped"),
                remark: None,
            },
            MissingMaterial {
                name: Text::new("经营场所布局图和操作流程", "Plan of the premises and its flow"),
                form: Text::new("原件或电子件", "original or electronic"),
                remark: Some(Text::new(
                    "已交图纸缺少后厨与库房的尺寸标注，请补标后重交",
                    "The plan lacks the sizes of kitchen and store: add them",
                )),
            },
            MissingMaterial {
                name: Text::new("从业人员健康证明", "Health certificates of the staff"),
                form: Text::new("复印件，每人 1 份", "a copy for each person"),
                remark: None,
            },
        ],
        place: Text::new(
            "综合受理 3 号窗口，或扫码拍照上传",
            "Counter 3, or a photograph by the code",
        ),
        due: Some("2026-12-09".to_owned()),
        qr: URL.to_owned(),
        telephone: Some("010-6655 1234".to_owned()),
    }
}

pub fn promise() -> PromiseNotice {
    let consequence =
        Text::new("逾期未补的，终止办理", "If it does not come in time, the case ends");
    PromiseNotice {
        lang: Lang::Zh,
        hall: hall(),
        number: "261125000173".to_owned(),
        matter: cafe(),
        applicant: "张*".to_owned(),
        promised: vec![
            PromisedMaterial {
                name: Text::new("经营场所布局图和操作流程", "Plan of the premises and its flow"),
                form: Text::new("电子件", "electronic"),
                due: "2026-12-04".to_owned(),
                consequence: consequence.clone(),
            },
            PromisedMaterial {
                name: Text::new("从业人员健康证明", "Health certificates of the staff"),
                form: Text::new("复印件", "copy"),
                due: "2026-12-02".to_owned(),
                consequence,
            },
        ],
        signature: Some(SIGNATURE.trim().to_owned()),
        signed: "2026-11-25 09:31".to_owned(),
        qr: URL.to_owned(),
        telephone: Some("010-6655 1234".to_owned()),
    }
}

pub fn handover() -> HandoverSlip {
    HandoverSlip {
        lang: Lang::Zh,
        hall: hall(),
        number: "261125000173".to_owned(),
        matter: cafe(),
        applicant: "张*".to_owned(),
        agent: None,
        place: Text::new("一楼统一出件窗口（12 号）", "Results, ground floor, counter 12"),
        hours: Text::new("工作日 9:00–17:00", "working days 9:00–17:00"),
        kept_until: Some("2027-02-08".to_owned()),
        qr: URL.to_owned(),
        telephone: Some("010-6655 1234".to_owned()),
    }
}

pub fn document() -> ResultDocument {
    let line = |label: (&str, &str), value: (&str, &str)| Line {
        label: Text::new(label.0, label.1),
        value: Text::new(value.0, value.1),
    };
    ResultDocument {
        lang: Lang::Zh,
        title: Text::new("食品经营许可证", "Food Business Licence"),
        number: "JY21105020173951".to_owned(),
        holder: "城东区一碗面馆（个体工商户）".to_owned(),
        holder_number: "92110105MA01ABCD7X".to_owned(),
        matter: Text::new("食品经营许可证（新办）", "Food business licence (new)"),
        issuer: Text::new("城东区市场监督管理局", "Chengdong District Market Regulation Bureau"),
        issued_on: "2026-12-03".to_owned(),
        valid_until: Some("2031-12-02".to_owned()),
        lines: vec![
            line(
                ("经营场所", "Premises"),
                ("城东区和平里东街 18 号一层 102", "18 Hepingli East Street, 102"),
            ),
            line(("主体业态", "Kind"), ("餐饮服务经营者（小型餐饮）", "Catering, small")),
            line(("经营项目", "Scope"), ("热食类食品制售、冷食类食品制售", "hot food, cold food")),
        ],
        sentence: Text::new(
            "经审查，你单位的申请符合《中华人民共和国食品安全法》规定的条件，准予食品经营许可。",
            "The application was examined, meets the conditions of the Food Safety Law, and is granted.",
        ),
        conditions: Some(Text::new(
            "不得制售生食类食品、裱花蛋糕；从业人员持有效健康证明上岗。",
            "No raw food, no decorated cakes; staff hold valid health certificates.",
        )),
        verify_code: "K7M29QXT4RBW".to_owned(),
        qr: VERIFY.to_owned(),
        state: ResultState::Valid,
    }
}

pub fn decision() -> Decision {
    Decision {
        lang: Lang::Zh,
        title: Text::new("不予行政许可决定书", "Decision to refuse a permit"),
        number: "城东市监食不许〔2026〕12号".to_owned(),
        applicant: "城东区一碗面馆".to_owned(),
        applicant_number: "92110105MA01ABCD7X".to_owned(),
        matter: Text::new("食品经营许可证（新办）", "Food business licence (new)"),
        case: "261125000173".to_owned(),
        sentence: None,
        accepted_on: "2026-11-25".to_owned(),
        reasons: vec![
            Text::new(
                "经营场所距离开放式垃圾收集点 12 米，小于规定的 25 米。",
                "The premises are 12 m from an open place of refuse; 25 m are required.",
            ),
            Text::new(
                "粗加工、切配、烹饪未设置相对独立的区域，操作流程存在生熟交叉。",
                "Preparation and cooking are not kept apart; raw and cooked food cross.",
            ),
        ],
        grounds: Text::new(
            "《中华人民共和国行政许可法》第三十八条第二款、《食品经营许可和备案管理办法》第十二条。",
            "Administrative Licensing Law, article 38; Measures on food business licences, article 12.",
        ),
        appeal: vec![
            Text::new(
                "可以自收到本决定书之日起六十日内向城东区人民政府申请行政复议。",
                "Within 60 days of receipt you may ask the district government to reconsider.",
            ),
            Text::new(
                "也可以自收到本决定书之日起六个月内依法向人民法院提起行政诉讼。",
                "Within six months of receipt you may bring an action before the people's court.",
            ),
        ],
        issuer: Text::new("城东区市场监督管理局", "Chengdong District Market Regulation Bureau"),
        decided_on: "2026-12-03".to_owned(),
        verify_code: "R4BWK7M29QXT".to_owned(),
        qr: VERIFY.to_owned(),
    }
}

/// Longer than any name of a matter or a hall.
pub fn end(lang: Lang) -> EndNotice {
    EndNotice {
        lang,
        hall: hall(),
        kind: EndKind::Ended,
        number: "261125000173".to_owned(),
        matter: cafe(),
        applicant: "张*".to_owned(),
        ended: "2026-12-05 00:01".to_owned(),
        reason: Text::new("承诺补交的材料没有按期补交", "What was promised did not come in time"),
        lacking: vec![DeferredMaterial {
            name: Text::new("经营场所布局图和操作流程", "Plan of the premises and its flow"),
            due: "2026-12-04".to_owned(),
        }],
        next: vec![Text::new("备齐材料后重新申请", "Apply again with all materials")],
        qr: URL.to_owned(),
        telephone: Some("010-6655 1234".to_owned()),
    }
}

/// A case that was not accepted, with texts of the greatest length.
pub fn longest_end(lang: Lang) -> EndNotice {
    let lacking = DeferredMaterial { name: long(), due: "2026-12-04".to_owned() };
    EndNotice {
        kind: EndKind::Declined,
        matter: long(),
        applicant: long().zh,
        reason: long(),
        lacking: vec![lacking; 3],
        next: vec![long(); 2],
        ..end(lang)
    }
}

pub fn guide(lang: Lang) -> Guide {
    let say = |zh: &str, en: &str| match lang.base() {
        Lang::Zh => zh.to_owned(),
        _ => en.to_owned(),
    };
    let fact = |name: (&str, &str), said: (&str, &str)| (say(name.0, name.1), say(said.0, said.1));
    Guide {
        book: None,
        apply: None,
        id: "open-restaurant".to_owned(),
        lang,
        hall: "main".to_owned(),
        hall_name: String::new(),
        address: URL.to_owned(),
        name: say("开办餐饮店一件事", "Open a restaurant, all in one"),
        department: say("市场监督管理局、城市管理局", "Market Regulation, City Management"),
        is_bundle: true,
        take: None,
        first: vec![
            fact(("承诺时限", "Promised"), ("10 个工作日", "10 working days")),
            fact(("收费", "Fee"), ("免费", "free")),
            fact(("办理结果", "You receive"), ("营业执照、食品经营许可证", "Licence and permit")),
        ],
        materials: vec![
            GuideMaterial {
                name: say("经营者身份证明", "Identity of the owner"),
                aside: vec![say("原件", "original")],
                deferrable: false,
            },
            GuideMaterial {
                name: say("经营场所布局图和操作流程", "Plan of the premises and its flow"),
                aside: vec![say("复印件", "copy"), say("设有店招时需要", "when there is a sign")],
                deferrable: true,
            },
        ],
        steps: vec![GuideStep {
            name: say("受理", "Acceptance"),
            aside: say("政务服务中心", "Service centre"),
        }],
        parts: vec![BundlePart {
            id: "food-permit".to_owned(),
            name: say("食品经营许可", "Food business"),
            after: say("须等营业执照办完", "after the licence"),
        }],
        waiting: 3,
        bundles: Vec::new(),
        rest: vec![fact(
            ("法律依据", "Legal basis"),
            ("中华人民共和国食品安全法第三十五条", "Food Safety Law, article 35"),
        )],
    }
}

/// With texts of the greatest length.
pub fn longest_guide(lang: Lang) -> Guide {
    let text = long().get(lang).to_owned();
    let mut guide = guide(lang);
    guide.name.clone_from(&text);
    guide.department.clone_from(&text);
    for (_, said) in guide.first.iter_mut().chain(&mut guide.rest) {
        said.clone_from(&text);
    }
    for one in &mut guide.materials {
        one.name.clone_from(&text);
        one.aside = vec![text.clone(); 3];
    }
    for one in &mut guide.steps {
        (one.name, one.aside) = (text.clone(), text.clone());
    }
    for one in &mut guide.parts {
        (one.name, one.after) = (text.clone(), text.clone());
    }
    guide
}

pub fn long() -> Text {
    Text::new(
        "个体工商户设立登记（含个体工商户备案、经营场所使用证明）及食品经营许可证（新办）联办事项申请受理与现场核查",
        "Registration of the establishment of an individually-owned business (new), WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
    )
}

const LONG: &str =
    "Donaudampfschifffahrtsgesellschaftskapitänswitwe 呼伦贝尔市鄂伦春自治旗大杨树镇 MMMMMMMMMM";

/// Documents on receipt paper, with texts of the greatest length.
pub fn longest(lang: Lang) -> (Receipt, MissingNotice, PromiseNotice, HandoverSlip) {
    let text = || LONG.to_owned();
    let receipt = Receipt {
        lang,
        hall: long(),
        matter: long(),
        applicant: text(),
        agent: Some(text()),
        due: text(),
        promised_days: u16::MAX,
        received: vec![long(); 30],
        deferred: vec![DeferredMaterial { name: long(), due: text() }; 9],
        telephone: Some(text()),
        told_by: Some(long()),
        ..receipt()
    };
    let missing = MissingNotice {
        lang,
        hall: long(),
        number: text(),
        matter: long(),
        applicant: text(),
        missing: vec![MissingMaterial { name: long(), form: long(), remark: Some(long()) }; 9],
        place: long(),
        due: Some(text()),
        telephone: Some(text()),
        ..missing()
    };
    let promised =
        PromisedMaterial { name: long(), form: long(), due: text(), consequence: long() };
    let promise = PromiseNotice {
        lang,
        hall: long(),
        matter: long(),
        applicant: text(),
        promised: vec![promised, promise().promised[0].clone()],
        signed: text(),
        telephone: Some(text()),
        ..promise()
    };
    let handover = HandoverSlip {
        lang,
        hall: long(),
        matter: long(),
        applicant: text(),
        agent: Some(text()),
        place: long(),
        hours: long(),
        kept_until: Some(text()),
        telephone: Some(text()),
        ..handover()
    };
    (receipt, missing, promise, handover)
}

/// Documents on A4, with texts of the greatest length.
pub fn longest_pages(lang: Lang) -> (ResultDocument, Decision) {
    let text = || LONG.to_owned();
    let document = ResultDocument {
        lang,
        title: long(),
        number: text(),
        holder: text(),
        holder_number: text(),
        matter: long(),
        issuer: long(),
        issued_on: text(),
        valid_until: Some(text()),
        lines: vec![Line { label: long(), value: long() }; 6],
        sentence: long(),
        conditions: Some(long()),
        verify_code: text(),
        ..document()
    };
    let decision = Decision {
        lang,
        title: long(),
        number: text(),
        applicant: text(),
        matter: long(),
        case: text(),
        reasons: vec![long(); 6],
        grounds: long(),
        appeal: vec![long(); 3],
        issuer: long(),
        decided_on: text(),
        verify_code: text(),
        ..decision()
    };
    (document, decision)
}
