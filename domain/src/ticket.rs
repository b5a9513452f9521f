//! A ticket: a place in a line today, its states, and the moves between them.

use serde::{Deserialize, Serialize};

use crate::ids::{CounterId, HallId, KioskId, LineId, MatterId, Millis, TicketId, Token};
use crate::line::Rank;
use crate::refusal::Refusal;

/// Where a ticket stands. Finished and Cancelled are ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TicketState {
    /// In the line.
    Waiting,
    /// Called to a counter; the visitor is on the way.
    Called,
    /// The visitor is at the counter.
    Serving,
    /// Set aside at its counter: a copy is being made, a paper fetched.
    OnHold,
    /// Done.
    Finished,
    /// Called and not come. Can be reinstated the same day.
    Missed,
    /// Given back, or left over when the day turned.
    Cancelled,
}

impl TicketState {
    /// The name on the wire and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Called => "called",
            Self::Serving => "serving",
            Self::OnHold => "on_hold",
            Self::Finished => "finished",
            Self::Missed => "missed",
            Self::Cancelled => "cancelled",
        }
    }

    /// The state of a wire name.
    pub fn parse(name: &str) -> Option<Self> {
        [
            Self::Waiting,
            Self::Called,
            Self::Serving,
            Self::OnHold,
            Self::Finished,
            Self::Missed,
            Self::Cancelled,
        ]
        .into_iter()
        .find(|state| state.as_str() == name)
    }

    /// Whether something can still happen to the ticket today.
    pub const fn is_active(self) -> bool {
        !matches!(self, Self::Finished | Self::Cancelled)
    }

    /// Whether the ticket is at a counter, which then can take no other.
    pub const fn is_in_hand(self) -> bool {
        matches!(self, Self::Called | Self::Serving)
    }
}

/// What can be done to a ticket after it was issued.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verb {
    /// Bring the next ticket and a counter together.
    Call,
    /// Call the same ticket once more.
    Recall,
    /// The visitor has come.
    Begin,
    /// Set aside.
    Hold,
    /// Take up again what was set aside.
    Resume,
    /// Send on to another line or counter.
    Transfer,
    /// Done.
    Finish,
    /// The visitor did not come.
    MarkMissed,
    /// A missed visitor is here after all.
    Reinstate,
    /// Give the ticket back.
    Cancel,
}

impl Verb {
    /// The name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::Recall => "recall",
            Self::Begin => "begin",
            Self::Hold => "hold",
            Self::Resume => "resume",
            Self::Transfer => "transfer",
            Self::Finish => "finish",
            Self::MarkMissed => "mark_missed",
            Self::Reinstate => "reinstate",
            Self::Cancel => "cancel",
        }
    }
}

/// The only table of moves: what a verb makes of a state.
///
/// # Errors
/// [`Refusal::WrongState`] where the verb does not apply.
pub fn next_state(from: TicketState, verb: Verb) -> Result<TicketState, Refusal> {
    use TicketState::{Called, Cancelled, Finished, Missed, OnHold, Serving, Waiting};
    match (from, verb) {
        (Waiting, Verb::Call) | (Called, Verb::Recall) => Ok(Called),
        (Called, Verb::Begin) | (OnHold, Verb::Resume) => Ok(Serving),
        (Called | Serving, Verb::Hold) => Ok(OnHold),
        // A visitor may be sent on before or while being served, and one set
        // aside may turn out to belong elsewhere.
        (Called | Serving | OnHold, Verb::Transfer) | (Missed, Verb::Reinstate) => Ok(Waiting),
        (Called | Serving | OnHold, Verb::Finish) => Ok(Finished),
        (Called | OnHold, Verb::MarkMissed) => Ok(Missed),
        (Waiting | Missed, Verb::Cancel) => Ok(Cancelled),
        (state, verb) => Err(Refusal::WrongState { state, verb }),
    }
}

/// Why someone goes before others. The statutory groups of `DOMAIN`: the very
/// ill, pregnant, disabled, soldiers and veterans with martyrs' families and
/// firefighters, and the old.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    /// The order of arrival.
    #[default]
    None,
    /// Seventy or older.
    Elder,
    /// Soldiers, veterans, martyrs' families, firefighters.
    Honoured,
    /// Disabled.
    Disabled,
    /// Pregnant, or with an infant.
    Pregnant,
    /// Very ill.
    Ill,
}

impl Priority {
    /// All classes, ordinary first.
    pub const ALL: [Self; 6] =
        [Self::None, Self::Elder, Self::Honoured, Self::Disabled, Self::Pregnant, Self::Ill];

    /// The name on the wire and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Elder => "elder",
            Self::Honoured => "honoured",
            Self::Disabled => "disabled",
            Self::Pregnant => "pregnant",
            Self::Ill => "ill",
        }
    }

    /// The class of a wire name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.as_str() == name)
    }
}

/// A ticket as the database keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    /// Its row.
    pub id: TicketId,
    /// What the QR code holds.
    pub token: Token,
    /// Where it was taken.
    pub hall: HallId,
    /// The business day it was taken, `YYYY-MM-DD`.
    pub day: String,
    /// The letter of the line it was taken in: stays on the slip after a transfer.
    pub letter: char,
    /// Counted from 1 each business day in each letter.
    pub number: u32,
    /// The line it waits in now.
    pub line: LineId,
    /// What the visitor came for.
    pub matter: MatterId,
    /// Its class.
    pub priority: Priority,
    /// Where it stands.
    pub state: TicketState,
    /// Its place in the order of its line.
    pub rank: Rank,
    /// The counter that has it, or had it last.
    pub counter: Option<CounterId>,
    /// Waits for this counter only: transferred to it.
    pub reserved_for: Option<CounterId>,
    /// How often it was called at its counter.
    pub calls: u32,
    /// The kiosk that issued it.
    pub kiosk: Option<KioskId>,
    /// When it was taken: also its first arrival, which a transfer keeps.
    pub issued_at: Millis,
    /// When it was first called: the end of the wait.
    pub first_called_at: Option<Millis>,
    /// When it was last called.
    pub called_at: Option<Millis>,
    /// When serving last began.
    pub begun_at: Option<Millis>,
    /// Time served before the present stretch (before a hold), in milliseconds.
    pub served_ms: Millis,
    /// When it came to an end, or was last missed.
    pub ended_at: Option<Millis>,
}

impl Ticket {
    /// The number as people say it: `A012`, and `A1000` past 999.
    pub fn label(&self) -> String {
        label(self.letter, self.number)
    }
}

/// A letter and a number as people say them: three places, more when needed.
pub fn label(letter: char, number: u32) -> String {
    format!("{letter}{number:03}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_three_places_until_they_need_four() {
        assert_eq!(label('A', 1), "A001");
        assert_eq!(label('A', 999), "A999");
        assert_eq!(label('A', 1000), "A1000");
    }

    #[test]
    fn ends_are_ends() {
        for verb in [
            Verb::Call,
            Verb::Recall,
            Verb::Begin,
            Verb::Hold,
            Verb::Resume,
            Verb::Transfer,
            Verb::Finish,
            Verb::MarkMissed,
            Verb::Reinstate,
            Verb::Cancel,
        ] {
            for end in [TicketState::Finished, TicketState::Cancelled] {
                assert_eq!(
                    next_state(end, verb),
                    Err(Refusal::WrongState { state: end, verb }),
                    "{verb:?}"
                );
            }
        }
    }

    #[test]
    fn a_missed_visitor_can_only_come_back_or_give_up() {
        assert_eq!(next_state(TicketState::Missed, Verb::Reinstate), Ok(TicketState::Waiting));
        assert_eq!(next_state(TicketState::Missed, Verb::Cancel), Ok(TicketState::Cancelled));
        assert!(next_state(TicketState::Missed, Verb::Begin).is_err());
    }
}
