//! Every expected "no" about a draft.

use super::state::DraftState;
use crate::form::FieldRefusal;
use crate::refusal_table::{Shown, refusals};
use crate::text::Lang;

refusals! {
    /// An expected "no" about a draft. Nothing was changed.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub enum DraftRefusal {
        UnknownDraft = 404 "unknown_draft",
            "没有找到这份草稿。" | "This draft was not found.",
            next "可能已撤回或过期删除。请重新填写，或到窗口询问。" | "It may have been withdrawn or erased. Begin again, or ask at a counter.";
        /// No such field in the form.
        UnknownField = 404 "unknown_field",
            "表单没有这一项。" | "The form has no such field.",
            next "表单可能刚刚更新，请刷新后继续。" | "The form may have changed. Reload it and go on.";
        /// A value of another shape, or a longer one, than the field's.
        BadValue = 422 "bad_value",
            "这一项不能这样填写。" | "The field does not take such a value.",
            next "请按表单的说明填写。" | "Fill it in as the form says.";
        /// The answers are larger than all of a draft may be.
        DraftTooLarge = 413 "draft_too_large",
            "草稿内容太多，放不下了。" | "The draft has no room for this.",
            next "请缩短文字，或把长内容作为附件上传。" | "Shorten the text, or attach what is long as a file.";
        /// It is not being filled in.
        NotWritable(state: DraftState) = 409 "draft_not_writable",
            "这份草稿现为“{state}”，不能修改。" | "The draft is {state}, so it cannot be changed now.",
            next "需要修改的，请先撤回修改；已收件的请到窗口。" | "Take it back first to change it; if it was received, ask at the counter.";
        /// Its state does not allow it.
        WrongDraftState(state: DraftState) = 409 "wrong_draft_state",
            "这份草稿现为“{state}”，不能这样操作。" | "The draft is {state}, so this cannot be done now.",
            next "请刷新查看最新状态。" | "Reload it to see how far it is.";
        /// Answers are missing or wrong; each is told beside.
        FormNotComplete(fields: Vec<FieldRefusal>) = 422 "form_not_complete",
            "还有没填好的项。" | "Some fields are not right yet.",
            next "请改好标出的项，再提交。" | "Correct the marked fields, then send it.";
        /// Something was written since the applicant read it.
        ChangedMeanwhile = 409 "changed_meanwhile",
            "刚刚有内容改动，还没有提交。" | "Something was changed just now, so it was not sent.",
            next "请再核对一遍，再提交。" | "Read it once more, then send it.";
        /// The identity paper that a clerk saw has another number than the form.
        PaperDiffers = 422 "paper_differs",
            "证件号码与申请表上的不一致。" | "The paper's number is not the one in the form.",
            next "请核对证件；申请表填错的，请申请人先改正。" | "Look at the paper again; if the form is wrong, the applicant corrects it first.";
        /// Only the applicant agrees, signs and sends.
        ApplicantOnly = 403 "applicant_only",
            "同意、签名和提交只能由申请人本人操作。" | "Only the applicant can agree, sign and send.",
            next "请申请人在自己的屏幕上操作。" | "Ask the applicant to do it on their own screen.";
        /// The six figures are not, or no longer, those of a draft.
        WrongShareCode = 404 "wrong_share_code",
            "这个验证码不对或已过期。" | "This code is wrong or no longer valid.",
            next "请重新显示验证码，一分钟内有效。" | "Have a new code shown; it is good for a minute.";
        /// Somebody else is already beside the applicant.
        AlreadyHelped = 409 "already_helped",
            "已有一位工作人员在协助。" | "Somebody is already helping with this draft.",
            next "请先结束现在的协助，再重新显示验证码。" | "End the present help first, then show a new code.";
        /// The helper works in other halls.
        HelperElsewhere = 403 "helper_elsewhere",
            "这份草稿属于其他大厅。" | "The draft belongs to another hall.",
            next "请由该大厅的工作人员协助。" | "Somebody of that hall can help.";
        /// The help was ended.
        HelpEnded = 410 "help_ended",
            "协助已经结束。" | "The help has ended.",
            next "需要时请对方重新显示验证码。" | "Have a new code shown if it is needed again.";
        /// Remarks were asked for, and there are none.
        RemarkNeeded = 422 "remark_needed",
            "还没有写明要改什么。" | "Nothing says what is to be changed.",
            next "请在要修改的项或材料旁写明意见。" | "Add a remark to a field or material.";
        /// Nothing was filled in for the case, or it is erased.
        NoForm = 404 "no_form",
            "该办件没有申请表。" | "No form was filled in for this case.",
            next "请查看办件的材料。" | "Look at the materials of the case.";
        RemarkTooLong = 422 "remark_too_long",
            "意见最多 500 个字。" | "A remark has at most 500 characters.",
            next "请缩短。" | "Shorten it.";
        TooManyRemarks = 409 "too_many_remarks",
            "意见已有 100 条。" | "There are 100 remarks already.",
            next "请先退回修改，或当面说明。" | "Return it with these, or talk to the applicant.";
        UnknownRemark = 404 "unknown_remark",
            "没有这条意见。" | "There is no such remark.",
            next "请刷新后重试。" | "Reload it and try again.";
        /// No provider is set up, or the form asks for no person.
        SignInNotOffered = 404 "sign_in_not_offered",
            "这里不能登录核验身份。" | "There is no sign-in that proves who you are here.",
            next "到窗口时出示证件即可。" | "Show your identity paper at the counter.";
        /// The provider cannot be reached, or is slow.
        SignInAway = 503 "sign_in_away",
            "身份登录平台暂时连接不上。" | "The sign-in service cannot be reached just now.",
            next "请稍后再试。不登录也可以接着填，到窗口时出示证件。" | "Try again later. You can go on without it, and show your identity paper at the counter.";
        /// The person did not sign in after all.
        SignInCancelled = 403 "sign_in_cancelled",
            "您没有完成登录。" | "You did not sign in.",
            next "可以再试一次，也可以不登录接着填。" | "Try again, or go on without it.";
        /// What the provider answered is not to be believed.
        SignInInvalid = 502 "sign_in_invalid",
            "身份登录平台的答复没有通过核验，没有采用。" | "What the sign-in service answered could not be verified, so it was not used.",
            next "请再试一次；还是不行，到窗口时出示证件即可。" | "Try once more; or show your identity paper at the counter.";
        /// The clocks of hall and provider differ by minutes.
        SignInClock = 503 "sign_in_clock",
            "大厅与身份登录平台的时间不一致，登录没有采用。" | "The clocks of the hall and of the sign-in service differ, so the sign-in was not used.",
            next "请告诉大厅工作人员。不登录也可以接着填。" | "Please tell the hall’s staff. You can go on without signing in.";
        /// It was used, took too long, or was begun in another browser.
        SignInOver = 410 "sign_in_over",
            "这次登录已经用过、超时，或者是在别的浏览器开始的。" | "This sign-in was used already, took too long, or was begun in another browser.",
            next "请回到您的申请，重新登录。" | "Go back to your application and sign in again.";
        /// Name or number are missing in it, or the number is none.
        SignInNobody = 422 "sign_in_nobody",
            "身份登录平台没有提供可用的姓名和证件号码。" | "The sign-in service did not tell a name and number that can be used.",
            next "可能是您的账号还没有实名认证。到窗口时出示证件即可。" | "Your account there may not be verified yet. Show your identity paper at the counter.";
        /// As many drafts as a client may begin.
        TooManyDrafts { seconds: u32 } = 429 "too_many_drafts",
            "新建的草稿太多了，请过 {seconds} 秒再试。" | "Too many drafts were begun. Try again in {seconds} seconds.",
            next "已有的草稿可以继续填写。" | "Drafts that were begun can be filled in meanwhile.";
    }
}

/// The message does not repeat what is told beside each field.
impl Shown for Vec<FieldRefusal> {
    fn shown(&self, _: Lang) -> String {
        String::new()
    }
}

impl DraftRefusal {
    /// The seconds after which the same request may succeed, if they are known.
    pub const fn retry_after(&self) -> Option<u32> {
        match self {
            Self::TooManyDrafts { seconds } => Some(*seconds),
            _ => None,
        }
    }
}
