//! The pages of a form: its groups that are asked, the materials, and the check.

use jiban_domain::draft::About;
use jiban_domain::form::Form;
use jiban_domain::{FieldId, Text};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

use crate::apply::live_draft::LiveDraft;

/// One page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Group(usize),
    Materials,
    Check,
}

/// All of them, and which is shown.
#[derive(Clone, Copy)]
pub(super) struct Steps {
    /// The form is another only where the hall made it so: what is drawn of it stays.
    pub form: Memo<Form>,
    all: Memo<Vec<Step>>,
    /// By what it is, not by its place: an answer may add a group before it.
    wanted: RwSignal<Step>,
    /// Whoever was at the check is told beside each field what is missing.
    pub was_checked: RwSignal<bool>,
}

impl Steps {
    pub fn of(live: LiveDraft) -> Self {
        let form = Memo::new(move |_| {
            live.draft
                .with(|draft| draft.as_ref().map(|draft| draft.form.clone()).unwrap_or_default())
        });
        let all = Memo::new(move |_| {
            let asked = form.with(|form| live.values.with(|values| asked_groups(form, values)));
            asked.into_iter().map(Step::Group).chain([Step::Materials, Step::Check]).collect()
        });
        Self { form, all, wanted: RwSignal::new(Step::Group(0)), was_checked: RwSignal::new(false) }
    }

    pub fn count(self) -> usize {
        self.all.with(Vec::len)
    }

    /// The place of the page that is shown, from 0.
    pub fn place(self) -> usize {
        let wanted = self.wanted.get();
        // A group that is no longer asked leads to the one after it.
        self.all.with(|all| all.iter().position(|step| *step >= wanted).unwrap_or_default())
    }

    pub fn now(self) -> Step {
        let place = self.place();
        self.all.with(|all| all.get(place).copied().unwrap_or(Step::Check))
    }

    pub fn back(self) {
        self.go(untrack(|| self.place()).saturating_sub(1));
    }

    pub fn next(self) {
        self.go(untrack(|| self.place()) + 1);
    }

    fn go(self, place: usize) {
        if let Some(step) = self.all.with_untracked(|all| all.get(place).copied()) {
            self.show(step);
            // A new page begins at its top, and whoever goes by keys begins there too.
            request_animation_frame(|| {
                let Some(body) = body() else { return };
                body.set_scroll_top(0);
                if let Ok(Some(heading)) = body.query_selector("h2") {
                    let _ = heading.set_attribute("tabindex", "-1");
                    focus(&heading);
                }
            });
        }
    }

    fn show(self, step: Step) {
        if step == Step::Check {
            self.was_checked.set(true);
        }
        self.wanted.set(step);
    }

    /// Shows the group of a field.
    pub fn show_group_of(self, field: &FieldId) {
        if let Some(step) = untrack(|| self.group_of(field)) {
            self.show(step);
        }
    }

    /// The page of a field.
    pub fn group_of(self, field: &FieldId) -> Option<Step> {
        let group = self.form.with(|form| {
            form.groups.iter().position(|group| group.fields.iter().any(|one| one.id == *field))
        });
        group.map(Step::Group)
    }

    /// What a remark is about, where that is a field.
    pub fn label_of(self, about: &About) -> Option<Text> {
        let About::Field(field) = about else { return None };
        self.form.with(|form| form.field(field).map(|field| field.label.clone()))
    }

    /// Leads to a field: to what is wrong in it, or else to its beginning.
    pub fn open_field(self, field: &FieldId) {
        self.show_group_of(field);
        let at = format!("[data-field=\"{field}\"]");
        request_animation_frame(move || {
            let found = |what: &str| body()?.query_selector(&format!("{at} {what}")).ok().flatten();
            let wrong = found(":is(input, select, textarea)[aria-invalid]");
            if let Some(input) = wrong.or_else(|| found(":is(input, select, textarea)")) {
                focus(&input);
                into_sight(&input);
            }
        });
    }
}

/// The groups of which something is asked.
fn asked_groups(form: &Form, values: &jiban_domain::form::Values) -> Vec<usize> {
    form.asked_groups(values).into_iter().map(|(at, _)| at).collect()
}

fn body() -> Option<Element> {
    document().query_selector(".fill-body").ok().flatten()
}

fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.focus();
    }
}

/// Brings an input between what is above it and what is below.
pub(super) fn into_sight(element: &Element) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Center);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}
