//! The texts of the pages on which somebody applies by phone.

use jiban_domain::draft::DraftState;

use jiban_domain::Lang;

use crate::words;

words! {
    pub ApplyPageWords {
        title: "网上申报" | "Apply online",
        choose: "请选择要申报的事项" | "Choose what to apply for",
        none: "本大厅暂无可网上申报的事项。" | "Nothing can be applied for online in this hall.",
        parts_n: "共 {n} 步，约 {minutes} 分钟" | "{n} steps, about {minutes} minutes",
        asked: "要填写的内容" | "What is asked",
        items_n: "{n} 项" | "{n} questions",
        items_one: "1 项" | "1 question",
        needed: "要准备的材料" | "What to have ready",
        needed_how: "可以拍照上传，也可以到时带原件。" |
            "Photograph them here, or bring them when you come.",
        nothing_needed: "不需要材料。" | "No papers are needed.",
        how: "怎么办" | "How it works",
        how_kept: "边填边保存，随时可以停下，换手机或到大厅自助终端接着填。" |
            "It is kept as you fill it in. Stop at any time, and go on with another telephone or at a terminal in the hall.",
        how_days: "停止填写 {n} 天后自动删除。" | "It is erased {n} days after you last wrote.",
        how_checked: "提交后由工作人员预先审查，有问题会在这里告诉您，改好再来，一次办成。" |
            "Once you send it, the hall looks at it and tells you here what to change, so that one visit is enough.",
        how_visit: "身份在您到窗口时核验；受理时间从窗口收件算起。" |
            "Your identity is checked when you come; the time limit begins when the counter accepts it.",
        begin: "开始填写" | "Begin",
        guide: "查看办事指南" | "Read the guide",
        have_code: "在别处已经开始？输入六位验证码接着填" |
            "Begun elsewhere? Enter its six figures to go on",
        other_matters: "其他事项" | "Other services",

        step_n: "第 {n} 步，共 {all} 步" | "Step {n} of {all}",
        overview: "全部步骤" | "All steps",
        materials: "材料" | "Papers",
        check: "检查并提交" | "Check and send",
        go_on: "接着填" | "Go on",
        done: "已填好" | "done",
        to_fill: "未填完" | "not done",
        to_mend: "有 {n} 处要改" | "{n} to correct",
        remarked: "有审查意见" | "has a remark",
        files_n: "{n} 个文件" | "{n} files",
        files_one: "1 个文件" | "1 file",
        files_none: "未上传" | "nothing added",
        next: "下一步" | "Next",
        back: "上一步" | "Back",
        wrong_here: "有 {n} 处需要修改。已经保存，也可以以后再改。" |
            "{n} answers are not right yet. They are kept: correct them now or later.",
        next_anyway: "先不改，下一步" | "Go on, correct later",
        more_asked: "按您的回答，还要填写下面的内容。" |
            "By what you answered, there is a little more to fill in.",
        remark: "审查意见" | "The hall's remark",
        by_helper: "由 {name} 填写" | "Written by {name}",
        helps: "{name} 正在协助您，能看到并填写这份申请。" |
            "{name} is helping you, and sees and fills in this form.",
        end_help: "结束协助" | "End the help",
        help_ended: "协助已结束。" | "The help has ended.",
        form_changed: "表单有更新" | "The form has changed",
        form_added: "新增：{names}" | "New: {names}",
        form_gone: "不再填写：{names}" | "No longer asked: {names}",
        form_other: "要求有变化：{names}" | "Asked in another way: {names}",
        kept_until: "这份申请保存到 {day}，到期自动删除。" |
            "It is kept until {day}, and erased after that.",
        unproven: "身份尚未核验，到窗口时出示证件即可。" |
            "Who you are has not been checked yet: show your identity paper at the counter.",
        saved: "已保存" | "Saved",
        not_saved: "尚未保存，连上网络后会自动保存" |
            "Not saved yet. It is saved once there is a network.",
        saving: "正在保存…" | "Saving…",
        refused: "没有保存" | "Not saved",

        materials_lead: "每样材料可以拍多张，正反面、每一页都要拍清楚。没有的可以到时带来。" |
            "Add as many as a paper has sides and pages. What you do not have here you can bring.",
        later: "可以后补" | "may follow later",
        replaced: "以承诺代替，不用交" | "not needed: you commit instead",
        no_longer_asked: "现在不再需要，会随申请交给窗口" | "no longer asked for; the counter sees it",
        photograph: "拍照" | "Photograph",
        choose_file: "选择照片或 PDF" | "Choose pictures or PDFs",
        kinds: "照片、PDF 或 OFD，每个不超过 10 MB，每样最多 12 个。" |
            "Pictures, PDF or OFD up to 10 MB each, at most 12 for each paper.",
        send_files: "上传" | "Add",
        remove: "删除" | "Remove",
        file_n: "第 {n} 个" | "File {n}",
        added: "已上传。" | "Added.",
        removed: "已删除。" | "Removed.",
        sending: "正在上传" | "Sending",
        shrinking: "正在压缩照片" | "Making the photograph smaller",
        received: "已收到" | "Received",
        not_received: "没有上传成功，请重试。" | "It was not added. Try again.",
        too_large: "超过 10 MB，请换小一点的。" | "It is larger than 10 MB.",

        check_title: "请检查，然后提交" | "Check it, then send it",
        missing: "还有 {n} 处没有填好" | "{n} answers are missing or not right",
        missing_next: "点下面的项目去补齐。" | "Follow each to put it right.",
        all_there: "都填好了。" | "Everything is filled in.",
        change: "修改" | "Change",
        no_answer: "（没有填写）" | "(no answer)",
        send: "提交预审" | "Send it to the hall",
        send_means: "提交后工作人员会预先审查。提交后仍可以撤回修改。" |
            "The hall will look at it. You can take it back and change it after that too.",
        send_again: "再次提交" | "Send it again",
        agreed: "已同意" | "agreed",
        not_agreed: "没有选择" | "not chosen",

        sent: "已提交，正在预审" | "Sent: the hall is looking at it",
        sent_next: "结果会显示在这个页面，请保存好网址。" |
            "The outcome is shown on this page: keep its address.",
        returned: "请按意见修改" | "Please change what is remarked",
        returned_next: "改好后再次提交。" | "Then send it again.",
        cleared: "预审通过，可以来办了" | "Checked and all right: you can come",
        cleared_next: "请带上身份证件到大厅办理。" | "Come to the hall with your identity paper.",
        originals: "请带上全部材料的原件。" | "Bring the originals of all papers.",
        book: "预约时间" | "Book a visit",
        received_state: "窗口已收件" | "The counter has received it",
        received_next: "后面的进度请看办件页面。" | "Follow how it goes on on the page of your case.",
        case_page: "查看办件进度" | "See how your case is going",
        withdrawn: "已撤回" | "Withdrawn",
        withdrawn_next: "填写的内容和文件都已删除。" | "Answers and files are erased.",
        expired: "已过期" | "Expired",
        expired_next: "保存期已过，填写的内容和文件都已删除。" |
            "Its time was over: answers and files are erased.",
        begin_again: "重新填写" | "Begin again",
        take_back: "撤回修改" | "Take it back to change it",
        take_back_means: "撤回后预审停止，改好需要重新提交。" |
            "The hall stops looking at it until you send it again.",
        show_code: "到窗口时出示这个二维码，不用重新填写。" |
            "Show this code at the counter: nothing is written twice.",
        code_alt: "这份申请的二维码" | "The code of this application",
        withdraw: "撤销这份申请" | "Give this application up",
        ask_withdraw: "确定撤销这份申请吗？" | "Give this application up?",
        withdraw_means: "填写的内容和上传的文件会立即删除，不能恢复。" |
            "What you wrote and added is erased at once, and cannot be brought back.",
        really_withdraw: "撤销并删除" | "Give it up and erase it",
        keep_it: "保留" | "Keep it",

        share: "换设备接着填，或请工作人员协助" |
            "Go on on another device, or be helped",
        share_title: "六位验证码" | "Six figures",
        share_how: "请选择给谁用。每组六位数字一分钟内有效，只能用一次。" |
            "Choose whom they are for. Six figures are good for a minute, once.",
        share_helper: "请工作人员协助" | "Be helped by staff",
        share_device: "换我自己的设备接着填" | "Go on on another device of mine",
        share_helper_how: "请把这六位数字告诉大厅工作人员，由他在旁和您一起填。" |
            "Tell these six figures to somebody of the hall, who then fills it in with you.",
        share_device_how: "在您的另一台设备上输入这六位数字，或扫二维码，就能接着填。" |
            "Enter these six figures on your other device, or scan the code there.",
        share_only: "只告诉大厅工作人员。同意、签名和提交仍只由您操作。" |
            "Tell them to the hall's staff alone. Only you agree, sign and send.",
        share_own: "不要告诉任何人：谁用了它，谁就能替您操作。" |
            "Tell them to nobody: whoever uses them can act for you.",
        share_alt: "接着填的二维码" | "The code to go on with",
        terminal: "在大厅自助终端接着填" | "Go on at a terminal in the hall",
        terminal_how: "把这个二维码对准自助终端的扫码口。" | "Hold this code to the terminal's scanner.",
        second_screen: "请看这里" | "Please look here",
        second_screen_lead: "工作人员会请您在这块屏幕上核对、填写和签名。" |
            "You will be asked to check, fill in and sign on this screen.",
        continue_title: "输入六位验证码" | "Enter the six figures",
        continue_how: "在已经打开申请的设备上点“换设备接着填”，会显示六位数字。" |
            "On the device where it is open, choose “Go on on another device”: it shows six figures.",
        continue_label: "六位数字" | "Six figures",
        back_to_form: "返回申请" | "Back to the application",
    }
}

/// What is said of a draft by its state: the title of its page, and what comes next.
pub fn of_state(state: DraftState, lang: Lang) -> (&'static str, &'static str) {
    let words = ApplyPageWords::of(lang);
    match state {
        DraftState::Filling => (words.title, ""),
        DraftState::Sent => (words.sent, words.sent_next),
        DraftState::Returned => (words.returned, words.returned_next),
        DraftState::Cleared => (words.cleared, words.cleared_next),
        DraftState::Received => (words.received_state, words.received_next),
        DraftState::Withdrawn => (words.withdrawn, words.withdrawn_next),
        DraftState::Expired => (words.expired, words.expired_next),
    }
}
