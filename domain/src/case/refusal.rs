//! Every expected "no" about a case.

use super::{CaseState, StepState};
use crate::refusal::listed;
use crate::text;
use crate::text::{Lang, Text};

/// An expected "no" about a case. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CaseRefusal {
    /// No such case; or number and last four do not belong together.
    UnknownCase,
    /// No such step.
    UnknownStep,
    /// No such material in the case.
    UnknownMaterial,
    /// No such file there.
    UnknownFile,
    /// No such bundle in this hall.
    UnknownBundle,
    /// No such department.
    UnknownDepartment,
    /// No document has this code.
    UnknownDocument,
    /// The ticket is not being served at this counter.
    NotServing,
    /// Another clerk has the case.
    NotYourCase,
    /// The step lies in a department the asker does not decide for.
    NotYourDepartment,
    /// Another reviewer has taken the step.
    TakenByAnother,
    /// The case's state does not allow it.
    WrongCaseState(CaseState),
    /// The step's state does not allow it.
    WrongStepState(StepState),
    /// Name, number or telephone cannot be right; the sentence says why.
    BadApplicant(Text),
    /// The material may not follow later.
    NotDeferrable,
    /// The applicant broke a promise, and is not offered another yet.
    NoPromise,
    /// The day promised lies after the limit promised: the last day that may be.
    PromiseTooLate(String),
    /// Materials are missing; their names.
    MaterialsMissing(Vec<Text>),
    /// Nothing is missing that could be told.
    NothingMissing,
    /// The materials were asked for before: all at once, and once.
    AskedBefore,
    /// The days for asking are over: it counts as complete.
    TooLateToAsk(u16),
    /// The clock stops on a legal ground only; the grounds.
    GroundNeeded(Vec<Text>),
    /// Reasons must be given.
    ReasonNeeded,
    /// The hall has nothing it could take over.
    NothingToReuse,
    /// The matter is not decided on the spot.
    NotOnTheSpot,
    /// The code is not that of the case.
    WrongCode,
    /// Neither code nor identity was checked.
    CheckFirst,
    /// The file is larger than one may be.
    FileTooLarge,
    /// The file is no JPEG, PNG or PDF.
    FileNotAKind,
    /// The file cannot be read.
    FileBroken,
    /// The material has as many files as it may have.
    TooManyFiles,
    /// The person and the papers were erased.
    Erased,
    /// The calendar of working days is not right; each fault with its place.
    BadCalendar(Vec<Text>),
}

impl CaseRefusal {
    /// The stable name of the refusal, for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::UnknownCase => "unknown_case",
            Self::UnknownStep => "unknown_step",
            Self::UnknownMaterial => "unknown_material",
            Self::UnknownFile => "unknown_file",
            Self::UnknownBundle => "unknown_bundle",
            Self::UnknownDepartment => "unknown_department",
            Self::UnknownDocument => "unknown_document",
            Self::NotServing => "not_serving",
            Self::NotYourCase => "not_your_case",
            Self::NotYourDepartment => "not_your_department",
            Self::TakenByAnother => "taken_by_another",
            Self::WrongCaseState(_) => "wrong_case_state",
            Self::WrongStepState(_) => "wrong_step_state",
            Self::BadApplicant(_) => "bad_applicant",
            Self::NotDeferrable => "not_deferrable",
            Self::NoPromise => "no_promise",
            Self::PromiseTooLate(_) => "promise_too_late",
            Self::MaterialsMissing(_) => "materials_missing",
            Self::NothingMissing => "nothing_missing",
            Self::AskedBefore => "asked_before",
            Self::TooLateToAsk(_) => "too_late_to_ask",
            Self::GroundNeeded(_) => "ground_needed",
            Self::ReasonNeeded => "reason_needed",
            Self::NothingToReuse => "nothing_to_reuse",
            Self::NotOnTheSpot => "not_on_the_spot",
            Self::WrongCode => "wrong_code",
            Self::CheckFirst => "check_first",
            Self::FileTooLarge => "file_too_large",
            Self::FileNotAKind => "file_not_a_kind",
            Self::FileBroken => "file_broken",
            Self::TooManyFiles => "too_many_files",
            Self::Erased => "erased",
            Self::BadCalendar(_) => "bad_calendar",
        }
    }

    /// The HTTP status that says the same.
    pub const fn status(&self) -> u16 {
        match self {
            Self::UnknownCase
            | Self::UnknownStep
            | Self::UnknownMaterial
            | Self::UnknownFile
            | Self::UnknownBundle
            | Self::UnknownDepartment
            | Self::UnknownDocument => 404,
            Self::NotYourCase | Self::NotYourDepartment | Self::NoPromise => 403,
            Self::FileTooLarge => 413,
            Self::FileNotAKind => 415,
            Self::BadApplicant(_)
            | Self::PromiseTooLate(_)
            | Self::GroundNeeded(_)
            | Self::ReasonNeeded
            | Self::FileBroken
            | Self::BadCalendar(_) => 422,
            Self::Erased => 410,
            _ => 409,
        }
    }

    /// What happened, for the person.
    pub fn message(&self, lang: Lang) -> String {
        let told = match self {
            Self::WrongCaseState(state) => {
                let Text { zh, en } = state.name();
                text!(
                    "该办件现为“{zh}”，不能这样操作。"
                        | "The case is {en}; this cannot be done now."
                )
            }
            Self::WrongStepState(state) => {
                let Text { zh, en } = state.name();
                text!(
                    "该环节现为“{zh}”，不能这样操作。"
                        | "The step is {en}; this cannot be done now."
                )
            }
            Self::BadApplicant(why) => return why.get(lang).to_owned(),
            Self::PromiseTooLate(until) => {
                text!(
                    "承诺补交的日期不能晚于 {until}。"
                        | "The day promised cannot be later than {until}."
                )
            }
            Self::MaterialsMissing(names) => {
                let (zh, en) = (listed(names, Lang::Zh), listed(names, Lang::En));
                text!("还缺少材料：{zh}。" | "Materials are missing: {en}.")
            }
            Self::TooLateToAsk(days) => {
                text!(
                    "已超过 {days} 个工作日，不能再要求补正，视为材料齐全。"
                        | "More than {days} working days have passed: no more can be asked for, and it counts as complete."
                )
            }
            Self::GroundNeeded(grounds) => {
                let (zh, en) = (listed(grounds, Lang::Zh), listed(grounds, Lang::En));
                text!("停时须有法定事由：{zh}。" | "The clock stops on a legal ground only: {en}.")
            }
            Self::BadCalendar(faults) => {
                let (zh, en) = (listed(faults, Lang::Zh), listed(faults, Lang::En));
                text!("工作日历有误：{zh}" | "The calendar is not right: {en}")
            }
            _ => self.plain().0,
        };
        told.get(lang).to_owned()
    }

    /// What to do next, for the person.
    pub fn next(&self, lang: Lang) -> String {
        self.plain().1.get(lang).to_owned()
    }

    /// Message and next step of the refusals that carry no detail.
    #[allow(clippy::too_many_lines, reason = "a table")]
    fn plain(&self) -> (Text, Text) {
        let (zh, en, next_zh, next_en) = match self {
            Self::UnknownCase => (
                "没有找到这个办件。",
                "No such case was found.",
                "请核对办件编号和证件号码后四位，或到咨询台询问。",
                "Check the case number and the last four figures, or ask at the desk.",
            ),
            Self::UnknownStep => (
                "没有这个环节。",
                "There is no such step.",
                "请刷新列表后重试。",
                "Load the list again.",
            ),
            Self::UnknownMaterial => (
                "办件没有这项材料。",
                "The case has no such material.",
                "请刷新后重试。",
                "Load the case again.",
            ),
            Self::UnknownFile => (
                "没有这个文件。",
                "There is no such file.",
                "请刷新后重试。",
                "Load the case again.",
            ),
            Self::UnknownBundle => {
                ("没有这个“一件事”。", "There is no such bundle.", "请重新选择。", "Choose again.")
            }
            Self::UnknownDepartment => (
                "没有这个部门。",
                "There is no such department.",
                "请重新选择部门。",
                "Choose the department again.",
            ),
            Self::UnknownDocument => {
                ("没有这份文书。", "There is no such document.", "请核对编码。", "Check the code.")
            }
            Self::NotServing => (
                "该号票不在本窗口办理中。",
                "The ticket is not being served at this counter.",
                "请先叫号并开始办理。",
                "Call it and begin first.",
            ),
            Self::NotYourCase => (
                "该办件由其他人员经办。",
                "Another clerk has this case.",
                "请先接手该办件。",
                "Take the case up first.",
            ),
            Self::NotYourDepartment => (
                "该环节不属于您的部门。",
                "This step is not your department's.",
                "请由所属部门办理。",
                "Leave it to the department that has it.",
            ),
            Self::TakenByAnother => (
                "该环节已由他人领取。",
                "Another reviewer has this step.",
                "请与其联系，或由其交出。",
                "Ask them, or have them hand it over.",
            ),
            Self::WrongCaseState(_) | Self::WrongStepState(_) => (
                "现在不能这样操作。",
                "This cannot be done now.",
                "请查看当前状态。",
                "Look at the present state.",
            ),
            Self::BadApplicant(_) => (
                "申请人信息有误。",
                "The applicant cannot be right.",
                "请核对后重新填写。",
                "Check it and type it again.",
            ),
            Self::NotDeferrable => (
                "该材料不能容缺。",
                "This material may not follow later.",
                "请备齐后再受理。",
                "It must be there before acceptance.",
            ),
            Self::NoPromise => (
                "申请人曾未履行承诺，暂不适用容缺受理。",
                "The applicant broke a promise and is not offered another yet.",
                "请备齐全部材料后受理。",
                "All materials must be there before acceptance.",
            ),
            Self::PromiseTooLate(_) => (
                "承诺日期过晚。",
                "The day promised is too late.",
                "请选择更早的日期。",
                "Choose an earlier day.",
            ),
            Self::MaterialsMissing(_) => (
                "还缺少材料。",
                "Materials are missing.",
                "请补齐，或一次性告知申请人。",
                "Add them, or tell the applicant all at once.",
            ),
            Self::NothingMissing => {
                ("没有缺少的材料。", "Nothing is missing.", "可以受理。", "It can be accepted.")
            }
            Self::AskedBefore => (
                "已经要求过补正，只能一次。",
                "More was asked for before; that is done once.",
                "请依现有材料作出决定。",
                "Decide upon what is there.",
            ),
            Self::TooLateToAsk(_) => (
                "已超过补正期限。",
                "The days for asking are over.",
                "请依现有材料作出决定。",
                "Decide upon what is there.",
            ),
            Self::GroundNeeded(_) => (
                "停时须有法定事由。",
                "The clock stops on a legal ground only.",
                "请选择事由。",
                "Choose a ground.",
            ),
            Self::ReasonNeeded => {
                ("没有写明理由。", "No reasons were given.", "请写明理由。", "Say why.")
            }
            Self::NothingToReuse => (
                "没有可以复用的材料。",
                "There is nothing to take over.",
                "请提交材料。",
                "Bring the material.",
            ),
            Self::NotOnTheSpot => (
                "该事项不能当场办结。",
                "This matter is not decided on the spot.",
                "请受理后由部门办理。",
                "Accept it; its department decides.",
            ),
            Self::WrongCode => (
                "取件码不正确。",
                "The code is not right.",
                "请核对手机页面上的取件码，或查验身份证件。",
                "Check the code on the phone page, or check identity.",
            ),
            Self::CheckFirst => (
                "尚未核对取件码或身份证件。",
                "Neither code nor identity was checked.",
                "请先核对其一。",
                "Check one of them first.",
            ),
            Self::FileTooLarge => (
                "文件超过 10 MB。",
                "The file is larger than 10 MB.",
                "请缩小后重试。",
                "Make it smaller and try again.",
            ),
            Self::FileNotAKind => (
                "只能上传 JPEG、PNG 图片或 PDF。",
                "Only JPEG, PNG and PDF are taken.",
                "请换一个文件。",
                "Choose another file.",
            ),
            Self::FileBroken => (
                "文件打不开。",
                "The file cannot be read.",
                "请重新拍照或扫描。",
                "Photograph or scan it again.",
            ),
            Self::TooManyFiles => (
                "该材料的文件已满。",
                "The material has as many files as it may have.",
                "请先删除不需要的。",
                "Remove one first.",
            ),
            Self::Erased => (
                "保存期已过，个人信息已删除。",
                "Its time is over: the person and the papers were erased.",
                "仍可查看办理经过。",
                "What happened can still be seen.",
            ),
            Self::BadCalendar(_) => (
                "工作日历有误。",
                "The calendar is not right.",
                "请更正后重试，原日历未改变。",
                "Correct it; nothing was changed.",
            ),
        };
        (Text::new(zh, en), Text::new(next_zh, next_en))
    }
}

impl From<CaseRefusal> for crate::Refusal {
    fn from(refusal: CaseRefusal) -> Self {
        Self::Case(refusal)
    }
}
