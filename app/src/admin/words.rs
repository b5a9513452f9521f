//! The texts of the admin page. The labels of the setup's fields are in
//! [`forms`](super::forms).

use jiban_domain::Lang;

use crate::words;

/// A label in both languages, for constant tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bilingual(
    /// Chinese.
    pub &'static str,
    /// English.
    pub &'static str,
);

impl Bilingual {
    pub const fn get(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.0,
            Lang::En => self.1,
        }
    }
}

words! {
    /// The texts around all admin pages, and those about saving.
    pub AdminWords {
        title: "大厅管理" | "Hall admin",
        sign_in: "登录" | "Sign in",
        sign_in_lead: "请用管理员或督办人员的账号登录。" | "For administrators and supervisors.",
        sign_out: "退出登录" | "Sign out",
        other_language: "English" | "中文",
        choose_hall: "大厅" | "Hall",
        nav_this_hall: "本厅设置" | "This hall",
        nav_all_halls: "全部设置" | "All halls",
        stale: "连接中断，自 {time} 起未更新。正在自动重连。" | "Connection lost; last updated at {time}. Reconnecting automatically.",
        unsaved: "有未保存的更改" | "Unsaved changes",
        unsaved_since: "正在修改第 {version} 版" | "Editing version {version}",
        unsaved_sign_out: "有未保存的更改，退出前请先保存或放弃。" | "There are unsaved changes. Save or discard them before you sign out.",
        save: "保存更改" | "Save changes",
        saving: "正在保存" | "Saving…",
        discard: "放弃更改" | "Discard changes",
        saved: "已保存，现为第 {version} 版。" | "Saved as version {version}.",
        imported: "已导入，现为第 {version} 版。" | "Imported as version {version}.",
        faults: "有 {count} 处需要更正，原设置未改变：" | "{count} entries need correction. Nothing was saved:",
        conflict: "您载入设置后，其他人已保存了第 {version} 版，因此您的更改（基于第 {base} 版）没有保存。" | "The setup changed since you loaded it, so nothing was saved. Version {version} is now in force; your changes are based on version {base}.",
        load_latest: "载入第 {version} 版" | "Load version {version}",
        sure: "再按一次确认" | "Press again to confirm",
        invalid_time: "应为 24 小时制的时刻，如 08:30" | "Enter a time of day such as 08:30.",
    }
}

words! {
    /// The texts of the overview.
    pub OverviewWords {
        loading: "正在读取大厅现况" | "Loading the overview…",
        open: "服务中" | "Open",
        closed: "已停止取号" | "Closed",
        business_day: "业务日 {day}" | "Business day {day}",
        alerts: "需要处理" | "Needs attention",
        all_well: "终端、队列均正常，没有需要处理的事。" | "All kiosks and lines are working; nothing needs attention.",
        today: "今日" | "Today",
        issued: "取号" | "Tickets taken",
        waiting: "等候" | "Waiting",
        in_hand: "办理中" | "Being served",
        finished: "结束服务" | "Served",
        missed: "过号" | "Missed",
        cancelled: "取消" | "Cancelled",
        mean_wait: "平均等候" | "Mean wait",
        mean_service: "平均办理" | "Mean service time",
        minutes: "分钟" | "min",
        lines: "队列" | "Lines",
        line: "队列" | "Line",
        longest_wait: "最久已等" | "Longest wait",
        counters_open: "开放窗口" | "Open counters",
        wait_now: "预计等候" | "Wait",
        nobody: "无人等候" | "nobody waiting",
        counters: "窗口" | "Counters",
        counter: "窗口" | "Counter",
        clerk: "窗口人员" | "Clerk",
        state: "状态" | "State",
        since: "已持续" | "For",
        done_today: "今日服务" | "Served today",
        peak_time: "潮汐" | "peak-time",
        not_open: "未开放" | "closed",
        idle: "空闲" | "free",
        kiosks: "自助终端" | "Kiosks",
        kiosk: "终端" | "Kiosk",
        last_seen: "最近连接" | "Last seen",
        never_seen: "启动后未连接" | "not since the server started",
        just_now: "刚刚" | "just now",
        ago: "{time}前" | "{time} ago",
        printer: "打印机" | "Printer",
        slips: "未确认小票" | "Unconfirmed slips",
        printer_none: "仅屏幕显示" | "screen only",
        printer_browser: "浏览器打印" | "browser",
        printer_ready: "正常" | "ready",
        printer_low: "纸将用完" | "paper low",
        printer_out: "缺纸" | "paper out",
        printer_cover: "上盖打开" | "cover open",
        printer_unknown: "照常打印，状态未知" | "prints; tells no state",
        printer_offline: "无应答" | "not responding",
        alert_line: "{line}：{count} 人等候，没有开放的窗口" | "{line}: {count} waiting, no open counter",
        alert_line_advice: "请安排窗口人员登录" | "Have a clerk sign in at a counter",
        alert_offline: "{kiosk}：已断开 {time}" | "{kiosk}: offline for {time}",
        alert_never: "{kiosk}：系统启动后一直未连接" | "{kiosk}: not connected since the server started",
        alert_offline_advice: "请检查终端的电源和网络" | "Check the kiosk's power and network",
        alert_printer: "{kiosk}：打印机{state}" | "{kiosk}: printer {state}",
        alert_paper_advice: "请更换纸卷" | "Replace the paper roll",
        alert_cover_advice: "请合上打印机上盖" | "Close the printer's cover",
        alert_printer_offline_advice: "请检查打印机的电源和网线" | "Check the printer's power and cable",
        alert_slips: "{kiosk}：今日 {count} 张小票未确认打出" | "{kiosk}: {count} slips today without confirmation from the printer",
        alert_slips_advice: "请查看出纸口" | "Check the paper outlet",
        alert_set_aside: "启动时有 {count} 条登录或小票记录无法读取，已搁置" | "Records of sessions or slips that could not be read at the start and were set aside: {count}",
        alert_set_aside_advice: "请让运维人员运行 jiban check" | "Ask the operator to run \"jiban check\"",
        clock_title: "服务器时间需要核对" | "The server's clock needs a look",
        clock_jumped: "服务器时间显示 {machine}，但按不间断的计时应为 {hall}。" | "The server's clock says {machine}, but by an uninterrupted count it is {hall}.",
        clock_at_start: "启动时服务器时间显示 {machine}，而最后一条记录在 {last}。" | "The server started with its clock at {machine}, but the last event was at {last}.",
        clock_waits: "核对之前照常取号、叫号；不会因时间取消号票、判定逾期或失信、删除个人信息。" | "Numbers are given and called as usual. Until this is settled, time alone cancels no ticket, breaks no promise, decides no case and erases nothing.",
        clock_no_cases: "日期不明，办件暂不能受理和决定。" | "Nobody knows the date, so cases cannot be opened, accepted or decided.",
        clock_advice: "时间有误：请在服务器上校准，大厅随即自动恢复。时间无误（例如大厅停用了几个月）：请确认。" | "If it is wrong, set the clock on the server, and the hall goes on by itself. If it is right (for example, the hall was closed for months), confirm it.",
        clock_accept: "服务器时间正确" | "The server's clock is right",
        clock_confirm: "大厅将改用 {machine}。过期的号票、期限和个人信息会立即按这个时间处理，不能撤销。" | "The hall will go by {machine}. Tickets, deadlines and personal data that are due by then are dealt with at once. This cannot be undone.",
        hours_minutes: "{hours} 小时 {minutes} 分" | "{hours} h {minutes} min",
        only_minutes: "{minutes} 分钟" | "{minutes} min",
        only_seconds: "{seconds} 秒" | "{seconds} s",
    }
}

words! {
    /// The texts of the setup pages.
    pub SetupWords {
        add: "新增{item}" | "Add {item}",
        up: "上移" | "Move up",
        down: "下移" | "Move down",
        remove: "删除" | "Remove",
        unnamed: "（未命名）" | "(no name)",
        none_yet: "还没有{item}。" | "There is no {item} yet.",
        zh: "中文" | "Chinese",
        en: "英文" | "English",
        top_hall: "无（最上级）" | "none (top level)",
        no_line: "无（请到咨询台）" | "none (the information desk)",
        own_department: "事项所属部门" | "that of the matter",
        choose: "请选择" | "Choose",
        more: "更多" | "More",
        closed_line: "暂停取号" | "paused",
        always: "全天开放（24 小时取号）" | "Open day and night",
        own_hours: "有自己的时间" | "Has hours of its own",
        follows_calendar: "按国家节假日和调休" | "Follows the State's holidays and make-up days",
        follows_calendar_hint: "法定节假日不开放；调休上班的周六按周五、周日按周一的时段" |
            "Closed on public holidays; a Saturday that is worked is like Friday, a Sunday like Monday",
        week: "每周时段" | "Weekly hours",
        week_hint: "没有时段的日子不取号；24:00 表示当天结束。" | "Days without a period are closed. 24:00 is the end of the day.",
        add_period: "添加时段" | "Add a period",
        from: "起" | "From",
        to: "止" | "To",
        day_closed: "不取号" | "closed",
        copy_monday: "周二至周五同周一" | "Copy Monday to Tuesday–Friday",
        closed_days: "停办日期" | "Closed days",
        closed_days_hint: "节假日等，当天全天不取号。" | "Holidays and other days without service.",
        add_day: "添加日期" | "Add a day",
        day: "日期" | "Day",
        password_of: "设置密码" | "Set a password",
        password_hint: "至少 8 位。设置后，此人已登录的页面会退出。" | "At least 8 characters. This person will be signed out everywhere.",
        password_new: "新密码" | "New password",
        password_again: "再输入一次" | "Repeat password",
        password_short: "密码至少 8 位。" | "The password must have at least 8 characters.",
        password_differs: "两次输入不一致。" | "The passwords do not match.",
        password_done: "已设置 {name} 的新密码。" | "The new password of {name} is set.",
        password_later: "保存更改后，才能为新增人员设置密码。" | "Save the changes before you set a password for a new person.",
        export_lead: "下载现行设置（已保存的版本），可留作备份，或修改后再导入。" | "Download the saved setup as a backup, or to edit and import it.",
        export: "下载大厅文件" | "Download the hall file",
        export_title: "导出" | "Export",
        import_title: "导入" | "Import",
        import_lead: "选择大厅文件，或把内容粘贴在下面。导入会替换全部设置；文件有误时什么都不改变，并列出每一处错误。" | "Choose a hall file or paste its text below. It replaces the whole setup. If the file has faults, they are all listed and nothing is changed.",
        choose_file: "选择大厅文件" | "Choose a hall file",
        file_text: "文件内容" | "File content",
        import: "导入并替换现行设置" | "Import and replace the setup",
        import_unsaved: "导入会丢掉尚未保存的更改。" | "Importing discards your unsaved changes.",
        unreadable: "无法读取这个文件。" | "This file cannot be read.",
        calendar_title: "工作日历" | "Calendar of working days",
        calendar_lead: "期限按工作日计算。国务院办公厅公布次年放假安排后，在此导入。" | "Deadlines are counted in working days. Import the next year here once its public holidays are announced.",
        calendar_year: "年份" | "Year",
        calendar_holidays: "放假（天）" | "Days off",
        calendar_workdays: "调休上班（天）" | "Weekend working days",
        calendar_choose: "选择日历文件" | "Choose a calendar file",
        calendar_imported: "已导入，现有 {years} 年。重算了 {n} 个期限。" | "Imported. Years available: {years}. Deadlines recalculated: {n}.",
        calendar_beyond: "{year} 年以后的期限为暂定，导入该年后自动重算。" | "Deadlines after {year} are provisional until that year is imported.",
    }
}
