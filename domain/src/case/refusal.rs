//! Every expected "no" about a case.

use super::state::{CaseState, CheckState, StepState};
use crate::refusal_table::{Shown, refusals};
use crate::text::{Lang, Text};

refusals! {
    /// An expected "no" about a case. Nothing was changed.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub enum CaseRefusal {
        /// No such case; or number and last four do not belong together.
        UnknownCase = 404 "unknown_case",
            "没有找到这个办件。" | "This case was not found.",
            next "请核对办件编号和证件号码后四位，或到咨询台询问。" | "Check the case number and the last four digits of the identity number, or ask at the information desk.";
        UnknownStep = 404 "unknown_step",
            "没有这个环节。" | "There is no such step.",
            next "请刷新列表后重试。" | "Reload the list and try again.";
        /// No such material in the case.
        UnknownMaterial = 404 "unknown_material",
            "办件没有这项材料。" | "The case has no such material.",
            next "请刷新后重试。" | "Reload the case and try again.";
        UnknownFile = 404 "unknown_file",
            "没有这个文件。" | "There is no such file.",
            next "请刷新后重试。" | "Reload the case and try again.";
        /// No such bundle in this hall.
        UnknownBundle = 404 "unknown_bundle",
            "没有这个“一件事”。" | "There is no such bundle.",
            next "请重新选择。" | "Choose again.";
        UnknownDepartment = 404 "unknown_department",
            "没有这个部门。" | "There is no such department.",
            next "请重新选择部门。" | "Choose the department again.";
        /// No document has this code.
        UnknownDocument = 404 "unknown_document",
            "没有这份文书。" | "There is no such document.",
            next "请核对编码。" | "Check the code.";
        /// All results of the case were revoked; their names.
        ResultRevoked(names: Vec<Text>) = 409 "result_revoked",
            "结果已被撤销，不能发给申请人：{names}。" | "The results were revoked and are not given to the applicant: {names}.",
            next "请告知申请人，撤销理由见办件记录。" | "Tell the applicant. The reason is in the history of the case.";
        /// The ticket is not being served at this counter.
        NotServing = 409 "not_serving",
            "该号票不在本窗口办理中。" | "The ticket is not being served at this counter.",
            next "请先叫号并开始办理。" | "Call it and begin service first.";
        /// Another clerk has the case.
        NotYourCase = 403 "not_your_case",
            "该办件由其他人员经办。" | "Another clerk has this case.",
            next "请先接手该办件。" | "Take the case over first.";
        /// Another clerk has the case; it may be looked at for a reason, which is recorded.
        SayWhy = 403 "say_why",
            "该办件由其他人员经办，查看前请说明原因。" | "Another clerk has this case. Say why you look at it.",
            next "请选择原因，或接手该办件。" | "Choose a reason, or take the case over.";
        /// The step lies in a department the reviewer does not decide for.
        NotYourDepartment = 403 "not_your_department",
            "该环节不属于您的部门。" | "This step belongs to another department.",
            next "请由所属部门办理。" | "Leave it to that department.";
        /// Another reviewer has taken the step.
        TakenByAnother = 409 "taken_by_another",
            "该环节已由他人签收。" | "Another reviewer has taken this step.",
            next "请与其联系，或由其交出。" | "Contact them, or have them hand it over.";
        /// The case's state does not allow it.
        WrongCaseState(state: CaseState) = 409 "wrong_case_state",
            "该办件现为“{state}”，不能这样操作。" | "The case is {state}, so this cannot be done now.",
            next "请查看当前状态。" | "Check the current state.";
        /// The step's state does not allow it.
        WrongStepState(state: StepState) = 409 "wrong_step_state",
            "该环节现为“{state}”，不能这样操作。" | "The step is {state}, so this cannot be done now.",
            next "请查看当前状态。" | "Check the current state.";
        /// Name, number or telephone is not valid; the sentence says why.
        BadApplicant(why: Text) = 422 "bad_applicant",
            "{why}" | "{why}",
            next "请核对后重新填写。" | "Check the applicant's name and number.";
        /// Name, number or telephone of the agent is not valid; the sentence says why.
        BadAgent(why: Text) = 422 "bad_agent",
            "代办人：{why}" | "The agent: {why}",
            next "请核对代办人的证件后重新填写。" | "Check the agent's name and number.";
        /// The agent's authorisation is missing, or its date cannot be; the sentence says why.
        BadAuthorisation(why: Text) = 422 "bad_authorisation",
            "{why}" | "{why}",
            next "请核对授权委托书。" | "Check the authorisation.";
        /// The case has no agent who could take the results.
        NoAgent = 409 "no_agent",
            "本办件没有登记代办人。" | "No agent acts in this case.",
            next "请交给申请人本人。" | "Hand the results to the applicant.";
        /// The number is not that of the agent.
        OtherAgent = 409 "other_agent",
            "证件号码与登记的代办人不一致。" | "The number is not that of the agent of this case.",
            next "请核对证件；不是登记的代办人，不能交付。" | "Check the document. To anybody else nothing is handed over.";
        /// The material may not follow later.
        NotDeferrable = 409 "not_deferrable",
            "该材料不能容缺。" | "This material cannot follow later.",
            next "请备齐后再受理。" | "It must be received before acceptance.";
        /// The applicant broke a promise, and is not offered another yet.
        NoPromise = 403 "no_promise",
            "申请人曾未履行承诺，暂不适用容缺受理。" | "The applicant did not keep an earlier promise, so none can be made now.",
            next "请备齐全部材料后受理。" | "All materials must be received before acceptance.";
        /// Nothing can be committed to in this case, or nothing was.
        NoCommitment = 409 "no_commitment",
            "本办件没有可签署的告知承诺。" | "There is no commitment to sign in this case.",
            next "请按一般方式办理。" | "Handle the case in the ordinary way.";
        /// The commitment replaces the material.
        ReplacedByCommitment = 409 "replaced_by_commitment",
            "该材料已由承诺代替。" | "The commitment replaces this material.",
            next "如改为提交材料，请先撤回承诺。" | "To submit it after all, take the commitment back first.";
        /// The case has no check of a commitment for this matter.
        UnknownCheck = 404 "unknown_check",
            "没有这项核查任务。" | "There is no such check.",
            next "请刷新列表后重试。" | "Reload the list and try again.";
        /// The check's state does not allow it.
        WrongCheckState(state: CheckState) = 409 "wrong_check_state",
            "该核查现为“{state}”，不能这样操作。" | "The check is {state}, so this cannot be done now.",
            next "请查看当前状态。" | "Check the current state.";
        /// The applicant may still answer, or put it right: the last day.
        TermRuns(until: String) = 409 "term_runs",
            "申请人的陈述申辩或整改期限到 {until} 为止，现在不能撤销。" | "The applicant may answer or put it right until {until}, so nothing can be revoked yet.",
            next "请等期满，或在收到陈述申辩后办理。" | "Wait for the end of the term, or for the answer.";
        /// As many answers as one notice may have.
        AnsweredEnough = 409 "answered_enough",
            "陈述申辩已达 10 次。" | "There are ten answers already.",
            next "请联系核查部门。" | "Contact the department that checks.";
        /// The day promised lies after the promised limit: the last day allowed.
        PromiseTooLate(until: String) = 422 "promise_too_late",
            "承诺补交的日期不能晚于 {until}。" | "The promised day cannot be later than {until}.",
            next "请选择更早的日期。" | "Choose an earlier day.";
        /// Materials are missing; their names.
        MaterialsMissing(names: Vec<Text>) = 409 "materials_missing",
            "还缺少材料：{names}。" | "Materials are missing: {names}.",
            next "请补齐，或一次性告知申请人。" | "Add them, or tell the applicant about all of them at once.";
        /// Nothing is missing that the applicant could be told about.
        NothingMissing = 409 "nothing_missing",
            "没有缺少的材料。" | "Nothing is missing.",
            next "可以受理。" | "The case can be accepted.";
        /// The materials were asked for before: all at once, and once.
        AskedBefore = 409 "asked_before",
            "已经要求过补正，只能一次。" | "More materials were asked for before, which is allowed once.",
            next "请依现有材料作出决定。" | "Decide on the materials received.";
        /// The days for asking are over: it counts as complete.
        TooLateToAsk(days: u16) = 409 "too_late_to_ask",
            "已超过 {days} 个工作日，不能再要求补正，视为材料齐全。" | "More than {days} working days have passed: no more can be asked for, and the case counts as complete.",
            next "请依现有材料作出决定。" | "Decide on the materials received.";
        /// The clock stops on a legal ground only; the grounds.
        GroundNeeded(grounds: Vec<Text>) = 422 "ground_needed",
            "暂停计时须有法定事由：{grounds}。" | "The deadline can be suspended on a legal ground only: {grounds}.",
            next "请选择事由。" | "Choose a ground.";
        ReasonNeeded = 422 "reason_needed",
            "没有写明理由。" | "No reasons were given.",
            next "请写明理由。" | "Give the reasons.";
        /// The hall has nothing it could reuse.
        NothingToReuse = 409 "nothing_to_reuse",
            "没有可以复用的材料。" | "There is nothing to reuse.",
            next "请提交材料。" | "Submit the material.";
        /// The matter is not decided on the spot.
        NotOnTheSpot = 409 "not_on_the_spot",
            "该事项不能当场办结。" | "This matter cannot be decided on the spot.",
            next "请受理后由部门办理。" | "Accept the case; its department decides.";
        /// The code is not that of the case.
        WrongCode = 409 "wrong_code",
            "取件码不正确。" | "The collection code is wrong.",
            next "请核对手机页面上的取件码，或拍摄身份证件。" | "Check the code on the phone page, or photograph the identity document.";
        /// The identity of who collects was not checked.
        CheckFirst = 409 "check_first",
            "尚未核对领取人身份证件。" | "The identity document was not checked.",
            next "请先核对身份证件。" | "Check it first.";
        /// Neither the code nor a photograph of the identity document.
        CardNeeded = 409 "card_needed",
            "还缺取件码，或身份证件的照片。" | "The collection code or a photograph of the identity document is needed.",
            next "请输入手机页面上的取件码；没有取件码的，请拍摄身份证件。" | "Enter the code on the phone page. Without a code, photograph the identity document.";
        /// The file is larger than one may be.
        FileTooLarge = 413 "file_too_large",
            "文件超过 10 MB。" | "The file is larger than 10 MB.",
            next "照片请截屏后上传截屏；PDF 请分成几份上传。" | "Take a screenshot of a photo and send that. Split a PDF into parts.";
        /// The file is no picture, PDF or OFD.
        FileNotAKind = 415 "file_not_a_kind",
            "只能上传照片、图片、PDF 或 OFD。" | "Only photos, pictures, PDF and OFD files can be uploaded.",
            next "Word、表格等请先另存为 PDF，或把纸质件拍照上传。" | "Save Word files and sheets as PDF first, or photograph the paper.";
        /// A photograph in the format of iPhones.
        FileHeic = 415 "file_heic",
            "这张照片是 HEIC 格式，这里打不开。" | "This photo is in HEIC format, which cannot be opened here.",
            next "请打开照片截屏，上传截屏；或在 iPhone 的“设置-相机-格式”选“兼容性最佳”后重拍。" | "Open the photo, take a screenshot and send that. Or choose Settings, Camera, Formats, Most Compatible on your iPhone and take it again.";
        /// A picture that is no JPEG, PNG or WebP.
        FilePictureFormat = 415 "file_picture_format",
            "这种图片格式不能上传，请用 JPEG 或 PNG。" | "Pictures of this format cannot be uploaded: use JPEG or PNG.",
            next "请打开图片截屏，上传截屏；扫描件请存为 PDF 或 JPEG。" | "Open the picture, take a screenshot and send that. Save scans as PDF or JPEG.";
        /// There is nothing in the file.
        FileEmpty = 422 "file_empty",
            "文件是空的。" | "The file is empty.",
            next "可能还没有下载完。请先打开看一看，再重新选择。" | "It may not be downloaded yet. Open it once, then choose it again.";
        /// A PDF that opens with a password only.
        FileLocked = 422 "file_locked",
            "这份 PDF 有打开密码，我们打不开。" | "This PDF is locked with a password, so we cannot open it.",
            next "请用密码打开后另存为没有密码的 PDF，或把每一页截屏、拍照上传。" | "Open it with its password and save it without one, or send a picture of each page.";
        /// Something is missing in the file.
        FileBroken = 422 "file_broken",
            "文件不完整或已损坏，打不开。" | "The file is incomplete or damaged, and cannot be opened.",
            next "可能没有下载完。请重新下载，或重新拍照、扫描。" | "It may not be downloaded completely. Download it again, or photograph or scan it again.";
        /// Nothing was sent of the material that could be read or not.
        NothingToRead = 409 "nothing_to_read",
            "这项材料没有可核看的图片或文件。" | "There is no picture or file of this material to look at.",
            next "请刷新后查看。" | "Reload the case.";
        /// The material has as many files as it may have.
        TooManyFiles = 409 "too_many_files",
            "该材料的文件已满。" | "This material can have no more files.",
            next "请先删除不需要的。" | "Remove one first.";
        /// The applicant's details and the files were erased.
        Erased = 410 "erased",
            "保存期已过，个人信息已删除。" | "The retention period is over: the personal details and files were erased.",
            next "仍可查看办理经过。" | "The history of the case can still be seen.";
        /// The calendar of working days is not valid; each fault with its place.
        BadCalendar(faults: Vec<Text>) = 422 "bad_calendar",
            "工作日历有误：{faults}" | "The calendar is not valid: {faults}",
            next "请更正后重试，原日历未改变。" | "Correct it. Nothing was changed.";
    }
}

impl Shown for CaseState {
    fn shown(&self, lang: Lang) -> String {
        self.name().shown(lang)
    }
}

impl Shown for StepState {
    fn shown(&self, lang: Lang) -> String {
        self.name().shown(lang)
    }
}

impl Shown for CheckState {
    fn shown(&self, lang: Lang) -> String {
        self.name().shown(lang)
    }
}
