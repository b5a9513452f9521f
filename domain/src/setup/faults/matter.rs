//! Faults of a matter and its guide.

use super::hall::no_line;
use super::{Found, Ids, NAME, PASSAGE};
use crate::ids::DepartmentId;
use crate::setup::{Hall, Matter, Setup, StepKind};
use crate::text;
use crate::text::Text;

/// The length of an implementation code (实施编码).
const CODE: usize = 31;

impl Found {
    pub(super) fn matters(&mut self, place: &str, setup: &Setup, hall: &Hall) {
        let mut ids = Ids::new("事项编号", "matter id");
        for (at, matter) in hall.matters.iter().enumerate() {
            let place = format!("{place}.matter[{at}]");
            self.id(&place, matter.id.as_str(), &mut ids);
            self.text(&format!("{place}.name"), &matter.name);
            self.department(&format!("{place}.department"), setup, &matter.department);
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
                            | "{minutes} is not a service time; expected 0.5 to 480 minutes"
                    ),
                );
            }
            let (promised, statutory) = (matter.promised_days, matter.statutory_days);
            if statutory > 0 && promised > statutory {
                self.say(
                    &format!("{place}.promised_days"),
                    text!(
                        "承诺 {promised} 日，超过法定的 {statutory} 日"
                            | "{promised} is longer than the statutory limit of {statutory} days"
                    ),
                );
            }
            self.guide(&place, matter);
            self.steps(&place, setup, matter);
            self.form(&place, matter);
            self.commitment(&place, setup, matter);
        }
    }

    pub(super) fn department(&mut self, place: &str, setup: &Setup, id: &DepartmentId) {
        if setup.department(id).is_none() {
            self.say(
                place,
                text!(
                    "没有部门“{id}”；请先添加该部门"
                        | "there is no department \"{id}\"; add it to the departments first"
                ),
            );
        }
    }

    fn steps(&mut self, place: &str, setup: &Setup, matter: &Matter) {
        let last = matter.steps.len().saturating_sub(1);
        for (index, step) in matter.steps.iter().enumerate() {
            let place = format!("{place}.steps[{index}]");
            self.text(&format!("{place}.name"), &step.name);
            if let Some(department) = &step.department {
                self.department(&format!("{place}.department"), setup, department);
            }
            let misplaced = match step.kind {
                StepKind::Accept => index > 0,
                StepKind::Deliver => index < last,
                StepKind::Review => false,
            };
            if misplaced {
                self.say(
                    &format!("{place}.kind"),
                    text!(
                        "受理（accept）只能是第一步，出件（deliver）只能是最后一步"
                            | "accept can only be the first step, and deliver the last"
                    ),
                );
            }
            let promised = matter.promised_days;
            if step.days > promised && promised > 0 {
                let days = step.days;
                self.say(
                    &format!("{place}.days"),
                    text!(
                        "{days} 日，超过承诺的 {promised} 日"
                            | "{days} is longer than the {promised} days promised for the matter"
                    ),
                );
            }
        }
    }

    /// Whether the kind of a document is one that can be compared.
    pub(super) fn kind_of_document(&mut self, place: &str, kind: Option<&String>) {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if let Some(kind) =
            kind.filter(|kind| kind.is_empty() || kind.len() > 40 || !kind.chars().all(plain))
        {
            self.say(
                place,
                text!(
                    "“{kind}”不能作材料种类；应为 1 到 40 个英文字母、数字、- 或 _"
                        | "\"{kind}\" is not a kind of document; expected 1 to 40 of A-Z, a-z, 0-9, - and _"
                ),
            );
        }
    }

    fn passage(&mut self, place: &str, passage: Option<&Text>) {
        if let Some(Text { zh, en }) = passage {
            self.no_longer_than(PASSAGE, place, &[zh, en]);
        }
    }

    /// What people call a matter or bundle.
    pub(super) fn aliases(&mut self, place: &str, aliases: &[String]) {
        for (index, alias) in aliases.iter().enumerate() {
            self.text(&format!("{place}.aliases[{index}]"), &Text::from(alias.as_str()));
        }
    }

    fn guide(&mut self, place: &str, matter: &Matter) {
        self.text(&format!("{place}.fee"), &matter.fee);
        for (index, material) in matter.materials.iter().enumerate() {
            let place = format!("{place}.materials[{index}]");
            self.text(&format!("{place}.name"), &material.name);
            self.kind_of_document(&format!("{place}.document"), material.document.as_ref());
            self.passage(&format!("{place}.source"), material.source.as_ref());
            self.passage(&format!("{place}.needed_when"), material.needed_when.as_ref());
        }
        self.kind_of_document(&format!("{place}.produces"), matter.produces.as_ref());
        self.aliases(place, &matter.aliases);
        for (index, event) in matter.life_events.iter().enumerate() {
            self.text(&format!("{place}.life_events[{index}]"), event);
        }
        let result = [matter.result.zh.as_str(), &matter.result.en];
        self.no_longer_than(NAME, &format!("{place}.result"), &result);
        self.passage(&format!("{place}.conditions"), matter.conditions.as_ref());
        self.passage(&format!("{place}.basis"), matter.basis.as_ref());
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
                            | "\"{code}\" is not an implementation code; expected {CODE} of A-Z and 0-9"
                    ),
                );
            }
        }
    }
}
