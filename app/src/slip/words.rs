//! The texts of the slip.

use crate::words;

words! {
    pub Words {
        matter: "办理事项" | "Matter",
        ahead: "前面" | "Ahead",
        people: "人" | "",
        taken: "取号" | "Taken",
        follow: "扫码看进度" | "Scan to follow",
        watch_for_number: "请留意屏幕和广播" | "Watch for your number",
        bring: "请带材料" | "What to bring",
        more: "另有 {n} 项见办事指南" | "{n} more in the guide",
        reprint: "补打" | "Reprint",
    }
}
