//! The server's integration tests, in one binary: the program and the support
//! are linked once. One suite: `cargo test -p jiban --test it counters::`.
//!
//! Tests run in parallel in one process. A test that changes the process (limits,
//! environment, working directory) starts the program as a process of its own: see
//! `support::process`.
#![allow(clippy::unwrap_used)]

mod abandoned;
mod access;
mod agents;
mod any_day;
mod api;
mod applicants;
mod application_form;
mod apply;
mod bookings;
mod browser_defences;
mod cases;
mod cases_kept;
mod commands;
mod commitment;
mod counters;
mod damage;
mod demo_forms;
mod documents;
mod drafts;
mod everybody;
mod form_schema;
mod ground;
mod guesses;
mod guides;
mod hashing;
mod https;
mod keys;
mod lent_numbers;
mod light_pages;
mod notes;
mod nothing_lost;
mod pairing;
mod persons;
mod pick_up;
mod precheck;
mod printed_documents;
mod printers;
mod proxy;
mod search;
mod self_print;
mod sessions;
mod shared_streams;
mod staffed_hours;
mod starving;
mod stranded;
mod supply;
mod support;
mod terminal;
mod terminal_alerts;
mod told;
mod torture;
mod uploads;
mod what_is_asked;
mod wrong_clock;
