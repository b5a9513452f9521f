//! A booking as a calendar entry (RFC 5545), for the calendar of a phone.

use jiban_domain::Lang;

use super::words::BookingWords;
use crate::api::booking::BookingNow;

/// The most bytes of a line.
const LINE: usize = 75;

/// The file. `made` and the two ends are UTC as `20261127T013000Z`.
pub fn calendar_entry(
    booking: &BookingNow,
    lang: Lang,
    made: &str,
    (begins, ends): (&str, &str),
) -> String {
    let words = BookingWords::of(lang);
    let (hall, matter) = (booking.hall_name.get(lang), booking.matter_name.get(lang));
    let about = format!("{} {}\n{}", words.code, booking.code, booking.url);
    let lines = [
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//jiban//booking//ZH".to_owned(),
        "METHOD:PUBLISH".to_owned(),
        "BEGIN:VEVENT".to_owned(),
        // Calendars are shared: the id leads nobody to the booking.
        format!("UID:booking-{}-{}@jiban", booking.code, booking.hall),
        format!("DTSTAMP:{made}"),
        format!("DTSTART:{begins}"),
        format!("DTEND:{ends}"),
        format!("SUMMARY:{}", escaped(&format!("{matter} · {hall}"))),
        format!("LOCATION:{}", escaped(hall)),
        format!("DESCRIPTION:{}", escaped(&about)),
        "BEGIN:VALARM".to_owned(),
        "ACTION:DISPLAY".to_owned(),
        "TRIGGER:-PT1H".to_owned(),
        format!("DESCRIPTION:{}", escaped(matter)),
        "END:VALARM".to_owned(),
        "END:VEVENT".to_owned(),
        "END:VCALENDAR".to_owned(),
    ];
    lines.iter().map(|line| folded(line)).collect()
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")
}

/// A line in pieces that are short enough, none of which ends within a character.
fn folded(line: &str) -> String {
    let mut folded = String::new();
    let mut bytes = 0;
    for c in line.chars() {
        if bytes + c.len_utf8() > LINE {
            folded.push_str("\r\n ");
            bytes = 1;
        }
        folded.push(c);
        bytes += c.len_utf8();
    }
    folded + "\r\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_between_characters_and_signs_are_escaped() {
        let line = format!("SUMMARY:{}", escaped(&"办证,大厅;".repeat(12)));
        let folded = folded(&line);
        assert!(folded.ends_with("\r\n"));
        assert!(folded.split("\r\n").all(|part| part.len() <= LINE), "{folded}");
        assert_eq!(folded.replace("\r\n ", "").trim_end(), line);
        assert!(line.contains("办证\\,大厅\\;"));
    }
}
