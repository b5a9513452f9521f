//! All other lists of the setup, and the choices they use.

use super::booking::BOOKING;
use super::recurring_fields::{complaints, days, heading, id, name, telephone};
use super::self_print::{DOCUMENT_PRINTER, LIMITS};
use super::{Field, FieldKind, NestedList, Section};
use crate::admin::words::Bilingual;

const fn rule(key: &'static str, min: f64, zh: &'static str, en: &'static str) -> Field {
    Field::new(key, FieldKind::Integer { min, max: 9999.0 }, zh, en)
}

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
        Field::new(
            "/booking_places",
            FieldKind::OptionalInteger { min: 0.0, max: 200.0 },
            "每个时段可预约人数",
            "Places that can be booked in each slot",
        )
        .hint("不填按大厅的规则，0 表示不接受预约", "Empty: as the hall has it; 0: no bookings"),
        Field::new("/hours", FieldKind::Hours, "叫号时间", "Hours of calling").hint(
            "不勾选时按其窗口或大厅的时间。时间之外取号，会先说明何时开始叫号",
            "Otherwise those of its counters, or the hall's. Outside them a visitor is told when calling begins before taking a number",
        ),
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
        Field::new("/hours", FieldKind::Hours, "办公时间", "Staffed hours")
            .hint("不勾选时按大厅的时间", "Otherwise those of the hall"),
        heading("回执打印机", "Receipt printer"),
        PRINTER[0],
        PRINTER[1],
        PRINTER[2],
        PRINTER[3],
        PRINTER[4],
        PRINTER[5],
        PRINTER[6],
        PRINTER[7],
    ],
};

/// The kinds of printers for slips and receipts.
pub const PRINTERS: &[(&str, Bilingual)] = &[
    ("none", Bilingual("无（只在屏幕显示）", "none (screen only)")),
    ("browser", Bilingual("浏览器打印", "browser")),
    ("escpos", Bilingual("小票打印机（ESC/POS）", "slip printer (ESC/POS)")),
];

/// The fields of a printer.
const PRINTER: [Field; 8] = [
    Field::new("/printer", FieldKind::Printer, "打印方式", "Printing"),
    Field::new("/printer/address", FieldKind::Text, "打印机地址", "Printer address")
        .hint(
            "如 192.168.1.50:9100；接在自助终端本机上的，如 /dev/usb/lp0、/dev/ttyUSB0",
            "Such as 192.168.1.50:9100; at the kiosk's own terminal, such as /dev/usb/lp0 or /dev/ttyUSB0",
        ),
    Field::new(
        "/printer/baud",
        FieldKind::OneOf(&[
            ("", Bilingual("不是串口", "not a serial line")),
            ("9600", Bilingual("9600", "9600")),
            ("19200", Bilingual("19200", "19200")),
            ("38400", Bilingual("38400", "38400")),
            ("57600", Bilingual("57600", "57600")),
            ("115200", Bilingual("115200", "115200")),
        ]),
        "串口波特率",
        "Speed of the serial line",
    ),
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
    Field::new(
        "/printer/dots",
        FieldKind::OneOf(&[
            (
                "",
                Bilingual(
                    "默认（58 毫米 384 点，80 毫米 576 点）",
                    "by the paper (58 mm: 384, 80 mm: 576)",
                ),
            ),
            ("384", Bilingual("384 点", "384 dots")),
            ("512", Bilingual("512 点", "512 dots")),
            ("576", Bilingual("576 点", "576 dots")),
            ("640", Bilingual("640 点", "640 dots")),
        ]),
        "打印头宽度",
        "Width of the print head",
    ),
    Field::new(
        "/printer/status",
        FieldKind::Checkbox,
        "打印前询问打印机状态",
        "The printer is asked for its state before it prints",
    )
    .hint(
        "有的打印机不回答；取消后照常打印，状态显示为未知。",
        "Some do not answer. Without it, slips are printed all the same, and the state is unknown.",
    ),
    Field::new(
        "/printer/after_cut",
        FieldKind::Checkbox,
        "切纸后询问是否打印完成",
        "The printer is asked after the cut whether it has printed",
    )
    .hint(
        "如果小票末尾印出多余的字符，请取消。",
        "Untick it if odd characters are printed at the end of slips.",
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
    template: r#"{"name":{"zh":"","en":""},"printer":{"kind":"none"},"screen":{"height_mm":0,"lower_edge_mm":0}}"#,
    fields: &[
        Field::new("/name", FieldKind::Bilingual, "放在哪里", "Location"),
        id(),
        Field::new(
            "/paired",
            FieldKind::OptionalYesNo([
                Bilingual("与大厅相同", "as the hall says"),
                Bilingual("仅限已配对的终端", "paired terminals only"),
                Bilingual("任何浏览器均可", "any browser"),
            ]),
            "谁可以用",
            "Who may use it",
        ),
        heading("打印机", "Printer"),
        PRINTER[0],
        PRINTER[1],
        PRINTER[2],
        PRINTER[3],
        PRINTER[4],
        PRINTER[5],
        PRINTER[6],
        PRINTER[7],
        heading("屏幕", "Screen"),
        Field::new(
            "/screen/height_mm",
            FieldKind::Integer { min: 0.0, max: 2500.0 },
            "显示区高度（毫米）",
            "Height of the display (mm)",
        )
        .hint("0 表示未量", "0: not measured"),
        Field::new(
            "/screen/lower_edge_mm",
            FieldKind::Integer { min: 0.0, max: 2000.0 },
            "下沿离地（毫米）",
            "Lower edge above the floor (mm)",
        )
        .hint(
            "坐轮椅的人按“够得着”时，按键移到离地 380 到 1220 毫米之间",
            "Where reach mode puts the keys: 380 to 1220 mm above the floor",
        ),
        DOCUMENT_PRINTER[0],
        DOCUMENT_PRINTER[1],
        DOCUMENT_PRINTER[2],
        DOCUMENT_PRINTER[3],
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
        "countdown_seconds":20,"empty_counter_minutes":10}}"#,
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
        Field::new("/general_line", FieldKind::OptionalLine, "综合队列", "General line").hint(
            "自助终端上按“不知道选哪个”的人在此排队；不选则请他们到咨询台",
            "For visitors who do not know what to choose; without one they are sent to the desk",
        ),
        Field::new(
            "/paired",
            FieldKind::Checkbox,
            "自助终端须先配对",
            "Kiosks must be paired first",
        )
        .hint(
            "只接受主任配对过的终端；其他浏览器打不开自助终端页",
            "Only terminals that the director has accepted are served; other browsers cannot open the kiosk's page",
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
        rule(
            "/rules/empty_counter_minutes",
            0.0,
            "指定窗口无人几分钟后退回队列",
            "Back in line when its counter has been empty for (min)",
        )
        .hint("0 表示不退回", "0: never"),
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
        Field::new("/booking", FieldKind::Part(&BOOKING), "预约", "Bookings"),
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
        rule("/cases/draft_kept_days", 1.0, "草稿保留天数", "Drafts kept for")
            .hint("自最后一次修改起，自然日，到期自动删除", "Calendar days after the last change, then erased"),
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
        LIMITS[0],
        LIMITS[1],
        LIMITS[2],
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
