//! What is measured. A file measures one thing and adds its rows to the table.

pub mod call;
pub mod case_rows;
pub mod cases;
pub mod constant;
pub mod drafts;
pub mod hall;
pub mod issue;
pub mod look_up;
pub mod old;
pub mod page;
pub mod photographs;
pub mod rows;
pub mod streams;
pub mod terminal;
pub mod wait;
