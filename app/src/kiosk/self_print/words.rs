//! The texts of printing by oneself.

use leptos::prelude::Get;

use crate::words;
use crate::words::lang;

words! {
    pub SelfPrintWords {
        title: "自助打印" | "Print by yourself",
        what: "可以打印：办好的结果、补打证照文书{statements}" | "You can print results that are ready, documents once more{statements}",
        and_statements: "、{names}" | ", {names}",
        card: "请把身份证放在读卡处" | "Place your identity card on the reader",
        card_next: "本人的文书和证明都可以打印" | "It opens your documents and statements",
        reading: "正在读取，请稍候" | "Reading. Please wait",
        or_code: "没有带身份证：用取件码领取" | "Without a card: use the pick-up code",
        by_code: "用取件码领取结果" | "Collect a result by its code",
        code_hint: "取件码在回执二维码打开的页面上" | "The code is on the page that the receipt's QR code opens",
        card_code_hint: "首次领取还需要这个办件的取件码" | "Collecting it for the first time needs its pick-up code too",
        code: "取件码（6 位数字）" | "Pick-up code (6 digits)",
        number: "证件号码" | "Identity number",
        go: "确定" | "Continue",
        hello: "{name}，请选择要打印的文书" | "{name}: choose what to print",
        choose: "请选择要打印的文书" | "Choose what to print",
        nothing: "没有可以打印的文书" | "There is nothing to print",
        nothing_next: "结果办好后才能打印。办理进度可以在“查进度”中查看，如有疑问请到人工窗口。" |
            "A result can be printed once it is ready. See “Progress” how far it is, or ask at a counter.",
        case: "办件 {number}" | "Case {number}",
        enter_code: "需要取件码" | "Needs its code",
        not_now: "不能打印" | "Not now",
        getting_ready: "正在准备文书" | "Preparing your document",
        getting_ready_next: "请不要离开，马上开始打印" | "Please stay. It is about to print",
        waiting: "正在等打印机" | "Waiting for the printer",
        printing: "正在打印" | "Printing",
        came_out: "已出 {n} 页，共 {pages} 页" | "{n} of {pages} pages are out",
        stay: "请等全部打印完再取走" | "Please wait until all pages are out",
        stopped: "{why}，打印停住了" | "{why}, so printing has stopped",
        stopped_next: "请告知工作人员；处理好后会接着打印" | "Please tell the staff. It goes on when that is done",
        done: "打印完成" | "Printed",
        take_one: "请取走这 1 页" | "Take your page",
        take_all: "请取走全部 {pages} 页" | "Take all {pages} pages",
        leave_none: "不要把文书留在打印机上" | "Leave nothing in the printer",
        failed: "没有打印成功" | "It was not printed",
        failed_part: "只打印了 {n} 页，共 {pages} 页" | "Only {n} of {pages} pages were printed",
        take_part: "请把已出的纸张一并取走。" | "Take along the pages that are out.",
        failed_next: "请告知工作人员，或再试一次；结果仍为您保留。" | "Tell the staff, or try again. Your result is kept for you.",
        unknown: "不能确定是否已打印" | "It is not certain whether it was printed",
        unknown_next: "请看一看出纸口，取走您的文书；没有出纸的，请告知工作人员。" |
            "Look at the printer and take your document. If nothing is there, tell the staff.",
        again: "再试一次" | "Try again",
        more: "继续打印其他文书" | "Print something else",
        printer_now: "{why}，现在不能打印。请告知工作人员。" | "{why}, so nothing can be printed now. Please tell the staff.",
    }
}

/// In the visitor's language; reactive.
pub fn words() -> &'static SelfPrintWords {
    SelfPrintWords::of(lang().get())
}
