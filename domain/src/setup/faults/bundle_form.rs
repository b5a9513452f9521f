//! Faults of the forms of a bundle's matters together: they are filled in as one, so what they
//! ask by one id must be one question, and one that somebody can answer.

use super::Found;
use super::form::crossed_bounds;
use crate::form::bound::DateBound;
use crate::form::{Applicants, Field, joined};
use crate::setup::{Hall, Matter};
use crate::text;
use crate::text::Text;

impl Found {
    pub(super) fn forms_of_bundles(&mut self, place: &str, hall: &Hall) {
        for (index, bundle) in hall.bundles.iter().enumerate() {
            let place = format!("{place}.bundle[{index}]");
            let matters: Vec<&Matter> = hall.matters_of(bundle).collect();
            self.applicants_together(&place, &matters);
            self.questions_together(&place, &matters);
        }
    }

    fn applicants_together(&mut self, place: &str, matters: &[&Matter]) {
        let only = |who| matters.iter().find(|matter| matter.applicants == who);
        if let (Some(persons), Some(businesses)) =
            (only(Applicants::Persons), only(Applicants::Businesses))
        {
            let Text { zh: persons_zh, en: persons_en } = &persons.name;
            let Text { zh: businesses_zh, en: businesses_en } = &businesses.name;
            self.say(
                place,
                text!(
                    "“{persons_zh}”只由个人申请，“{businesses_zh}”只由企业申请，没有人能一起办"
                        | "\"{persons_en}\" is for persons only and \"{businesses_en}\" for businesses only, so nobody can apply for both"
                ),
            );
        }
    }

    /// Each field with the first other matter that asks by its id, and asks something else.
    fn questions_together(&mut self, place: &str, matters: &[&Matter]) {
        let mut known: Vec<(&Matter, &Field)> = Vec::new();
        for &matter in matters {
            for field in matter.form.iter().flat_map(|group| &group.fields) {
                let mut same = known
                    .iter()
                    .filter(|(other, same)| other.id != matter.id && same.id == field.id);
                let found = same.find_map(|(other, same)| Some((other, differs(same, field)?)));
                if let Some((other, Text { zh, en })) = found {
                    let id = &field.id;
                    let Text { zh: one_zh, en: one_en } = &other.name;
                    let Text { zh: other_zh, en: other_en } = &matter.name;
                    self.say(
                        place,
                        text!(
                            "“{one_zh}”和“{other_zh}”都问“{id}”，不能合成一问：{zh}"
                                | "\"{one_en}\" and \"{other_en}\" both ask \"{id}\", which cannot be one question: {en}"
                        ),
                    );
                }
                known.push((matter, field));
            }
        }
    }
}

/// Why two fields of one id cannot be asked as one.
fn differs(one: &Field, other: &Field) -> Option<Text> {
    let choices = |field: &Field| -> Vec<String> {
        field.choices.iter().map(|choice| choice.id.clone()).collect()
    };
    let is_one_question = one.kind == other.kind
        && choices(one) == choices(other)
        && one.columns == other.columns
        && one.format == other.format
        && one.statement == other.statement;
    if !is_one_question {
        return Some(text!("问的不是一回事" | "they do not ask the same"));
    }
    if let (Some(unit), Some(of_other)) = (&one.unit, &other.unit)
        && unit != of_other
    {
        let Text { zh: one_zh, en: one_en } = unit;
        let Text { zh: other_zh, en: other_en } = of_other;
        return Some(text!(
            "单位分别是“{one_zh}”和“{other_zh}”" | "the units are \"{one_en}\" and \"{other_en}\""
        ));
    }
    let two = |one: &Option<DateBound>, other: &Option<DateBound>| {
        one.clone().zip(other.clone()).filter(|(one, other)| one != other)
    };
    if let Some((day, of_other)) = two(&one.earliest, &other.earliest) {
        return Some(text!(
            "最早分别是 {day} 和 {of_other}" | "the earliest days are {day} and {of_other}"
        ));
    }
    if let Some((day, of_other)) = two(&one.latest, &other.latest) {
        return Some(text!(
            "最晚分别是 {day} 和 {of_other}" | "the latest days are {day} and {of_other}"
        ));
    }
    crossed_bounds(&joined(one, other)).into_iter().next().map(|(_, what)| what)
}
