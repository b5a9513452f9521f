//! The states of a draft, and its moves.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use super::{Draft, Proof};
use crate::case::Moment;
use crate::form::FieldRefusal;
use crate::ids::{CaseId, ClerkId};
use crate::refusal_table::{Shown, refusals};
use crate::text::{Lang, Text};

/// How far a draft is.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum DraftState {
    /// The applicant writes.
    Filling,
    /// The hall looks at it (预审中).
    Sent,
    /// It came back with remarks.
    Returned,
    /// All right: the applicant may come.
    Cleared,
    /// It became a case.
    Received,
    /// The applicant gave it up.
    Withdrawn,
    /// Its time was over.
    Expired,
}

impl DraftState {
    /// Whether answers and files may be changed.
    pub const fn is_writable(self) -> bool {
        matches!(self, Self::Filling | Self::Returned)
    }

    /// Whether nothing more can become of it.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Received | Self::Withdrawn | Self::Expired)
    }

    pub fn name(self) -> Text {
        let (zh, en) = match self {
            Self::Filling => ("填写中", "being filled in"),
            Self::Sent => ("预审中", "being checked"),
            Self::Returned => ("请修改", "returned with remarks"),
            Self::Cleared => ("预审通过", "checked and all right"),
            Self::Received => ("已收件", "received"),
            Self::Withdrawn => ("已撤回", "withdrawn"),
            Self::Expired => ("已过期删除", "expired and erased"),
        };
        Text::new(zh, en)
    }
}

impl Shown for DraftState {
    fn shown(&self, lang: Lang) -> String {
        self.name().get(lang).to_owned()
    }
}

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
        /// Only the applicant agrees, signs and sends.
        ApplicantOnly = 403 "applicant_only",
            "同意、签名和提交只能由申请人本人操作。" | "Only the applicant can agree, sign and send.",
            next "请申请人在自己的屏幕上操作。" | "Ask the applicant to do it on their own screen.";
        /// The six figures are not, or no longer, those of a draft.
        WrongShareCode = 404 "wrong_share_code",
            "这个验证码不对或已过期。" | "This code is wrong or no longer valid.",
            next "请对方重新显示验证码，一分钟内有效。" | "Have a new code shown; it is good for a minute.";
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

impl Draft {
    fn require(&self, states: &[DraftState]) -> Result<(), DraftRefusal> {
        let fits = states.contains(&self.state);
        if fits { Ok(()) } else { Err(DraftRefusal::WrongDraftState(self.state)) }
    }

    /// The applicant sends it to be looked at. Its form must have been checked before.
    ///
    /// # Errors
    /// [`DraftRefusal::WrongDraftState`].
    pub fn send(&mut self, now: Moment) -> Result<(), DraftRefusal> {
        self.require(&[DraftState::Filling, DraftState::Returned])?;
        self.state = DraftState::Sent;
        self.sent = Some(now.into());
        self.first_sent.get_or_insert(now.into());
        self.times_sent += 1;
        Ok(())
    }

    /// The applicant takes it back, to change it.
    ///
    /// # Errors
    /// [`DraftRefusal::WrongDraftState`].
    pub fn take_back(&mut self) -> Result<(), DraftRefusal> {
        self.require(&[DraftState::Sent, DraftState::Cleared])?;
        self.state = DraftState::Filling;
        Ok(())
    }

    /// The hall returns it with remarks.
    ///
    /// # Errors
    /// [`DraftRefusal::WrongDraftState`]; [`DraftRefusal::RemarkNeeded`] without remarks.
    pub fn give_back(&mut self, remarks: usize, by: &ClerkId) -> Result<(), DraftRefusal> {
        self.require(&[DraftState::Sent, DraftState::Cleared])?;
        if remarks == 0 {
            return Err(DraftRefusal::RemarkNeeded);
        }
        self.state = DraftState::Returned;
        self.times_returned += 1;
        self.checked_by = Some(by.clone());
        Ok(())
    }

    /// The hall finds it all right.
    ///
    /// # Errors
    /// [`DraftRefusal::WrongDraftState`].
    pub fn clear(&mut self, bring_originals: bool, by: &ClerkId) -> Result<(), DraftRefusal> {
        self.require(&[DraftState::Sent, DraftState::Returned])?;
        self.state = DraftState::Cleared;
        self.bring_originals = bring_originals;
        self.checked_by = Some(by.clone());
        Ok(())
    }

    /// A clerk has seen the applicant's identity paper.
    pub fn paper_seen(&mut self, by: &ClerkId, now: Moment) {
        self.proof = Proof::PaperSeen { by: by.clone(), at: now.at };
    }

    /// A clerk has seen the identity paper of whoever it names.
    ///
    /// # Errors
    /// [`DraftRefusal::WrongDraftState`] once it is over.
    pub fn prove(&mut self, by: &ClerkId, now: Moment) -> Result<(), DraftRefusal> {
        self.require_not_over()?;
        self.paper_seen(by, now);
        Ok(())
    }

    /// It becomes a case at a counter.
    ///
    /// # Errors
    /// [`DraftRefusal::WrongDraftState`] once it is over.
    pub fn receive(&mut self, case: CaseId, by: &ClerkId, now: Moment) -> Result<(), DraftRefusal> {
        self.require_not_over()?;
        self.paper_seen(by, now);
        self.state = DraftState::Received;
        self.case = Some(case);
        self.ended = Some(now.into());
        Ok(())
    }

    /// The applicant gives it up.
    ///
    /// # Errors
    /// [`DraftRefusal::WrongDraftState`] once it is over.
    pub fn withdraw(&mut self, now: Moment) -> Result<(), DraftRefusal> {
        self.require_not_over()?;
        self.state = DraftState::Withdrawn;
        self.ended = Some(now.into());
        Ok(())
    }

    /// Its time is over.
    pub fn expire(&mut self, now: Moment) {
        if !self.state.is_over() {
            self.state = DraftState::Expired;
            self.ended = Some(now.into());
        }
        self.files.clear();
    }

    fn require_not_over(&self) -> Result<(), DraftRefusal> {
        let over = self.state.is_over();
        if over { Err(DraftRefusal::WrongDraftState(self.state)) } else { Ok(()) }
    }
}
