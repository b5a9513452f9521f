//! What happens to a case, in words.

use jiban_domain::Text;

use crate::change::Kind;

/// An event in words.
pub fn what(kind: Kind) -> Text {
    let (zh, en) = match kind {
        Kind::CaseOpened => ("收件", "Opened"),
        Kind::MaterialMarked => ("核对材料", "A material was checked"),
        Kind::FileAttached => ("上传材料", "A photograph or scan was added"),
        Kind::FileDetached => ("删除图片", "A photograph or scan was removed"),
        Kind::MaterialReused => ("复用已有材料", "Taken over from an earlier case"),
        Kind::MissingTold => ("一次性告知", "All that is missing was told"),
        Kind::PromiseSigned => ("签署容缺承诺", "The promise was signed"),
        Kind::CaseAccepted => ("受理", "Accepted"),
        Kind::CaseCountedAsAccepted => {
            ("逾期未告知，视为受理", "Counts as accepted: nothing was told in time")
        }
        Kind::CaseDeclined => ("不予受理", "Not accepted"),
        Kind::CaseWithdrawn => ("申请人撤回", "Withdrawn by the applicant"),
        Kind::CaseTakenUp => ("接手办件", "Another clerk took it up"),
        Kind::MaterialSupplied => ("补交材料", "A material was supplied"),
        Kind::StepTaken => ("领取", "A reviewer took it"),
        Kind::StepApproved => ("通过", "Approved"),
        Kind::StepRejected => ("不予许可", "Rejected"),
        Kind::MoreAsked => ("要求补正", "More was asked for"),
        Kind::ClockStopped => ("停时", "The clock was stopped"),
        Kind::ClockResumed => ("恢复计时", "The clock runs again"),
        Kind::StepHandedOver => ("移交", "Handed over"),
        Kind::CaseDecided => ("当场办结", "Decided on the spot"),
        Kind::ResultFetched => ("领取结果", "The result was fetched"),
        Kind::ResultPosted => ("寄出结果", "The result was posted"),
        Kind::ResultRevoked => ("撤销证照", "A document was revoked"),
        Kind::StepLate => ("环节逾期", "A step's limit passed"),
        Kind::CaseLate => ("办件逾期", "The deadline passed"),
        Kind::PromiseBroken => ("未履行承诺，终止办理", "The promise was not kept: ended"),
        Kind::DueRecounted => ("日历更新，重算期限", "The deadline was counted anew"),
        Kind::PersonLookedAt => ("查看申请人信息", "The applicant was looked at"),
        Kind::PersonErased => ("个人信息已删除", "The person was erased"),
        other => return Text::from(other.as_str()),
    };
    Text::new(zh, en)
}
