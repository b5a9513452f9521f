//! What people see and touch, and the shapes of the thin API they use.
//!
//! - [`api`]: each call's path, question and answer; a file an audience
//! - [`parts`]: what the pages share
//! - a folder an audience: [`kiosk`], [`progress`], [`guides`], [`display`],
//!   [`counter`], [`office`], [`admin`]
//! - [`slip`]: the slip's one layout, for screen, browser and paper; [`print`]: what cases print
//! - [`shell`]: the document around a page
//!
//! Documents (the progress page, the guides, plain refusals) are rendered by the server
//! and need no script. Machines (kiosk, display, counter, office, admin) are mounted
//! in the browser: they live on a stream of snapshots, so markup made ahead by
//! the server would be stale before it could be touched.

// The types of views nest as deep as the markup does.
#![recursion_limit = "256"]

pub mod admin;
pub mod api;
pub mod counter;
pub mod display;
pub mod guides;
pub mod kiosk;
pub mod office;
pub mod parts;
pub mod print;
pub mod progress;
mod sheet;
pub mod shell;
pub mod slip;
pub mod words;
