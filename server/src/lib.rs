//! What runs: the hall's server and its commands.

pub mod hall_file;
pub mod http;
pub mod printing;
pub mod voice;
