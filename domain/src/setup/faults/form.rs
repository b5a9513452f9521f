//! Faults of a matter's form.

use std::collections::HashSet;

use super::{Found, Ids, PASSAGE};
use crate::form::bound::DateBound;
use crate::form::{Field, FieldKind, Form, Group, Source, TextFormat, applicant, commitment};
use crate::ids::FieldId;
use crate::setup::Matter;
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
        for (name, what) in crossed_bounds(field) {
            self.say(&format!("{place}.{name}"), what);
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
        self.named_dates(place, field, |id| form.field(id));
        for (index, column) in field.columns.iter().enumerate() {
            // A date of the same row, or one of the form for all rows.
            let in_row = |id: &FieldId| field.columns.iter().find(|one| one.id == *id);
            let place = format!("{place}.columns[{index}]");
            self.named_dates(&place, column, |id| in_row(id).or_else(|| form.field(id)));
        }
    }

    /// The other dates that bound a date.
    fn named_dates<'a>(
        &mut self,
        place: &str,
        field: &Field,
        find: impl Fn(&FieldId) -> Option<&'a Field>,
    ) {
        for (name, bound) in [("earliest", &field.earliest), ("latest", &field.latest)] {
            let Some(id) = bound.as_ref().and_then(DateBound::named) else { continue };
            let place = format!("{place}.{name}");
            match find(id) {
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
}

/// The bounds of a field between which nothing is: the name of one of each two, and why.
pub(super) fn crossed_bounds(field: &Field) -> Vec<(&'static str, Text)> {
    let mut crossed = Vec::new();
    let named = |set: bool, name, other| if set { name } else { other };
    if let (Some(least), Some(most)) = (field.least, most_of(field))
        && least > most
    {
        crossed.push((
            named(field.most.is_some(), "most", "least"),
            text!("{most} 小于下限 {least}" | "{most} is less than the least, {least}"),
        ));
    }
    let written = matches!(field.kind, FieldKind::Text | FieldKind::LongText);
    let (shortest, longest) =
        (usize::from(field.shortest.unwrap_or_default()), field.most_characters());
    if written && shortest > longest {
        crossed.push((
            named(field.longest.is_some(), "longest", "shortest"),
            text!("{longest} 小于下限 {shortest}" | "{longest} is less than the least, {shortest}"),
        ));
    }
    if let (Some(earliest), Some(latest)) = (&field.earliest, &field.latest)
        && is_after(earliest, latest)
    {
        crossed.push((
            "latest",
            text!("{latest} 早于 {earliest}" | "{latest} is before the earliest day, {earliest}"),
        ));
    }
    crossed
}

/// The most that a field can have, also where the file does not say.
#[allow(clippy::cast_precision_loss, reason = "far fewer entries than that")]
fn most_of(field: &Field) -> Option<f64> {
    let all = match field.kind {
        FieldKind::Several if !field.choices.is_empty() => field.choices.len() as f64,
        FieldKind::Table => field.most_rows() as f64,
        _ => return field.most,
    };
    Some(field.most.map_or(all, |most| most.min(all)))
}

/// Whether a day is after another on whichever day it is read.
fn is_after(one: &DateBound, other: &DateBound) -> bool {
    match (one, other) {
        (DateBound::Day(one), DateBound::Day(other)) => one > other,
        (
            DateBound::FromToday { amount: one, unit },
            DateBound::FromToday { amount: other, unit: of_other },
        ) => one > other && (unit == of_other || *one >= 0 && *other <= 0),
        _ => false,
    }
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
