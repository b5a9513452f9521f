//! The texts of the kiosk.

use jiban_domain::Lang;
use jiban_domain::ticket::Priority;

use crate::words;
use crate::words::{fill, lang};
use leptos::prelude::Get;

words! {
    pub KioskWords {
        machine: "自助取号" | "Self-service",
        time_unknown: "时间待校准" | "Clock not set",
        rests: "轻触屏幕开始" | "Touch the screen to begin",
        elsewhere: "本机已在另一个窗口打开" | "This kiosk is open in another window",
        elsewhere_next: "请关闭本窗口，或关闭另一个窗口后稍候片刻。" |
            "Close this window; or close the other one and wait a moment.",
        opening: "正在打开" | "Opening",
        alone: "暂未连上大厅服务器，可照常取号，排队位置稍后确认" |
            "Cut off from the hall's server. Numbers are given as usual; your place is confirmed later",
        needs_server: "恢复联网后可用" | "Needs the server: back by itself",
        waiting_unknown: "暂时无法得知" | "not known just now",
        confirming: "排队位置待确认" | "Your place is being confirmed",
        confirming_next: "号码有效，按取号时间排队。连上服务器后，扫码可看前面人数。" |
            "Your number is valid. Your place goes by the time you took it: scan the code later to see it.",
        choose_line: "请选择业务" | "What do you need?",
        after_hours: "现在没有业务叫号" | "No service is called now",
        after_hours_hint: "以下服务现在就能用，也可先取号" | "Use these now, or take a number for later",
        choose_line_hint: "轻触一项，取号等候" | "Touch one to take a number",
        waiting: "{n} 人等候" | "{n} waiting",
        nobody_waiting: "无人等候" | "Nobody waiting",
        line_paused: "暂停取号" | "No numbers now",
        search: "查找事项" | "Search services",
        search_button: "查找事项" | "Search services",
        unsure: "不知道选哪个" | "Not sure which",
        unsure_next: "选最接近的一项即可，到窗口说明来意，工作人员会帮您办理或转到对的窗口。" |
            "Choose the closest. Say at the counter what you need: they help you, or send you on.",
        unsure_desk: "请到咨询台问一问" | "Please ask at the information desk",
        unsure_desk_next: "说说您想办什么，工作人员会告诉您选哪一项。" |
            "Say what you need, and the staff will tell you what to choose.",
        by_line: "按业务" | "By line",
        by_department: "按部门" | "By department",
        by_life_event: "按主题" | "By topic",
        search_hint: "按拼音首字母：身份证 按 SFZ" | "Letters of the English name, or pinyin initials",
        search_none: "没有找到这样的事项" | "Nothing found",
        search_none_next: "请删去一个字再试，或让我们帮您选。" | "Erase a letter and try again, or let us help.",
        search_closest: "没有找到“{typed}”，下面是“{by}”的结果。" | "Nothing for “{typed}”. These are for “{by}”.",
        erase: "删除" | "Erase",
        clear: "清空" | "Clear",
        progress: "查进度" | "Progress",
        guides: "办事指南" | "Guides",
        booking: "预约、报到" | "Bookings",
        self_print: "自助打印" | "Print",
        guides_title: "查看办事指南" | "Read a guide",
        guides_hint: "只看不取号" | "Without taking a number",
        choose_matter: "请选择事项" | "Choose a service",
        home: "首页" | "Home",
        back: "返回" | "Back",
        easy: "长辈版" | "Easier",
        accessibility: "辅助" | "Access",
        accessibility_about: "辅助功能" | "Access options",
        previous: "上一页" | "Previous",
        next: "下一页" | "Next",
        at_once: "即办" | "On the spot",
        self_service: "可自助办理" | "Self-service",
        materials: "要带的材料" | "What to bring",
        no_materials: "不需要带材料" | "Nothing to bring",
        deferrable: "可后补" | "may follow later",
        time: "办理时限" | "How long",
        time_at_once: "当场办结" | "done on the spot",
        time_promised: "{n} 个工作日内" | "{n} working days",
        time_promised_one: "1 个工作日内" | "1 working day",
        fee: "费用" | "Fee",
        now_waiting: "现在等候" | "Waiting now",
        find_case_button: "按办件编号查询" | "Find a case by its number",
        find_title: "查询办件" | "Find your case",
        find_hint: "编号在受理通知书上。" | "The number is on your notice of acceptance.",
        find_number: "办件编号（12 位）" | "Case number (12 digits)",
        find_last: "身份证号或信用代码后四位" | "Last four of your ID or credit code",
        find_go: "查询" | "Find",
        find_letters: "字母" | "Letters",
        find_digits: "数字" | "Digits",
        case: "办件" | "Case",
        case_ready: "可以领取" | "Ready to collect",
        case_ready_next: "请带身份证件到{place}领取。取件码在回执二维码打开的页面上。" |
            "Please go to {place} with your ID card. The code on your receipt opens the pick-up code.",
        case_missing_next: "请带到任一窗口，或用手机扫码拍照上传。" |
            "Bring it to any counter, or send a photo from your phone.",
        priority: "如需优先，请选择（请带证件）" | "Priority (proof needed)",
        priority_none: "不需要" | "None",
        priority_elder: "70 岁以上" | "70 or older",
        priority_honoured: "军人、退役军人" | "Military or veteran",
        priority_disabled: "残障人士" | "Disabled",
        priority_pregnant: "孕妇、携婴者" | "Pregnant or with infant",
        priority_ill: "急重病" | "Seriously ill",
        take: "取号" | "Take a number",
        take_too: "去取号" | "Take a number",
        more: "其他说明" | "More information",
        bundle: "一件事" | "One application",
        print_guide: "打印指南" | "Print the guide",
        guide_printing: "正在打印指南" | "Printing the guide",
        guide_printed: "请取走指南" | "Please take the guide",
        guide_maybe: "没有出来？请用手机扫码查看。" | "Nothing printed? Scan the code instead.",
        guide_failed: "没有打印出来，请用手机扫码查看。" | "Printing failed. Scan the code instead.",
        guide_scan: "手机扫码查看" | "Scan to read it on your phone",
        closed_no_numbers: "大厅现在不办公，开门后可取号。" | "The hall is closed. Numbers are given when it opens.",
        called_later: "{line} · 现在不叫号" | "{line}: not called now",
        called_later_kept: "现在可以取号，号码保留到开始叫号那天。请在开始叫号前回到大厅。" |
            "You can take a number now. It is kept for that day: please be back in the hall when calling begins.",
        called_later_wait: "按现在排队的人数，开始叫号后" | "By those waiting now, after calling begins: ",
        called_later_take: "仍要取号" | "Take a number anyway",
        called_later_back: "不取号，返回" | "Back, without a number",
        no_slip_note: "不打印小票，请用手机拍下号码和二维码。" | "No slip: please photograph the screen.",
        issuing: "正在取号" | "Taking your number",
        issuing_next: "请稍候。" | "One moment, please.",
        give_up: "不要了，返回首页" | "No number, go home",
        issuing_crowded: "刚刚取号的人很多" | "Many numbers were taken just now",
        issuing_crowded_next: "请稍候，系统会自动为您取号，号码会显示在这里。" |
            "Please wait. Your number is taken automatically and will appear here.",
        issuing_late: "暂时连不上服务器" | "The server is not responding",
        issuing_late_next: "系统正在继续为您取号，接通后号码会显示在这里，不会重复取号。" |
            "We are still requesting your number. It will appear here, and only once.",
        issuing_late_else: "不便久等时，请直接到咨询台。" |
            "If you cannot wait, please go to the information desk.",
        your_number: "您的号码" | "Your number",
        ahead: "前面还有" | "People ahead",
        ahead_unit: "人" | "",
        follow: "手机扫码，随时查看进度" | "Scan to follow on your phone",
        printing: "正在打印小票" | "Printing your slip",
        take_slip: "请取走小票" | "Please take your slip",
        slip_maybe: "小票没有出来？请拍下号码和二维码，或补打。" |
            "No slip? Photograph the number and code, or print again.",
        slip_unknown: "小票可能没有打印出来" | "The slip may not have printed",
        slip_failed: "小票没有打印出来" | "The slip did not print",
        photograph: "请用手机拍下号码和二维码，凭号码办理。" |
            "Photograph the number and code. The number is all you need.",
        screen_only: "请用手机拍下号码和二维码" | "Photograph the number and code",
        screen_only_next: "本次不打印小票，凭号码办理。" | "No slip is printed. The number is all you need.",
        reprint: "补打小票" | "Print again",
        reprint_failed: "暂时不能补打" | "Cannot print now.",
        finish: "完成" | "Done",
        leaves_in: "{n} 秒后返回首页" | "Home in {n} s",
        still_here: "您还在吗？" | "Are you still here?",
        still_here_next: "{n} 秒后将清除本次操作并返回首页。" | "In {n} seconds your entries are cleared.",
        i_am_here: "我还在，继续" | "Continue",
        i_am_done: "结束" | "Finish",
        closed: "大厅现在不办公" | "The hall is closed",
        opens: "开始取号" | "Ticketing resumes",
        opens_unknown: "开放时间请见大厅公告。" | "See the notice for opening hours.",
        closed_else: "以下服务现在就能用：" | "What you can do here now:",
        telephone: "咨询电话 {n}" | "Information desk: {n}",
        line_closed: "{line} · 该业务暂停取号" | "{line}: no numbers now",
        line_closed_next: "请选择其他业务，或到咨询台询问。恢复后本页自动继续。" |
            "Choose another, or ask at the desk. This page continues when it opens again.",
        other_lines: "选择其他业务" | "Choose another",
        paper_out: "打印机缺纸" | "The printer is out of paper",
        cover_open: "打印机上盖未关" | "The printer cover is open",
        printer_offline: "打印机没有响应" | "The printer is not responding",
        printer_next: "工作人员会收到提示，恢复后本页自动继续。" |
            "Staff have been notified. This page continues when it prints again.",
        printer_still: "现在也可以取号：号码和二维码只显示在屏幕上，请用手机拍下。" |
            "You can still take a number. It is shown on the screen only: photograph it.",
        on_screen_only: "不打印，继续取号" | "Continue without a slip",
        no_server: "暂时连不上服务器" | "The server is not responding",
        no_server_next: "系统正在自动重新连接，接通后本页自动恢复。" |
            "Reconnecting automatically. This page returns by itself.",
        no_server_else: "急需办理，请直接到咨询台。" |
            "If it is urgent, please go to the information desk.",
        no_server_since: "{at} 起" | "since {at}",
        starting: "正在启动" | "Starting",
        starting_next: "请稍候。" | "One moment, please.",
        unknown: "这台终端还没有登记" | "This kiosk is not registered",
        unknown_next: "大厅里没有编号为“{id}”的自助终端。" | "The hall has no kiosk with the id “{id}”.",
        unknown_how: "安装人员：请在管理页（/admin）登记这台终端，或检查地址 /kiosk/ 后的编号。登记后本页自动启动。" |
            "Installer: register it in /admin, or check the id after /kiosk/ in the address. The page then starts by itself.",
        gone_matter: "这个事项已不再受理" | "This service is no longer offered",
        gone_matter_next: "请返回重新选择。" | "Please go back and choose again.",
        progress_title: "查进度" | "Check progress",
        progress_scan: "请将小票上的二维码对准扫码窗口" | "Hold the slip's code to the scanner",
        progress_phone: "没有扫码窗口？用手机扫描小票上的二维码，同样可以查看。" |
            "No scanner? Scan the slip with your phone to see the same page.",
        camera: "用手机上的二维码" | "Code on a phone",
        camera_hold: "请把手机屏幕上的二维码对准摄像头" | "Hold the code on your phone to the camera",
        camera_failed: "摄像头现在用不了，请用扫码窗口。" | "The camera cannot be used now. Please use the scanner.",
        progress_unread: "没有读到号票" | "No ticket found",
        progress_again: "请将小票平整地对准扫码窗口，再试一次。" | "Hold the slip flat to the scanner and try again.",
        progress_scan_again: "重新扫码" | "Scan again",
        progress_lost: "小票遗失？请到咨询台询问，或重新取号。" |
            "Lost your slip? Ask at the desk, or take a new number.",
        go_to: "请到 {counter}" | "Please go to {counter}",
        at_counter: "窗口：{counter}" | "Counter: {counter}",
    }
}

/// The texts in the page's language; reactive.
pub fn words() -> &'static KioskWords {
    KioskWords::of(lang().get())
}

/// The number of people waiting.
pub fn people_waiting(lang: Lang, waiting: u32) -> String {
    let words = KioskWords::of(lang);
    match waiting {
        0 => words.nobody_waiting.to_owned(),
        n => fill(words.waiting, &[("n", &n)]),
    }
}

pub fn priority_name(words: &KioskWords, class: Priority) -> &'static str {
    match class {
        Priority::None => words.priority_none,
        Priority::Elder => words.priority_elder,
        Priority::Honoured => words.priority_honoured,
        Priority::Disabled => words.priority_disabled,
        Priority::Pregnant => words.priority_pregnant,
        Priority::Ill => words.priority_ill,
    }
}
