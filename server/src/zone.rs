//! Instants in the time zone of a hall.

use jiban_domain::Millis;
use jiban_domain::setup::Hall;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// The time zone of a hall. Hall files with an unknown zone are refused, so UTC is used only if
/// the time zone database cannot be read.
pub fn zone(hall: &Hall) -> TimeZone {
    TimeZone::get(&hall.time_zone).unwrap_or(TimeZone::UTC)
}

/// `2026-11-21 09:05`.
pub fn date_and_time(hall: &Hall, at: Millis) -> String {
    format(zone(hall), at, "%Y-%m-%d %H:%M")
}

/// `2026-11-21 01:05 UTC`.
pub fn utc_date_and_time(at: Millis) -> String {
    format(TimeZone::UTC, at, "%Y-%m-%d %H:%M UTC")
}

/// `20261121T010500Z`.
pub fn utc_basic(at: Millis) -> String {
    format(TimeZone::UTC, at, "%Y%m%dT%H%M%SZ")
}

/// The date in the time zone of a hall.
pub fn day(hall: &Hall, at: Millis) -> Date {
    day_in(zone(hall), at)
}

/// The date in UTC.
pub fn utc_day(at: Millis) -> Date {
    day_in(TimeZone::UTC, at)
}

fn day_in(zone: TimeZone, at: Millis) -> Date {
    Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(zone).date()
}

/// `09:05`, in a time zone with this IANA name.
pub fn time_in(zone: &str, at: Millis) -> String {
    format(TimeZone::get(zone).unwrap_or(TimeZone::UTC), at, "%H:%M")
}

/// `2026-11-21 09:05`, in a time zone with this IANA name.
pub fn moment_in(zone: &str, at: Millis) -> String {
    format(TimeZone::get(zone).unwrap_or(TimeZone::UTC), at, "%Y-%m-%d %H:%M")
}

fn format(zone: TimeZone, at: Millis, pattern: &str) -> String {
    let at = Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH);
    at.to_zoned(zone).strftime(pattern).to_string()
}
