//! What runs: the hall's server and its commands.

pub mod cli;
pub mod hall_file;
pub mod http;
pub mod pinyin;
pub mod printing;
pub mod settings;
pub mod voice;
