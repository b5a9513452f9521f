//! The order of the house, read from its sources: sizes, names, which part may use
//! which, and a glossary that knows every part. A rule that only people can
//! check is in CONTRIBUTING.md instead.
#![allow(clippy::unwrap_used)]

mod arrows;
mod browsers;
mod glossary;
mod graph;
mod paths;
mod rules;
mod sources;
