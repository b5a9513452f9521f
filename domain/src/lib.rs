//! The hall's rules. No I/O, no framework, no clock of its own: time comes in
//! as a parameter, and every decision is a function that can be read, tested
//! and run again. Start reading here.
//!
//! - [`setup`]: what a hall is made of (the hall file)
//! - [`ticket`]: a place in a line, its states and its moves
//! - [`line`]: who is next, and how far anyone may be overtaken
//! - [`lent`]: numbers that terminals give by themselves
//! - [`wait`]: how long it will take, as a range
//! - [`booking`]: a place in a slot of a coming day
//! - [`form`]: what a matter's applicant is asked, and the rules of each answer
//! - [`case`]: an application, from the counter to the result in hand
//! - [`draft`]: an application that nobody has received yet
//! - [`calendar`]: working days, and deadlines counted in them
//! - [`day`]: business day, and the hours of a file
//! - [`schedule`]: when a hall gives numbers and a line calls them
//! - [`hall_clock`]: which time the hall goes by, and when the machine's is not believed
//! - [`access`]: who may do what: one table for every verb and every look
//! - [`identity`]: numbers of persons and businesses, checked and masked
//! - [`typed`]: text as people type and paste it, without what cannot be seen
//! - [`event`]: what can happen, as the trail names it
//! - [`chain`]: the hash that ties each event to the one before
//! - [`slip`], [`documents`]: what is printed, as plain data
//! - [`terminal_alert`]: what is wrong with a terminal, and when it is over; [`terminal_event`]:
//!   what happened there
//! - [`print_job`]: a slip on its way to the paper
//! - [`text`], [`lang`]: words in the languages of the screens
//! - [`self_print`]: what people print by themselves, and against which proof
//! - [`search`], [`pinyin`]: what is found by which words and letters
//! - [`refusal`]: every expected "no"
//!
//! What does not live here: SQL, HTTP, printers' protocols, pages.

pub mod access;
pub mod booking;
pub mod calendar;
pub mod case;
pub mod chain;
pub mod day;
pub mod documents;
pub mod draft;
pub mod event;
pub mod form;
pub mod hall_clock;
pub mod identity;
pub mod ids;
pub mod lang;
pub mod lent;
pub mod line;
pub mod pinyin;
pub mod print_job;
pub mod refusal;
mod refusal_table;
pub mod schedule;
pub mod search;
pub mod self_print;
pub mod setup;
pub mod slip;

pub mod terminal_alert;
pub mod terminal_event;
pub mod text;
pub mod ticket;
pub mod typed;
pub mod wait;

pub use ids::{
    BundleId, CaseId, ClerkId, CounterId, DepartmentId, DraftId, FieldId, HallId, KioskId, LineId,
    MatterId, Millis, StatementId, TicketId, Token,
};
pub use refusal::Refusal;
pub use text::{Lang, Text};
