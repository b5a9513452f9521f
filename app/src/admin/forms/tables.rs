//! The tables: sections, nested lists and choices.

use super::{Field, FieldKind, NestedList, Section};
use crate::admin::words::Bilingual;

const fn heading(zh: &'static str, en: &'static str) -> Field {
    Field::new("", FieldKind::Heading, zh, en)
}

const fn id() -> Field {
    Field::new("/id", FieldKind::Text, "编号", "Id")
        .hint("英文字母、数字、- 和 _，最多 40 位", "Letters A–Z, digits, - and _; at most 40")
}

const fn name() -> Field {
    Field::new("/name", FieldKind::Bilingual, "名称", "Name")
}

const fn days(key: &'static str, zh: &'static str, en: &'static str) -> Field {
    Field::new(key, FieldKind::Integer { min: 0.0, max: 3650.0 }, zh, en)
}

const fn rule(key: &'static str, min: f64, zh: &'static str, en: &'static str) -> Field {
    Field::new(key, FieldKind::Integer { min, max: 9999.0 }, zh, en)
}

const fn telephone() -> Field {
    Field::new("/telephone", FieldKind::OptionalText, "咨询电话", "Telephone for enquiries")
}

const fn complaints() -> Field {
    Field::new("/complaints", FieldKind::OptionalText, "投诉电话", "Telephone for complaints")
}

/// The topics under which visitors find a matter.
const LIFE_EVENT: NestedList = NestedList {
    singular: Bilingual("主题", "topic"),
    fields: &[Field::new("", FieldKind::Bilingual, "主题", "Topic")],
    advanced: &[],
    template: r#"{"zh":"","en":""}"#,
};

const MATERIAL: NestedList = NestedList {
    singular: Bilingual("材料", "material"),
    fields: &[name(), Field::new("/deferrable", FieldKind::Checkbox, "可容缺", "may follow later")],
    advanced: &[
        Field::new(
            "/form",
            FieldKind::OneOf(&[
                ("original", Bilingual("原件", "original")),
                ("copy", Bilingual("复印件", "copy")),
                ("original_and_copy", Bilingual("原件和复印件", "original and copy")),
                ("electronic", Bilingual("电子证照或原件", "electronic certificate or original")),
            ]),
            "形式",
            "Form",
        ),
        Field::new("/document", FieldKind::OptionalText, "材料种类", "Type of document").hint(
            "如 business-licence；同种材料只要一次",
            "Such as business-licence; materials of the same type are needed only once",
        ),
        Field::new("/source", FieldKind::OptionalBilingual, "来源", "Issued by"),
        Field::new("/needed_when", FieldKind::OptionalBilingual, "何时需要", "Required if"),
    ],
    template: r#"{"name":{"zh":"","en":""}}"#,
};

const STEP: NestedList = NestedList {
    singular: Bilingual("步骤", "step"),
    fields: &[Field::new("/name", FieldKind::Bilingual, "步骤", "Step")],
    advanced: &[
        Field::new(
            "/kind",
            FieldKind::OneOf(&[
                ("review", Bilingual("部门审查", "department review")),
                ("accept", Bilingual("窗口受理", "acceptance at the counter")),
                ("deliver", Bilingual("出件", "handing out the result")),
            ]),
            "由谁办理",
            "Type of step",
        ),
        Field::new("/department", FieldKind::StepDepartment, "部门", "Department"),
        days("/days", "本步骤时限（工作日）", "Limit of this step (working days)")
            .hint("0 表示只看总时限", "0: only the limit of the whole matter applies"),
    ],
    template: r#"{"name":{"zh":"","en":""},"kind":"review","days":0}"#,
};

/// Matters with their guides.
pub const MATTERS: Section = Section {
    key: "matter",
    per_hall: true,
    singular: Bilingual("事项", "matter"),
    introduction: Bilingual(
        "来办什么，以及它的办事指南：自助终端和窗口看到的都在这里。",
        "What visitors come for, with the guides shown at kiosks and counters.",
    ),
    id_prefix: "matter-",
    template: r#"{"name":{"zh":"","en":""},"department":"","handling":"immediate",
        "statutory_days":0,"promised_days":0,"fee":{"zh":"不收费","en":"free"},"materials":[],
        "steps":[],"result":{"zh":"","en":""},"visits":1,"self_service":false,"minutes":8.0}"#,
    fields: &[
        name(),
        Field::new("/department", FieldKind::Department, "部门", "Department"),
        Field::new("/line", FieldKind::Line, "在哪个队列等候", "Line"),
        id(),
        Field::new(
            "/handling",
            FieldKind::OneOf(&[
                ("immediate", Bilingual("即办件", "same day")),
                ("promised", Bilingual("承诺件", "within a promised limit")),
            ]),
            "办件类型",
            "Type of handling",
        ),
        Field::new(
            "/self_service",
            FieldKind::Checkbox,
            "可在自助终端办理",
            "Available as self-service",
        ),
        heading("时限与收费", "Limits and fee"),
        days("/promised_days", "承诺时限（工作日）", "Promised limit (working days)")
            .hint("0 表示当场办结", "0: decided on the spot"),
        days("/statutory_days", "法定时限（工作日）", "Statutory limit (working days)"),
        Field::new("/fee", FieldKind::Bilingual, "收费", "Fee"),
        Field::new(
            "/minutes",
            FieldKind::Minutes,
            "窗口办理用时（分钟）",
            "Minutes at the counter",
        )
        .hint(
            "估算等候时间的初值，运行后自动修正",
            "First estimate for waiting times; adjusted automatically in use",
        ),
        heading("材料", "Materials"),
        Field::new("/materials", FieldKind::List(&MATERIAL), "材料", "Materials"),
        heading("办理步骤", "Steps"),
        Field::new("/steps", FieldKind::List(&STEP), "办理步骤", "Steps"),
        heading("主题", "Topics"),
        Field::new("/life_events", FieldKind::List(&LIFE_EVENT), "主题", "Topics"),
        heading("结果与咨询", "Result and enquiries"),
        Field::new("/result", FieldKind::Bilingual, "办理结果", "Result"),
        Field::new("/conditions", FieldKind::OptionalBilingual, "办理条件", "Conditions"),
        Field::new("/basis", FieldKind::OptionalBilingual, "法律依据", "Legal basis"),
        Field::new(
            "/visits",
            FieldKind::Integer { min: 0.0, max: 20.0 },
            "到现场次数",
            "Visits required",
        ),
        Field::new("/produces", FieldKind::OptionalText, "结果种类", "Type of result document")
            .hint(
                "如 food-permit；办过的人下次不必再交",
                "Such as food-permit; applicants who have it need not submit it again",
            ),
        telephone(),
        complaints(),
        Field::new("/code", FieldKind::OptionalText, "实施编码", "Implementation code")
            .hint("31 位，没有可不填", "31 characters; optional"),
    ],
};

/// Matters handled as one case.
pub const BUNDLES: Section = Section {
    key: "bundle",
    per_hall: true,
    singular: Bilingual("一件事", "bundle"),
    introduction: Bilingual(
        "几个事项一次申请、一张材料清单、一个时限；互不依赖的部门同时办理。",
        "Several matters as one: one application, one list of materials, one limit. Departments that do not depend on each other work in parallel.",
    ),
    id_prefix: "bundle-",
    template: r#"{"name":{"zh":"","en":""},"part":[{"matter":""},{"matter":""}],"promised_days":0}"#,
    fields: &[
        name(),
        id(),
        days("/promised_days", "承诺时限（工作日）", "Promised limit (working days)")
            .hint("0 表示按各事项中最长的", "0: the longest path through its matters"),
        heading("包含的事项", "Matters included"),
        Field::new(
            "/part",
            FieldKind::List(&NestedList {
                singular: Bilingual("事项", "matter"),
                fields: &[Field::new("/matter", FieldKind::Matter, "事项", "Matter")],
                advanced: &[Field::new(
                    "/after",
                    FieldKind::Matters,
                    "须等哪些事项办完",
                    "Starts after",
                )
                .hint(
                    "需要哪些事项的结果；都不选则同时办理",
                    "Matters whose results it needs; none means in parallel",
                )],
                template: r#"{"matter":""}"#,
            }),
            "包含的事项",
            "Matters included",
        ),
        heading("说明", "Description"),
        Field::new("/life_events", FieldKind::List(&LIFE_EVENT), "人生事件", "Life events"),
        Field::new("/note", FieldKind::OptionalBilingual, "说明", "Description"),
    ],
};

pub const LINES: Section = Section {
    key: "line",
    per_hall: true,
    singular: Bilingual("队列", "line"),
    introduction: Bilingual(
        "同一队列的事项一起排队，号码以队列的字母开头。",
        "Visitors for the matters of a line wait together. Ticket numbers begin with its letter.",
    ),
    id_prefix: "line-",
    template: r#"{"name":{"zh":"","en":""}}"#,
    fields: &[
        name(),
        Field::new("/letter", FieldKind::Letter, "字母", "Letter"),
        id(),
        Field::new("/closed", FieldKind::Checkbox, "暂停取号", "Ticketing paused"),
    ],
};

/// Counters with the lines they serve.
pub const COUNTERS: Section = Section {
    key: "counter",
    per_hall: true,
    singular: Bilingual("窗口", "counter"),
    introduction: Bilingual(
        "每个窗口服务哪些队列。谁先到叫谁，队列之间不分先后。",
        "The lines each counter serves. Visitors are called in order of arrival across its lines.",
    ),
    id_prefix: "",
    template: r#"{"name":{"zh":"","en":""},"lines":[],"printer":{"kind":"browser"}}"#,
    fields: &[
        name(),
        id(),
        Field::new(
            "/tidal",
            FieldKind::Checkbox,
            "潮汐窗口（高峰时段才开）",
            "Peak-time counter: opened when waits grow long",
        ),
        Field::new("/lines", FieldKind::Lines, "服务的队列", "Lines it serves"),
        heading("回执打印机", "Receipt printer"),
        PRINTER[0],
        PRINTER[1],
        PRINTER[2],
        PRINTER[3],
    ],
};

/// The kinds of printers for slips and receipts.
pub const PRINTERS: &[(&str, Bilingual)] = &[
    ("none", Bilingual("无（只在屏幕显示）", "none (screen only)")),
    ("browser", Bilingual("浏览器打印", "browser")),
    ("escpos", Bilingual("网络小票打印机（ESC/POS）", "network printer (ESC/POS)")),
];

/// The fields of a printer.
const PRINTER: [Field; 4] = [
    Field::new("/printer", FieldKind::Printer, "打印方式", "Printing"),
    Field::new("/printer/address", FieldKind::Text, "打印机地址", "Printer address")
        .hint("如 192.168.1.50:9100", "Such as 192.168.1.50:9100"),
    Field::new(
        "/printer/paper",
        FieldKind::OneOf(&[
            ("58", Bilingual("58 毫米", "58 mm")),
            ("80", Bilingual("80 毫米", "80 mm")),
        ]),
        "纸宽",
        "Paper width",
    ),
    Field::new(
        "/printer/native_qr",
        FieldKind::Checkbox,
        "由打印机自行绘制二维码（更清晰）",
        "The printer draws the QR code itself (sharper)",
    ),
];

pub const KIOSKS: Section = Section {
    key: "kiosk",
    per_hall: true,
    singular: Bilingual("终端", "kiosk"),
    introduction: Bilingual(
        "自助终端和它的打印机。终端的网址是 /kiosk/ 加编号。",
        "Self-service kiosks and their printers. A kiosk's web address is /kiosk/ followed by its id.",
    ),
    id_prefix: "K",
    template: r#"{"name":{"zh":"","en":""},"printer":{"kind":"none"}}"#,
    fields: &[
        Field::new("/name", FieldKind::Bilingual, "放在哪里", "Location"),
        id(),
        heading("打印机", "Printer"),
        PRINTER[0],
        PRINTER[1],
        PRINTER[2],
        PRINTER[3],
    ],
};

pub const ROLES: &[(&str, Bilingual)] = &[
    ("clerk", Bilingual("窗口人员", "clerk")),
    ("reviewer", Bilingual("部门审查人员", "reviewer")),
    ("supervisor", Bilingual("督查人员", "supervisor")),
    ("admin", Bilingual("管理员", "administrator")),
];

pub const DEPARTMENTS: Section = Section {
    key: "department",
    per_hall: false,
    singular: Bilingual("部门", "department"),
    introduction: Bilingual(
        "办理事项的部门，各大厅共用。电话印在告知单和指南上。",
        "The departments that decide matters, shared by all halls. Their telephone numbers are printed on notices and guides.",
    ),
    id_prefix: "department-",
    template: r#"{"name":{"zh":"","en":""}}"#,
    fields: &[name(), id(), telephone(), complaints()],
};

pub const CLERKS: Section = Section {
    key: "clerk",
    per_hall: false,
    singular: Bilingual("人员", "clerk"),
    introduction: Bilingual(
        "可以登录的人。密码不写在大厅文件里，在这里单独设置。",
        "The people who can sign in. Passwords are not part of the hall file; set them here.",
    ),
    id_prefix: "clerk",
    template: r#"{"name":{"zh":"","en":""},"role":"clerk"}"#,
    fields: &[
        Field::new("/name", FieldKind::Bilingual, "姓名", "Name"),
        Field::new("/id", FieldKind::Text, "登录名", "User name"),
        Field::new("/role", FieldKind::OneOf(ROLES), "权限", "Role"),
        Field::new("/halls", FieldKind::Halls, "在哪些大厅工作", "Works in halls")
            .hint("都不选表示全部大厅", "None selected means all halls"),
        Field::new(
            "/departments",
            FieldKind::Departments,
            "审查哪些部门的办件",
            "Reviews for departments",
        )
        .hint("只对部门审查人员有效", "For reviewers only"),
    ],
};

/// Halls, as a tree.
pub const HALLS: Section = Section {
    key: "hall",
    per_hall: false,
    singular: Bilingual("大厅", "hall"),
    introduction: Bilingual(
        "各级大厅的基本情况和排队规则。",
        "Basic data, queue rules and case rules of each hall.",
    ),
    id_prefix: "hall-",
    template: r#"{"name":{"zh":"","en":""},"time_zone":"Asia/Shanghai","day_turns_at":"00:00",
        "carries_over":false,"hours":{"always":true},"telephone":"","line":[],"matter":[],
        "counter":[],"kiosk":[],"rules":{"calls_before_missed":3,"reinstate_behind":3,
        "elder_head_start":15,"priority_head_start":30,"ill_head_start":60,"idle_seconds":40,
        "countdown_seconds":20}}"#,
    fields: &[
        name(),
        id(),
        Field::new("/parent", FieldKind::ParentHall, "上级大厅", "Parent hall"),
        Field::new(
            "/telephone",
            FieldKind::Text,
            "咨询台电话",
            "Telephone of the information desk",
        ),
        Field::new("/time_zone", FieldKind::Text, "时区", "Time zone")
            .hint("如 Asia/Shanghai", "Such as Asia/Shanghai"),
        heading("业务日", "Business day"),
        Field::new("/day_turns_at", FieldKind::TimeOfDay, "换日时刻", "New business day at")
            .hint("此刻起号码从 001 重新开始", "Numbers restart at 001"),
        Field::new(
            "/carries_over",
            FieldKind::Checkbox,
            "换日时仍在等候的保留排队（通宵大厅）",
            "Waiting visitors keep their place when the day changes (for halls open overnight)",
        ),
        heading("排队规则", "Queue rules"),
        rule(
            "/rules/calls_before_missed",
            1.0,
            "叫号几次后可标过号",
            "Calls before a ticket is missed",
        ),
        rule(
            "/rules/reinstate_behind",
            0.0,
            "过号恢复后排在几人之后",
            "Reinstated behind (visitors)",
        ),
        rule("/rules/elder_head_start", 0.0, "老年人提前（分钟）", "Head start: seniors (min)"),
        rule(
            "/rules/priority_head_start",
            0.0,
            "法定优先提前（分钟）",
            "Head start: statutory priority (min)",
        )
        .hint(
            "军人、残疾人、孕产妇等",
            "Military, persons with disabilities, pregnant or with infant",
        ),
        rule("/rules/ill_head_start", 0.0, "重病提前（分钟）", "Head start: seriously ill (min)"),
        heading("自助终端", "Kiosks"),
        rule(
            "/rules/idle_seconds",
            5.0,
            "无操作多久开始倒计时（秒）",
            "Idle time before countdown (s)",
        ),
        rule("/rules/countdown_seconds", 20.0, "倒计时（秒）", "Countdown (s)")
            .hint("不少于 20 秒", "At least 20"),
        heading("办件规则", "Case rules"),
        rule("/cases/yellow_days", 0.0, "剩几个工作日显示黄色", "Yellow at (working days left)"),
        rule("/cases/red_days", 0.0, "剩几个工作日显示红色", "Red at (working days left)"),
        rule(
            "/cases/tell_within_days",
            1.0,
            "一次性告知期限（工作日）",
            "Notice of missing materials within",
        )
        .hint(
            "行政许可法第三十二条：5 日",
            "Administrative Licensing Law, Art. 32: 5 working days",
        ),
        rule("/cases/deliver_within_days", 1.0, "送达期限（工作日）", "Result issued within").hint(
            "行政许可法第四十四条：10 日",
            "Administrative Licensing Law, Art. 44: 10 working days",
        ),
        rule(
            "/cases/promise_ban_days",
            0.0,
            "失信后几天不再容缺",
            "No deferred materials after a broken promise for",
        )
        .hint("自然日", "Calendar days"),
        rule("/cases/person_kept_days", 1.0, "办结后个人信息保留天数", "Personal data kept for")
            .hint("自然日，到期自动清除", "Calendar days after the case has ended, then erased"),
        Field::new("/cases/results_at", FieldKind::Bilingual, "出件窗口", "Results window"),
        heading("暂停计时的法定事由", "Legal grounds for suspending deadlines"),
        Field::new(
            "/cases/pause",
            FieldKind::List(&NestedList {
                singular: Bilingual("事由", "ground"),
                fields: &[name()],
                advanced: &[
                    Field::new("/id", FieldKind::Text, "编号", "Id"),
                    days(
                        "/most_days",
                        "最多暂停几个工作日",
                        "Suspended for at most (working days)",
                    )
                    .hint("0 表示不限", "0: unlimited"),
                ],
                template: r#"{"id":"","name":{"zh":"","en":""},"most_days":0}"#,
            }),
            "事由",
            "Grounds",
        ),
    ],
};

/// Weekdays by key.
pub const WEEKDAYS: [(&str, Bilingual); 7] = [
    ("mon", Bilingual("周一", "Monday")),
    ("tue", Bilingual("周二", "Tuesday")),
    ("wed", Bilingual("周三", "Wednesday")),
    ("thu", Bilingual("周四", "Thursday")),
    ("fri", Bilingual("周五", "Friday")),
    ("sat", Bilingual("周六", "Saturday")),
    ("sun", Bilingual("周日", "Sunday")),
];
