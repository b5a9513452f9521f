//! The words of a case's page.

use crate::words;

words! {
    /// What the page of a case says.
    pub CaseWords {
        your_case: "办件编号" | "Your case",
        grouped_case: "办件" | "Case",

        checking: "正在核对材料" | "Papers are being checked",
        checking_next: "窗口人员正在核对您的材料。" | "The clerk is checking your papers.",
        lacking: "还缺 {n} 样材料" | "{n} papers are missing",
        lacking_one: "还缺 1 样材料" | "One paper is missing",
        lacking_next: "补齐后才能受理。可以在下面拍照上传，也可以带到大厅任一窗口。" |
            "The case is accepted once they are here. Send photographs below, or bring them to any counter.",
        decided_by: "最迟办结" | "Decided by",
        left: "还有 {n} 个工作日" | "{n} working days left",
        left_one: "还有 1 个工作日" | "One working day left",
        today: "今天办结" | "Due today",
        late: "已超过期限 {n} 个工作日" | "{n} working days late",
        late_next: "超过了承诺的期限。您可以打下面的电话询问或投诉。" |
            "The promised day has passed. You may ask or complain by the telephone below.",
        with: "{department}正在办理。" | "{department} is working on it.",
        asked_next: "部门要求补充材料，见下面。" | "A department asks for more, see below.",
        deferred_next: "请在期限前补交下面的材料，可以拍照上传。" |
            "Please supply what is listed below in time. A photograph will do.",
        paused: "暂停计时" | "The clock is stopped",
        paused_next: "{ground}期间不计入办理时限，结束后继续。" |
            "The time of the {ground} does not count. It goes on afterwards.",
        provisional: "暂定" | "provisional",
        provisional_why: "该年节假日安排公布后会重新计算" |
            "counted again when that year's holidays are published",
        code: "取件码" | "Pick-up code",
        ready_next: "请到{place}，凭取件码或身份证件领取。" |
            "Please go to {place} with this code or your identity card.",
        delivered: "已领取" | "In your hands",
        posted: "已寄出" | "Posted",
        posted_next: "{carrier} {number}" | "{carrier} {number}",
        delivered_next: "办结了。谢谢您。" | "All done. Thank you.",
        rejected: "不予许可" | "Not granted",
        declined: "不予受理" | "Not accepted",
        withdrawn: "已撤回" | "Withdrawn",
        ended: "已终止" | "Ended",
        refused_next: "理由和救济途径见下面。" | "The reasons and the ways to appeal are below.",
        ended_next: "如仍要办理，请重新申请。" | "If you still need it, please apply again.",

        matter: "办理事项" | "Matter",
        applicant: "申请人" | "Applicant",
        accepted: "受理日期" | "Accepted",

        not_counted: "不计时限" | "Not counted",

        missing: "还缺的材料" | "What is missing",
        until: "{day} 前" | "by {day}",
        choose: "拍照或选择文件" | "Take or choose a photograph",
        send: "上传" | "Send",
        sending: "正在上传…" | "Sending…",
        bring: "请带到大厅任一窗口" | "Please bring it to any counter",
        kinds: "JPEG、PNG 或 PDF，最大 10 MB" | "JPEG, PNG or PDF, up to 10 MB",
        supplied: "收到了。工作人员会核对。" | "Received. It will be checked.",
        not_supplied: "没有传成，请再试一次。" | "It did not arrive. Please try again.",

        way: "办理过程" | "The way it goes",
        step_done: "已完成" | "done",
        step_now: "办理中" | "now",
        step_to_come: "待办" | "to come",
        step_asked: "等待补正" | "waits for papers",
        step_paused: "暂停计时" | "clock stopped",
        step_rejected: "不予许可" | "not granted",
        step_skipped: "未进行" | "not done",

        refused: "为什么" | "Why",
        appeal: "如果不服" | "If you disagree",

        documents: "结果文件" | "Documents",
        check: "查验真伪" | "Check it",
        revoked: "已撤销" | "revoked",

        others: "同一次的其他办件" | "Other cases of this visit",
        visit: "排队记录" | "Your visit",
        ticket_leads: "您的办件" | "Your case",
    }
}
