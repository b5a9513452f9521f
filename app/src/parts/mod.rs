//! What the pages share: the live stream, the clock, icons.

pub mod announce;
pub mod clock;
pub mod icon;
pub mod letters;
pub mod live;
pub mod plain_style;
pub mod qr;
