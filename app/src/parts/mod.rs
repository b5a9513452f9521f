//! What the pages share: the live stream, the clock, icons; and what every page
//! of the staff has: a session with its sign-in, dialogs, requests.

pub mod activity;
pub mod announce;
pub mod choose_files;
pub mod clock;
pub mod days;
pub mod dialog;
pub mod drafts;
pub mod focus;
pub mod icon;
pub mod interval;
pub mod language;
pub mod letters;
pub mod live;
pub mod local_storage;
pub mod nonce;
pub mod own_password;
pub mod pager;
pub mod photograph;
pub mod plain_style;
pub mod priority;
pub mod qr;
pub mod request;
pub mod session;
pub mod sign_in;
pub mod signature;
pub mod telephone;
pub mod ticket_state;
pub mod viewer;
pub mod wait;
pub mod which_file;
