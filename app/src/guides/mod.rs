//! 办事指南: all that can be done in a hall, and how. Documents the server
//! renders whole.
//!
//! - [`view`]: what the pages say, as data; the server fills it
//! - [`list`], [`guide`]: how they are marked up
//! - [`documents`]: each as text

pub mod documents;
pub mod guide;
pub mod list;
pub mod view;
pub mod words;
