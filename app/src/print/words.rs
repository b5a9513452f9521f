//! The texts of printed documents.

use jiban_domain::Lang;

use crate::sheet::other;
use crate::words;

words! {
    pub Words {
        receipt: "受理通知书" | "Notice of acceptance",
        missing: "一次性告知书" | "Notice of missing documents",
        asked: "补正通知书" | "Notice to supply documents",
        promise: "容缺受理承诺书" | "Promise to submit later",
        commitment: "告知承诺书" | "Commitment",
        breach: "核查情况告知书" | "Notice of a breach",
        handover: "出件通知" | "Ready to collect",
        declined: "不予受理通知书" | "Notice of non-acceptance",
        ended: "终止办理通知书" | "Notice of termination",
        guide: "办事指南" | "Guide",

        number: "办件编号" | "Case number",
        matter: "办理事项" | "Matter",
        applicant: "申请人" | "Applicant",
        agent: "代办人" | "Agent",
        accepted: "受理时间" | "Accepted",
        told: "告知时间" | "Notified",
        due: "最迟办结" | "Decision due",
        provisional: "暂定" | "Provisional",
        provisional_why: "节假日安排公布后重算" | "Recalculated when that year's holidays are published",
        promised: "承诺时限" | "Promised time",
        days: "个工作日" | "working days",
        at_once: "当场办结" | "On the spot",
        telephone: "咨询电话" | "Enquiries",
        told_by: "结果告知" | "Result sent by",

        received: "已收材料" | "Received",
        deferred: "容缺材料" | "To be submitted later",
        by: "{day} 前" | "by {day}",
        keep: "请妥善保管，凭编号查询进度" | "Keep this notice. Use the number to check progress",

        bring_all: "补齐下列 {n} 项后受理" | "Accepted once these {n} items arrive",
        bring_asked: "请补正下列 {n} 项，收齐后继续办理" | "These {n} items are needed; work then continues",
        asked_by: "补正要求" | "Asked for by",
        all_told: "需补正的内容已全部列出" | "This list is complete",
        place: "交到" | "Bring to",
        bring_by: "补正期限" | "Due",
        scan_list: "扫码看清单" | "Scan for the list",

        promise_all: "下列 {n} 项稍后补交" | "These {n} items follow later",
        supply_by: "补交期限" | "Due",
        otherwise: "逾期后果" | "If late",
        promise_words: "本人承诺在期限前补交上列材料，所交材料真实有效，并知悉逾期后果。" |
            "I promise to submit these documents in time. They are genuine, and I know what happens if they are late.",
        signature: "承诺人签名" | "Signature",
        signed: "签署时间" | "Signed",
        scan_supply: "扫码补交" | "Scan to upload",

        committed_to: "承诺内容" | "Committed to",
        replaced: "以承诺代替" | "Replaced by it",
        check_after: "事后核查" | "Check afterwards",
        if_broken: "不实后果" | "If it is broken",
        commitment_words: "本人已知悉上列条件、核查方式和后果，所作承诺是真实意思表示。" |
            "I know the conditions, the check and the consequences. I make this commitment freely, and it is true.",
        found_by: "核查部门" | "Checked by",
        found: "查明的情况" | "What was found",
        answer_by: "陈述申辩期限" | "Answer",
        put_right_by: "整改期限" | "Put right",
        how_to_answer: "如何陈述申辩" | "How to answer",
        scan_answer: "扫码陈述申辩" | "Scan to answer",

        fetch_at: "取件窗口" | "Collect at",
        hours: "取件时间" | "Hours",
        kept_until: "保管至" | "Kept until",
        fetch_with: "请带身份证件和取件码" | "Bring your ID card and the code",

        scan: "扫码看进度" | "Scan to follow",

        ended_at: "时间" | "Date",
        what_next: "您可以" | "What you can do",

        printed: "打印时间" | "Printed",
        scan_guide: "扫码看指南" | "Scan to read it",
        newest: "指南如有更新，以扫码所见为准" | "If the guide changes, the code shows the latest version",

        document_number: "证照编号" | "No.",
        decision_number: "文书编号" | "No.",
        holder: "持有人" | "Holder",
        holder_number: "证件号码" | "ID number",
        issued_on: "发证日期" | "Issued",
        valid: "有效期" | "Valid",
        until: "至 {day}" | "until {day}",
        for_good: "长期" | "no expiry",
        conditions: "许可条件" | "Conditions",
        issuer: "发证机关" | "Issued by",
        verify: "查验码" | "Verification code",
        scan_verify: "扫码查验真伪" | "Scan to verify",
        specimen: "电子证照样式" | "Sample electronic licence",
        specimen_decision: "电子文书样式" | "Sample electronic document",
        no_seal: "本页为版式文件，不代替印章" | "Layout only. It does not replace a seal",
        revoked: "已撤销" | "REVOKED",
        truncated: "内容较长，全文见办件档案" | "Shortened. The full text is in the case file",

        page_of: "第 {page} 页，共 {pages} 页" | "Page {page} of {pages}",
        printed_by_oneself: "{at} 由本人在自助终端 {kiosk} 打印" | "Printed by the holder at kiosk {kiosk}, {at}",
        statement_holder: "姓名" | "Name",
        as_of: "数据截至" | "Records as of",
        stated_by: "出具单位" | "Issued by",
        stated_on: "出具日期" | "Issued on",
        specimen_statement: "电子证明样式" | "Sample electronic statement",

        case: "办件编号" | "Case",
        reasons: "理由" | "Reasons",
        grounds: "依据" | "Legal grounds",
        appeal: "救济途径" | "How to appeal",
        decided_by: "决定机关" | "Decided by",
        decided_on: "决定日期" | "Decided on",
        to: "{name}：" | "{name},",
        refused: "你（单位）于{day}申请的“{matter}”，经审查不符合法定条件，决定不予行政许可。" |
            "Your application for {matter}, accepted on {day}, was examined and does not meet the legal conditions. The permit is not granted.",
    }
}

pub type Word = fn(&Words) -> &'static str;

/// A text in the language that leads, and in the other.
pub fn both(lang: Lang, word: Word) -> (&'static str, &'static str) {
    (word(Words::of(lang)), word(Words::of(other(lang))))
}
