//! The table: every action, and the rule it follows. The router registers each route
//! with its action, and each command of the service names its own.

use strum::{IntoStaticStr, VariantArray};

use super::actor::PlaceKind;

/// Who may do something, as one of few kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Anyone, signed in or not.
    Anyone,
    /// Whoever holds the token of what it concerns.
    Holder,
    /// A kiosk, for tickets of its hall.
    Kiosk,
    /// Anyone who is signed in, wherever.
    SignedIn,
    /// Whoever is signed in to help applicants.
    Helps,
    /// A clerk at a counter, for what belongs to the counter's hall.
    AtCounter,
    /// A clerk at a counter of the draft's hall; a reviewer of a department that has a part in
    /// what it is for, a supervisor or the director, in its hall.
    LooksAtDraft,
    /// The same without the supervisor, who decides nothing.
    ChecksDraft,
    /// The clerk who has the case, at a counter of its hall.
    HasCase,
    /// The clerk who has the case; once it is accepted, also one who may look at it.
    HasCaseUntilAccepted,
    /// The clerk who has the case, or one of its hall who has said why.
    LooksAtCase,
    /// Anyone who is signed in to the office.
    AtOffice,
    /// A reviewer of the step's department, or the director, in the case's hall.
    DecidesStep,
    /// A reviewer of the department that checks a commitment, or the director, in the case's
    /// hall.
    ChecksCommitment,
    /// A reviewer whose department had a step of the case or checks it, a supervisor or the director,
    /// in the case's hall.
    ReviewsCase,
    /// The reviewer who took or decided a step of the case.
    HasStep,
    /// A reviewer of the department that issued the document, a supervisor or the
    /// director, in the case's hall.
    RevokesDocument,
    /// A supervisor or the director, in their halls.
    Supervises,
    /// The director, in their halls.
    Directs,
    /// The director of all halls: what it changes concerns each of them.
    DirectsAll,
    /// The director of all halls; of some halls, for those who work in these alone.
    DirectsClerk,
}

impl Rule {
    /// Where somebody must be signed in; empty where nobody need be, or where the action
    /// itself ends or begins that.
    pub const fn places(self) -> &'static [PlaceKind] {
        use PlaceKind::{Admin, Counter, Help, Office};
        match self {
            Self::Anyone | Self::Holder | Self::Kiosk => &[],
            Self::SignedIn => &[Counter, Office, Admin, Help],
            Self::Helps => &[Help],
            Self::AtCounter | Self::HasCase | Self::HasCaseUntilAccepted | Self::LooksAtCase => {
                &[Counter]
            }
            Self::LooksAtDraft | Self::ChecksDraft => &[Counter, Office],
            Self::AtOffice
            | Self::DecidesStep
            | Self::ChecksCommitment
            | Self::ReviewsCase
            | Self::HasStep
            | Self::RevokesDocument => &[Office],
            Self::Supervises => &[Office, Admin],
            Self::Directs | Self::DirectsAll | Self::DirectsClerk => &[Admin],
        }
    }
}

macro_rules! actions {
    ($($rule:ident: $($action:ident),+ ;)+) => {
        /// A verb or a look.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, IntoStaticStr, VariantArray)]
        pub enum Action {
            $($($action,)+)+
        }

        impl Action {
            /// The rule it follows.
            pub const fn rule(self) -> Rule {
                match self {
                    $($(Self::$action)|+ => Rule::$rule,)+
                }
            }
        }
    };
}

actions! {
    // Pages, guides and displays show what hangs on the wall; a document's code and a
    // case's number with its last four say themselves what may be seen.
    // In a shared stream each is asked about by itself.
    Anyone: ShareStreams, OpenPage, LoadAsset, CheckHealth, ReadHall, ReadGuides, ReadForm, WatchDisplay, Announce, ReadLanguage,
        VerifyDocument, ListPlaces, SignIn, SignOut, ChangeOwnPassword, StayHere, FindCase,
        ReadOffers, HoldSlot, PairTerminal, BeginDraft;
    Holder: FollowProgress, SupplyMaterial, AnswerBreach, GiveBackTicket, FollowBooking, ConfirmBooking, MoveBooking,
        CancelBooking, ReadDraft, WriteDraft, MoveDraft, ShareDraft, SignInToDraft;
    Kiosk: IssueTicket, AbandonNumber, SearchAtKiosk, ReprintSlip, ReportPrinted, ReadGuideAtKiosk, PrintGuide,
        ReportHeartbeat, WatchKiosk, ServeTerminal, CheckIn, ReadAloud, ReadCode,
        FindCharacters, ReadSelfPrint, ProveIdentity, PrintBySelf;

    SignedIn: JoinDraft, BeginBeside;
    Helps: ReadyToHelp;

    LooksAtDraft: ListDraftsInHand, FindDraft, LookAtDraft, ReadDraftFile;
    ChecksDraft: PutRemark, SettleRemark, ReturnDraft, ClearDraft, BookForDraft, PaperSeen;

    AtCounter: WatchCounter, CallNext, RecallTicket, BeginService, HoldTicket, ResumeTicket,
        PutTicketBack, FinishTicket, MarkTicketMissed, ReinstateTicket, TransferTicket,
        ListCases, SearchCases, OpenCase, ListBookings, BookAtCounter, CheckInAtCounter,
        CancelAtCounter, RevealBooking,
        // Each says by itself why the clerk has to do with the case.
        SayWhy, TakeUpCase, HandOverResult, PostResult;
    LooksAtCase: LookAtCase, ReadFile, ReadPaper, PrintPaper, ReadResult, StoreSignature,
        StoreCard, RecordAnswer;
    HasCaseUntilAccepted: MarkMaterial, AttachFile;
    HasCase: RevealApplicant, DetachFile, CallUnreadable, ReuseMaterial, TellMissing, SignPromise, SignCommitment,
        WithdrawCommitment, AcceptCase,
        DecideCase, DeclineCase, WithdrawCase;

    AtOffice: WatchOffice, ListSteps, ListChecks;
    DecidesStep: TakeStep, ApproveStep, RejectStep, AskForMore, AskAgain, LookAtNew, PauseStep, ResumeStep,
        HandOverStep;
    ChecksCommitment: TakeCheck, FindKept, FindBroken, RecordAnswerAtOffice, PutBreachRight,
        RevokeForBreach;
    ReviewsCase: ReviewCase, ReviewFile, ReviewResult;
    HasStep: RevealToReviewer;
    RevokesDocument: RevokeResult;

    Supervises: ReadFigures, ReadTellings, RevealTelephone, MarkTold, WatchTickets, OrderTicket, WatchTerminals;
    Directs: WatchHall, AcceptTerminal, ImportRecords;
    DirectsAll: ReadSetup, ExportSetup, SaveSetup, ImportSetup, ReadCalendar, ImportCalendar,
        AcceptClock;
    DirectsClerk: SetPassword;
}
