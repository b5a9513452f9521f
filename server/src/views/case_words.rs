//! The events of a case, in words.

use jiban_domain::Text;
use jiban_domain::event::CaseEvent;

/// An event in words.
pub fn what(kind: CaseEvent) -> Text {
    let (zh, en) = match kind {
        CaseEvent::CaseOpened => ("收件", "Received"),
        CaseEvent::MaterialMarked => ("核对材料", "A material was checked"),
        CaseEvent::FileAttached => ("上传材料", "A photograph or scan was added"),
        CaseEvent::FileDetached => ("删除图片", "A photograph or scan was removed"),
        CaseEvent::MaterialReused => ("复用已有材料", "Reused from an earlier case"),
        CaseEvent::MissingTold => ("一次性告知", "The applicant was told what is missing"),
        CaseEvent::PromiseSigned => ("签署容缺承诺", "The promise was signed"),
        CaseEvent::CaseAccepted => ("受理", "Accepted"),
        CaseEvent::CaseCountedAsAccepted => {
            ("逾期未告知，视为受理", "Counted as accepted: the applicant was not told in time")
        }
        CaseEvent::CaseDeclined => ("不予受理", "Not accepted"),
        CaseEvent::CaseWithdrawn => ("申请人撤回", "Withdrawn by the applicant"),
        CaseEvent::CaseTakenUp => ("接手办件", "Another clerk took it over"),
        CaseEvent::MaterialSupplied => ("补交材料", "A material was supplied"),
        CaseEvent::StepTaken => ("签收", "A reviewer took it"),
        CaseEvent::StepApproved => ("通过", "Approved"),
        CaseEvent::StepRejected => ("不予许可", "Rejected"),
        CaseEvent::MoreAsked => ("要求补正", "More materials were asked for"),
        CaseEvent::ClockStopped => ("暂停计时", "Deadline suspended"),
        CaseEvent::ClockResumed => ("恢复计时", "Deadline resumed"),
        CaseEvent::StepHandedOver => ("移交", "Handed over"),
        CaseEvent::CaseDecided => ("当场办结", "Decided on the spot"),
        CaseEvent::ResultFetched => ("领取结果", "The result was collected"),
        CaseEvent::ResultPosted => ("寄出结果", "The result was posted"),
        CaseEvent::ResultRevoked => ("撤销证照", "A document was revoked"),
        CaseEvent::StepLate => ("环节逾期", "A step's limit passed"),
        CaseEvent::CaseLate => ("办件逾期", "The deadline passed"),
        CaseEvent::PromiseBroken => {
            ("未履行承诺，终止办理", "The promise was not kept, so the case ended")
        }
        CaseEvent::DueRecounted => ("日历更新，重算期限", "The deadline was recalculated"),
        CaseEvent::PersonRevealed => ("查看申请人信息", "The applicant's details were viewed"),
        CaseEvent::PersonErased => ("个人信息已删除", "The applicant's details were erased"),
    };
    Text::new(zh, en)
}
