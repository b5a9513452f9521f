//! The fields of how a hall takes bookings.

use super::{Field, FieldKind};
use crate::admin::words::Bilingual;

const fn number(key: &'static str, min: f64, zh: &'static str, en: &'static str) -> Field {
    Field::new(key, FieldKind::Integer { min, max: 9999.0 }, zh, en)
}

/// A part of an item that it has, or has not.
#[derive(Debug)]
pub struct Part {
    /// What having it means.
    pub toggle: Bilingual,
    /// Relative to the part.
    pub fields: &'static [Field],
    /// A new one, as JSON.
    pub template: &'static str,
}

/// The rules of a hall's bookings.
pub const BOOKING: Part = Part {
    toggle: Bilingual("接受预约", "Takes bookings"),
    template: r#"{"days":5,"first_day":1,"slot_minutes":30,"share_percent":50,"hold_minutes":15,
        "freed_minutes":30,"early_minutes":30,"late_minutes":15,"head_start_minutes":30,
        "told_after":2,"barred_days":0,"kept_days":30}"#,
    fields: &[
        number("/days", 1.0, "可预约几天", "Days that can be booked")
            .hint("从首日起，有时段的日子", "Days with slots, from the first on"),
        number("/first_day", 0.0, "首日（0 为当天，1 为次日）", "First day (0: today, 1: tomorrow)"),
        number("/slot_minutes", 5.0, "每个时段几分钟", "Length of a slot (min)"),
        Field::new(
            "/places",
            FieldKind::OptionalInteger { min: 1.0, max: 200.0 },
            "每个队列每个时段最多几人",
            "Places of each line and slot",
        )
        .hint(
            "不填则按下面的比例；填了也不会超过这个比例",
            "Empty: as many as the share below allows. Never more than that",
        ),
        number(
            "/share_percent",
            1.0,
            "预约最多占叫号的百分之几",
            "Share of the calls that may be bookings (%)",
        )
        .hint("其余留给现场取号的人", "The rest stays for those who come without"),
        number("/hold_minutes", 1.0, "填写时为其保留几分钟", "A slot is held while typing (min)"),
        number(
            "/freed_minutes",
            0.0,
            "退出的时段几分钟后再放出",
            "A freed slot is offered again after (min)",
        )
        .hint("防止倒号", "Against trading"),
        number("/early_minutes", 0.0, "最多提前几分钟报到", "Check-in possible before (min)"),
        number("/late_minutes", 0.0, "迟到几分钟内仍算准时", "Still on time when late by (min)")
            .hint("再晚按现场取号排队", "Later, the visitor waits like everyone"),
        number(
            "/head_start_minutes",
            0.0,
            "视同比预约时间早几分钟到",
            "Counts as arrived before the slot (min)",
        )
        .hint(
            "越大，预约的人等得越短；没有预约的人最多被这段时间内的预约超过",
            "The more, the shorter a booked visitor waits. Others are passed by bookings within this time at most",
        ),
        number("/told_after", 0.0, "几次未到后提示本人", "Told after not coming so often")
            .hint("0 表示不提示", "0: never"),
        number("/barred_days", 0.0, "此后几天不能预约", "Cannot book for so many days then")
            .hint("0 表示不限制", "0: no consequence"),
        number("/kept_days", 1.0, "个人信息保留天数", "Personal data kept for (days)"),
        Field::new("/hours", FieldKind::Hours, "可预约的时间", "Hours of bookings")
            .hint(
                "不勾选时按队列的叫号时间；大厅开放时间以外没有时段",
                "Otherwise when the line is called. Never outside the hall's hours",
            ),
    ],
};
