//! The words of the helper's page.

crate::words! {
    pub Words {
        title: "帮办" | "Side by side",
        sign_in_lead: "用您的登录名登录，在申请人旁边一起填。" | "Sign in with your user name to fill in a form beside an applicant.",
        sign_in: "登录" | "Sign in",
        sign_out: "退出" | "Sign out",
        join_title: "输入申请人屏幕上的六位数字" | "Enter the six figures on the applicant's screen",
        join_lead: "请申请人在自己的屏幕上按“请人帮忙”。数字一分钟内有效。" | "Ask the applicant to press \"Ask for help\". The figures are good for a minute.",
        code: "六位数字" | "Six figures",
        join: "开始协助" | "Begin",
        back: "协助另一位" | "Help somebody else",
        ended: "协助已结束，这里不再显示申请人的内容。" | "The help has ended. Nothing of the applicant is shown here any more.",
        point: "点亮这一项" | "Light it up",
        applicant_only: "同意、签名和提交由申请人自己操作。" | "The applicant agrees, signs and sends.",
        begin_title: "为来的人开一份新的" | "Begin a new one for somebody who is here",
        begin_lead: "选好事项，您和申请人同时填：您在这里，申请人在自己的屏幕上。" | "Choose the matter. You fill it in here, and the applicant on a screen of their own.",
        begin_which: "事项" | "Matter",
        begin: "开始填" | "Begin",
        no_forms: "您所在的大厅没有要填申请表的事项。" | "No matter of your hall has a form.",
        invite_title: "请申请人在自己的屏幕上输入" | "For the applicant's own screen",
        invite_lead: "申请人用手机扫码；或在自助机上按“查进度”“接着填已开始的申请表”，输入这六位数字。一分钟内有效。" | "The applicant scans the code with a phone, or enters the figures at a kiosk: \"Progress\", \"Go on with a form begun elsewhere\". Good for a minute.",
        invite_seconds: "还有 {n} 秒" | "{n} seconds left",
        invite_over: "这组数字已过期。" | "These figures are no longer good.",
        invite_again: "换一组数字" | "New figures",
        on_second_screen: "在副屏打开" | "Open on the second screen",
        telephone: "申请人电话" | "The applicant's telephone",
    }
}
