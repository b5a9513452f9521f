//! The place of a form that a control fills.

use std::collections::BTreeMap;

use jiban_domain::form::offer::Offered;
use jiban_domain::form::{Field, FieldRefusal, FieldValue, Values};
use jiban_domain::{FieldId, Lang};
use leptos::prelude::*;

/// What is filled in, and how.
#[derive(Debug, Clone, Copy)]
pub struct Filling {
    pub lang: Lang,
    /// The answers so far. What changes them from outside is shown; what is typed stands there
    /// already, so the cursor stays.
    pub values: Signal<Values>,
    /// What is wrong with them.
    pub refusals: Signal<Vec<FieldRefusal>>,
    /// Told of each change while it is typed; none on a page without scripts.
    pub write: Option<Callback<(FieldId, FieldValue)>>,
    /// The page has keys of its own, as a kiosk without a keyboard has: dates are typed too.
    pub own_keys: bool,
    /// Somebody beside the applicant fills it in, who agrees to nothing in their place.
    pub beside: bool,
    /// Where two fill it in.
    pub marks: Option<Marks>,
    /// Where values are offered.
    pub offers: Option<Offers>,
}

/// What both see of each other.
#[derive(Debug, Clone, Copy)]
pub struct Marks {
    /// The field in which the other is.
    pub other_at: Signal<Option<FieldId>>,
    /// The field that the helper points at.
    pub pointed: Signal<Option<FieldId>>,
}

/// What is offered for fields that are empty.
#[derive(Debug, Clone, Copy)]
pub struct Offers {
    pub offered: Signal<Vec<Offered>>,
    /// Takes what is offered for a field.
    pub take: Callback<Offered>,
}

impl Filling {
    /// For a page that does not change.
    pub fn still(lang: Lang, values: Values, refusals: Vec<FieldRefusal>) -> Self {
        let (values, refusals) = (Signal::stored(values), Signal::stored(refusals));
        let (own_keys, beside) = (false, false);
        Self { lang, values, refusals, write: None, own_keys, beside, marks: None, offers: None }
    }
}

/// The rows of a table's value. An empty list is read as one of choices.
pub(super) fn rows(value: &FieldValue) -> &[BTreeMap<FieldId, FieldValue>] {
    match value {
        FieldValue::Rows(rows) => rows,
        _ => &[],
    }
}

/// A field, a part of one, or a cell of a table.
#[derive(Clone)]
pub(super) struct Slot {
    /// In a posted form: `staff.0.name`.
    pub name: String,
    /// In refusals: `staff[0].name`.
    pub place: String,
    pub value: Signal<FieldValue>,
    pub write: Option<Callback<FieldValue>>,
    pub filling: Filling,
}

impl Slot {
    pub fn of(field: &Field, filling: Filling) -> Self {
        let id = field.id.clone();
        let value = {
            let id = id.clone();
            Memo::new(move |_| {
                filling.values.with(|values| values.get(&id).cloned().unwrap_or_default())
            })
        };
        let name = id.to_string();
        let write = filling
            .write
            .map(|write| Callback::new(move |value: FieldValue| write.run((id.clone(), value))));
        Self { place: name.clone(), name, value: value.into(), write, filling }
    }

    /// One of its parts.
    pub fn part(&self, part: &'static str) -> Self {
        let whole = self.value;
        let value = Memo::new(move |_| whole.with(|whole| FieldValue::from(whole.part(part))));
        let write = self.write.map(|write| {
            Callback::new(move |value: FieldValue| {
                let mut parts = match whole.get_untracked() {
                    FieldValue::Parts(parts) => parts,
                    _ => BTreeMap::new(),
                };
                parts.insert(part.to_owned(), value.text().unwrap_or_default().to_owned());
                write.run(FieldValue::Parts(parts));
            })
        });
        Self {
            name: format!("{}.{part}", self.name),
            place: format!("{}.{part}", self.place),
            value: value.into(),
            write,
            filling: self.filling,
        }
    }

    /// A cell of its row.
    pub fn cell(&self, row: usize, column: &FieldId) -> Self {
        let whole = self.value;
        let value = {
            let column = column.clone();
            Memo::new(move |_| {
                whole.with(|whole| {
                    let row = rows(whole).get(row);
                    row.and_then(|row| row.get(&column).cloned()).unwrap_or_default()
                })
            })
        };
        let write = self.write.map(|write| {
            let column = column.clone();
            Callback::new(move |value: FieldValue| {
                let mut rows = rows(&whole.get_untracked()).to_vec();
                if rows.len() <= row {
                    rows.resize_with(row + 1, Default::default);
                }
                rows[row].insert(column.clone(), value);
                write.run(FieldValue::Rows(rows));
            })
        });
        Self {
            name: format!("{}.{row}.{column}", self.name),
            place: format!("{}[{row}].{column}", self.place),
            value: value.into(),
            write,
            filling: self.filling,
        }
    }

    pub const fn lang(&self) -> Lang {
        self.filling.lang
    }

    /// The id of its element.
    pub fn id(&self) -> String {
        format!("f-{}", self.name.replace('.', "-"))
    }

    /// The id of what helps to fill it in.
    pub fn help_id(&self) -> String {
        format!("{}-help", self.id())
    }

    /// The id of what is wrong with it.
    pub fn why_id(&self) -> String {
        format!("{}-why", self.id())
    }

    /// What is wrong with it.
    pub fn why(&self) -> impl Fn() -> Option<String> + Clone + Send + Sync + 'static + use<> {
        let (place, filling) = (self.place.clone(), self.filling);
        move || {
            filling.refusals.with(|refusals| {
                let own = refusals.iter().find(|refusal| refusal.place == place);
                own.map(|refusal| refusal.why.get(filling.lang).to_owned())
            })
        }
    }

    /// The ids of what describes it: its help, and what is wrong with it.
    pub fn described_by(
        &self,
        has_help: bool,
    ) -> impl Fn() -> Option<String> + Clone + Send + Sync + 'static + use<> {
        let (why, help_id, why_id) = (self.why(), self.help_id(), self.why_id());
        move || match (has_help, why().is_some()) {
            (true, true) => Some(format!("{help_id} {why_id}")),
            (true, false) => Some(help_id.clone()),
            (false, true) => Some(why_id.clone()),
            (false, false) => None,
        }
    }

    /// `true` where something is wrong with it.
    pub fn invalid(
        &self,
    ) -> impl Fn() -> Option<&'static str> + Clone + Send + Sync + 'static + use<> {
        let why = self.why();
        move || why().is_some().then_some("true")
    }

    /// Whether the other is there.
    pub fn other_here(&self) -> impl Fn() -> Option<&'static str> + Send + Sync + 'static + use<> {
        self.marked(|marks| marks.other_at)
    }

    /// Whether the helper points at it.
    pub fn is_pointed(&self) -> impl Fn() -> Option<&'static str> + Send + Sync + 'static + use<> {
        self.marked(|marks| marks.pointed)
    }

    /// For an attribute that is there or not.
    fn marked(
        &self,
        of: fn(Marks) -> Signal<Option<FieldId>>,
    ) -> impl Fn() -> Option<&'static str> + Send + Sync + 'static + use<> {
        let (name, marked) = (self.name.clone(), self.filling.marks.map(of));
        move || {
            let is_marked =
                |at: &Option<FieldId>| at.as_ref().is_some_and(|at| at.as_str() == name);
            marked.is_some_and(|marked| marked.with(is_marked)).then_some("")
        }
    }

    /// Its text, tracked.
    pub fn text(&self) -> impl Fn() -> String + Clone + Send + Sync + 'static + use<> {
        let value = self.value;
        move || value.with(|value| value.text().unwrap_or_default().to_owned())
    }

    pub fn write_text(&self, text: String) {
        self.tell(FieldValue::Text(text));
    }

    pub fn tell(&self, value: FieldValue) {
        if let Some(write) = self.write {
            write.run(value);
        }
    }
}
