//! What the counter's pages of bookings say.

crate::words! {
    pub BookingsWords {
        key: "预约 · 还有 {n} 人未到" | "Bookings: {n} still to come",
        title: "今日预约" | "Today's bookings",
        none: "本窗口的队列今天没有预约" | "No bookings today for this counter's lines",
        loading: "正在读取" | "Loading…",
        expected: "未到" | "expected",
        arrived: "已报到 {number}" | "arrived: {number}",
        was_here: "已办完" | "served",
        late: "迟到" | "late",
        not_come: "超时未到" | "did not come",
        check_in: "报到取号" | "Check in",
        cancel: "取消预约" | "Cancel",
        really_cancel: "确定取消" | "Really cancel",
        reveal: "显示电话" | "Show telephone",
        checked_in: "已报到，号码 {number}。" | "Checked in: {number}.",
        checked_in_late: "已报到，号码 {number}，按现场取号排队。" | "Checked in late: {number}, waiting like everyone.",
        concerned: "大厅有变动，请联系改约" | "The hall has changed: call them to move",
        new_booking: "代办预约" | "Book for a visitor",
        close: "关闭" | "Close",
        matter: "事项" | "Service",
        choose: "请选择" | "Choose",
        time: "时间" | "Time",
        name: "姓名" | "Name",
        number: "证件号码" | "Number of the document",
        telephone: "联系电话" | "Telephone",
        book: "确认预约" | "Book",
        booked: "已预约 {when}，预约码 {code}" | "Booked for {when}, code {code}",
        slot_free: "{slot}（余 {n}）" | "{slot} ({n} left)",
        back: "返回列表" | "Back to the list",
    }
}
