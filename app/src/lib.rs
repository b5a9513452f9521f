//! What people see and touch, and the types of the API that the pages use.
//!
//! - [`api`]: each call's path, request and answer; one file for each audience
//! - [`parts`]: what the pages share
//! - one folder for each audience: [`kiosk`], [`progress`], [`booking`],
//!   [`guides`],
//!   [`display`], [`counter`], [`office`], [`admin`], [`help`]
//! - [`apply`]: the fields of a form, for all who fill one in; [`precheck`]: what was filled
//!   in before a visit, at counters and in the office
//! - [`slip`]: the slip's only layout, for screen, browser and printer;
//!   [`print`]: the layouts of what cases print
//! - [`shell`]: the document around a page
//!
//! The server renders the pages that need no script: the progress page, the
//! guides, plain refusals. The browser mounts the pages of machines and desks
//! (kiosk, display, counter, office, admin): they live on a stream of
//! snapshots, so markup made ahead by the server would be out of date before
//! anyone could touch it.

// Types of views nest as deep as the markup.
#![recursion_limit = "256"]

pub mod admin;
pub mod api;
pub mod apply;
pub mod booking;
pub mod counter;
pub mod display;
pub mod guides;
pub mod help;
pub mod kiosk;
pub mod languages;
mod least_browser;
pub mod office;
pub mod parts;
pub mod precheck;
pub mod print;
pub mod progress;
mod sheet;
pub mod shell;
pub mod slip;
pub mod words;
