//! What the kiosk's pages of bookings say.

crate::words! {
    pub KioskBookingWords {
        title: "预约" | "Bookings",
        lead: "有预约的，请扫预约二维码，或在这里报到。" | "If you have a booking, scan its code or check in here.",
        check_in: "报到取号" | "Check in",
        book: "预约办事" | "Book a visit",
        choose_line: "要预约哪项业务？" | "What would you like to book?",
        type_title: "预约报到" | "Check in",
        type_hint: "请输入预约码、证件号码或预约时的电话" | "Enter your booking code, ID number or telephone",
        typed: "预约码、证件号码或电话" | "Code, ID number or telephone",
        go: "报到" | "Check in",
        late_title: "已过预约时间" | "You are late for your booking",
        late: "预约的是 {when}，号码已取好，按现场取号的顺序等候。" |
            "It was for {when}. You have a number now, and wait like everyone.",
        show_number: "看我的号码" | "Show my number",
        working: "请稍候" | "One moment, please",
        choose_time: "请选择时间" | "Choose a time",
        none: "近日已经约满，可直接取号办理。" | "Fully booked for the next days. You can take a number instead.",
        left: "余 {n}" | "{n} left",
        full: "约满" | "full",
        your_number: "请输入证件号码" | "Enter your ID number",
        number_hint: "也可把身份证放在读卡器上。来办事时请带此证件。" |
            "Or lay your ID card on the reader. Bring it when you come.",
        number: "证件号码" | "ID number",
        your_telephone: "请输入联系电话" | "Enter your telephone number",
        telephone_hint: "大厅有变动时，按此号码联系您。" | "We call it if something changes.",
        telephone: "联系电话" | "Telephone",
        write_name: "写上姓名（可不写）" | "Add your name (optional)",
        your_name: "请写上姓名" | "Write your name",
        name_hint: "输入拼音选字。没有的字，可选两个部分合成，如 王、月 合成 玥，或按编码输入。" |
            "Type pinyin and choose. Not there? Choose two parts and join them, as 王 and 月 for 玥, or type its number.",
        candidates: "选一个字" | "Choose a character",
        join: "末两字合成" | "Join last two",
        by_number: "按编码" | "By number",
        by_letters: "按拼音" | "By letters",
        name_done: "写好了" | "Done",
        name: "姓名" | "Name",
        next: "下一步" | "Next",
        confirm: "确认预约" | "Book",
        booked: "预约成功" | "You are booked",
        code: "预约码" | "Booking code",
        scan: "扫码保存到手机，可改约、取消" | "Scan to keep it on your phone, to move or cancel it",
        scan_name: "预约页面的二维码" | "QR code of the booking's page",
    }
}
