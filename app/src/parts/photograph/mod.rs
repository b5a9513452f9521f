//! A photograph before it is sent.
//!
//! - [`camera`]: taking it
//! - [`doubts`]: what may be wrong with it
//! - [`shrink`]: making it smaller

pub mod camera;
pub mod doubts;
pub mod shrink;
