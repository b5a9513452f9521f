//! Instants by a hall's own clock.

use jiban_domain::Millis;
use jiban_domain::setup::Hall;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// A hall's time zone. Hall files with an unknown one are refused, so UTC is
/// only what an unreadable zone database leaves.
pub fn zone(hall: &Hall) -> TimeZone {
    TimeZone::get(&hall.time_zone).unwrap_or(TimeZone::UTC)
}

/// `2026-11-21 09:05`.
pub fn date_and_time(hall: &Hall, at: Millis) -> String {
    written(zone(hall), at, "%Y-%m-%d %H:%M")
}

/// The day of the calendar by a hall's clock.
pub fn day(hall: &Hall, at: Millis) -> Date {
    day_in(zone(hall), at)
}

/// The day of the calendar by UTC.
pub fn utc_day(at: Millis) -> Date {
    day_in(TimeZone::UTC, at)
}

fn day_in(zone: TimeZone, at: Millis) -> Date {
    Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(zone).date()
}

/// `09:05`, in a zone by its IANA name.
pub fn time_in(zone: &str, at: Millis) -> String {
    written(TimeZone::get(zone).unwrap_or(TimeZone::UTC), at, "%H:%M")
}

/// `2026-11-21 09:05`, in a zone by its IANA name.
pub fn moment_in(zone: &str, at: Millis) -> String {
    written(TimeZone::get(zone).unwrap_or(TimeZone::UTC), at, "%Y-%m-%d %H:%M")
}

fn written(zone: TimeZone, at: Millis, pattern: &str) -> String {
    let at = Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH);
    at.to_zoned(zone).strftime(pattern).to_string()
}
