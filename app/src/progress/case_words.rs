//! The texts of a case's page.

use crate::words;

words! {
    pub CaseWords {
        your_case: "办件编号" | "Your case",
        grouped_case: "办件" | "Case",

        checking: "正在核对材料" | "Your documents are being checked",
        checking_next: "窗口人员正在核对您的材料。" | "The clerk is checking your documents.",
        lacking: "还缺 {n} 样材料" | "{n} documents are missing",
        lacking_one: "还缺 1 样材料" | "One document is missing",
        lacking_next: "补齐后才能受理。可以在下面拍照上传，也可以带到大厅任一窗口。" |
            "The case is accepted once they arrive. Send photos below, or bring them to any counter.",
        lacking_bring: "补齐后才能受理。请带到大厅任一窗口。" |
            "The case is accepted once they arrive. Please bring them to any counter.",
        decided_by: "最迟办结" | "Decision due",
        left: "还有 {n} 个工作日" | "{n} working days left",
        left_one: "还有 1 个工作日" | "One working day left",
        today: "今天办结" | "Due today",
        late: "已超过期限 {n} 个工作日" | "{n} working days late",
        late_next: "超过了承诺的期限。您可以打电话 {telephone} 询问或投诉。" |
            "The promised date has passed. Call {telephone} to enquire or complain.",
        late_ask: "超过了承诺的期限。您可以到咨询台询问或投诉。" |
            "The promised date has passed. Ask or complain at the information desk.",
        with: "{department}正在办理。" | "{department} is working on it.",
        asked: "需要补正 {n} 样材料" | "{n} more documents are needed",
        asked_one: "需要补正 1 样材料" | "One more document is needed",
        asked_clock: "补齐前，办理期限暂停计算" | "The deadline is suspended until they arrive",
        asked_next: "请补交下面的材料：可以拍照上传，也可以带到大厅任一窗口。收齐后继续办理。" |
            "Please send the documents listed below: upload photos, or bring them to any counter. Work then continues.",
        asked_bring: "请把下面的材料带到大厅任一窗口。收齐后继续办理。" |
            "Please bring the documents listed below to any counter. Work then continues.",
        asked_list: "需要补正的材料" | "Documents needed",
        asked_by: "{department}的要求" | "Asked for by {department}",
        deferred_next: "请在期限前补交下面的材料，可以拍照上传。" |
            "Please send the documents listed below in time. A photo is enough.",
        deferred_bring: "请在期限前把下面的材料带到大厅任一窗口。" |
            "Please bring the documents listed below to any counter in time.",
        paused: "暂停计时" | "Deadline suspended",
        paused_next: "{ground}期间不计入办理时限，结束后继续。" |
            "The time for the {ground} does not count. The deadline continues afterwards.",
        provisional: "暂定" | "provisional",
        provisional_why: "该年节假日安排公布后会重新计算" | "recalculated when that year's holidays are published",
        code: "取件码" | "Pick-up code",
        ready_next: "请到{place}，带身份证件并报取件码。" | "Please go to {place} with your ID card and this code.",
        ready_main: "可以领取" | "Ready to collect",
        ready_without_code: "请带身份证件到{place}。取件码在回执二维码打开的页面上；没有取件码的，窗口拍摄身份证件后交付。" | "Please bring your ID card to {place}. The code on your receipt opens the page with the pick-up code; without it, your ID card is photographed there.",
        delivered: "已领取" | "Collected",
        posted: "已寄出" | "Posted",
        posted_next: "{carrier} {number}" | "{carrier} {number}",
        delivered_next: "您的办件已办结，感谢配合" | "Your case is complete. Thank you.",
        rejected: "不予许可" | "Not approved",
        declined: "不予受理" | "Not accepted",
        withdrawn: "已撤回" | "Withdrawn",
        ended: "已终止" | "Ended",
        refused_next: "理由和救济途径见下面。" | "The reasons and how to appeal are below.",
        refused_elsewhere: "理由写在送达的文书上，扫描回执上的二维码也能看到。救济途径见下面。" |
            "The reasons are on the notice, and on the page that the receipt's code opens. How to appeal is below.",
        ended_next: "如仍要办理，请重新申请。" | "If you still need it, please apply again.",

        matter: "办理事项" | "Matter",
        applicant: "申请人" | "Applicant",
        accepted: "受理日期" | "Accepted",

        not_counted: "不计时限" | "Not counted",

        missing: "还缺的材料" | "Still missing",
        until: "{day} 前" | "by {day}",
        photograph: "拍照" | "Take a photo",
        choose: "从相册或文件中选择" | "Choose photos or files",
        send: "上传" | "Upload",
        sending: "正在上传…" | "Uploading…",
        shrinking: "正在缩小照片…" | "Making the photo smaller…",
        received: "已收到" | "received",
        too_large: "超过 10 MB，没有上传。照片请截屏后上传截屏；PDF 请分成几份上传。" |
            "Larger than 10 MB, so it was not sent. Take a screenshot of a photo and send that. Split a PDF into parts.",
        sent: "已上传的材料" | "What you sent",
        add_more: "另一面、其他页可以接着加。" | "Add the other side or further pages here.",
        not_readable: "看不清" | "not readable",
        unreadable: "上次传的看不清，请重新拍照上传。" | "What you sent could not be read. Please send it again.",
        unreadable_why: "上次传的看不清，请重新拍照上传：{note}" | "What you sent could not be read. Please send it again: {note}",
        bring: "请带到大厅任一窗口" | "Please bring it to any counter",
        kinds: "照片、图片、PDF 或 OFD，每个最大 10 MB" | "Photos, pictures, PDF or OFD, up to 10 MB each",
        supplied: "收到了。工作人员会核对。" | "Received. It will be checked.",
        answered: "已收到您的陈述，核查部门会答复。" | "Your answer was received. The department will consider it.",
        not_supplied: "上传失败，请再试一次。" | "Upload failed. Please try again.",

        way: "办理过程" | "Progress",
        step_done: "已完成" | "done",
        step_now: "办理中" | "now",
        step_to_come: "待办" | "to come",
        step_asked: "等待补正" | "waiting for documents",
        step_paused: "暂停计时" | "deadline suspended",
        step_rejected: "不予许可" | "not approved",
        step_declined: "不予受理" | "not accepted",
        step_skipped: "未进行" | "not done",
        step_replaced: "以承诺代替" | "replaced by your commitment",

        reasons_rejected: "不予许可的理由" | "Reasons",
        reasons_declined: "不予受理的理由" | "Reasons",
        reasons_ended: "终止办理的理由" | "Reasons",
        appeal: "救济途径" | "How to appeal",

        documents: "结果文件" | "Documents",
        check: "查验真伪" | "Verify",
        revoked: "已撤销" | "revoked",
        revoked_because: "已撤销：{why}" | "revoked: {why}",
        result_revoked: "结果已撤销" | "The result was revoked",
        result_no_longer_valid: "您领取的文书已不再有效。理由见下面，可致电咨询。" | "The document you received is no longer valid. The reason is below; please call if you have questions.",
        result_revoked_next: "请不要来领取。理由见下面，可致电咨询。" | "There is nothing to collect. The reason is below; please call if you have questions.",

        others: "同一次的其他办件" | "Other cases from this visit",
        visit: "排队记录" | "Your visit",
        ticket_leads: "您的办件" | "Your case",
    }
}
