//! The words on what cases print.

use jiban_domain::Lang;

use crate::sheet::other;
use crate::words;

words! {
    /// What the papers say beside what their content says.
    pub Words {
        receipt: "受理通知书" | "Notice of acceptance",
        missing: "一次性告知书" | "What is missing",
        promise: "容缺受理承诺书" | "Promise to supply later",
        handover: "出件通知" | "Ready to collect",
        declined: "不予受理通知书" | "Not accepted",
        ended: "终止办理通知书" | "The case has ended",
        guide: "办事指南" | "Guide",

        number: "办件编号" | "Case number",
        matter: "办理事项" | "Matter",
        applicant: "申请人" | "Applicant",
        accepted: "受理时间" | "Accepted",
        told: "告知时间" | "Told",
        due: "最迟办结" | "Decided by",
        provisional: "暂定" | "Provisional",
        provisional_why: "节假日安排公布后重算" | "Recomputed when that year's holidays are published",
        promised: "承诺时限" | "Promised",
        days: "个工作日" | "working days",
        at_once: "当场办结" | "At once",
        telephone: "咨询电话" | "Questions",
        told_by: "结果告知" | "You are told by",

        received: "已收材料" | "Received",
        deferred: "容缺材料" | "To follow",
        by: "{day} 前" | "by {day}",
        keep: "请妥善保管，凭编号查询进度" | "Keep this; the number finds your case",

        bring_all: "补齐下列 {n} 项后受理" | "Accepted once these {n} are here",
        all_told: "需补正的内容已全部列出" | "Everything that is missing is listed here",
        place: "交到" | "Bring to",
        bring_by: "补正期限" | "Bring by",
        scan_list: "扫码看清单" | "Scan for the list",

        promise_all: "下列 {n} 项稍后补交" | "These {n} will follow",
        supply_by: "补交期限" | "Due",
        otherwise: "逾期后果" | "If late",
        promise_words: "本人承诺在期限前补交上列材料，所交材料真实有效，并知悉逾期后果。" |
            "I will supply these materials in time, they are genuine, and I know what happens if they are late.",
        signature: "承诺人签名" | "Signature",
        signed: "签署时间" | "Signed",
        scan_supply: "扫码补交" | "Scan to supply",

        code: "取件码" | "Pick-up code",
        fetch_at: "取件窗口" | "Where",
        hours: "取件时间" | "When",
        kept_until: "保管至" | "Kept until",
        fetch_with: "请凭取件码或身份证件领取" | "Bring the code or your identity card",

        scan: "扫码看进度" | "Scan to follow",

        ended_at: "时间" | "Time",
        what_next: "您可以" | "What you can do",

        printed: "打印时间" | "Printed",
        scan_guide: "扫码看指南" | "Scan to read it",
        newest: "指南如有更新，以扫码所见为准" | "Should the guide change, the code leads to the newest",

        document_number: "证照编号" | "No.",
        decision_number: "文书编号" | "No.",
        holder: "持有人" | "Holder",
        holder_number: "证件号码" | "Identity",
        issued_on: "发证日期" | "Issued",
        valid: "有效期" | "Valid",
        until: "至 {day}" | "until {day}",
        for_good: "长期" | "without end",
        conditions: "许可条件" | "Conditions",
        issuer: "发证机关" | "Issued by",
        verify: "查验码" | "Check code",
        scan_verify: "扫码查验真伪" | "Scan to verify",
        specimen: "电子证照样式" | "Layout of an electronic licence",
        specimen_decision: "电子文书样式" | "Layout of an electronic document",
        no_seal: "本页为版式文件，不代替印章" | "A layout; it stands for no seal",
        revoked: "已撤销" | "REVOKED",
        cut: "内容较长，全文见办件档案" | "Shortened; the whole text is in the file of the case",

        case: "办件编号" | "Case",
        reasons: "理由" | "Reasons",
        grounds: "依据" | "Legal grounds",
        appeal: "救济途径" | "How to appeal",
        decided_by: "决定机关" | "Decided by",
        decided_on: "决定日期" | "Decided on",
        to: "{name}：" | "{name},",
        refused: "你（单位）于{day}申请的“{matter}”，经审查不符合法定条件，决定不予行政许可。" |
            "Your application for {matter}, accepted on {day}, was examined and does not meet the conditions the law sets. The permit is refused.",
    }
}

/// A word in the language that leads, and in the other.
pub fn both(lang: Lang, word: fn(&Words) -> &'static str) -> (&'static str, &'static str) {
    (word(Words::of(lang)), word(Words::of(other(lang))))
}
