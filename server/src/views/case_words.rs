//! What happens to a case, in words.

use jiban_domain::Text;

use crate::change::EventKind;

/// An event in words.
pub fn what(kind: EventKind) -> Text {
    let (zh, en) = match kind {
        EventKind::CaseOpened => ("收件", "Opened"),
        EventKind::MaterialMarked => ("核对材料", "A material was checked"),
        EventKind::FileAttached => ("上传材料", "A photograph or scan was added"),
        EventKind::FileDetached => ("删除图片", "A photograph or scan was removed"),
        EventKind::MaterialReused => ("复用已有材料", "Taken over from an earlier case"),
        EventKind::MissingTold => ("一次性告知", "All that is missing was told"),
        EventKind::PromiseSigned => ("签署容缺承诺", "The promise was signed"),
        EventKind::CaseAccepted => ("受理", "Accepted"),
        EventKind::CaseCountedAsAccepted => {
            ("逾期未告知，视为受理", "Counts as accepted: nothing was told in time")
        }
        EventKind::CaseDeclined => ("不予受理", "Not accepted"),
        EventKind::CaseWithdrawn => ("申请人撤回", "Withdrawn by the applicant"),
        EventKind::CaseTakenUp => ("接手办件", "Another clerk took it up"),
        EventKind::MaterialSupplied => ("补交材料", "A material was supplied"),
        EventKind::StepTaken => ("领取", "A reviewer took it"),
        EventKind::StepApproved => ("通过", "Approved"),
        EventKind::StepRejected => ("不予许可", "Rejected"),
        EventKind::MoreAsked => ("要求补正", "More was asked for"),
        EventKind::ClockStopped => ("停时", "The clock was stopped"),
        EventKind::ClockResumed => ("恢复计时", "The clock runs again"),
        EventKind::StepHandedOver => ("移交", "Handed over"),
        EventKind::CaseDecided => ("当场办结", "Decided on the spot"),
        EventKind::ResultFetched => ("领取结果", "The result was fetched"),
        EventKind::ResultPosted => ("寄出结果", "The result was posted"),
        EventKind::ResultRevoked => ("撤销证照", "A document was revoked"),
        EventKind::StepLate => ("环节逾期", "A step's limit passed"),
        EventKind::CaseLate => ("办件逾期", "The deadline passed"),
        EventKind::PromiseBroken => ("未履行承诺，终止办理", "The promise was not kept: ended"),
        EventKind::DueRecounted => ("日历更新，重算期限", "The deadline was counted anew"),
        EventKind::PersonLookedAt => ("查看申请人信息", "The applicant was looked at"),
        EventKind::PersonErased => ("个人信息已删除", "The person was erased"),
        other => return Text::from(other.as_str()),
    };
    Text::new(zh, en)
}
