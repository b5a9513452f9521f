//! What answers browsers and integrators.

pub mod assets;
