//! The table of a hall itself: basic data, queue rules and case rules.

use super::tables::{days, heading, id, name};
use super::{Field, FieldKind, NestedList, Section};
use crate::admin::words::Bilingual;

const fn rule(key: &'static str, min: f64, zh: &'static str, en: &'static str) -> Field {
    Field::new(key, FieldKind::Integer { min, max: 9999.0 }, zh, en)
}

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
