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
    fresh: r#"{"name":{"zh":"","en":""},"department":{"zh":"","en":""},"handling":"immediate",
        "statutory_days":0,"promised_days":0,"fee":{"zh":"不收费","en":"free"},"materials":[],
        "steps":[],"result":{"zh":"","en":""},"self_service":false,"minutes":8.0}"#,
    fields: &[
        name(),
        Field::new("/department", Kind::Words, "部门", "Department"),
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
        Field::new(
            "/materials",
            Kind::Rows(&Rows {
                one: Both("材料", "material"),
                fields: &[
                    name(),
                    Field::new("/deferrable", Kind::Tick, "可容缺", "may follow later"),
                ],
                fresh: r#"{"name":{"zh":"","en":""}}"#,
            }),
            "材料",
            "Materials",
        ),
        heading("办理步骤", "Steps"),
        Field::new(
            "/steps",
            Kind::Rows(&Rows {
                one: Both("步骤", "step"),
                fields: &[Field::new("", Kind::Words, "步骤", "Step")],
                fresh: r#"{"zh":"","en":""}"#,
            }),
            "办理步骤",
            "Steps",
        ),
        heading("结果与咨询", "Result and questions"),
        Field::new("/result", Kind::Words, "办理结果", "Result"),
        Field::new("/conditions", Kind::OptionalWords, "办理条件", "Conditions"),
        Field::new("/telephone", Kind::Optional, "咨询电话", "Telephone for questions"),
        Field::new("/complaints", Kind::Optional, "投诉电话", "Telephone for complaints"),
        Field::new("/code", Kind::Optional, "实施编码", "Code of implementation")
            .hint("31 位，没有可不填", "31 characters, where one was given"),
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
    fresh: r#"{"name":{"zh":"","en":""},"lines":[]}"#,
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
    ],
};

/// What prints a kiosk's slips.
pub const PRINTERS: &[(&str, Both)] = &[
    ("none", Both("无（只在屏幕显示）", "none (screen only)")),
    ("browser", Both("浏览器打印", "the browser's")),
    ("escpos", Both("网络小票打印机（ESC/POS）", "network printer (ESC/POS)")),
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
    ],
};

/// What someone who signs in may do.
pub const ROLES: &[(&str, Both)] =
    &[("clerk", Both("窗口人员", "clerk")), ("admin", Both("管理员", "administrator"))];

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
        Field::new("/telephone", Kind::Plain, "咨询台电话", "Telephone of the desk"),
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
