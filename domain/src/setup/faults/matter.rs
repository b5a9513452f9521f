//! Faults of a matter and its guide.

use super::hall::no_line;
use super::{Found, Ids, NAME, PASSAGE};
use crate::setup::{Hall, Matter};
use crate::text;

/// Length of a code of implementation (实施编码).
const CODE: usize = 31;

impl Found {
    pub(super) fn matters(&mut self, place: &str, hall: &Hall) {
        let mut ids = Ids::new("事项编号", "matter id");
        for (at, matter) in hall.matters.iter().enumerate() {
            let place = format!("{place}.matter[{at}]");
            self.id(&place, matter.id.as_str(), &mut ids);
            self.text(&format!("{place}.name"), &matter.name);
            self.text(&format!("{place}.department"), &matter.department);
            if hall.line(&matter.line).is_none() {
                self.say(&format!("{place}.line"), no_line(&matter.line));
            }
            // Written so that NaN, which is in no range, is a fault too.
            let minutes = matter.minutes;
            if !(0.5..=480.0).contains(&minutes) {
                self.say(
                    &format!("{place}.minutes"),
                    text!(
                        "{minutes} 不能作办理用时；应为 0.5 到 480 分钟"
                            | "{minutes} is no service time; wanted 0.5 to 480 minutes"
                    ),
                );
            }
            let (promised, statutory) = (matter.promised_days, matter.statutory_days);
            if statutory > 0 && promised > statutory {
                self.say(
                    &format!("{place}.promised_days"),
                    text!(
                        "承诺 {promised} 日，超过法定的 {statutory} 日"
                            | "{promised} is longer than the {statutory} days the law allows"
                    ),
                );
            }
            self.guide(&place, matter);
        }
    }

    fn guide(&mut self, place: &str, matter: &Matter) {
        self.text(&format!("{place}.fee"), &matter.fee);
        for (index, material) in matter.materials.iter().enumerate() {
            self.text(&format!("{place}.materials[{index}].name"), &material.name);
        }
        for (index, step) in matter.steps.iter().enumerate() {
            self.text(&format!("{place}.steps[{index}]"), step);
        }
        let result = [matter.result.zh.as_str(), &matter.result.en];
        self.no_longer_than(NAME, &format!("{place}.result"), &result);
        if let Some(conditions) = &matter.conditions {
            let texts = [conditions.zh.as_str(), &conditions.en];
            self.no_longer_than(PASSAGE, &format!("{place}.conditions"), &texts);
        }
        for (name, telephone) in
            [("telephone", &matter.telephone), ("complaints", &matter.complaints)]
        {
            if let Some(telephone) = telephone {
                self.no_longer_than(60, &format!("{place}.{name}"), &[telephone]);
            }
        }
        if let Some(code) = &matter.code {
            let plain = code.chars().all(|c| c.is_ascii_alphanumeric());
            if code.len() != CODE || !plain {
                self.say(
                    &format!("{place}.code"),
                    text!(
                        "“{code}”不是实施编码；应为 {CODE} 位英文字母和数字"
                            | "\"{code}\" is no code of implementation; wanted {CODE} of A-Z and 0-9"
                    ),
                );
            }
        }
    }
}
