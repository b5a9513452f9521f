//! Faults of how a hall takes bookings.

use super::Found;
use crate::setup::{BookingRules, Hall};
use crate::text;
use crate::text::Text;

/// The most places of a slot.
const MOST_PLACES: u32 = 200;

impl Found {
    pub(super) fn booking(&mut self, place: &str, hall: &Hall) {
        for (at, line) in hall.lines.iter().enumerate() {
            if let Some(places) = line.booking_places {
                let place = format!("{place}.line[{at}].booking_places");
                self.within(&place, places, 0, MOST_PLACES, &Text::new("个", "places"));
            }
        }
        let Some(rules) = &hall.booking else { return };
        self.booking_rules(&format!("{place}.booking"), rules, hall);
        for (at, matter) in hall.matters.iter().enumerate() {
            let place = format!("{place}.matter[{at}].booking_slots");
            let slots = Text::new("个时段", "slots");
            self.within(&place, matter.booking_slots, 0, 16, &slots);
        }
    }

    fn booking_rules(&mut self, place: &str, rules: &BookingRules, hall: &Hall) {
        let days = &Text::new("天", "days");
        let minutes = &Text::new("分钟", "minutes");
        let times = &Text::new("次", "times");
        let percent = &Text::new("%", "%");
        for (name, value, least, most, unit) in [
            ("days", rules.days, 1, 60, days),
            ("first_day", rules.first_day, 0, 30, days),
            ("slot_minutes", rules.slot_minutes, 5, 240, minutes),
            ("share_percent", rules.share_percent, 1, 100, percent),
            ("hold_minutes", rules.hold_minutes, 1, 60, minutes),
            ("freed_minutes", rules.freed_minutes, 0, 1440, minutes),
            ("early_minutes", rules.early_minutes, 0, 240, minutes),
            ("late_minutes", rules.late_minutes, 0, 240, minutes),
            ("head_start_minutes", rules.head_start_minutes, 0, 240, minutes),
            ("told_after", rules.told_after, 0, 20, times),
            ("barred_days", rules.barred_days, 0, 365, days),
            ("kept_days", rules.kept_days, 1, 365, days),
        ] {
            self.within(&format!("{place}.{name}"), value, least, most, unit);
        }
        if let Some(places) = rules.places {
            let unit = Text::new("个", "places");
            self.within(&format!("{place}.places"), places, 1, MOST_PLACES, &unit);
        }
        if rules.barred_days > 0 && rules.told_after == 0 {
            self.say(
                &format!("{place}.barred_days"),
                text!(
                    "没有设置几次未到后提示（told_after），不能限制预约"
                        | "nobody is barred without being told: set after how many times (told_after)"
                ),
            );
        }
        let Some(hours) = &rules.hours else { return };
        for fault in hours.faults() {
            self.say(&format!("{place}.hours.{}", fault.place), fault.what);
        }
        // Slots end with the hall's own hours. Hours with nothing within them are a mistake.
        if hours.never_within(&hall.hours) {
            for fault in hours.outside(&hall.hours) {
                self.say(&format!("{place}.hours.{}", fault.place), fault.what);
            }
        }
    }
}
