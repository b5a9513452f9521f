//! The texts about commitments at a counter.

crate::words! {
    pub CommitmentWords {
        heading: "告知承诺" | "Commitment",
        offered: "可签承诺代替部分环节和材料，承诺时限 {n} 个工作日" | "A commitment can replace steps and materials: {n} working days",
        sign: "签告知承诺" | "Sign the commitment",
        barred: "申请人有未履行的承诺，暂不适用。" | "The applicant broke an earlier promise, so none is offered for now.",
        signed_on: "{day} 已签，平常承诺 {n} 个工作日" | "Signed on {day}; without it {n} working days",
        withdraw: "撤回承诺" | "Take it back",
        check_comes: "作出决定后 {n} 个工作日内由{department}核查" | "{department} checks within {n} working days of the decision",
        check_by: "{department} {day} 前核查" | "{department} checks by {day}",
        answer_by: "陈述申辩至 {day}" | "may answer until {day}",
        put_right_by: "整改至 {day}" | "may put it right until {day}",
        record: "记录陈述申辩" | "Record an answer",

        title: "告知承诺" | "Commitment",
        lead: "请申请人阅读。签字后按承诺办理，下列环节和材料不再进行、不再提交。" |
            "For the applicant to read. Once signed, the steps and materials below are left out.",
        replaces: "以承诺代替" | "Replaced",
        shorter: "承诺时限 {n} 个工作日" | "Decided within {n} working days",
        if_broken: "承诺不实的后果" | "If it is broken",
        sign_first: "请申请人签字，或勾选“在纸上签字”。" | "The applicant signs, or tick “signed on paper”.",
        on_paper: "在纸上签字（打印承诺书）" | "Signed on paper (print the form)",
        confirm: "确认承诺" | "Confirm the commitment",

        record_title: "记录申请人的陈述申辩" | "Record the applicant's answer",
        record_lead: "核查部门会看到，并据此处理。" | "The department sees it and considers it.",
        said: "陈述申辩内容" | "What the applicant says",
        write: "请写明内容。" | "Please write what the applicant says.",
    }
}
