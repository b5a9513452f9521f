//! Line icons of one weight on a 24 x 24 grid, in the colour of the text.

use leptos::prelude::*;

/// An icon. Screen readers skip it and read the word beside it.
#[component]
pub fn Icon(
    /// Path data: one of this module's constants.
    path: &'static str,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
            <path d=path />
        </svg>
    }
}

pub const HOME: &str = "M4 11 12 4l8 7M6 10v10h12V10M10 20v-6h4v6";
pub const BACK: &str = "M19 12H5m6-6-6 6 6 6";
pub const FORWARD: &str = "m9 5 7 7-7 7";
/// Larger type.
pub const LARGER: &str = "M3 19 8.5 5 14 19M5 14h7M18 8v8m-4-4h8";
pub const LANGUAGE: &str =
    "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18";
/// A person with open arms: accessibility.
pub const PERSON: &str = "M12 3.500a1.500 1.500 0 1 0 0 3 1.500 1.500 0 0 0 0-3M4.500 8.500c5 1.500 10 1.500 15 0M9.500 9.500v4L8 21m6.500-11.500v4L16 21M9.500 13.500h5";
/// A slip from a printer.
pub const PRINT: &str = "M7 9V3h10v6M7 17H4V9h16v8h-3M7 14h10v7H7z";
/// An identity card.
pub const CARD: &str = "M3 5h18v14H3zM8.5 8.500a2 2 0 1 0 0 4 2 2 0 0 0 0-4M5.500 16c0-1.700 1.300-2.500 3-2.500s3 .8 3 2.500M14 10h4M14 14h4";
/// A clock.
pub const PROGRESS: &str = "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7v5l3 2";
pub const CALENDAR: &str = "M4 6h16v14H4zM4 10h16M8 3v5M16 3v5";
/// A page with lines.
pub const GUIDE: &str = "M6 3h9l4 4v14H6zM15 3v4h4M9 12h7M9 16h7";
/// A question mark in a circle.
pub const HELP: &str = "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M9.2 9.3a2.8 2.8 0 1 1 4.2 2.4c-.9.5-1.4 1.1-1.4 2.1M12 16.9v.1";
pub const SEARCH: &str = "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M15.5 15.5 21 21";
/// A code for a scanner.
pub const SCAN: &str =
    "M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M8 8h3v3H8zM13 8h3v3h-3zM8 13h3v3H8zM13 13h3v3";
pub const CHECK: &str = "m5 12.5 5 5L19 7";
/// A warning sign.
pub const WARN: &str = "M12 4 2.5 20h19zM12 10v5M12 17.5v.5";
/// Deletes the last letter.
pub const ERASE: &str = "M9 6h12v12H9l-6-6zM12 9.5l5 5m0-5-5 5";
pub const CLOSE: &str = "M6 6l12 12M18 6 6 18";
/// No connection.
pub const OFFLINE: &str =
    "M4 4l16 16M8.5 15.5a5 5 0 0 1 5-1.2M5 12a10 10 0 0 1 4-2.4M12 7a13 13 0 0 1 9 3.5M12 19v.5";
pub const SOUND: &str = "M4 10v4h4l5 4V6l-5 4zM16.5 8.5a5 5 0 0 1 0 7M19 6a9 9 0 0 1 0 12";
pub const PEOPLE: &str = "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M2.5 20c0-4 3-6 6.500-6s6.500 2 6.500 6M16 4.500a3.500 3.500 0 0 1 0 6.500M18 14.500c2 .8 3.500 2.500 3.500 5.500";
pub const CAMERA: &str =
    "M4 8h4l1.500-2.500h5L16 8h4v11H4zM12 10a3.250 3.250 0 1 0 0 6.500 3.250 3.250 0 0 0 0-6.500";
/// Attach a file.
pub const CLIP: &str = "m19 11-7.500 7.500a4.500 4.500 0 0 1-6.500-6.500l8-8a3 3 0 0 1 4.500 4.500l-8 8a1.500 1.500 0 0 1-2-2l7-7";
/// Reveal what is hidden.
pub const EYE: &str = "M2.5 12C5 7.5 8.500 5.500 12 5.500s7 2 9.500 6.500c-2.500 4.500-6 6.500-9.500 6.500S5 16.500 2.500 12M12 9.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5";
pub const PAUSE: &str = "M9 7v10M15 7v10";
