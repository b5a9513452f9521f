//! What the director reads, but for the names of what is set up: those stand
//! beside the fields in [`forms`](super::forms).

use jiban_domain::Lang;

use crate::words;

/// A few words in both languages, for tables that are constants themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Both(
    /// Chinese.
    pub &'static str,
    /// English.
    pub &'static str,
);

impl Both {
    /// The words in one language.
    pub const fn get(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.0,
            Lang::En => self.1,
        }
    }
}

words! {
    /// The frame around the admin's pages, and what they say of saving.
    pub Admin {
        title: "大厅管理" | "Hall admin",
        sign_in: "登录" | "Sign in",
        sign_in_lead: "请用管理员或督办人员的账号登录。" | "For administrators and supervisors.",
        sign_out: "退出登录" | "Sign out",
        signed_in_as: "管理员" | "Administrator",
        other_language: "English" | "中文",
        choose_hall: "大厅" | "Hall",
        nav_hall: "本厅设置" | "This hall",
        nav_all: "全部设置" | "All halls",
        stale: "连接已断开，画面停在 {time}，正在重连。" | "No connection. This is how it was at {time}; trying again.",
        unsaved: "有未保存的更改" | "Changes are not saved yet",
        unsaved_since: "正在修改第 {version} 版" | "Editing version {version}",
        unsaved_elsewhere: "有未保存的更改，退出前请先保存或放弃。" | "Changes are not saved yet: save or discard them before you sign out.",
        save: "保存更改" | "Save changes",
        saving: "正在保存" | "Saving",
        discard: "放弃更改" | "Discard changes",
        saved: "已保存，现为第 {version} 版。" | "Saved as version {version}.",
        imported: "已导入，现为第 {version} 版。" | "Imported as version {version}.",
        faults: "有 {count} 处需要更正，原设置未改变：" | "{count} places to correct; nothing was changed:",
        conflict: "其他人已保存了第 {version} 版，您的更改基于第 {mine} 版，尚未保存。" | "Someone else saved version {version}. Your changes were made on version {mine} and are not saved.",
        load_new: "载入第 {version} 版" | "Load version {version}",
        sure: "再按一次确认" | "Press again to confirm",
        wanted_clock: "应为 24 小时制的时刻，如 08:30" | "wanted a time of day such as 08:30",
        wanted_day: "请选择日期" | "choose a day",
    }
}

words! {
    /// The page "now".
    pub NowWords {
        waiting_for_first: "正在读取大厅现况" | "Reading how the hall is",
        open: "营业中" | "Open",
        closed: "已停止取号" | "Closed",
        business_day: "业务日 {day}" | "Business day {day}",
        needs_care: "需要处理" | "Needs care",
        all_well: "终端、队列均正常，没有需要处理的事。" | "Kiosks and lines are well; nothing needs care.",
        today: "今日" | "Today",
        issued: "取号" | "Taken",
        waiting: "等候" | "Waiting",
        in_hand: "办理中" | "In hand",
        finished: "办结" | "Finished",
        missed: "过号" | "Missed",
        cancelled: "取消" | "Cancelled",
        mean_wait: "平均等候" | "Mean wait",
        mean_service: "平均办理" | "Mean service",
        minutes: "分钟" | "min",
        none_yet: "尚无" | "none yet",
        lines: "队列" | "Lines",
        line: "队列" | "Line",
        first_waits: "最久已等" | "Longest wait",
        counters_open: "开放窗口" | "Counters open",
        wait: "现在取号约等" | "Wait from now",
        nobody: "无人等候" | "nobody",
        no_counter: "无开放窗口" | "no counter open",
        wait_range: "{low}–{high} 分钟" | "{low}–{high} min",
        counters: "窗口" | "Counters",
        counter: "窗口" | "Counter",
        clerk: "窗口人员" | "Clerk",
        state: "状态" | "State",
        since: "已持续" | "For",
        done_today: "今日办结" | "Finished",
        tidal: "潮汐" | "tidal",
        not_open: "未开放" | "not open",
        idle: "空闲" | "free",
        kiosks: "自助终端" | "Kiosks",
        kiosk: "终端" | "Kiosk",
        heard: "最近心跳" | "Last heard",
        never_heard: "启动后未连接" | "not since the start",
        just_now: "刚刚" | "just now",
        ago: "{time}前" | "{time} ago",
        printer: "打印机" | "Printer",
        slips: "存疑小票" | "Doubtful slips",
        printer_none: "仅屏幕显示" | "screen only",
        printer_browser: "浏览器打印" | "by the browser",
        printer_ready: "正常" | "ready",
        printer_low: "纸将用完" | "paper low",
        printer_out: "缺纸" | "paper out",
        printer_cover: "上盖打开" | "cover open",
        printer_offline: "无应答" | "does not answer",
        ill_line: "{line}：{count} 人等候，没有开放的窗口" | "{line}: {count} waiting and no counter open",
        ill_line_next: "请安排窗口人员登录" | "Ask a clerk to sign in",
        ill_silent: "{kiosk}：{time}没有心跳" | "{kiosk}: not heard for {time}",
        ill_never: "{kiosk}：系统启动后一直未连接" | "{kiosk}: not heard since the start",
        ill_silent_next: "请检查终端的电源和网络" | "Check its power and network",
        ill_printer: "{kiosk}：打印机{state}" | "{kiosk}: printer {state}",
        ill_paper_next: "请更换纸卷" | "Put in a new roll",
        ill_cover_next: "请合上打印机上盖" | "Close the printer's cover",
        ill_offline_next: "请检查打印机的电源和网线" | "Check the printer's power and cable",
        ill_slips: "{kiosk}：今日 {count} 张小票未确认打出" | "{kiosk}: {count} slips today not known to have come out",
        ill_slips_next: "请查看出纸口" | "Look at its paper slot",
        hours_minutes: "{hours} 小时 {minutes} 分" | "{hours} h {minutes} min",
        only_minutes: "{minutes} 分钟" | "{minutes} min",
        only_seconds: "{seconds} 秒" | "{seconds} s",
    }
}

words! {
    /// The pages where the halls are set up.
    pub SetupWords {
        add: "新增{one}" | "Add {one}",
        up: "上移" | "Move up",
        down: "下移" | "Move down",
        remove: "删除" | "Remove",
        unnamed: "（未命名）" | "(no name)",
        none_yet: "还没有{one}。" | "There is no {one} yet.",
        zh: "中文" | "Chinese",
        en: "英文" | "English",
        all_halls: "全部大厅" | "all halls",
        top_hall: "无（最上级）" | "none (the top)",
        own_department: "事项所属部门" | "the matter's own",
        choose: "请选择" | "Choose",
        more: "更多" | "More",
        closed_line: "已停止取号" | "closed",
        always: "全天开放（24 小时取号）" | "Always open (numbers day and night)",
        week: "每周取号时段" | "Periods by weekday",
        week_hint: "没有时段的日子不取号；24:00 表示当天结束。" | "A day without a period is closed; 24:00 is the end of the day.",
        add_period: "添加时段" | "Add a period",
        from: "起" | "From",
        to: "止" | "To",
        day_closed: "不取号" | "closed",
        copy_monday: "周二至周五同周一" | "Tuesday to Friday as Monday",
        closed_days: "停办日期" | "Closed days",
        closed_days_hint: "节假日等，当天全天不取号。" | "Holidays: no numbers all day.",
        add_day: "添加日期" | "Add a day",
        day: "日期" | "Day",
        password_of: "设置密码" | "Set a password",
        password_hint: "至少 8 位。设置后，此人已登录的页面会退出。" | "At least 8 characters. Pages where this person is signed in end.",
        password_new: "新密码" | "New password",
        password_again: "再输入一次" | "Once more",
        password_short: "密码至少 8 位。" | "At least 8 characters are wanted.",
        password_differs: "两次输入不一致。" | "The two do not agree.",
        password_done: "已设置 {name} 的新密码。" | "{name} has a new password.",
        password_later: "保存更改后，才能为新增人员设置密码。" | "Save the changes first; then this person can be given a password.",
        export_lead: "下载现行设置（已保存的版本），可留作备份，或修改后再导入。" | "Download what is in force (as saved), to keep it, or to change and import it.",
        export: "下载大厅文件" | "Download the hall file",
        export_title: "导出" | "Export",
        import_title: "导入" | "Import",
        import_lead: "选择大厅文件，或把内容粘贴在下面。导入会替换全部设置；文件有误时什么都不改变，并列出每一处错误。" | "Choose a hall file, or paste its text below. It replaces the whole setup; a bad file changes nothing and every fault is listed.",
        choose_file: "选择文件（.toml）" | "Choose a file (.toml)",
        file_text: "文件内容" | "Text of the file",
        import: "导入并替换现行设置" | "Import and replace the setup",
        import_unsaved: "导入会丢掉尚未保存的更改。" | "Importing drops the changes that are not saved.",
        unreadable: "无法读取这个文件。" | "This file cannot be read.",
        calendar_title: "工作日历" | "Calendar of working days",
        calendar_lead: "期限按工作日计算。国务院办公厅公布次年放假安排后，在此导入。" | "Deadlines are counted in working days. Import the next year here when its notice of holidays is published.",
        calendar_year: "年份" | "Year",
        calendar_holidays: "放假（天）" | "Days off",
        calendar_workdays: "调休上班（天）" | "Weekend days worked",
        calendar_choose: "选择日历文件（.toml）" | "Choose a calendar file (.toml)",
        calendar_taken: "已导入，现有 {years} 年。重算了 {n} 个期限。" | "Imported. Known now: {years}. {n} deadlines were counted anew.",
        calendar_beyond: "{year} 年以后的期限为暂定，导入该年后自动重算。" | "Deadlines after {year} are provisional until that year is imported.",
    }
}
