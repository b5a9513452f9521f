//! What happens to a hall, its staff, terminals, bookings and drafts.

use strum::{EnumString, IntoStaticStr, VariantArray};

/// What happened in a hall, or to the program, beside tickets and cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(const_into_str)]
pub enum HallEvent {
    /// A slip was printed once more.
    SlipReprinted,
    ClerkSignedIn,
    ClerkSignedOut,
    PasswordSet,
    /// Somebody was removed from the hall file, and their password with them.
    PasswordRemoved,
    /// A case was looked for by its number or the applicant's.
    CasesSearched,
    /// Someone tried to look at a case, or to change one, that is not theirs.
    LookRefused,
    /// A new hall file is in force.
    SetupChanged,
    /// A calendar of working days was imported.
    CalendarImported,
    /// Somebody tried a code, number or token that was wrong.
    GuessFailed,
    /// Somebody tried to sign in with a wrong name or password.
    SignInFailed,
    /// More tries failed than are written one by one: how many, and from where.
    FailedTriesSummedUp,
    /// A slot is held while its visitor types.
    BookingHeld,
    BookingMade,
    BookingMoved,
    BookingCancelled,
    /// It became a ticket.
    BookingCheckedIn,
    /// A hold that was not confirmed ended.
    BookingExpired,
    /// Its time is over and nobody came.
    BookingNotCome,
    /// The hall changed so that it cannot be kept, or can be again.
    BookingConcerned,
    /// Somebody saw the name and telephone number of one.
    BookingRevealed,
    /// Who booked was erased.
    BookingErased,
    /// Somebody proved who they are at a kiosk and was shown what they may print.
    PrintablesShown,
    /// Somebody prints a statement at a kiosk.
    StatementPrintBegun,
    /// A statement was issued, which anyone may verify.
    StatementIssued,
    /// How the print of a statement ended.
    StatementPrinted,
    /// A department brought the records of a statement.
    RecordsImported,
    /// The records of a statement were erased: they are too old.
    RecordsErased,
    /// The machine's clock is not believed.
    ClockDoubted,
    /// The hall goes by the machine's clock again. Times after this event may be earlier
    /// than those before it.
    ClockSet,
    /// A terminal handed in a number that was not lent to it.
    NumberNotLent,
    /// An admin accepted a terminal as a kiosk, and it has a key.
    TerminalPaired,
    TerminalRevoked,
    /// A terminal is to use another key, or has begun to.
    TerminalKeyChanged,
    /// A program began to speak for a terminal.
    TerminalStarted,
    /// Two programs use one key.
    TerminalKeyInUse,
    DraftBegun,
    /// Answers of a draft were written; once a day, since it is kept longer by it.
    DraftWritten,
    DraftFileAdded,
    DraftFileRemoved,
    /// It was sent to be looked at.
    DraftSent,
    /// The applicant took it back to change it.
    DraftTakenBack,
    /// The hall returned it with remarks.
    DraftReturned,
    /// The hall found it all right.
    DraftCleared,
    /// It became a case.
    DraftReceived,
    DraftWithdrawn,
    /// Its time was over; its answers and files are erased.
    DraftErased,
    /// Somebody of the hall looked at its answers.
    DraftLookedAt,
    /// Somebody of the hall wrote a remark on it, or settled one.
    DraftRemarked,
    /// The applicant signed it on a screen.
    DraftSigned,
    /// A clerk has seen the identity paper of whoever it names.
    DraftProven,
    /// Another device goes on with it, by six figures.
    DraftContinued,
    /// Somebody of the hall began to help with it.
    HelpBegun,
    HelpEnded,
}
