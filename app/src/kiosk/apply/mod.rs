//! Filling in a form at a kiosk, alone or with somebody beside. The draft is with the server;
//! the page forgets it when its visitor leaves.
//!
//! - [`begin`]: a draft of a matter or bundle is begun
//! - [`fill`]: the groups one after the other, the materials, and the check before it is sent
//! - [`steps`]: which of its pages is shown
//! - [`offers`]: what the server offers for empty fields
//! - [`remarks`]: what the hall says of one that it returned
//! - [`sign`]: the applicant's signature
//! - [`keys`]: the keys, since a kiosk has no keyboard
//! - [`camera`]: photographs of materials by the kiosk's own camera
//! - [`go_on`]: a draft that was begun elsewhere
//! - [`beside`]: somebody of the hall beside the visitor; going on by phone

pub mod begin;
mod beside;
mod camera;
mod check;
pub mod fill;
pub mod go_on;
mod keys;
mod offers;
mod remarks;
mod sign;
mod steps;
pub mod words;
