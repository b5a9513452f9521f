//! What runs. A request comes in by [`http`], becomes a question at the
//! [`service`], which decides upon the [`live_state`] and writes to the [`store`];
//! everyone sees the result through [`views`].
//!
//! - [`http`]: calls, streams, documents, built files
//! - [`service`]: what the hall can be asked to do, and the one writer
//! - [`live_state`]: what stands now, in memory, as committed; [`change`]: what can change
//! - [`store`]: the only SQL
//! - [`vault`]: personal data, sealed; [`uploads`]: photographs and scans beside the database
//! - [`views`]: what each audience sees; [`waits`], [`pace`]: the wait
//! - [`documents`], [`pdf`]: what cases print
//! - [`printing`], [`pdf`], [`voice`]: slips, documents and announcements
//! - [`vault`], [`uploads`]: persons sealed, and their papers
//! - [`calendar_file`]: the working days as a file
//! - [`hall_file`]: the description of the halls as a file; [`pinyin`]: how names are spelt
//! - [`cli`], [`commands`], [`settings`]: what the operator asks for, and has set; [`serve`]: all of it started in order
//! - [`jobs`]: what the hall does by itself; [`clock`], [`zone`]: the time

pub mod calendar_file;
pub mod change;
pub mod cli;
pub mod clock;
pub mod commands;
pub mod documents;
pub mod hall_file;
pub mod http;
pub mod jobs;
pub mod live_state;
pub mod pace;
pub mod pdf;
pub mod pinyin;
pub mod printing;
pub mod serve;
pub mod service;
pub mod settings;
pub mod store;
pub mod uploads;
pub mod vault;
pub mod views;
pub mod voice;
pub mod waits;
pub mod zone;
