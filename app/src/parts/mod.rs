//! What the pages share: the live stream, clock and days, icons, requests, the
//! viewer of files.

pub mod announce;
pub mod clock;
pub mod days;
pub mod icon;
pub mod keep;
pub mod language;
pub mod letters;
pub mod live;
pub mod plain_style;
pub mod press;
pub mod qr;
pub mod viewer;
pub mod wait;
