//! Every expected "no": a code for programs, a sentence for the person, and
//! what to do next. A refusal is a value; a broken disk is not a refusal but
//! an error, and is answered by [`Refusal::Unavailable`] after it was logged.

use crate::booking::BookingRefusal;
use crate::case::refusal::CaseRefusal;
use crate::draft::DraftRefusal;
use crate::print_job::PrinterNow;
use crate::refusal_table::{Shown, refusals};
use crate::self_print::printer::DocumentPrinterNow;
use crate::text::{Lang, Text};
use crate::ticket::state::{TicketState, Verb};

refusals! {
    /// An expected "no". Nothing was changed.
    #[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
    #[error("{}", self.code())]
    pub enum Refusal {
        /// The body is not what the call takes; the text says where.
        BadRequest(place: String) = 400 "bad_request",
            "请求内容有误：{place}" | "The request is not valid: {place}",
            next "请按接口说明更正后重试。" | "Correct it by the API reference and send it again.";
        /// The body is larger than a call may be.
        TooLarge = 413 "too_large",
            "请求内容过大。" | "The request is too large.",
            next "请缩小后重试。" | "Send a smaller one.";
        /// Nobody is signed in.
        SignInFirst = 401 "sign_in_first",
            "尚未登录。" | "You are not signed in.",
            next "请先登录。" | "Sign in first.";
        /// The session has ended because nobody worked with it.
        SignedOutIdle { minutes: u32 } = 401 "signed_out_idle",
            "{minutes} 分钟没有操作，已自动退出登录。" | "You were signed out after {minutes} minutes without activity.",
            next "请重新登录。" | "Please sign in again.";
        /// Name and password do not belong together.
        WrongPassword = 401 "wrong_password",
            "登录名或密码不正确。" | "The user name or password is wrong.",
            next "请重新输入，或联系管理员重设密码。" | "Try again, or ask the administrator for a new password.";
        /// Too many failures; wait this many seconds.
        LockedOut { seconds: u32 } = 429 "locked_out",
            "错误次数过多，请等待 {seconds} 秒。" | "Too many wrong attempts. Wait {seconds} seconds.",
            next "请稍后再试，或联系管理员。" | "Wait, or ask the administrator.";
        /// Too many failures from the client's address; wait this many seconds.
        AddressRefused { seconds: u32 } = 429 "address_refused",
            "您所在的网络错误次数过多，请等待 {seconds} 秒。" | "There were too many wrong attempts from your network. Wait {seconds} seconds.",
            next "请稍后再试，换用其他网络，或到人工窗口办理。" | "Try again later, use another network, or go to a counter.";
        /// Too many failures from all addresses together; wait this many seconds.
        TooManyGuesses { seconds: u32 } = 429 "too_many_guesses",
            "近期有大量错误查询，为保护办件信息，请等待 {seconds} 秒。" | "Many wrong queries are being made from many places. To protect everyone's cases, wait {seconds} seconds.",
            next "请扫描小票上的二维码查询，或到人工窗口办理。" | "Scan the code on your slip instead, or go to a counter.";
        /// More passwords wait to be checked than may.
        SignInsBusy = 503 "sign_ins_busy",
            "登录请求过多，暂时无法处理。" | "Too many sign-ins are waiting to be checked.",
            next "请过几秒再登录。" | "Sign in again in a few seconds.";
        /// Signed in, but not for this.
        NotAllowed = 403 "not_allowed",
            "您没有此项权限。" | "You do not have permission to do this.",
            next "请使用有权限的账号登录。" | "Sign in with an account that has permission.";
        /// The ticket, or the counter named, is another counter's.
        NotYourCounter = 403 "not_your_counter",
            "该号票不在您的窗口。" | "This ticket is not at your counter.",
            next "请在其所在窗口操作。" | "Use the counter that has it.";
        /// A page of another site sent the request.
        OtherSite = 403 "other_site",
            "不接受其他网站发来的请求。" | "Requests from other sites are not accepted.",
            next "请在本系统的页面上操作。" | "Use the pages of this system.";
        /// The server is addressed by a host that is not one of its own.
        WrongHost = 421 "wrong_host",
            "不能用这个地址访问本系统。" | "This system cannot be opened at this address.",
            next "请使用大厅公布的地址。管理员可在设置 hosts 中添加此主机名。" | "Use the address that the hall gives. The operator can add this host to the setting \"hosts\".";
        UnknownHall = 404 "unknown_hall",
            "没有这个大厅。" | "There is no such hall.",
            next "请检查大厅编号。" | "Check the hall's id.";
        UnknownKiosk = 404 "unknown_kiosk",
            "没有这台自助终端。" | "There is no such kiosk.",
            next "请检查终端编号，或在管理页登记。" | "Check the kiosk's id, or add it in admin.";
        /// The kiosk is served only to its own terminal, which has a key.
        PairFirst = 401 "pair_first",
            "这台自助终端只能在配对过的终端主机上使用。" | "This kiosk works only on the terminal that was paired for it.",
            next "安装人员：请在终端主机上运行 jiban terminal --server 大厅地址 --kiosk 终端编号，屏幕上会显示六位数；再请大厅主任在“管理 → 终端”中输入这六位数。详见 docs/MACHINES.md。" | "For the installer: on the kiosk's own machine run jiban terminal --server ADDRESS --kiosk ID. It shows six figures; the director types them in at Admin, Terminals. See docs/MACHINES.md.";
        /// The terminal's key was revoked.
        Revoked = 401 "revoked",
            "这台终端的配对已被撤销。" | "The pairing of this terminal was revoked.",
            next "如仍要使用，请重新配对。" | "Pair it again if it is still to be used.";
        /// A newer program uses the same key.
        KeyInUse = 409 "key_in_use",
            "另一个程序正在使用这台终端的密钥。" | "Another program uses the key of this terminal.",
            next "请停止其中一个。如果密钥被复制，请更换密钥。" | "Stop one of them. If the key was copied, change it.";
        /// No terminal shows this code now.
        UnknownPairingCode = 404 "unknown_pairing_code",
            "没有终端正在显示这六位数。" | "No terminal shows these six figures now.",
            next "请核对终端屏幕上的六位数；十分钟后会换成新的。" | "Check the figures on the terminal's screen. They change after ten minutes.";
        /// The kiosk has no paired terminal.
        NotPaired = 409 "not_paired",
            "这台自助终端没有配对的终端主机。" | "No terminal is paired for this kiosk.",
            next "请先配对。" | "Pair one first.";
        UnknownMatter = 404 "unknown_matter",
            "没有这个事项。" | "There is no such matter.",
            next "请重新选择事项。" | "Choose the matter again.";
        UnknownLine = 404 "unknown_line",
            "没有这个队列。" | "There is no such line.",
            next "请重新选择队列。" | "Choose the line again.";
        UnknownCounter = 404 "unknown_counter",
            "没有这个窗口。" | "There is no such counter.",
            next "请重新选择窗口。" | "Choose the counter again.";
        /// No such ticket, or a token nobody has.
        UnknownTicket = 404 "unknown_ticket",
            "没有找到这张号票。" | "This ticket was not found.",
            next "请核对小票上的二维码，或到咨询台询问。" | "Check the code on the slip, or ask at the information desk.";
        /// No such address under `/api/`.
        UnknownCall = 404 "unknown_call",
            "没有这个接口。" | "There is no such call.",
            next "请查看接口说明。" | "See the API reference.";
        HallClosed = 409 "hall_closed",
            "大厅现在不在办公时间。" | "The hall is closed now.",
            next "请在办公时间再来。" | "Please come back during opening hours.";
        LineClosed = 409 "line_closed",
            "该队列现已停止取号。" | "This line takes no more tickets now.",
            next "请选择其他事项，或到咨询台询问。" | "Choose another matter, or ask at the information desk.";
        /// The line is not called now; the text says when it is again. The visitor was not
        /// asked yet.
        CalledLater(at: Text) = 409 "called_later",
            "该业务现在不叫号，{at} 开始叫号。" | "This line is not called now. Calling begins {at}.",
            next "请确认到时再来，再取号；或选择其他业务。" | "Confirm that the visitor comes back then, and take the number again; or choose another service.";
        /// The verb does not apply to the ticket's state.
        WrongState { state: TicketState, verb: Verb } = 409 "wrong_state",
            "该号票现为“{state}”，不能这样操作。" | "The ticket is {state}, so this cannot be done now.",
            next "请查看该号票的当前状态。" | "Check the ticket's current state.";
        /// The counter has no ticket in hand and none was named.
        NoTicketInHand = 409 "no_ticket_in_hand",
            "窗口当前没有号票。" | "The counter has no ticket in hand.",
            next "请先叫号。" | "Call the next ticket first.";
        /// The counter has a ticket in hand already.
        CounterBusy = 409 "counter_busy",
            "窗口当前已有号票。" | "The counter already has a ticket in hand.",
            next "请先结束服务或挂起当前号票。" | "Finish it or put it on hold first.";
        /// Nobody is signed in where a ticket is to be sent.
        NobodyThere = 409 "nobody_there",
            "那里现在没有人在岗，转去后可能无人叫号。" | "Nobody is signed in there, so nobody would call the ticket.",
            next "请另选去向；确需转去，请再次确认。" | "Choose another place, or confirm that it is to go there all the same.";
        /// The clerk leaves tickets behind, and has not said what becomes of them.
        TicketsLeft(numbers: Vec<Text>) = 409 "tickets_left",
            "窗口还有号票：{numbers}。" | "The counter still has tickets: {numbers}.",
            next "请先说明这些号票怎样处理，再退出。" | "Say what becomes of them, then sign out.";
        /// An end can be taken back for some seconds only, and only the last one.
        TooLateToTakeBack = 409 "too_late_to_take_back",
            "已过可撤销的时间。" | "It is too late to take this back.",
            next "如仍要办理，请为其重新取号。" | "If the visitor still needs the service, take a new number for them.";
        /// The request id was used before, with another body.
        RequestReused = 409 "request_reused",
            "请求编号已用于另一个请求。" | "The request id was used for another request.",
            next "请换一个新的请求编号。" | "Use a new request id.";
        /// The ticket has ended and its slip is no longer printed.
        NothingToPrint = 409 "nothing_to_print",
            "该号票已结束，不再打印。" | "The ticket has ended and is no longer printed.",
            next "请重新取号。" | "Take a new number.";
        NoPrinter = 409 "no_printer",
            "这台终端没有打印机。" | "This kiosk has no printer.",
            next "请拍下屏幕上的二维码。" | "Take a picture of the code on the screen.";
        /// One client, or all together, ask for too much at once.
        Busy { seconds: u32 } = 429 "busy",
            "现在请求太多，请等待 {seconds} 秒。" | "There are too many requests just now. Wait {seconds} s.",
            next "请稍后再试。" | "Try again then.";
        /// More numbers were taken at the kiosk than people can touch.
        TooManyNumbers { seconds: u32 } = 429 "too_many_numbers",
            "这台终端刚取了很多号，请等待 {seconds} 秒。" | "Many numbers were taken here just now. Wait {seconds} s.",
            next "请稍候再取，或到咨询台询问。" | "Take yours then, or ask at the information desk.";
        /// More slips were reprinted at the kiosk than people need.
        TooManySlips { seconds: u32 } = 429 "too_many_slips",
            "这台终端刚补打了很多小票，请等待 {seconds} 秒。" | "Many slips were reprinted here just now. Wait {seconds} s.",
            next "请拍下屏幕上的二维码。" | "Take a picture of the code on the screen.";
        /// More people wait than the line may have.
        LineFull = 409 "line_full",
            "该队列等候的人已满。" | "This line is full.",
            next "请稍后再来，或到咨询台询问。" | "Come back later, or ask at the information desk.";
        /// The kiosk's printer cannot print now; nothing was sent to it.
        SlipPrinterNotReady(printer: PrinterNow) = 409 "slip_printer_not_ready",
            "打印机{printer}，没有打印。" | "The printer {printer}, so nothing was printed.",
            next "请拍下屏幕上的二维码，并告知工作人员。" | "Take a picture of the code on the screen, and tell the staff.";
        /// The counter's printer cannot print now; nothing was sent to it.
        PrinterNotReady(printer: PrinterNow) = 409 "printer_not_ready",
            "本窗口的打印机{printer}，没有打印。" | "The counter's printer {printer}, so nothing was printed.",
            next "请检查打印机后重新打印。" | "Check the printer, then print again.";
        /// The kiosk printed a few guides just now.
        TooManySheets = 429 "too_many_sheets",
            "这台终端刚打印了多份指南。" | "This kiosk has just printed several guides.",
            next "请用手机扫码查看，或过几分钟再打印。" | "Scan the code, or print in a few minutes.";
        NoDocumentPrinter = 409 "no_document_printer",
            "这台终端不能打印文书。" | "This kiosk prints no documents.",
            next "请到其他终端或人工窗口办理。" | "Use another kiosk, or go to a counter.";
        /// A card is claimed at a kiosk whose hall file names no reader.
        NoCardReader = 409 "no_card_reader",
            "这台终端没有身份证读卡器。" | "This kiosk has no card reader.",
            next "请输入取件码和证件号码。" | "Enter the pick-up code and your identity number.";
        /// What the reader sent is no number of an identity card; the text says why.
        UnreadableCard(why: Text) = 422 "unreadable_card",
            "没有读到身份证：{why}" | "The card could not be read: {why}",
            next "请拿起身份证，再放到读卡处。" | "Lift the card and place it on the reader again.";
        /// The code and the number do not belong together; which of them is wrong is not told.
        NotProven = 403 "not_proven",
            "取件码或证件号码不对。" | "The pick-up code or the identity number is wrong.",
            next "请核对后重新输入，或到人工窗口办理。" | "Check both and enter them again, or go to a counter.";
        /// Nobody has proved who they are at this kiosk, or it is over.
        ProofOver = 401 "proof_over",
            "身份验证已结束。" | "The proof of identity is over.",
            next "请重新刷身份证，或输入取件码。" | "Place your card on the reader again, or enter the code.";
        /// A card alone hands over no result at a kiosk that is not paired.
        CodeNeeded = 403 "code_needed",
            "首次领取办理结果需要取件码。" | "Collecting a result for the first time needs its pick-up code.",
            next "请输入取件码和证件号码；取件码在回执二维码打开的页面上。" | "Enter the pick-up code with your identity number. The code is on the page that the receipt's QR code opens.";
        /// The proof does not open it, or it is not there.
        NotPrintable = 404 "not_printable",
            "没有可以打印的这份文书。" | "There is no such document to print.",
            next "请重新选择。" | "Choose again.";
        /// One person printed as much as the hall allows on a day.
        PrintedEnough(most: u32) = 429 "printed_enough",
            "今天已打印 {most} 次，达到上限。" | "It was printed {most} times today, which is the most.",
            next "请明天再来，或到人工窗口办理。" | "Come back tomorrow, or go to a counter.";
        /// The kiosk printed as many pages as the hall allows on a day.
        KioskPrintedEnough = 429 "kiosk_printed_enough",
            "这台终端今天打印的页数已达上限。" | "This kiosk has printed as many pages as it may today.",
            next "请到其他终端或人工窗口办理。" | "Use another kiosk, or go to a counter.";
        /// The department has no record of the person; the statement's name.
        NoRecord(name: Text) = 404 "no_record",
            "没有查到您的记录，不能开具“{name}”。" | "No record of you was found, so “{name}” cannot be issued.",
            next "如有疑问，请到人工窗口询问。" | "If that seems wrong, ask at a counter.";
        /// The department's service does not answer; the department's name.
        StatementAway(name: Text) = 503 "statement_away",
            "{name}的系统暂时没有应答。" | "The system of {name} does not answer just now.",
            next "请过几分钟再试，或到人工窗口办理。其他文书仍可打印。" | "Try again in a few minutes, or go to a counter. Other documents can still be printed.";
        /// The kiosk's printer of A4 pages cannot print now; nothing was sent to it.
        DocumentPrinterNotReady(printer: DocumentPrinterNow) = 409 "document_printer_not_ready",
            "{printer}，没有打印。" | "{printer}, so nothing was printed.",
            next "请告知工作人员；处理好后可以再打印。" | "Please tell the staff. You can print once it is ready.";
        /// The name has a character that no font of the server has, and nobody at the kiosk
        /// would see the empty box before it is printed.
        NameNotDrawable = 409 "name_not_drawable",
            "姓名中有打印不出的字，没有打印。" | "The name has a character that cannot be printed, so nothing was printed.",
            next "请到人工窗口办理，工作人员会处理。" | "Go to a counter. The staff will see to it.";
        /// A new password that others would guess; the reason.
        WeakPassword(why: Text) = 422 "weak_password",
            "这个密码太容易猜到：{why}" | "This password is too easy to guess: {why}",
            next "请换一个，例如几个互不相干的词。" | "Choose another, such as a few words that have nothing to do with each other.";
        /// The hall file is not valid; each fault is given with its place.
        BadSetup(faults: Vec<Text>) = 422 "bad_setup",
            "大厅文件有误：{faults}" | "The hall file is not valid: {faults}",
            next "请按所列位置更正后重试，原设置未改变。" | "Correct the places listed. Nothing was changed.";
        /// The file of a statement's records is not valid; each fault is given with its line.
        BadRecords(faults: Vec<Text>) = 422 "bad_records",
            "记录文件有误：{faults}" | "The file of records is not valid: {faults}",
            next "请按所列的行和列更正后重试，原有记录未改变。" | "Correct the lines listed. Nothing was changed.";
        /// The change would strand tickets; what they still need is named.
        InUse(needed: Vec<Text>) = 409 "in_use",
            "仍有号票在使用，不能去掉：{needed}。" | "Tickets still need what would be removed: {needed}.",
            next "请先处理完正在等候的号票。" | "Let the tickets that wait there end first.";
        /// Nobody who may set up the halls could sign in after the change.
        NoDirectorLeft = 409 "no_director_left",
            "更改后没有主任能够登录。" | "No director could sign in after this change.",
            next "请先添加另一位主任并设好密码，再删除或改名。原设置未改变。" | "First add another director and set their password, then remove or rename this one. Nothing was changed.";
        /// Someone else changed the halls first; the version now in force.
        Overtaken(version: i64) = 409 "in_use",
            "其他人已更改大厅设置，现为第 {version} 版。" | "Someone else changed the setup. Version {version} is now in force.",
            next "请载入现行设置，再作更改。" | "Load the current setup and make your change there.";
        /// The machine's clock is wrong: what would be given a date has to wait.
        ClockInDoubt = 503 "clock_in_doubt",
            "服务器时间不正确，暂时不能办理要写明日期的事项。" | "The server's clock is wrong, so nothing that needs a date can be done.",
            next "取号和叫号不受影响；请大厅主任或管理员先校准时间。" | "Numbers are still given and called. Ask the director or administrator to set the clock right.";
        /// The machine's clock cannot be right, whoever says so.
        ClockNotCredible(machine: Text) = 409 "clock_not_credible",
            "服务器时间为 {machine}，不可能正确。" | "The server's clock says {machine}, which cannot be right.",
            next "请先在服务器上校准时间；校准后大厅自动恢复。" | "Set the clock on the server first. The hall then goes on by itself.";
        /// The machine's clock is no longer what the director saw.
        ClockChanged = 409 "clock_changed",
            "服务器时间刚刚又变了。" | "The server's clock has changed again meanwhile.",
            next "请核对现在显示的时间，再确认。" | "Check the time shown now, then confirm.";
        /// A terminal is cut off, and cannot do this by itself.
        NeedsServer = 503 "needs_server",
            "现在没有连上大厅服务器，这项暂时不能用。" | "The kiosk is cut off from the hall's server, so this cannot be used just now.",
            next "恢复后自动可用；取号和办事指南不受影响。" | "It works again by itself. Numbers and guides are available meanwhile.";
        /// A terminal is cut off, and has given all the numbers that it was lent.
        NoNumbersLeft = 503 "no_numbers_left",
            "现在不能取号：终端没有连上大厅服务器，备用号码已用完。" | "No number can be given just now: the kiosk is cut off from the hall's server and has given all its spare numbers.",
            next "请到咨询台取号。恢复后自动可用。" | "Please ask at the information desk. Numbers are given again once the server is back.";
        /// The hall cannot write just now: the disk is full, or it is stopping.
        Unavailable = 503 "unavailable",
            "系统暂时无法保存。" | "The hall cannot save just now.",
            next "请稍候再试，或到人工窗口办理。" | "Wait a moment and try again, or go to a counter.";
    }
    /// A "no" about a case.
    Case(CaseRefusal)
    /// A "no" about a booking.
    Booking(BookingRefusal)
    /// A "no" about a draft.
    Draft(DraftRefusal)
}

impl Refusal {
    /// The seconds after which the same request may succeed, if they are known.
    pub const fn retry_after(&self) -> Option<u32> {
        match self {
            Self::LockedOut { seconds }
            | Self::AddressRefused { seconds }
            | Self::TooManyGuesses { seconds }
            | Self::Busy { seconds }
            | Self::TooManyNumbers { seconds }
            | Self::TooManySlips { seconds } => Some(*seconds),
            Self::SignInsBusy => Some(3),
            Self::Booking(refusal) => refusal.retry_after(),
            Self::Draft(refusal) => refusal.retry_after(),
            _ => None,
        }
    }
}

impl From<BookingRefusal> for Refusal {
    fn from(refusal: BookingRefusal) -> Self {
        Self::Booking(refusal)
    }
}

impl From<DraftRefusal> for Refusal {
    fn from(refusal: DraftRefusal) -> Self {
        Self::Draft(refusal)
    }
}

impl From<CaseRefusal> for Refusal {
    fn from(refusal: CaseRefusal) -> Self {
        Self::Case(refusal)
    }
}

/// The message does not say which verb was refused: the person knows.
impl Shown for Verb {
    fn shown(&self, _: Lang) -> String {
        String::new()
    }
}
