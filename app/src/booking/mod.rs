//! Booking by phone: documents that the server renders, whole without scripts. One decision a
//! page: the matter, the day and time, who comes; then the booking itself, which is moved and
//! cancelled from its own page.
//!
//! - [`choose`]: matters, and the slots of one; [`form`]: who comes
//! - [`booked`]: the booking, and whether it is really cancelled
//! - [`calendar_entry`]: it as an .ics file; [`html`]: whole pages

pub mod booked;
pub mod calendar_entry;
pub mod choose;
pub mod form;
pub mod html;
pub mod words;
