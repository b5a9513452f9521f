//! The texts about commitments on a case's page.

use crate::words;

words! {
    pub CommitmentWords {
        heading: "告知承诺" | "Your commitment",
        check_comes: "您签署了告知承诺，部分环节和材料由承诺代替。作出决定后 {n} 个工作日内，{department}将核查。" |
            "You signed a commitment instead of some steps and materials. {department} will check it within {n} working days of the decision.",
        check_by: "{department}将在 {day} 前核查您是否与承诺相符。请保持现状与承诺一致。" |
            "{department} will check by {day} whether all is as you committed. Please keep it so.",
        broken: "{department}核查发现与承诺不符：" | "{department} found that it is not as you committed:",
        kept: "{department}已核查，与承诺相符。" | "{department} checked it: all is as you committed.",
        put_right: "问题已整改，核查结束，结果仍然有效。" | "It was put right, so the check is over and the result stands.",
        revoked: "因承诺不实，已撤销决定，证照文书作废。理由：" | "The commitment was broken, so the result was revoked. The reasons:",
        dropped: "结果已撤销，不再核查。" | "The result was revoked, so there is nothing to check any more.",
        answer_by: "请在 {day} 前陈述、申辩。" | "You may answer until {day}.",
        put_right_by: "可以在 {day} 前整改；整改到位的，结果仍然有效。" | "You may put it right until {day}; then the result stands.",
        how_to_answer: "也可以到大厅任一窗口或核查部门当面说明。逾期既不说明也未整改的，依法撤销决定。" |
            "You may also answer at any counter or at the department. Without an answer and unless it is put right, the result is revoked.",
        how_elsewhere: "请扫受理回执上的二维码在手机上陈述，或到大厅任一窗口、核查部门当面说明。逾期既不说明也未整改的，依法撤销决定。" |
            "Answer on the page that your receipt's code opens, at any counter, or at the department. Without an answer and unless it is put right, the result is revoked.",
        your_answer: "您的陈述、申辩" | "Your answer",
        send_answer: "提交陈述" | "Send answer",
        answered_on: "{day} 您已陈述" | "You answered on {day}",
        what_was_signed: "查看承诺内容" | "What was signed",
    }
}
