//! The texts of the guides.

use crate::words;

words! {
    pub GuideWords {
        title: "办事指南" | "Guides",
        search: "查找" | "Search",
        search_hint: "事项名称或拼音，如 食品、shipin、sp" | "Name or pinyin: food, shipin, sp",
        by_event: "主题" | "Topics",
        by_department: "部门" | "Departments",
        by_line: "业务" | "Lines",
        all: "全部" | "All",
        all_of: "全部事项" | "All services",
        found: "找到 {n} 项" | "{n} found",
        found_one: "找到 1 项" | "1 found",
        none: "没有找到这样的事项" | "Nothing found",
        none_next: "请换一个说法，或打咨询电话询问。" | "Try another word, or call the information desk.",
        other_halls: "其他大厅" | "Other halls",

        bundle: "一件事" | "one application",
        self_service: "可自助办理" | "self-service",
        at_once: "当场办结" | "on the spot",
        days: "{n} 个工作日" | "{n} working days",
        day: "1 个工作日" | "1 working day",

        print: "打印" | "Print",
        back: "全部指南" | "All guides",
        promised: "承诺时限" | "Promised time",
        statutory: "法定时限" | "Statutory limit",
        fee: "收费" | "Fee",
        visits: "到现场" | "Visits to the hall",
        visits_n: "{n} 次" | "{n}",
        visits_none: "不用到现场" | "none",
        line: "取号队列" | "Line",
        waiting_now: "现在等候" | "Waiting now",
        people: "{n} 人" | "{n}",
        result: "办理结果" | "Result",

        book: "预约时间" | "Book a time",
        materials: "要带的材料" | "What to bring",
        no_materials: "不需要带材料" | "Nothing to bring",
        deferrable: "可后补" | "may follow later",
        from: "由{source}出具" | "from {source}",
        needed_when: "{when}时需要" | "when {when}",
        steps: "办理步骤" | "Steps",
        within: "{n} 个工作日内" | "within {n} working days",
        parts: "包含的事项" | "Included services",
        after: "须等{matter}办完" | "after {matter}",
        side_by_side: "同时办理" | "in parallel",
        part_of: "也可以一起办" | "Can be combined with",

        conditions: "受理条件" | "Conditions",
        basis: "法律依据" | "Legal basis",
        handling: "办件类型" | "Type",
        immediate: "即办件" | "decided on the spot",
        promised_kind: "承诺件" | "decided within a promised time",
        questions: "咨询电话" | "Enquiries",
        complaints: "投诉电话" | "Complaints",
        code: "实施编码" | "Code",
        note: "说明" | "Notes",
        online: "手机查看" | "On your phone",
    }
}
