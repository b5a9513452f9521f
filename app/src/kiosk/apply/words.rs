//! What the pages say on which somebody fills in a form at a kiosk.

crate::words! {
    pub KioskApplyWords {
        begin: "现在填申请表" | "Fill in the form now",
        beginning: "正在打开申请表…" | "Opening the form…",
        step: "第 {at} 步，共 {all} 步" | "Step {at} of {all}",
        check_step: "核对并提交" | "Check and send",
        materials_step: "材料" | "Materials",
        ask_for_help: "请人帮忙" | "Ask for help",
        go_on_by_phone: "用手机接着填" | "Go on by phone",
        help_title: "把这六位数字告诉工作人员" | "Tell a member of staff these six figures",
        help_lead: "一分钟内有效，只能用一次。工作人员会在旁边和您一起填；同意、签名和提交只由您自己操作。" | "Good for a minute and for one person, who then fills it in with you. Only you agree, sign and send.",
        help_again: "换一组数字" | "New figures",
        phone_title: "用手机扫码，接着填" | "Scan with your phone and go on there",
        phone_lead: "已填的内容都在。保存到 {day}；过期删除。" | "Everything is there. It is kept until {day}, then erased.",
        phone_none: "没有手机？请到窗口，报上这里显示的六位数字。" | "No phone? Ask for help: a clerk goes on with it at a counter.",
        close: "回到填写" | "Back to the form",
        keys_text: "拼音" | "Pinyin",
        keys_figures: "数字" | "Figures",
        keys_latin: "字母" | "Letters",
        touch_a_field: "点一下要填的格子，按键会出现在这里。" | "Touch a field, and the keys appear here.",
        all_right: "都填好了，可以提交。" | "Everything is filled in and can be sent.",
        to_correct: "还有 {count} 处没填好：" | "{count} not right yet:",
        send: "提交预审" | "Send it to be checked",
        sent_title: "已提交" | "Sent",
        sent_lead: "工作人员会先看一遍，有问题会写在申请表旁边。用手机扫码随时查看。" | "It is looked at before your visit; remarks are put beside the form. Follow it with your phone.",
        state_title: "这份申请现在是“{state}”" | "This application is {state}",
        gone: "这份申请表已经不在了。" | "This form is no longer there.",
        needs_server: "没有连上大厅服务器，填表暂时不能用。" | "The kiosk is cut off from the hall's server, so forms cannot be filled in just now.",
    }
}
