//! Every expected "no": a code for programs, a sentence for the person, and
//! what to do next. A refusal is a value; a broken disk is not a refusal but
//! an error, and is answered by [`Refusal::Unavailable`] after it was logged.

use crate::case::refusal::CaseRefusal;
use crate::text::{Lang, Text};
use crate::ticket::{TicketState, Verb};

/// An expected "no". Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.code())]
pub enum Refusal {
    /// The body is not what the call takes; the text says where.
    BadRequest(String),
    /// The body is larger than a call may be.
    TooLarge,
    /// Nobody is signed in.
    SignInFirst,
    /// Name and password do not belong together.
    WrongPassword,
    /// Too many failures; wait this many seconds.
    LockedOut {
        /// Seconds until the next try is heard.
        seconds: u32,
    },
    /// Signed in, but not for this.
    NotAllowed,
    /// The ticket, or the place called, is another counter's.
    NotYourCounter,
    /// No such hall.
    UnknownHall,
    /// No such kiosk.
    UnknownKiosk,
    /// No such matter in this hall.
    UnknownMatter,
    /// No such line in this hall.
    UnknownLine,
    /// No such counter in this hall.
    UnknownCounter,
    /// No such ticket, or a token nobody has.
    UnknownTicket,
    /// No such address under `/api/`.
    UnknownCall,
    /// The hall is closed now.
    HallClosed,
    /// The line takes no more tickets today.
    LineClosed,
    /// The verb does not apply to the ticket's state.
    WrongState {
        /// Where the ticket stands.
        state: TicketState,
        /// What was asked.
        verb: Verb,
    },
    /// The counter has no ticket in hand and none was named.
    NoTicketInHand,
    /// The counter has a ticket in hand already.
    CounterBusy,
    /// The request id was used before, with another body.
    RequestReused,
    /// The ticket has ended and its slip is no longer printed.
    NothingToPrint,
    /// The kiosk has no printer.
    NoPrinter,
    /// The kiosk printed a few guides just now.
    TooManySheets,
    /// The hall file is not right; each fault is told with its place.
    BadSetup(Vec<Text>),
    /// The change would strand tickets; what they still need is named.
    InUse(Vec<Text>),
    /// Someone else changed the halls first; the version now in force.
    Overtaken(i64),
    /// A "no" about a case.
    Case(CaseRefusal),
    /// The hall cannot write just now: disk full, or stopping.
    Unavailable,
}

impl Refusal {
    /// The stable name of the refusal, for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::BadRequest(_) => "bad_request",
            Self::TooLarge => "too_large",
            Self::SignInFirst => "sign_in_first",
            Self::WrongPassword => "wrong_password",
            Self::LockedOut { .. } => "locked_out",
            Self::NotAllowed => "not_allowed",
            Self::NotYourCounter => "not_your_counter",
            Self::UnknownHall => "unknown_hall",
            Self::UnknownKiosk => "unknown_kiosk",
            Self::UnknownMatter => "unknown_matter",
            Self::UnknownLine => "unknown_line",
            Self::UnknownCounter => "unknown_counter",
            Self::UnknownTicket => "unknown_ticket",
            Self::UnknownCall => "unknown_call",
            Self::HallClosed => "hall_closed",
            Self::LineClosed => "line_closed",
            Self::WrongState { .. } => "wrong_state",
            Self::NoTicketInHand => "no_ticket_in_hand",
            Self::CounterBusy => "counter_busy",
            Self::RequestReused => "request_reused",
            Self::NothingToPrint => "nothing_to_print",
            Self::NoPrinter => "no_printer",
            Self::TooManySheets => "too_many_sheets",
            Self::BadSetup(_) => "bad_setup",
            Self::InUse(_) | Self::Overtaken(_) => "in_use",
            Self::Case(refusal) => refusal.code(),
            Self::Unavailable => "unavailable",
        }
    }

    /// The HTTP status that says the same.
    pub const fn status(&self) -> u16 {
        match self {
            Self::BadRequest(_) => 400,
            Self::SignInFirst | Self::WrongPassword => 401,
            Self::NotAllowed | Self::NotYourCounter => 403,
            Self::UnknownHall
            | Self::UnknownKiosk
            | Self::UnknownMatter
            | Self::UnknownLine
            | Self::UnknownCounter
            | Self::UnknownTicket
            | Self::UnknownCall => 404,
            Self::HallClosed
            | Self::LineClosed
            | Self::WrongState { .. }
            | Self::NoTicketInHand
            | Self::CounterBusy
            | Self::RequestReused
            | Self::NothingToPrint
            | Self::NoPrinter
            | Self::InUse(_)
            | Self::Overtaken(_) => 409,
            Self::TooLarge => 413,
            Self::BadSetup(_) => 422,
            Self::LockedOut { .. } | Self::TooManySheets => 429,
            Self::Case(refusal) => refusal.status(),
            Self::Unavailable => 503,
        }
    }

    /// What happened, for the person.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::BadRequest(place) => match lang {
                Lang::Zh => format!("请求内容有误：{place}"),
                Lang::En => format!("The request is not right: {place}"),
            },
            Self::LockedOut { seconds } => match lang {
                Lang::Zh => format!("错误次数过多，请等待 {seconds} 秒。"),
                Lang::En => format!("Too many wrong tries. Wait {seconds} seconds."),
            },
            Self::WrongState { state, .. } => {
                let state = state_name(*state);
                match lang {
                    Lang::Zh => format!("该号票现为“{}”，不能这样操作。", state.zh),
                    Lang::En => format!("The ticket is {}; this cannot be done now.", state.en),
                }
            }
            Self::BadSetup(faults) => {
                let (count, faults) = (faults.len(), listed(faults, lang));
                match lang {
                    Lang::Zh => format!("大厅文件有 {count} 处错误：{faults}"),
                    Lang::En => format!("The hall file has {count} faults: {faults}"),
                }
            }
            Self::InUse(needed) => {
                let needed = listed(needed, lang);
                match lang {
                    Lang::Zh => format!("仍有号票在使用，不能去掉：{needed}。"),
                    Lang::En => format!("Tickets still need what would be gone: {needed}."),
                }
            }
            Self::Overtaken(version) => match lang {
                Lang::Zh => format!("其他人已更改大厅设置，现为第 {version} 版。"),
                Lang::En => {
                    format!("Someone else changed the halls: version {version} is in force.")
                }
            },
            Self::Case(refusal) => refusal.message(lang),
            _ => self.plain().0.get(lang).to_owned(),
        }
    }

    /// What to do next, for the person.
    pub fn next(&self, lang: Lang) -> String {
        match self {
            Self::Case(refusal) => refusal.next(lang),
            _ => self.plain().1.get(lang).to_owned(),
        }
    }

    /// Message and next step of the refusals that carry no detail.
    #[allow(clippy::too_many_lines, reason = "a table")]
    fn plain(&self) -> (Text, Text) {
        let (zh, en, next_zh, next_en) = match self {
            Self::BadRequest(_) => (
                "请求内容有误。",
                "The request is not right.",
                "请按接口说明更正后重试。",
                "Correct it by the API list and send it again.",
            ),
            Self::TooLarge => (
                "请求内容过大。",
                "The request is too large.",
                "请缩小后重试。",
                "Send a smaller one.",
            ),
            Self::SignInFirst => {
                ("尚未登录。", "Nobody is signed in.", "请先登录。", "Sign in first.")
            }
            Self::WrongPassword => (
                "登录名或密码不正确。",
                "The sign-in name or the password is wrong.",
                "请重新输入，或联系管理员重设密码。",
                "Try again, or ask the administrator for a new password.",
            ),
            Self::LockedOut { .. } => (
                "错误次数过多。",
                "Too many wrong tries.",
                "请稍后再试，或联系管理员。",
                "Wait, or ask the administrator.",
            ),
            Self::NotAllowed => (
                "您没有此项权限。",
                "You may not do this.",
                "请使用有权限的账号登录。",
                "Sign in with a name that may.",
            ),
            Self::NotYourCounter => (
                "该号票不在您的窗口。",
                "This ticket is not at your counter.",
                "请在其所在窗口操作。",
                "Use the counter that has it.",
            ),
            Self::UnknownHall => (
                "没有这个大厅。",
                "There is no such hall.",
                "请检查大厅编号。",
                "Check the hall's id.",
            ),
            Self::UnknownKiosk => (
                "没有这台自助终端。",
                "There is no such kiosk.",
                "请检查终端编号，或在管理页登记。",
                "Check the kiosk's id, or add it in admin.",
            ),
            Self::UnknownMatter => (
                "没有这个事项。",
                "There is no such matter.",
                "请重新选择事项。",
                "Choose the matter again.",
            ),
            Self::UnknownLine => (
                "没有这个队列。",
                "There is no such line.",
                "请重新选择队列。",
                "Choose the line again.",
            ),
            Self::UnknownCounter => (
                "没有这个窗口。",
                "There is no such counter.",
                "请重新选择窗口。",
                "Choose the counter again.",
            ),
            Self::UnknownTicket => (
                "没有找到这张号票。",
                "No such ticket was found.",
                "请核对小票上的二维码，或到咨询台询问。",
                "Check the code on the slip, or ask at the desk.",
            ),
            Self::UnknownCall => (
                "没有这个接口。",
                "There is no such call.",
                "请查看接口说明。",
                "See the list of the API.",
            ),
            Self::HallClosed => (
                "大厅现在不在办公时间。",
                "The hall is closed now.",
                "请在办公时间再来。",
                "Please come back in opening hours.",
            ),
            Self::LineClosed => (
                "该队列现已停止取号。",
                "This line takes no more tickets now.",
                "请选择其他事项，或到咨询台询问。",
                "Choose another matter, or ask at the desk.",
            ),
            Self::WrongState { .. } => (
                "现在不能这样操作。",
                "This cannot be done now.",
                "请查看该号票的当前状态。",
                "Look at the ticket's present state.",
            ),
            Self::NoTicketInHand => (
                "窗口当前没有号票。",
                "The counter has no ticket in hand.",
                "请先叫号。",
                "Call the next ticket first.",
            ),
            Self::CounterBusy => (
                "窗口当前已有号票。",
                "The counter has a ticket in hand.",
                "请先办结或挂起当前号票。",
                "Finish it or put it on hold first.",
            ),
            Self::RequestReused => (
                "请求编号已用于另一个请求。",
                "The request id was used for another request.",
                "请换一个新的请求编号。",
                "Use a new request id.",
            ),
            Self::NothingToPrint => (
                "该号票已结束，不再打印。",
                "The ticket has ended and is no longer printed.",
                "请重新取号。",
                "Take a new number.",
            ),
            Self::NoPrinter => (
                "这台终端没有打印机。",
                "This kiosk has no printer.",
                "请拍下屏幕上的二维码。",
                "Take a picture of the code on the screen.",
            ),
            Self::TooManySheets => (
                "这台终端刚打印了多份指南。",
                "This kiosk has just printed a few guides.",
                "请用手机扫码查看，或过几分钟再打印。",
                "Scan the code, or print in a few minutes.",
            ),
            Self::BadSetup(_) => (
                "大厅文件有误。",
                "The hall file is not right.",
                "请按所列位置更正后重试，原设置未改变。",
                "Correct the places listed; nothing was changed.",
            ),
            Self::InUse(_) => (
                "仍在使用。",
                "Still in use.",
                "请先处理完正在等候的号票。",
                "Let the tickets that wait there end first.",
            ),
            Self::Overtaken(_) => (
                "其他人已更改大厅设置。",
                "Someone else changed the halls.",
                "请载入现行设置，再作更改。",
                "Load what is in force and make the change there.",
            ),
            // Nothing is asked of these: they have words of their own.
            Self::Case(_) | Self::Unavailable => (
                "系统暂时无法保存。",
                "The hall cannot save just now.",
                "请稍候再试，或到人工窗口办理。",
                "Wait a moment and try again, or go to a counter.",
            ),
        };
        (Text::new(zh, en), Text::new(next_zh, next_en))
    }
}

/// Texts in a row, as one sentence holds them.
pub(crate) fn listed(texts: &[Text], lang: Lang) -> String {
    let between = match lang {
        Lang::Zh => "；",
        Lang::En => "; ",
    };
    texts.iter().map(|text| text.get(lang)).collect::<Vec<_>>().join(between)
}

/// A state as people call it.
pub fn state_name(state: TicketState) -> Text {
    match state {
        TicketState::Waiting => Text::new("等候中", "waiting"),
        TicketState::Called => Text::new("已叫号", "called"),
        TicketState::Serving => Text::new("办理中", "being served"),
        TicketState::OnHold => Text::new("已挂起", "on hold"),
        TicketState::Finished => Text::new("已办结", "finished"),
        TicketState::Missed => Text::new("已过号", "missed"),
        TicketState::Cancelled => Text::new("已取消", "cancelled"),
    }
}
