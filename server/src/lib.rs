//! The server. An arrow of imports never points upward in this list; it may skip layers:
//!
//! 1. [`cli`], [`commands`]: the commands of the operator
//! 2. [`serve`]: starts and stops everything; [`terminal`]: the small hall on a kiosk's machine
//! 3. [`http`], [`jobs`]: requests from outside; background work
//! 4. [`documents`]: what cases print; [`unlock`]: whether a key is the database's
//! 5. [`views`]: what each audience sees
//! 6. [`service`]: every command the hall accepts, and the one writer
//! 7. [`store`]: the only SQL; [`waits`]: estimates of waiting times
//! 8. [`live_state`]: everything that can still change, in memory, as committed
//! 9. [`change`]: what a commit can change; [`pace`]: how long matters take;
//!    [`calendar_file`]: the working days as a file
//! 10. What knows nothing of the hall's state: [`uploads`] and [`vault`] (files and personal
//!     data, encrypted), [`printing`] and [`pdf`], [`voice`], [`settings`] and [`hall_file`],
//!     [`record_file`] (the records of departments), [`connections`] (TLS and the beginning of
//!     each connection), [`shapes`] (parts of the API that are built from the domain alone),
//!     [`limits`], [`pinyin`], [`characters`], [`qr_reader`], [`clock`], [`zone`],
//!     [`part_file`] (files that get their name when they are complete), [`alerting`] and
//!     [`sms`], which tell somebody, both by [`outgoing`], and [`oidc`] (who somebody is, by a
//!     provider)
//! 11. [`languages`], [`outgoing`] and [`post`]: HTTP requests that the server sends by itself
//!
//! The layers of a request are `http -> views -> service -> store -> live_state`.

pub mod alerting;
pub mod calendar_file;
pub mod change;
pub mod characters;
pub mod cli;
pub mod clock;
pub mod commands;
pub mod connections;
pub mod documents;
pub mod hall_file;
pub mod http;
pub mod jobs;
pub mod languages;
pub mod limits;
pub mod live_state;
pub mod oidc;
pub mod outgoing;
pub mod pace;
pub mod part_file;
pub mod pdf;
pub mod pinyin;
pub mod post;
pub mod printing;
pub mod qr_reader;
pub mod record_file;
pub mod serve;
pub mod service;
pub mod settings;
pub mod shapes;
pub mod sms;
pub mod store;
pub mod terminal;
pub mod unlock;
pub mod uploads;
pub mod vault;
pub mod views;
pub mod voice;
pub mod waits;
pub mod zone;
