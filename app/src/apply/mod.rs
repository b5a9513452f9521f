//! The fields of a form as plain HTML, for all who fill one in: on pages that the server renders
//! whole without scripts, and in the browser, where each change is told.
//!
//! - [`field`](mod@field): a field with its label, help, example and what is wrong with it
//! - [`group`](mod@group): what of a group is asked, by what was answered so far
//! - [`control`], [`choosing`], [`parts`], [`table`]: the controls of each kind
//! - [`offer`](mod@offer): what is offered for one of them
//! - [`refusal`]: what is wrong with one of them
//! - [`slot`]: the place that a control fills: its name in a posted form, its place in refusals
//! - [`phone`]: the pages on which somebody applies by phone
//! - [`figures`]: the six figures by which somebody comes to a draft on another device
//! - [`answer`]: an answer in words
//! - [`posted`]: reads what a browser posted
//! - [`live_draft`]: a draft at a page in the browser, over a WebSocket ([`live_socket`]);
//!   [`two`]: what both sides see; [`draft_materials`]: photographs and scans
//!
//! An input of a field is called `FIELD`, of a part `FIELD.part`, of a table
//! `FIELD.ROW.COLUMN` and `FIELD.ROW.COLUMN.part`, rows counted from 0.

pub mod answer;
pub mod beside_words;
mod choosing;
mod control;
pub mod draft_materials;
pub mod field;
pub mod figures;
pub mod group;
pub mod live_draft;
mod live_socket;
mod offer;
mod parts;
pub mod phone;
pub mod posted;
mod refusal;
mod slot;
mod table;
#[cfg(test)]
mod tests;
pub mod two;
pub mod words;

pub use field::field;
pub use group::group;
pub use slot::{Filling, Marks, Offers};
