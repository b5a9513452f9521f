//! The tables themselves.

use super::{Field, Kind, Rows, Section};
use crate::admin::words::Both;

const fn heading(zh: &'static str, en: &'static str) -> Field {
    Field::new("", Kind::Heading, zh, en)
}

const fn id() -> Field {
    Field::new("/id", Kind::Plain, "编号", "Id")
        .hint("字母、数字、- 和 _，最多 40 位", "A-Z, a-z, 0-9, - and _; at most 40")
}

const fn name() -> Field {
    Field::new("/name", Kind::Words, "名称", "Name")
}

const fn days(key: &'static str, zh: &'static str, en: &'static str) -> Field {
    Field::new(key, Kind::Whole { least: 0.0, most: 3650.0 }, zh, en)
}

const fn rule(key: &'static str, least: f64, zh: &'static str, en: &'static str) -> Field {
    Field::new(key, Kind::Whole { least, most: 9999.0 }, zh, en)
}

const fn telephone() -> Field {
    Field::new("/telephone", Kind::Optional, "咨询电话", "Telephone for questions")
}

const fn complaints() -> Field {
    Field::new("/complaints", Kind::Optional, "投诉电话", "Telephone for complaints")
}

/// What happens in life when one needs it, in a few words each.
const LIFE_EVENT: Rows = Rows {
    one: Both("人生事件", "life event"),
    fields: &[Field::new("", Kind::Words, "人生事件", "Life event")],
    more: &[],
    fresh: r#"{"zh":"","en":""}"#,
};

/// A material of a guide.
const MATERIAL: Rows = Rows {
    one: Both("材料", "material"),
    fields: &[name(), Field::new("/deferrable", Kind::Tick, "可容缺", "may follow later")],
    more: &[
        Field::new(
            "/form",
            Kind::Choice(&[
                ("original", Both("原件", "original")),
                ("copy", Both("复印件", "copy")),
                ("original_and_copy", Both("原件和复印件", "original and copy")),
                ("electronic", Both("电子证照或原件", "electronic or original")),
            ]),
            "形式",
            "Form",
        ),
        Field::new("/document", Kind::Optional, "材料种类", "Kind of paper").hint(
            "如 business-licence；同种材料只要一次",
            "such as business-licence; asked for once",
        ),
        Field::new("/source", Kind::OptionalWords, "来源", "Given out by"),
        Field::new("/needed_when", Kind::OptionalWords, "何时需要", "Needed when"),
    ],
    fresh: r#"{"name":{"zh":"","en":""}}"#,
};

/// A step of the way through the departments.
const STEP: Rows = Rows {
    one: Both("步骤", "step"),
    fields: &[Field::new("/name", Kind::Words, "步骤", "Step")],
    more: &[
        Field::new(
            "/kind",
            Kind::Choice(&[
                ("review", Both("部门审查", "a department reviews")),
                ("accept", Both("窗口受理", "the counter accepts")),
                ("deliver", Both("出件", "the result is handed out")),
            ]),
            "由谁办理",
            "Who does it",
        ),
        Field::new("/department", Kind::OtherDepartment, "部门", "Department"),
        days("/days", "本步骤时限（工作日）", "Its own limit (working days)")
            .hint("0 表示只看总时限", "0 is the limit of the whole"),
    ],
    fresh: r#"{"name":{"zh":"","en":""},"kind":"review","days":0}"#,
};

/// What one comes for, with its guide.
pub const MATTERS: Section = Section {
    key: "matter",
    in_a_hall: true,
    one: Both("事项", "matter"),
    lead: Both(
        "来办什么，以及它的办事指南：自助终端和窗口看到的都在这里。",
        "What people come for, and its guide: what kiosks and counters show is set here.",
    ),
    id_stem: "matter-",
    fresh: r#"{"name":{"zh":"","en":""},"department":"","handling":"immediate",
        "statutory_days":0,"promised_days":0,"fee":{"zh":"不收费","en":"free"},"materials":[],
        "steps":[],"result":{"zh":"","en":""},"visits":1,"self_service":false,"minutes":8.0}"#,
    fields: &[
        name(),
        Field::new("/department", Kind::DepartmentOf, "部门", "Department"),
        Field::new("/line", Kind::LineOf, "在哪个队列等候", "Waits in line"),
        id(),
        Field::new(
            "/handling",
            Kind::Choice(&[
                ("immediate", Both("即办件", "decided at once")),
                ("promised", Both("承诺件", "within a promised time")),
            ]),
            "办件类型",
            "Handling",
        ),
        Field::new("/self_service", Kind::Tick, "可在自助终端办理", "A terminal can do it"),
        heading("时限与收费", "Time and fee"),
        days("/promised_days", "承诺时限（工作日）", "Promised limit (working days)")
            .hint("0 表示当场办结", "0 is on the spot"),
        days("/statutory_days", "法定时限（工作日）", "Statutory limit (working days)"),
        Field::new("/fee", Kind::Words, "收费", "Fee"),
        Field::new("/minutes", Kind::Minutes, "窗口办理用时（分钟）", "Minutes at the counter")
            .hint("等候时间由此估起，运行后自行修正", "Where the estimate of waits begins"),
        heading("材料", "Materials"),
        Field::new("/materials", Kind::Rows(&MATERIAL), "材料", "Materials"),
        heading("办理步骤", "Steps"),
        Field::new("/steps", Kind::Rows(&STEP), "办理步骤", "Steps"),
        heading("人生事件", "Life events"),
        Field::new("/life_events", Kind::Rows(&LIFE_EVENT), "人生事件", "Life events"),
        heading("结果与咨询", "Result and questions"),
        Field::new("/result", Kind::Words, "办理结果", "Result"),
        Field::new("/conditions", Kind::OptionalWords, "办理条件", "Conditions"),
        Field::new("/basis", Kind::OptionalWords, "法律依据", "The law it stands on"),
        Field::new(
            "/visits",
            Kind::Whole { least: 0.0, most: 20.0 },
            "到现场次数",
            "Visits needed",
        ),
        Field::new("/produces", Kind::Optional, "结果种类", "Kind of the result").hint(
            "如 food-permit；办过的人下次不必再交",
            "such as food-permit; who has it need not bring it again",
        ),
        telephone(),
        complaints(),
        Field::new("/code", Kind::Optional, "实施编码", "Code of implementation")
            .hint("31 位，没有可不填", "31 characters, where one was given"),
    ],
};

/// Matters handled as one.
pub const BUNDLES: Section = Section {
    key: "bundle",
    in_a_hall: true,
    one: Both("一件事", "bundle"),
    lead: Both(
        "几个事项一次申请、一张材料清单、一个时限；互不依赖的部门同时办理。",
        "Matters handled as one: one application, one list of materials, one limit.",
    ),
    id_stem: "bundle-",
    fresh: r#"{"name":{"zh":"","en":""},"part":[{"matter":""},{"matter":""}],"promised_days":0}"#,
    fields: &[
        name(),
        id(),
        days("/promised_days", "承诺时限（工作日）", "Promised limit (working days)")
            .hint("0 表示按各事项中最长的", "0 is the longest way through its matters"),
        heading("包含的事项", "Its matters"),
        Field::new(
            "/part",
            Kind::Rows(&Rows {
                one: Both("事项", "matter"),
                fields: &[Field::new("/matter", Kind::MatterOf, "事项", "Matter")],
                more: &[Field::new("/after", Kind::MattersOf, "须等谁办完", "Only after").hint(
                    "需要哪些事项的结果；都不选则同时办理",
                    "whose results it needs; none ticked means side by side",
                )],
                fresh: r#"{"matter":""}"#,
            }),
            "包含的事项",
            "Its matters",
        ),
        heading("说明", "About it"),
        Field::new("/life_events", Kind::Rows(&LIFE_EVENT), "人生事件", "Life events"),
        Field::new("/note", Kind::OptionalWords, "说明", "A word on how it goes"),
    ],
};

/// Matters that wait together.
pub const LINES: Section = Section {
    key: "line",
    in_a_hall: true,
    one: Both("队列", "line"),
    lead: Both(
        "同一队列的事项一起排队，号码以队列的字母开头。",
        "Matters of one line wait together; numbers begin with its letter.",
    ),
    id_stem: "line-",
    fresh: r#"{"name":{"zh":"","en":""}}"#,
    fields: &[
        name(),
        Field::new("/letter", Kind::Letter, "字母", "Letter"),
        id(),
        Field::new("/closed", Kind::Tick, "暂停取号", "Takes no numbers for now"),
    ],
};

/// Numbered places with the lines they serve.
pub const COUNTERS: Section = Section {
    key: "counter",
    in_a_hall: true,
    one: Both("窗口", "counter"),
    lead: Both(
        "每个窗口服务哪些队列。谁先到叫谁，队列之间不分先后。",
        "Which lines each counter serves. Who came first is called first, whatever the line.",
    ),
    id_stem: "",
    fresh: r#"{"name":{"zh":"","en":""},"lines":[],"printer":{"kind":"browser"}}"#,
    fields: &[
        name(),
        id(),
        Field::new(
            "/tidal",
            Kind::Tick,
            "潮汐窗口（等候变长时才开）",
            "Tidal: opened when the wait grows",
        ),
        Field::new("/lines", Kind::LinesOf, "服务的队列", "Lines it serves"),
        heading("回执打印机", "Printer of receipts"),
        PRINTER[0],
        PRINTER[1],
        PRINTER[2],
        PRINTER[3],
    ],
};

/// What prints slips and receipts.
pub const PRINTERS: &[(&str, Both)] = &[
    ("none", Both("无（只在屏幕显示）", "none (screen only)")),
    ("browser", Both("浏览器打印", "the browser's")),
    ("escpos", Both("网络小票打印机（ESC/POS）", "network printer (ESC/POS)")),
];

/// The fields of a printer.
const PRINTER: [Field; 4] = [
    Field::new("/printer", Kind::Printer, "打印方式", "What prints"),
    Field::new("/printer/address", Kind::Plain, "打印机地址", "Printer's address")
        .hint("如 192.168.1.50:9100", "such as 192.168.1.50:9100"),
    Field::new(
        "/printer/paper",
        Kind::Choice(&[("58", Both("58 毫米", "58 mm")), ("80", Both("80 毫米", "80 mm"))]),
        "纸宽",
        "Paper",
    ),
    Field::new(
        "/printer/native_qr",
        Kind::Tick,
        "由打印机自行绘制二维码（更清晰）",
        "The printer draws the QR code itself (crisper)",
    ),
];

/// Terminals the hall knows.
pub const KIOSKS: Section = Section {
    key: "kiosk",
    in_a_hall: true,
    one: Both("终端", "kiosk"),
    lead: Both(
        "自助终端和它的打印机。终端的网址是 /kiosk/编号。",
        "Self-service kiosks and their printers. A kiosk's address is /kiosk/ID.",
    ),
    id_stem: "K",
    fresh: r#"{"name":{"zh":"","en":""},"printer":{"kind":"none"}}"#,
    fields: &[
        Field::new("/name", Kind::Words, "放在哪里", "Where it stands"),
        id(),
        heading("打印机", "Printer"),
        PRINTER[0],
        PRINTER[1],
        PRINTER[2],
        PRINTER[3],
    ],
};

/// What someone who signs in may do.
pub const ROLES: &[(&str, Both)] = &[
    ("clerk", Both("窗口人员", "clerk")),
    ("reviewer", Both("部门审查人员", "reviewer of a department")),
    ("supervisor", Both("督查人员", "supervisor")),
    ("admin", Both("管理员", "administrator")),
];

/// Who decides matters.
pub const DEPARTMENTS: Section = Section {
    key: "department",
    in_a_hall: false,
    one: Both("部门", "department"),
    lead: Both(
        "办理事项的部门，各大厅共用。电话印在告知单和指南上。",
        "Who decides matters, the same for all halls. Telephones stand on notices and guides.",
    ),
    id_stem: "department-",
    fresh: r#"{"name":{"zh":"","en":""}}"#,
    fields: &[name(), id(), telephone(), complaints()],
};

/// Everyone who signs in.
pub const CLERKS: Section = Section {
    key: "clerk",
    in_a_hall: false,
    one: Both("人员", "clerk"),
    lead: Both(
        "可以登录的人。密码不写在大厅文件里，在这里单独设置。",
        "Everyone who signs in. Passwords are not in the hall file; they are set here.",
    ),
    id_stem: "clerk",
    fresh: r#"{"name":{"zh":"","en":""},"role":"clerk"}"#,
    fields: &[
        Field::new("/name", Kind::Words, "姓名", "Name"),
        Field::new("/id", Kind::Plain, "登录名", "Sign-in name"),
        Field::new("/role", Kind::Choice(ROLES), "权限", "May do"),
        Field::new("/halls", Kind::HallsOf, "在哪些大厅工作", "Halls they work in")
            .hint("都不选表示全部大厅", "none ticked means all"),
        Field::new("/departments", Kind::DepartmentsOf, "审查哪些部门的件", "Decides for")
            .hint("只对部门审查人员有用", "of reviewers only"),
    ],
};

/// Places with counters, in a tree.
pub const HALLS: Section = Section {
    key: "hall",
    in_a_hall: false,
    one: Both("大厅", "hall"),
    lead: Both("各级大厅的基本情况和排队规则。", "Each hall's facts and the rules of its lines."),
    id_stem: "hall-",
    fresh: r#"{"name":{"zh":"","en":""},"time_zone":"Asia/Shanghai","day_turns_at":"00:00",
        "carries_over":false,"hours":{"always":true},"telephone":"","line":[],"matter":[],
        "counter":[],"kiosk":[],"rules":{"calls_before_missed":3,"reinstate_behind":3,
        "elder_head_start":15,"priority_head_start":30,"ill_head_start":60,"idle_seconds":40,
        "countdown_seconds":20}}"#,
    fields: &[
        name(),
        id(),
        Field::new("/parent", Kind::HallAbove, "上级大厅", "The hall above it"),
        Field::new("/telephone", Kind::Plain, "咨询台电话", "Telephone of the admin"),
        Field::new("/time_zone", Kind::Plain, "时区", "Time zone")
            .hint("如 Asia/Shanghai", "such as Asia/Shanghai"),
        heading("业务日", "Business day"),
        Field::new("/day_turns_at", Kind::Clock, "换日时刻", "The day turns at")
            .hint("此刻起号码从 001 重新开始", "numbers begin at 001 again"),
        Field::new(
            "/carries_over",
            Kind::Tick,
            "换日时仍在等候的保留排队（通宵大厅）",
            "Those waiting at the turn keep their place",
        ),
        heading("排队规则", "Rules of its lines"),
        rule("/rules/calls_before_missed", 1.0, "叫号几次后可标过号", "Calls before missed"),
        rule("/rules/reinstate_behind", 0.0, "过号恢复后排在几人之后", "Reinstated behind"),
        rule("/rules/elder_head_start", 0.0, "老年人提前（分钟）", "Elders stand ahead (min)"),
        rule("/rules/priority_head_start", 0.0, "法定优先提前（分钟）", "Statutory groups (min)")
            .hint("军人、残疾人、孕产妇等", "soldiers, disabled, pregnant"),
        rule("/rules/ill_head_start", 0.0, "重病提前（分钟）", "The very ill (min)"),
        heading("自助终端", "Kiosks"),
        rule("/rules/idle_seconds", 5.0, "无操作多久开始倒计时（秒）", "Idle before countdown (s)"),
        rule("/rules/countdown_seconds", 20.0, "倒计时（秒）", "Countdown (s)")
            .hint("不少于 20 秒", "at least 20"),
        heading("办件规则", "Rules of cases"),
        rule("/cases/yellow_days", 0.0, "剩几个工作日显示黄色", "Yellow with so many days left"),
        rule("/cases/red_days", 0.0, "剩几个工作日显示红色", "Red with so many days left"),
        rule("/cases/tell_within_days", 1.0, "一次性告知期限（工作日）", "All missing told within")
            .hint("行政许可法第三十二条：5 日", "Administrative Licensing Law 32: 5"),
        rule("/cases/deliver_within_days", 1.0, "送达期限（工作日）", "Result handed out within")
            .hint("行政许可法第四十四条：10 日", "Administrative Licensing Law 44: 10"),
        rule("/cases/promise_ban_days", 0.0, "失信后几天不再容缺", "No promise after a broken one")
            .hint("自然日", "calendar days"),
        rule("/cases/person_kept_days", 1.0, "办结后个人信息保留天数", "Personal data kept for")
            .hint("自然日，到期自动清除", "calendar days after the end, then erased"),
        Field::new("/cases/results_at", Kind::Words, "出件窗口", "Where results are handed out"),
        heading("停止计时的法定事由", "Grounds on which the clock stops"),
        Field::new(
            "/cases/pause",
            Kind::Rows(&Rows {
                one: Both("事由", "ground"),
                fields: &[name()],
                more: &[
                    Field::new("/id", Kind::Plain, "编号", "Id"),
                    days("/most_days", "最多停几个工作日", "Stops for at most (working days)")
                        .hint("0 表示不限", "0 is no bound"),
                ],
                fresh: r#"{"id":"","name":{"zh":"","en":""},"most_days":0}"#,
            }),
            "事由",
            "Grounds",
        ),
    ],
};

/// The days of a week, by their keys.
pub const WEEKDAYS: [(&str, Both); 7] = [
    ("mon", Both("周一", "Monday")),
    ("tue", Both("周二", "Tuesday")),
    ("wed", Both("周三", "Wednesday")),
    ("thu", Both("周四", "Thursday")),
    ("fri", Both("周五", "Friday")),
    ("sat", Both("周六", "Saturday")),
    ("sun", Both("周日", "Sunday")),
];
