//! Applying by phone: pages that the server renders whole and that work without scripts, one
//! asked group a page. With scripts (`public/apply.js`), what is typed is kept while it is typed.
//!
//! - [`begin`]: what can be applied for, and what one is asked
//! - [`overview`], [`step`], [`materials`], [`check`]: a draft that is being filled in
//! - [`state`]: one that was sent, or is over; [`papers`]: what either leads to beside that
//! - [`share`]: going on on another device; `second_screen`: a counter's, while it shows none
//! - [`sign_in`]: proving who one is
//! - [`offered`]: what is offered for the fields of a step; [`signing`]: signing on the screen
//! - [`view`]: the content of these pages
//! - [`frame`]: what stands around each; [`html`]: whole pages, as the server sends them

pub mod begin;
mod check;
mod frame;
pub mod html;
mod materials;
pub mod offered;
mod overview;
mod papers;
mod second_screen;
pub mod share;
pub mod sign_in;
mod signing;
pub mod state;
pub mod step;
pub mod view;
pub mod words;

pub use view::DraftView;
