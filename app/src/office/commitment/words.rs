//! The texts about commitments in the office.

crate::words! {
    pub CommitmentWords {
        list: "承诺核查" | "Commitment checks",
        list_late: "（逾期 {n}）" | "({n} overdue)",
        by: "{day} 前" | "by {day}",
        answered: "已陈述申辩" | "answered",

        heading: "告知承诺" | "Commitment",
        signed: "{day} 签署；平常承诺 {n} 个工作日" | "signed on {day}; without it {n} working days",
        what_was_signed: "承诺内容" | "What was signed",
        on_paper: "纸质签名" | "signed on paper",
        signature: "查看签名" | "View signature",
        check_comes: "作出决定后 {n} 个工作日内由{department}核查。" | "{department} checks within {n} working days of the decision.",
        checked_by: "{department} · {name}" | "{department} · {name}",
        nobody: "未签收" | "unassigned",
        finding: "核查发现" | "Found",
        answer_by: "陈述申辩至 {day}" | "may answer until {day}",
        put_right_by: "整改至 {day}" | "may put it right until {day}",
        answer: "{day} {via}陈述申辩" | "Answered {via} on {day}",
        via_phone: "手机" | "by phone page",
        via_counter: "窗口" | "at a counter",
        via_department: "向部门" | "to the department",
        said: "处理意见" | "Decision",

        take: "签收核查" | "Take",
        keep: "与承诺相符" | "As committed",
        keep_heard: "申辩成立" | "Answer accepted",
        broken: "与承诺不符…" | "Breach found…",
        record: "记录陈述申辩…" | "Record answer…",
        put_right: "已整改" | "Put right",
        revoke: "撤销决定…" | "Revoke…",

        keep_title: "核查结果：与承诺相符" | "Found as committed",
        keep_says: "核查结束，结果继续有效。" | "The check ends, and the result stands.",
        broken_title: "核查结果：与承诺不符" | "A breach was found",
        broken_says: "申请人会收到告知书，写明查明的情况、陈述申辩期限和后果。期满或收到陈述申辩后才能撤销。" |
            "The applicant gets a notice of what was found, the term to answer, and the consequences. Nothing can be revoked before they answered, or the term is over.",
        what_was_found: "查明的情况（申请人会看到）" | "What was found (the applicant sees this)",
        may_put_right: "可以整改（给予整改期限）" | "It can be put right (a term is given)",
        record_title: "记录申请人的陈述申辩" | "Record the applicant's answer",
        what_was_said: "陈述申辩内容" | "What the applicant says",
        put_right_title: "问题已整改" | "The breach was put right",
        put_right_says: "核查结束，结果继续有效。" | "The check ends, and the result stands.",
        revoke_title: "承诺不实，撤销决定" | "Revoke: the commitment was broken",
        revoke_says: "结果作废，查验显示“已撤销”，不能恢复；一定期限内不再适用告知承诺和容缺受理。撤销决定书由窗口打印送达，其中写明行政复议和诉讼的期限。" |
            "The result is void, and anyone who verifies it sees so; this cannot be undone. For a time no commitment or promise is offered again. A counter prints the decision, which names the ways to appeal.",
        reasons: "撤销理由（申请人会看到）" | "Reasons (the applicant sees them)",
        note: "说明" | "Note",
        optional: "可不填" | "optional",
        confirm: "确认" | "Confirm",
        send_notice: "告知申请人" | "Notify applicant",
        revoke_now: "确认撤销" | "Revoke",
        write: "请写明内容" | "Please write what it is",
    }
}
