//! What can happen in a hall. Every change appends an event of one of these
//! kinds to the trail, and a name in the trail never changes: old rows must
//! still be read.
//!
//! The kinds are three enums, so that what shows or checks one of them matches
//! it exhaustively: a new kind does not compile until it has words.

mod hall;

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

pub use hall::HallEvent;

use crate::text::Text;
use crate::ticket::state::{TicketState, Verb};

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventKind {
    Ticket(TicketEvent),
    Case(CaseEvent),
    Hall(HallEvent),
}

impl EventKind {
    /// The name in the trail, such as `TicketIssued`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ticket(kind) => kind.into_str(),
            Self::Case(kind) => kind.into_str(),
            Self::Hall(kind) => kind.into_str(),
        }
    }

    /// The kind of a name in the trail.
    pub fn parse(name: &str) -> Option<Self> {
        TicketEvent::parse(name)
            .map(Self::Ticket)
            .or_else(|| name.parse().map(Self::Case).ok())
            .or_else(|| name.parse().map(Self::Hall).ok())
    }
}

impl From<TicketEvent> for EventKind {
    fn from(kind: TicketEvent) -> Self {
        Self::Ticket(kind)
    }
}

impl From<CaseEvent> for EventKind {
    fn from(kind: CaseEvent) -> Self {
        Self::Case(kind)
    }
}

impl From<HallEvent> for EventKind {
    fn from(kind: HallEvent) -> Self {
        Self::Hall(kind)
    }
}

/// What happened to a ticket. Its visitor sees all of them; on the wire they
/// are named in snake case without `Ticket`.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(prefix = "Ticket", const_into_str)]
pub enum TicketEvent {
    Issued,
    /// Called to a counter.
    Called,
    /// Called once more.
    Recalled,
    /// The visitor came, and service began.
    Begun,
    /// Set aside.
    Held,
    Resumed,
    Transferred,
    /// Back in its line: its counter is empty, or the clerk put it back.
    Returned,
    /// A supervisor put it before all others.
    PutFirst,
    Finished,
    /// The end was taken back: it is on hold at its counter.
    Reopened,
    /// The visitor did not come.
    Missed,
    /// Back in the line.
    Reinstated,
    /// Given back, or left over when the day turned.
    Cancelled,
    /// It has another number now: that on the slip that a terminal printed, or, where two
    /// slips have the same, one of its own.
    Renumbered,
}

impl TicketEvent {
    fn parse(name: &str) -> Option<Self> {
        Self::VARIANTS.iter().copied().find(|kind| kind.into_str() == name)
    }

    /// The state of a ticket after it; none where it stays as it was.
    pub const fn state_after(self) -> Option<TicketState> {
        Some(match self {
            Self::Issued
            | Self::Transferred
            | Self::Returned
            | Self::PutFirst
            | Self::Reinstated => TicketState::Waiting,
            Self::Called | Self::Recalled => TicketState::Called,
            Self::Begun | Self::Resumed => TicketState::Serving,
            Self::Held | Self::Reopened => TicketState::OnHold,
            Self::Finished => TicketState::Finished,
            Self::Missed => TicketState::Missed,
            Self::Cancelled => TicketState::Cancelled,
            Self::Renumbered => return None,
        })
    }

    /// The event in the words of the screens.
    pub fn name(self) -> Text {
        let (zh, en) = match self {
            Self::Issued => ("取号", "Number taken"),
            Self::Called => ("叫号", "Called"),
            Self::Recalled => ("再次叫号", "Called again"),
            Self::Begun => ("开始办理", "Service began"),
            Self::Held => ("暂停办理", "Put on hold"),
            Self::Resumed => ("继续办理", "Service resumed"),
            Self::Transferred => ("转办，继续等候", "Transferred, waiting again"),
            Self::Returned => ("退回队列，继续等候", "Back in its line, waiting again"),
            Self::PutFirst => ("安排到队首", "Put first in line"),
            Self::Finished => ("结束服务", "Service ended"),
            Self::Reopened => ("撤销结束", "The end was taken back"),
            Self::Missed => ("过号", "Missed"),
            Self::Reinstated => ("恢复排队", "Back in line"),
            Self::Cancelled => ("取消", "Cancelled"),
            Self::Renumbered => ("号码变更", "The number was changed"),
        };
        Text::new(zh, en)
    }

    /// Whether the display announces it.
    pub const fn is_call(self) -> bool {
        matches!(self, Self::Called | Self::Recalled)
    }
}

impl Verb {
    /// What the trail says after it.
    pub const fn event(self) -> TicketEvent {
        match self {
            Self::Call | Self::TakeUp => TicketEvent::Called,
            Self::Recall => TicketEvent::Recalled,
            Self::Begin => TicketEvent::Begun,
            Self::Hold => TicketEvent::Held,
            Self::Resume => TicketEvent::Resumed,
            Self::Transfer => TicketEvent::Transferred,
            Self::PutBack => TicketEvent::Returned,
            Self::Finish => TicketEvent::Finished,
            Self::Reopen => TicketEvent::Reopened,
            Self::MarkMissed => TicketEvent::Missed,
            Self::Reinstate => TicketEvent::Reinstated,
            Self::Cancel => TicketEvent::Cancelled,
        }
    }
}

/// What happened to a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(const_into_str)]
pub enum CaseEvent {
    CaseOpened,
    /// A material was ticked, or received.
    MaterialMarked,
    /// A photograph or scan of a material was added.
    FileAttached,
    FileDetached,
    /// A signature, or the photograph of a card at a hand-over, was stored.
    PictureStored,
    /// A document the hall already had was reused.
    MaterialReused,
    /// The applicant was told everything that is missing.
    MissingTold,
    PromiseSigned,
    /// The applicant commits to something instead of proving it first (告知承诺).
    CommitmentSigned,
    /// The commitment was taken back before acceptance.
    CommitmentWithdrawn,
    CaseAccepted,
    /// Counted as accepted, since the applicant was not told in time.
    CaseCountedAsAccepted,
    CaseDeclined,
    /// Withdrawn by the applicant.
    CaseWithdrawn,
    /// Another clerk has it.
    CaseTakenUp,
    /// A promised or requested material was received.
    MaterialSupplied,
    /// A reviewer took a step.
    StepTaken,
    StepApproved,
    StepRejected,
    /// More materials were asked for.
    MoreAsked,
    /// A paper could not be read, and is asked for again.
    MaterialUnreadable,
    /// Somebody looked at a paper that was sent again.
    MaterialLookedAt,
    ClockStopped,
    ClockResumed,
    /// A step went to another department.
    StepHandedOver,
    /// The clerk decided it on the spot.
    CaseDecided,
    /// The results were collected.
    ResultFetched,
    ResultPosted,
    /// The applicant prints the results at a kiosk.
    PrintBegun,
    /// How a print ended that handed nothing over: once more, or not whole.
    ResultPrinted,
    ResultRevoked,
    /// A reviewer took the check of a commitment.
    CheckTaken,
    /// It was found as committed.
    CommitmentKept,
    /// It was found broken, and the applicant is told.
    CommitmentBroken,
    /// The applicant answered the notice of a breach.
    BreachAnswered,
    /// The breach was put right.
    BreachPutRight,
    /// What rested on a broken commitment was revoked.
    CommitmentRevoked,
    /// The check of a commitment is past its day.
    CheckLate,
    /// A step's limit passed.
    StepLate,
    /// The deadline passed.
    CaseLate,
    /// A promise was not kept: the case has ended.
    PromiseBroken,
    /// The deadline was recalculated, since a year's calendar arrived.
    DueRecounted,
    /// Someone looked at it; once for a while, however often.
    CaseLookedAt,
    /// Someone saw the applicant's details unmasked.
    #[strum(serialize = "PersonLookedAt")]
    PersonRevealed,
    /// The applicant was told by a message or a call.
    ApplicantTold,
    /// The applicant's details and the files were erased.
    PersonErased,
}

impl CaseEvent {
    /// The event in the words of the screens.
    pub fn name(self) -> Text {
        let (zh, en) = match self {
            Self::CaseOpened => ("收件", "Received"),
            Self::MaterialMarked => ("核对材料", "A material was checked"),
            Self::FileAttached => ("上传材料", "A photograph or scan was added"),
            Self::FileDetached => ("删除图片", "A photograph or scan was removed"),
            Self::PictureStored => ("保存签名或证件照片", "A signature or photograph was stored"),
            Self::MaterialReused => ("复用已有材料", "Reused from an earlier case"),
            Self::MissingTold => ("一次性告知", "The applicant was told what is missing"),
            Self::PromiseSigned => ("签署容缺承诺", "The promise was signed"),
            Self::CommitmentSigned => ("签署告知承诺", "The commitment was signed"),
            Self::CommitmentWithdrawn => ("撤回告知承诺", "The commitment was taken back"),
            Self::CaseAccepted => ("受理", "Accepted"),
            Self::CaseCountedAsAccepted => {
                ("逾期未告知，视为受理", "Counted as accepted: the applicant was not told in time")
            }
            Self::CaseDeclined => ("不予受理", "Not accepted"),
            Self::CaseWithdrawn => ("申请人撤回", "Withdrawn by the applicant"),
            Self::CaseTakenUp => ("接手办件", "Another clerk took it over"),
            Self::MaterialSupplied => ("补交材料", "A material was supplied"),
            Self::StepTaken => ("签收", "A reviewer took it"),
            Self::StepApproved => ("通过", "Approved"),
            Self::StepRejected => ("不予许可", "Rejected"),
            Self::MoreAsked => ("要求补正", "More materials were asked for"),
            Self::MaterialUnreadable => ("材料看不清，请重新提交", "A material could not be read"),
            Self::MaterialLookedAt => ("核看重新提交的材料", "What was sent again was looked at"),
            Self::ClockStopped => ("暂停计时", "Deadline suspended"),
            Self::ClockResumed => ("恢复计时", "Deadline resumed"),
            Self::StepHandedOver => ("移交", "Handed over"),
            Self::CaseDecided => ("当场办结", "Decided on the spot"),
            Self::ResultFetched => ("领取结果", "The result was collected"),
            Self::ResultPosted => ("寄出结果", "The result was posted"),
            Self::PrintBegun => ("在终端打印结果", "Printing the result at a kiosk"),
            Self::ResultPrinted => ("终端打印结束", "The print at a kiosk ended"),
            Self::ResultRevoked => ("撤销证照", "A document was revoked"),
            Self::CheckTaken => ("签收核查任务", "A reviewer took the check"),
            Self::CommitmentKept => ("核查：与承诺相符", "Checked: found as committed"),
            Self::CommitmentBroken => (
                "核查：与承诺不符，告知申请人",
                "Checked: a breach was found, and the applicant told",
            ),
            Self::BreachAnswered => ("申请人陈述申辩", "The applicant answered"),
            Self::BreachPutRight => ("已整改，核查结束", "The breach was put right"),
            Self::CommitmentRevoked => {
                ("承诺不实，撤销决定", "The commitment was broken, so the result was revoked")
            }
            Self::CheckLate => ("核查逾期", "The check is overdue"),
            Self::StepLate => ("环节逾期", "A step's limit passed"),
            Self::CaseLate => ("办件逾期", "The deadline passed"),
            Self::PromiseBroken => {
                ("未履行承诺，终止办理", "The promise was not kept, so the case ended")
            }
            Self::DueRecounted => ("日历更新，重算期限", "The deadline was recalculated"),
            Self::CaseLookedAt => ("查看办件", "The case was viewed"),
            Self::PersonRevealed => ("查看申请人信息", "The applicant's details were viewed"),
            Self::ApplicantTold => ("告知申请人", "The applicant was told"),
            Self::PersonErased => ("个人信息已删除", "The applicant's details were erased"),
        };
        Text::new(zh, en)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_read_back_by_its_name_in_the_trail() {
        let tickets = TicketEvent::VARIANTS.iter().copied().map(EventKind::Ticket);
        let cases = CaseEvent::VARIANTS.iter().copied().map(EventKind::Case);
        let halls = HallEvent::VARIANTS.iter().copied().map(EventKind::Hall);
        let mut names = Vec::new();
        for kind in tickets.chain(cases).chain(halls) {
            assert_eq!(EventKind::parse(kind.as_str()), Some(kind));
            names.push(kind.as_str());
        }
        // Old rows have these names.
        for name in ["TicketIssued", "TicketMissed", "CaseOpened", "PersonLookedAt"] {
            assert!(names.contains(&name), "{name}: {names:?}");
        }
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count, "two kinds share a name");
        assert_eq!(EventKind::parse("TicketTeleported"), None);
    }

    #[test]
    fn visitors_see_the_kinds_of_tickets_in_snake_case() {
        let wire = serde_json::to_string(&TicketEvent::Recalled).unwrap();
        assert_eq!(wire, r#""recalled""#);
    }
}
