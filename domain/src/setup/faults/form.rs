//! Faults of a matter's form, and of the forms of a bundle's matters together.

use std::collections::{HashMap, HashSet};

use super::{Found, Ids, PASSAGE};
use crate::form::bound::DateBound;
use crate::form::{Field, FieldKind, Form, Group, Source, TextFormat, applicant, commitment};
use crate::ids::FieldId;
use crate::setup::{Hall, Matter};
use crate::text;
use crate::text::Text;

/// What a form can be at most: more than this nobody fills in.
const FIELDS: usize = 200;
const CHOICES: usize = 200;
const COLUMNS: usize = 12;
const ROWS: f64 = 200.0;
const CHARACTERS: u16 = 4000;
const DECIMALS: u8 = 6;

impl Found {
    pub(super) fn form(&mut self, place: &str, matter: &Matter) {
        let place = format!("{place}.form");
        let mut groups = Ids::new("表单分组编号", "id of a form's group");
        let mut fields = Ids::new("表单项编号", "id of a form's field");
        let form = crate::form::Form { groups: matter.form.clone() };
        for (index, group) in matter.form.iter().enumerate() {
            let place = format!("{place}[{index}]");
            self.id(&place, &group.id, &mut groups);
            self.group(&place, group);
            for (at, field) in group.fields.iter().enumerate() {
                let place = format!("{place}.field[{at}]");
                self.id(&place, field.id.as_str(), &mut fields);
                self.field(&place, field);
                self.refers(&place, &form, field);
            }
        }
        if form.fields().count() > FIELDS {
            self.say(&place, text!("超过 {FIELDS} 项" | "has more than {FIELDS} fields"));
        }
    }

    fn group(&mut self, place: &str, group: &Group) {
        self.text(&format!("{place}.name"), &group.name);
        self.words(&format!("{place}.help"), group.help.as_ref());
        if [applicant::RESERVED, commitment::CHOSEN].contains(&group.id.as_str()) {
            let id = &group.id;
            self.say(
                &format!("{place}.id"),
                text!(
                    "“{id}”是表单自动带有的一组的编号，请换一个"
                        | "\"{id}\" is a group that forms have by themselves; choose another id"
                ),
            );
        }
        if group.fields.is_empty() {
            self.say(
                &format!("{place}.field"),
                text!("这一组没有任何项" | "the group has no field"),
            );
        }
    }

    fn words(&mut self, place: &str, words: Option<&Text>) {
        if let Some(Text { zh, en }) = words {
            self.no_longer_than(PASSAGE, place, &[zh, en]);
        }
    }

    /// A field by itself.
    fn field(&mut self, place: &str, field: &Field) {
        if field.id.as_str().starts_with(applicant::RESERVED) {
            self.say(
                &format!("{place}.id"),
                text!(
                    "以 applicant 开头的编号留给申请人一组，请换一个"
                        | "ids that begin with applicant belong to the group about the applicant; choose another"
                ),
            );
        }
        self.text(&format!("{place}.label"), &field.label);
        self.words(&format!("{place}.help"), field.help.as_ref());
        self.words(&format!("{place}.example"), field.example.as_ref());
        self.words(&format!("{place}.unit"), field.unit.as_ref());
        self.bounds(place, field);
        self.choices(place, field);
        self.columns_of_table(place, field);
        match (&field.statement, field.kind) {
            (None, FieldKind::Consent) => self.say(
                &format!("{place}.statement"),
                text!("没有写明同意的内容" | "does not say what is agreed to"),
            ),
            (Some(statement), FieldKind::Consent) => {
                self.text_of_consent(&format!("{place}.statement"), statement);
            }
            (Some(_), _) => self.unused(&format!("{place}.statement")),
            (None, _) => {}
        }
    }

    fn text_of_consent(&mut self, place: &str, statement: &Text) {
        if statement.zh.trim().is_empty() || statement.en.trim().is_empty() {
            self.say(place, text!("没有写明同意的内容" | "does not say what is agreed to"));
        }
        self.no_longer_than(PASSAGE, place, &[&statement.zh, &statement.en]);
    }

    /// Something that fields of this kind do not have.
    fn unused(&mut self, place: &str) {
        self.say(
            place,
            text!("这种类型的项用不上，请删除" | "is of no use to a field of this kind; remove it"),
        );
    }

    fn bounds(&mut self, place: &str, field: &Field) {
        let kind = field.kind;
        let amounts = matches!(kind, FieldKind::Number | FieldKind::Money);
        let counted = matches!(kind, FieldKind::Several | FieldKind::Table);
        let written = matches!(kind, FieldKind::Text | FieldKind::LongText);
        let dated = kind == FieldKind::Date;
        for (name, is_set, fits) in [
            ("least", field.least.is_some(), amounts || counted),
            ("most", field.most.is_some(), amounts || counted),
            ("decimals", field.decimals > 0, kind == FieldKind::Number),
            ("unit", field.unit.is_some(), kind == FieldKind::Number),
            ("shortest", field.shortest.is_some(), written),
            ("longest", field.longest.is_some(), written),
            ("format", field.format != TextFormat::Any, kind == FieldKind::Text),
            ("earliest", field.earliest.is_some(), dated),
            ("latest", field.latest.is_some(), dated),
        ] {
            if is_set && !fits {
                self.unused(&format!("{place}.{name}"));
            }
        }
        let impossible = |bound: f64| !bound.is_finite() || bound.abs() > 1e15;
        for (name, bound) in [("least", field.least), ("most", field.most)] {
            let Some(bound) = bound else { continue };
            let fraction = counted && (bound < 0.0 || bound.fract() != 0.0 || bound > ROWS);
            if impossible(bound) || fraction {
                self.say(
                    &format!("{place}.{name}"),
                    text!("{bound} 不能作界限" | "{bound} is no bound"),
                );
            }
        }
        if let (Some(least), Some(most)) = (field.least, field.most)
            && least > most
        {
            self.say(
                &format!("{place}.most"),
                text!("{most} 小于下限 {least}" | "{most} is less than the least, {least}"),
            );
        }
        if let (Some(shortest), Some(longest)) = (field.shortest, field.longest)
            && shortest > longest
        {
            self.say(
                &format!("{place}.longest"),
                text!(
                    "{longest} 小于下限 {shortest}"
                        | "{longest} is less than the least, {shortest}"
                ),
            );
        }
        let characters = Text::new("个字", "characters");
        if let Some(longest) = field.longest {
            let place = format!("{place}.longest");
            self.within(&place, longest.into(), 1, CHARACTERS.into(), &characters);
        }
        let digits = Text::new("位小数", "digits after the point");
        self.within(
            &format!("{place}.decimals"),
            field.decimals.into(),
            0,
            DECIMALS.into(),
            &digits,
        );
    }

    fn choices(&mut self, place: &str, field: &Field) {
        let place = format!("{place}.choices");
        let chosen = matches!(field.kind, FieldKind::Choice | FieldKind::Several);
        if !chosen {
            if !field.choices.is_empty() {
                self.unused(&place);
            }
            return;
        }
        if field.choices.is_empty() || field.choices.len() > CHOICES {
            self.say(
                &place,
                text!("应有 1 到 {CHOICES} 个选项" | "expected 1 to {CHOICES} choices"),
            );
        }
        let mut ids = Ids::new("选项编号", "id of a choice");
        for (index, choice) in field.choices.iter().enumerate() {
            let place = format!("{place}[{index}]");
            self.id(&place, &choice.id, &mut ids);
            self.text(&format!("{place}.name"), &choice.name);
        }
    }

    fn columns_of_table(&mut self, place: &str, field: &Field) {
        let place = format!("{place}.columns");
        if field.kind != FieldKind::Table {
            if !field.columns.is_empty() {
                self.unused(&place);
            }
            return;
        }
        if field.columns.is_empty() || field.columns.len() > COLUMNS {
            self.say(&place, text!("应有 1 到 {COLUMNS} 列" | "expected 1 to {COLUMNS} columns"));
        }
        let mut ids = Ids::new("列编号", "id of a column");
        for (index, column) in field.columns.iter().enumerate() {
            let place = format!("{place}[{index}]");
            self.id(&place, column.id.as_str(), &mut ids);
            self.field(&place, column);
            if !column.kind.fits_a_column() {
                self.say(
                    &format!("{place}.kind"),
                    text!("这种类型不能作表格的列" | "a field of this kind cannot be a column"),
                );
            }
            if !column.shown_when.is_empty() {
                self.unused(&format!("{place}.shown_when"));
            }
            if !column.from.is_empty() {
                self.unused(&format!("{place}.from"));
            }
        }
    }

    /// What a field says of others.
    fn refers(&mut self, place: &str, form: &Form, field: &Field) {
        for (index, condition) in field.shown_when.iter().enumerate() {
            let place = format!("{place}.shown_when[{index}]");
            let id = &condition.field;
            let Some(other) = form.field(id) else {
                self.say(&format!("{place}.field"), no_field(id));
                continue;
            };
            let answers: Vec<&str> = match other.kind {
                FieldKind::Choice | FieldKind::Several => {
                    other.choices.iter().map(|choice| choice.id.as_str()).collect()
                }
                FieldKind::YesNo | FieldKind::Consent => vec!["yes", "no"],
                _ => {
                    self.say(
                        &format!("{place}.field"),
                        text!(
                            "“{id}”不是单选、多选或是否题，不能作条件"
                                | "\"{id}\" is neither a choice nor a yes or no, so it is no condition"
                        ),
                    );
                    continue;
                }
            };
            // Nobody would ever see it.
            if condition.is.is_empty() {
                self.say(&format!("{place}.is"), text!("没有任何答案" | "names no answer"));
            }
            for answer in condition.is.iter().filter(|one| !answers.contains(&one.as_str())) {
                self.say(
                    &format!("{place}.is"),
                    text!("“{id}”没有答案“{answer}”" | "\"{id}\" has no answer \"{answer}\""),
                );
            }
        }
        if waits_for_itself(form, field) {
            self.say(
                &format!("{place}.shown_when"),
                text!(
                    "显示条件绕回到自己，谁也看不到这一项"
                        | "waits for itself, so nobody would ever see it"
                ),
            );
        }
        for (index, source) in field.from.iter().enumerate() {
            let place = format!("{place}.from[{index}]");
            self.source(&place, form, field, source);
        }
        for (name, bound) in [("earliest", &field.earliest), ("latest", &field.latest)] {
            let Some(DateBound::Field(id)) = bound else { continue };
            let place = format!("{place}.{name}");
            match form.field(id) {
                None => self.say(&place, no_field(id)),
                Some(other) if other.kind != FieldKind::Date || other.id == field.id => self.say(
                    &place,
                    text!("“{id}”不是另一个日期项" | "\"{id}\" is not another field with a date"),
                ),
                Some(_) => {}
            }
        }
    }

    fn source(&mut self, place: &str, form: &Form, field: &Field, source: &Source) {
        match source {
            Source::Field(id) if *id == field.id => {
                self.say(place, text!("取值来自自己" | "takes its value from itself"));
            }
            // The applicant's own are in every form.
            Source::Field(id) if id.as_str().starts_with(applicant::RESERVED) => {}
            Source::Field(id) => match form.field(id) {
                None => self.say(place, no_field(id)),
                Some(other) if other.kind != field.kind => {
                    self.say(place, text!("与“{id}”的类型不同" | "\"{id}\" is of another kind"));
                }
                Some(_) => {}
            },
            Source::Licence { document, .. } => {
                self.kind_of_document(&format!("{place}.licence.document"), Some(document));
            }
            Source::Earlier | Source::Applicant(_) => {}
        }
    }

    /// Fields of one id in the matters of a bundle are one question, so they must be alike.
    pub(super) fn forms_of_bundles(&mut self, place: &str, hall: &Hall) {
        for (index, bundle) in hall.bundles.iter().enumerate() {
            let mut known: HashMap<&FieldId, &Field> = HashMap::new();
            for matter in hall.matters_of(bundle) {
                for field in matter.form.iter().flat_map(|group| &group.fields) {
                    let same = *known.entry(&field.id).or_insert(field);
                    if !is_one_question(same, field) {
                        let (id, name) = (&field.id, &matter.id);
                        self.say(
                            &format!("{place}.bundle[{index}]"),
                            text!(
                                "事项“{name}”的“{id}”与另一事项的同名项问的不是一回事"
                                    | "\"{id}\" of the matter \"{name}\" asks something else than another matter's field of that id"
                            ),
                        );
                    }
                }
            }
        }
    }
}

/// Whether two fields of one id can be asked as one.
fn is_one_question(one: &Field, other: &Field) -> bool {
    one.kind == other.kind
        && one
            .choices
            .iter()
            .map(|choice| &choice.id)
            .eq(other.choices.iter().map(|choice| &choice.id))
        && one.columns == other.columns
        && one.format == other.format
        && one.statement == other.statement
}

/// Whether a field is asked only where it is asked.
fn waits_for_itself(form: &Form, field: &Field) -> bool {
    let mut seen = HashSet::new();
    let mut next: Vec<&Field> = vec![field];
    while let Some(one) = next.pop() {
        for condition in &one.shown_when {
            if condition.field == field.id {
                return true;
            }
            if let Some(other) = form.field(&condition.field)
                && seen.insert(&other.id)
            {
                next.push(other);
            }
        }
    }
    false
}

fn no_field(id: &FieldId) -> Text {
    text!("表单没有“{id}”这一项" | "the form has no field \"{id}\"")
}
