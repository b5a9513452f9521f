//! Faults of bundles and of the rules of cases.

use super::{Found, Ids};
use crate::setup::{CaseRules, Hall};
use crate::text;
use crate::text::Text;

impl Found {
    pub(super) fn bundles(&mut self, place: &str, hall: &Hall) {
        let mut ids = Ids::new("一件事编号", "bundle id");
        // A case is opened by the id of one or the other.
        ids.seen.extend(hall.matters.iter().map(|matter| matter.id.as_str().to_ascii_lowercase()));
        for (at, bundle) in hall.bundles.iter().enumerate() {
            let place = format!("{place}.bundle[{at}]");
            self.id(&place, bundle.id.as_str(), &mut ids);
            self.text(&format!("{place}.name"), &bundle.name);
            self.aliases(&place, &bundle.aliases);
            for (index, event) in bundle.life_events.iter().enumerate() {
                self.text(&format!("{place}.life_events[{index}]"), event);
            }
            if bundle.parts.len() < 2 {
                self.say(
                    &format!("{place}.part"),
                    text!("一件事至少要有两个事项" | "a bundle needs at least two matters"),
                );
            }
            let mut whole = true;
            for (index, part) in bundle.parts.iter().enumerate() {
                let place = format!("{place}.part[{index}].matter");
                let id = &part.matter;
                if hall.matter(id).is_none() {
                    whole = false;
                    self.say(
                        &place,
                        text!("本大厅没有事项“{id}”" | "there is no matter \"{id}\" in this hall"),
                    );
                } else if bundle.parts[..index].iter().any(|before| before.matter == *id) {
                    whole = false;
                    self.say(&place, text!("事项“{id}”重复" | "the matter \"{id}\" is used twice"));
                }
            }
            if whole && bundle.order().is_none() {
                self.say(
                    &format!("{place}.part"),
                    text!(
                        "先后顺序（after）成了一圈，或指向一件事以外的事项"
                            | "the order (after) forms a circle, or names a matter that is not in the bundle"
                    ),
                );
            }
        }
    }

    pub(super) fn case_rules(&mut self, place: &str, rules: &CaseRules) {
        let working = &Text::new("个工作日", "working days");
        let days = &Text::new("天", "days");
        for (name, value, least, most, unit) in [
            ("yellow_days", rules.yellow_days, 0, 60, working),
            ("red_days", rules.red_days, 0, rules.yellow_days, working),
            ("tell_within_days", rules.tell_within_days, 1, 60, working),
            ("deliver_within_days", rules.deliver_within_days, 1, 60, working),
            ("promise_ban_days", rules.promise_ban_days, 0, 3650, days),
            ("person_kept_days", rules.person_kept_days, 1, 36_500, days),
            ("draft_kept_days", rules.draft_kept_days, 1, 365, days),
        ] {
            let place = format!("{place}.{name}");
            self.within(&place, value.into(), least, most.into(), unit);
        }
        self.text(&format!("{place}.results_at"), &rules.results_at);
        let mut ids = Ids::new("暂停计时事由编号", "ground's id");
        for (at, ground) in rules.pauses.iter().enumerate() {
            let place = format!("{place}.pause[{at}]");
            self.id(&place, &ground.id, &mut ids);
            self.text(&format!("{place}.name"), &ground.name);
        }
        if rules.pauses.is_empty() {
            self.say(
                &format!("{place}.pause"),
                text!(
                    "没有暂停计时事由；至少要有一个（行政许可法第四十五条）"
                        | "there is no ground on which the clock stops; at least one is needed"
                ),
            );
        }
    }
}
