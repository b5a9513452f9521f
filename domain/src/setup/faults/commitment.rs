//! Faults of what a matter lets an applicant commit to.

use super::{Found, PASSAGE};
use crate::setup::{Commitment, Matter, Setup, StepKind};
use crate::text;
use crate::text::Text;

impl Found {
    pub(super) fn commitment(&mut self, place: &str, setup: &Setup, matter: &Matter) {
        let Some(commitment) = &matter.commitment else { return };
        let place = format!("{place}.commitment");
        for (name, passage) in
            [("text", &commitment.text), ("consequence", &commitment.consequence)]
        {
            self.long_text(&format!("{place}.{name}"), passage);
        }
        if commitment.replaces_steps.is_empty() && commitment.replaces_materials.is_empty() {
            self.say(
                &place,
                text!(
                    "没有代替任何环节或材料"
                        | "replaces no step and no material, so nobody would sign it"
                ),
            );
        }
        self.replaced_steps(&place, matter, commitment);
        self.decision_left(&place, matter, commitment);
        self.replaced_materials(&place, matter, commitment);
        self.committed_limits(&place, matter, commitment);
        if let Some(department) = &commitment.check_department {
            self.department(&format!("{place}.check_department"), setup, department);
        }
    }

    /// A longer text that must not be empty.
    fn long_text(&mut self, place: &str, text: &Text) {
        if text.zh.trim().is_empty() || text.en.trim().is_empty() {
            self.text(place, text);
        } else {
            self.no_longer_than(PASSAGE, place, &[&text.zh, &text.en]);
        }
    }

    fn replaced_steps(&mut self, place: &str, matter: &Matter, commitment: &Commitment) {
        for (index, name) in commitment.replaces_steps.iter().enumerate() {
            let place = format!("{place}.replaces_steps[{index}]");
            let mut named = matter.steps.iter().filter(|step| step.name.zh == *name).peekable();
            if named.peek().is_none() {
                self.say(
                    &place,
                    text!(
                        "本事项没有步骤“{name}”；应为步骤的中文名称"
                            | "the matter has no step \"{name}\"; expected the Chinese name of one"
                    ),
                );
            } else if named.any(|step| step.kind != StepKind::Review) {
                self.say(
                    &place,
                    text!(
                        "“{name}”是受理或出件，不能以承诺代替"
                            | "\"{name}\" is the acceptance or the delivery, which nothing replaces"
                    ),
                );
            }
        }
    }

    /// Somebody decides: a commitment replaces proof, and not the decision.
    fn decision_left(&mut self, place: &str, matter: &Matter, commitment: &Commitment) {
        let mut reviews = matter.steps.iter().filter(|s| s.kind == StepKind::Review).peekable();
        if reviews.peek().is_some() && reviews.all(|step| commitment.replaces_step(&step.name)) {
            self.say(
                &format!("{place}.replaces_steps"),
                text!(
                    "代替了部门的全部步骤；至少要留下作出决定的一步"
                        | "replaces every step of the department; the one that decides must be left"
                ),
            );
        }
    }

    fn replaced_materials(&mut self, place: &str, matter: &Matter, commitment: &Commitment) {
        for (index, name) in commitment.replaces_materials.iter().enumerate() {
            let asked = matter.materials.iter().any(|material| {
                material.document.as_ref() == Some(name) || material.name.zh == *name
            });
            if !asked {
                self.say(
                    &format!("{place}.replaces_materials[{index}]"),
                    text!(
                        "本事项没有材料“{name}”；应为材料种类或中文名称"
                            | "the matter asks for no material \"{name}\"; expected its kind of document or its Chinese name"
                    ),
                );
            }
        }
    }

    fn committed_limits(&mut self, place: &str, matter: &Matter, commitment: &Commitment) {
        let (shorter, ordinary) = (commitment.promised_days, matter.promised_days);
        if shorter > ordinary {
            self.say(
                &format!("{place}.promised_days"),
                text!(
                    "{shorter} 日，超过平常承诺的 {ordinary} 日"
                        | "{shorter} is longer than the {ordinary} days promised without a commitment"
                ),
            );
        }
        let left = matter.steps.iter().filter(|step| !commitment.replaces_step(&step.name));
        if let Some(step) = left.filter(|step| step.days > shorter).max_by_key(|step| step.days)
            && shorter <= ordinary
        {
            let (days, name) = (step.days, &step.name.zh);
            self.say(
                &format!("{place}.promised_days"),
                text!(
                    "{shorter} 日，短于保留的步骤“{name}”的 {days} 日"
                        | "{shorter} is shorter than the {days} days of the step \"{name}\", which is not replaced"
                ),
            );
        }
        let days = Text::new("个工作日", "working days");
        for (name, value, least, most) in [
            ("check_within_days", commitment.check_within_days, 1, 250),
            ("answer_days", commitment.answer_days, 3, 60),
            ("put_right_days", commitment.put_right_days, 0, 120),
        ] {
            self.within(&format!("{place}.{name}"), value.into(), least, most, &days);
        }
    }
}
