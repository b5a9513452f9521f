//! The texts of the display, which shows both languages at once.

use jiban_domain::Lang;

use crate::words;

words! {
    pub DisplayWords {
        go: "请到" | "Please go to",
        last: "最近叫号" | "Last called",
        none_yet: "请留意叫号" | "Please listen for your number",
        later: "{at} 开始叫号" | "Calling begins {at}",
        not_called: "暂不叫号" | "Not called now",
        calls: "叫号记录" | "Recent calls",
        on_the_way: "请前往" | "Go now",
        waiting: "等候" | "Waiting",
        people: "人" | "",
        connecting: "正在连接服务器" | "Connecting to the server",
        time_unknown: "时间待校准" | "Clock not set",
        stale: "连接中断，{time} 起未更新，正在自动重新连接" |
            "Not updated since {time}. Reconnecting automatically.",
        silent: "声音未开启：请点一下屏幕" | "Sound is off: touch the screen",
    }
}

/// A text in Chinese and in English.
pub fn both(word: impl Fn(&DisplayWords) -> &'static str) -> (&'static str, &'static str) {
    (word(DisplayWords::of(Lang::Zh)), word(DisplayWords::of(Lang::En)))
}
