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
        telephone: "申请人电话" | "The applicant's telephone",
    }
}
