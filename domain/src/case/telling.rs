//! What an applicant is told while they are not in the hall (告知): when, why and in which
//! words. Nothing here is personal.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr};

use super::{Case, CaseState, CheckState};
use crate::event::CaseEvent;
use crate::text::Text;

/// Why an applicant is told something.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum TellReason {
    /// It is decided, and the result can be collected.
    Ready,
    /// It is decided, and nothing of it was granted.
    Rejected,
    /// More materials were asked for (补正).
    MoreAsked,
    /// It counts as accepted.
    Accepted,
    /// It ended since a promise was not kept.
    Ended,
    /// The result was sent by post.
    Posted,
    /// A document was revoked.
    Revoked,
    /// A commitment was found broken, and there is a term to answer.
    BreachFound,
}

/// How far the hall is with telling it.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum TellingState {
    /// To be sent, or to be called.
    Waiting,
    /// The gateway took the message.
    Sent,
    /// It could not be sent: somebody has to call.
    Failed,
    /// Somebody called and reached the applicant.
    Called,
    /// It was no longer true, or the applicant was erased.
    Dropped,
}

impl TellReason {
    /// What an event of a case is to be told for. Whoever stands at the counter needs no
    /// message: what is decided, refused or withdrawn there is not told again.
    pub fn of(event: CaseEvent, before: CaseState, after: &Case) -> Option<Self> {
        match event {
            CaseEvent::StepApproved | CaseEvent::StepRejected if before != after.state => {
                match after.state {
                    CaseState::Ready => Some(Self::Ready),
                    CaseState::Rejected => Some(Self::Rejected),
                    _ => None,
                }
            }
            CaseEvent::MoreAsked => Some(Self::MoreAsked),
            CaseEvent::CaseCountedAsAccepted => Some(Self::Accepted),
            CaseEvent::PromiseBroken => Some(Self::Ended),
            CaseEvent::ResultPosted => Some(Self::Posted),
            CaseEvent::ResultRevoked | CaseEvent::CommitmentRevoked => Some(Self::Revoked),
            CaseEvent::CommitmentBroken => Some(Self::BreachFound),
            _ => None,
        }
    }

    /// Whether it is still worth telling.
    pub fn still_holds(self, case: &Case) -> bool {
        match self {
            _ if case.erased => false,
            Self::Ready => case.state == CaseState::Ready,
            Self::MoreAsked => case.missing().next().is_some() && !case.state.is_end(),
            Self::Accepted => case.state == CaseState::Accepted,
            Self::BreachFound => case.checks().any(|(_, check)| check.state == CheckState::Noticed),
            Self::Rejected | Self::Ended | Self::Posted | Self::Revoked => true,
        }
    }

    /// In the words of the screens.
    pub fn name(self) -> Text {
        match self {
            Self::Ready => Text::new("已办结，可领取结果", "Decided; the result can be collected"),
            Self::Rejected => Text::new("不予许可", "Rejected"),
            Self::MoreAsked => Text::new("需要补正材料", "More materials are needed"),
            Self::Accepted => Text::new("视为受理", "Counts as accepted"),
            Self::Ended => Text::new("未履行承诺，已终止", "Ended, since a promise was not kept"),
            Self::Posted => Text::new("结果已寄出", "The result was posted"),
            Self::Revoked => Text::new("证照文书已撤销", "A document was revoked"),
            Self::BreachFound => Text::new(
                "核查与承诺不符，请陈述申辩",
                "A commitment was found broken; please answer",
            ),
        }
    }

    /// The message for a phone: no name and no matter, since others may see it.
    pub fn message(self, hall: &str, number: &str, address: &str) -> String {
        let what = match self {
            Self::Ready => "已办结，请凭有效身份证件和取件码领取结果",
            Self::Rejected => "已作出不予许可的决定，理由和救济途径见办件页面",
            Self::MoreAsked => "需要补正材料，清单见办件页面",
            Self::Accepted => "已视为受理",
            Self::Ended => "因未按承诺补交材料已终止办理，可重新申请",
            Self::Posted => "结果已寄出，请留意签收",
            Self::Revoked => "有证照文书已被撤销，理由和救济途径见办件页面",
            Self::BreachFound => "核查发现与承诺不符，请按办件页面所列期限陈述申辩",
        };
        format!("{hall}：您的办件 {number} {what}。{address}")
    }
}
