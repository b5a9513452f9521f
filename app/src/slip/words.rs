//! The texts of the slip.

use crate::words;

words! {
    pub SlipWords {
        matter: "办理事项" | "Matter",
        ahead: "前面" | "Ahead",
        people: "人" | "",
        taken: "取号" | "Taken",
        state: "状态" | "State",
        go_to: "正在叫您的号，请现在到{counter}。" | "Your number is being called. Please go to {counter} now.",
        serving: "{counter}正在为您办理。" | "You are being served at {counter}.",
        on_hold: "号码为您保留在{counter}，备齐后回到这个窗口，不用重新取号。" |
            "Your place is kept at {counter}. Come back there when you are ready; you do not need a new number.",
        missed: "请到咨询台或{counter}，说明即可恢复，不用重新取号。" |
            "Tell the information desk or {counter}, and your place is restored. You do not need a new number.",
        first_counter: "原窗口" | "the counter that called you",
        follow: "扫码看进度" | "Scan to follow",
        watch_for_number: "请留意屏幕和广播" | "Watch for your number",
        bring: "请带材料" | "What to bring",
        more: "另有 {n} 项见办事指南" | "{n} more in the guide",
        reprint: "补打" | "Reprint",
        place: "排队位置" | "Place in line",
        confirming: "待确认" | "to be confirmed",
        confirming_next: "终端暂时没有连上大厅服务器。号码有效，按取号时间排队；稍后扫码可看前面人数。" |
            "The kiosk is cut off from the hall's server. Your number is valid, and your place goes by the time you took it. Scan the code later to see it.",
    }
}
