//! What the documents of a case say: receipt, notices, promise, hand-over, and the
//! results. This is plain data: the rules that fill it are the case's, and the
//! layout is the app's.
//!
//! In all of them: dates are `2026-12-09` and times `2026-11-25 09:05`, by the
//! hall's clock; `case` is the number, 12 digits; `qr` is the address in the code,
//! capitals after the scheme; `applicant` is masked (`张*`); `telephone` is for questions.

use serde::{Deserialize, Serialize};

use crate::text;
use crate::text::{Lang, Text};

/// The receipt: a case was accepted (受理通知书).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The language the applicant chose.
    pub lang: Lang,
    pub hall: Text,
    pub number: String,
    pub matter: Text,
    pub applicant: String,
    /// Who acts for the applicant, masked.
    #[serde(default)]
    pub agent: Option<String>,
    /// Time of acceptance.
    pub accepted: String,
    /// The last day for the decision.
    pub due: String,
    /// The calendar does not reach that far yet, so the day may still move.
    pub due_provisional: bool,
    /// The promised limit in working days; 0 is at once (即办件).
    pub promised_days: u16,
    /// The materials received.
    pub received: Vec<Text>,
    /// The materials that follow later, and by when.
    pub deferred: Vec<DeferredMaterial>,
    pub qr: String,
    pub telephone: Option<String>,
    /// How the applicant will be notified, with a masked number.
    pub told_by: Option<Text>,
}

/// A material that follows later, on a [`Receipt`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeferredMaterial {
    pub name: Text,
    /// The last day for it.
    pub due: String,
}

/// The list of everything missing, given once (一次性告知书; 行政许可法 32).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissingNotice {
    /// The language the applicant chose.
    pub lang: Lang,
    pub hall: Text,
    pub number: String,
    pub matter: Text,
    pub applicant: String,
    /// Time of the notice.
    pub told: String,
    /// The department that asks after acceptance (补正), and its reason; none for the one
    /// notice before acceptance.
    #[serde(default)]
    pub asked: Option<(Text, String)>,
    pub missing: Vec<MissingMaterial>,
    /// Where to bring it.
    pub place: Text,
    /// The last day to bring it, where there is one.
    pub due: Option<String>,
    pub qr: String,
    pub telephone: Option<String>,
}

/// A material that is missing, on a [`MissingNotice`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissingMaterial {
    pub name: Text,
    /// Original, copy or electronic, in words.
    pub form: Text,
    /// What is wrong with what was brought, or what to watch for.
    pub remark: Option<Text>,
}

/// The promise: the case is accepted without some materials, what the applicant
/// promises, and what happens otherwise (容缺受理承诺书).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromiseNotice {
    /// The language the applicant chose.
    pub lang: Lang,
    pub hall: Text,
    pub number: String,
    pub matter: Text,
    pub applicant: String,
    /// The promised materials.
    pub promised: Vec<PromisedMaterial>,
    /// The drawn signature, a PNG as a data URI; none prints a line to sign on.
    pub signature: Option<String>,
    /// Time of the signature, or of the notice.
    pub signed: String,
    pub qr: String,
    pub telephone: Option<String>,
}

/// A material that is promised, on a [`PromiseNotice`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromisedMaterial {
    pub name: Text,
    /// Original, copy or electronic, in words.
    pub form: Text,
    /// The last day for it.
    pub due: String,
    /// What happens otherwise (逾期未补的，终止办理).
    pub consequence: Text,
}

/// The commitment: what the applicant declares instead of proving it first, what that replaces,
/// the check afterwards, and what a breach leads to (告知承诺书).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommitmentNotice {
    /// The language the applicant chose.
    pub lang: Lang,
    pub hall: Text,
    pub number: String,
    pub matter: Text,
    pub applicant: String,
    /// The promised limit with it, in working days.
    pub promised_days: u16,
    /// For each matter.
    pub terms: Vec<CommittedTo>,
    /// The drawn signature, a PNG as a data URI; none prints a line to sign on.
    pub signature: Option<String>,
    /// Time of the signature.
    pub signed: String,
    pub qr: String,
    pub telephone: Option<String>,
}

/// What is committed to for a matter, on a [`CommitmentNotice`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommittedTo {
    pub name: Text,
    pub text: Text,
    /// The steps and materials that it replaces.
    pub replaced: Vec<Text>,
    /// Who checks, and by when.
    pub check: Text,
    pub consequence: Text,
}

/// What a check found broken, and how to answer (核查情况告知书; 行政许可法 69).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BreachNotice {
    /// The language the applicant chose.
    pub lang: Lang,
    pub hall: Text,
    pub number: String,
    pub matter: Text,
    pub applicant: String,
    pub found: Vec<FoundBroken>,
    /// How to answer.
    pub how: Text,
    pub qr: String,
    pub telephone: Option<String>,
}

/// What was found for a matter, on a [`BreachNotice`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundBroken {
    /// Time of the notice.
    pub told: String,
    /// The department that checked.
    pub department: Text,
    pub finding: String,
    /// The last day to answer.
    pub answer_by: String,
    /// The last day to put it right, where that is offered.
    pub put_right_by: Option<String>,
    pub consequence: Text,
}

/// The result is ready to collect (出件通知). A clerk prints it, so it has no pick-up
/// code: that is on the applicant's phone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandoverSlip {
    /// The language the applicant chose.
    pub lang: Lang,
    pub hall: Text,
    pub number: String,
    pub matter: Text,
    pub applicant: String,
    /// Who acts for the applicant, masked, and may collect it too.
    #[serde(default)]
    pub agent: Option<String>,
    /// Where to collect it.
    pub place: Text,
    /// Its hours, in words.
    pub hours: Text,
    /// The last day it can be collected, where there is one.
    pub kept_until: Option<String>,
    pub qr: String,
    pub telephone: Option<String>,
}

/// How a case without a decision ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndKind {
    /// It was not accepted (不予受理).
    Declined,
    /// The promised materials did not arrive in time (终止办理).
    Ended,
}

/// The notice that a case is not accepted (不予受理通知书; 行政许可法 32) or has
/// ended by rule (终止办理通知书), with the reasons and what can be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndNotice {
    /// The language the applicant chose.
    pub lang: Lang,
    pub hall: Text,
    pub kind: EndKind,
    pub number: String,
    pub matter: Text,
    pub applicant: String,
    /// Time of the end.
    pub ended: String,
    pub reason: Text,
    /// The promised materials that did not arrive, each with its last day.
    pub lacking: Vec<DeferredMaterial>,
    /// What can be done: the ways to appeal, or to apply again.
    pub next: Vec<Text>,
    pub qr: String,
    pub telephone: Option<String>,
}

/// A licence, permit or certificate on a page of A4.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultDocument {
    /// The language that leads.
    pub lang: Lang,
    /// The result's name (食品经营许可证).
    pub title: Text,
    /// Its number.
    pub number: String,
    /// Whose it is, whole.
    pub holder: String,
    /// Identity number or credit code, as it is to be shown; may be empty.
    pub holder_number: String,
    /// The matter.
    pub matter: Text,
    /// The department that issues it.
    pub issuer: Text,
    /// Day of issue.
    pub issued_on: String,
    /// The last day it is good for; none is for good.
    pub valid_until: Option<String>,
    /// What else it says.
    pub lines: Vec<Line>,
    /// The sentence that grants (经审查，准予…).
    pub sentence: Text,
    /// Conditions it is bound to.
    pub conditions: Option<Text>,
    /// The code anyone may check it by, without spaces.
    pub verify_code: String,
    /// Where it is checked.
    pub qr: String,
    /// Whether it still holds.
    pub state: ResultState,
}

/// How a page came out that somebody printed by themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintedBy {
    /// When, by the hall's clock.
    pub at: String,
    /// The id of the kiosk, and where it stands.
    pub kiosk: Text,
    /// Counted from 1.
    pub page: u32,
    pub pages: u32,
}

/// A statement of a department about a person, on pages of A4 (社会保险参保证明).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementDocument {
    /// The language that leads.
    pub lang: Lang,
    pub title: Text,
    /// Whose it is, whole.
    pub holder: String,
    /// Identity number as it is to be shown.
    pub holder_number: String,
    /// What is stated.
    pub sentence: Text,
    /// The day of the records.
    pub as_of: String,
    /// The headings of the table.
    pub columns: Vec<Text>,
    /// Which of the columns are figures, set at the right.
    pub figures: Vec<bool>,
    /// The rows, each with a value for each column.
    pub rows: Vec<Vec<String>>,
    /// The department that states it.
    pub issuer: Text,
    /// The day on which it was issued.
    pub issued_on: String,
    /// The code anyone may check it by, without spaces.
    pub verify_code: String,
    /// Where it is checked.
    pub qr: String,
}

/// A field of a [`ResultDocument`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub label: Text,
    /// What it says.
    pub value: Text,
}

/// Whether a result holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResultState {
    /// It does.
    Valid,
    /// It was taken back (已撤销).
    Revoked,
}

/// That a permit is refused, why, and the way to appeal (不予行政许可决定书;
/// 行政许可法 38), on a page of A4.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The language that leads.
    pub lang: Lang,
    /// The decision's name.
    pub title: Text,
    /// Its number.
    pub number: String,
    /// Whom it is for, whole.
    pub applicant: String,
    /// Identity number or credit code, as it is to be shown; may be empty.
    pub applicant_number: String,
    /// The matter.
    pub matter: Text,
    pub case: String,
    /// What is decided, where that is not a refusal.
    #[serde(default)]
    pub sentence: Option<Text>,
    /// Day of acceptance.
    pub accepted_on: String,
    /// Why, one by one.
    pub reasons: Vec<Text>,
    /// The law it rests on.
    pub grounds: Text,
    /// The ways to appeal, each with its time and place (行政复议, 行政诉讼).
    pub appeal: Vec<Text>,
    /// The department that decides.
    pub issuer: Text,
    /// Day of the decision.
    pub decided_on: String,
    /// The code anyone may check it by, without spaces.
    pub verify_code: String,
    /// Where it is checked.
    pub qr: String,
}

/// What is appealed against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Against {
    /// 不予行政许可决定书.
    Rejection,
    /// 不予受理通知书.
    NotAccepted,
    /// 撤销决定书.
    Revocation,
}

/// The ways to appeal, each with its time: 行政复议法 (2023) 20, 行政诉讼法 46.
pub fn ways_to_appeal(against: Against) -> [Text; 2] {
    let (zh, en) = match against {
        Against::Rejection | Against::Revocation => ("决定书", "decision"),
        Against::NotAccepted => ("通知书", "notice"),
    };
    [
        text!(
            "自收到{zh}之日起 60 日内，可以向有关行政机关申请行政复议。"
                | "Within 60 days of receipt of the {en} you may apply for administrative reconsideration."
        ),
        text!(
            "自收到{zh}之日起 6 个月内，可以依法向人民法院提起行政诉讼。"
                | "Within 6 months of receipt of the {en} you may bring administrative proceedings."
        ),
    ]
}
