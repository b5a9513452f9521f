//! The texts of the progress page, the plain pages and the front page.

use crate::words;

words! {
    pub ProgressWords {
        your_number: "您的号码" | "Your number",

        called_lead: "请到" | "Please go to",
        called_next: "正在叫您的号，请现在过去。" | "Your number is being called. Please go now.",
        serving_lead: "正在办理" | "Being served at",
        serving_next: "请把材料和证件交给窗口人员。" | "Please give your documents to the clerk.",
        hold_lead: "暂停办理，号码为您保留在" | "On hold; your place is kept at",
        hold_next: "备齐后回到这个窗口，不用重新取号。" |
            "Come back to this counter when you are ready. You do not need a new number.",
        finished: "服务已结束" | "Service ended",
        finished_next: "谢谢您的等候，请带好随身物品。" | "Thank you for waiting. Please take your belongings.",
        missed: "已过号" | "Your number was missed",
        missed_next: "请到咨询台或{counter}，说明即可恢复，不用重新取号。" |
            "Tell the information desk or {counter}, and your place is restored. You do not need a new number.",
        first_counter: "原窗口" | "the counter that called you",
        cancelled: "号码已取消" | "Your number was cancelled",
        cancelled_next: "如仍要办理，请重新取号。" | "If you still need the service, please take a new number.",
        at_counter: "窗口" | "the counter",

        matter: "办理事项" | "Matter",
        line: "排队队列" | "Line",
        so_far: "经过" | "So far",
        bring: "要带的材料" | "What to bring",
        bring_later: "（可以后补）" | " (may follow later)",
        telephone: "咨询电话" | "Enquiries",
        updated: "{time} 更新" | "Updated {time}",
        refresh: "刷新" | "Refresh",
        live: "页面会自动更新" | "This page updates automatically",
        stale: "连接中断，{time} 起未更新" | "Connection lost. Not updated since {time}",

        sound: "开启叫号提示音" | "Turn on sound for my call",
        sound_why: "浏览器要您点一下，才能发出声音。" | "Browsers make no sound before a touch.",
        sound_on: "叫到您时会响铃、振动，请保持本页打开。" |
            "It rings and vibrates when you are called. Keep this page open.",
        home_page: "首页" | "Home",
        give_back: "不办了，退号" | "Give the number back",

        not_found: "没有找到这个页面" | "Page not found",
        not_found_next: "请重新扫描小票上的二维码，或到咨询台询问。" |
            "Scan the code on your slip again, or ask at the information desk.",
        not_here: "还没有查到这个号" | "This number is not here yet",
        not_here_next: "如果您刚在自助终端取了号，请过一分钟再看，本页会自动刷新。否则请核对小票上的二维码，或到咨询台询问。" |
            "If you have just taken it at a kiosk, look again in a minute: this page does so by itself. Otherwise check the code on your slip, or ask at the information desk.",
        unavailable: "系统暂时不可用" | "The system is temporarily unavailable",
        unavailable_next: "请稍候再试，或到人工窗口、咨询台办理。您的号码不会丢失。" |
            "Please try again in a moment, or go to a counter or the information desk. Your number is not lost.",
        reference: "报修编号" | "Reference",
        try_again: "再试一次" | "Try again",

        jiban: "即办" | "Jiban",
        front_page_lead: "各页面入口" | "All pages",
        visitors: "办事群众" | "Visitors",
        guides_page: "办事指南" | "Guides",
        guides_about: "查材料、时限和流程" | "What to bring, how long it takes",
        apply_page: "网上申报" | "Apply online",
        apply_about: "在家先填好，来一次办成" | "Fill it in at home, and come once",
        booking_page: "预约办事" | "Book a visit",
        booking_about: "选好时间再来" | "Choose a time and come then",
        verify_page: "证照查验" | "Verify a document",
        verify_about: "核对证照真伪" | "Check whether it is genuine",
        kiosk: "自助终端" | "Kiosk",
        display: "叫号大屏" | "Display",
        display_about: "显示和播报叫号" | "Shows and announces calls",
        staff: "工作人员" | "Staff",
        counter_page: "窗口工作台" | "Counter",
        counter_about: "登录、叫号、办理" | "Sign in, call, serve",
        office_page: "审批" | "Office",
        office_about: "各部门审批办件、督办" | "Departments decide cases",
        admin_page: "管理" | "Admin",
        admin_about: "设置大厅，查看运行" | "Set up and watch the hall",
    }
}
