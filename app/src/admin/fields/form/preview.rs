//! A form as an applicant sees it, in either language. It answers to what is typed in it, by
//! the rules that the server goes by.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiban_domain::case::Subject;
use jiban_domain::form::{self, FieldRefusal, Form, Values};
use jiban_domain::setup::{Hall, Matter};
use jiban_domain::{BundleId, FieldId, Lang, Text};
use jiff::civil::Date;
use leptos::prelude::*;
use serde_json::Value;

use super::words::FormWords;
use crate::admin::json_pointer;
use crate::admin::previewed::Previewed;
use crate::admin::working_copy::WorkingCopy;
use crate::apply::{Filling, group};
use crate::parts::clock::browser_now;
use crate::parts::days;
use crate::words::fill;

/// The form of a matter.
pub(super) fn of_matter(copy: WorkingCopy, at: &str, hall: usize, lang: Lang) -> AnyView {
    let of = id_at(copy, at);
    let at = at.to_owned();
    let read = move |root: &Value| {
        let matter = matter(root.pointer(&at)?)?;
        let whole = in_hall(root, hall, &Subject::Matter(matter.id.clone()));
        Some(whole.unwrap_or_else(|| form::merged(&[&matter])))
    };
    preview(copy, (of, read), hall, FormWords::of(lang).preview_lead, lang)
}

/// The form of a bundle: those of its matters in one.
pub(super) fn of_bundle(copy: WorkingCopy, at: &str, hall: usize, lang: Lang) -> AnyView {
    let of = id_at(copy, at);
    let at = at.to_owned();
    let read = move |root: &Value| {
        let all = json_pointer::list(root, &format!("/hall/{hall}/matter"));
        let parts = json_pointer::list(root, &format!("{at}/part")).iter();
        let matters: Option<Vec<Matter>> = parts
            .map(|part| {
                let id = json_pointer::text(part, "/matter");
                let written = all.iter().find(|matter| json_pointer::text(matter, "/id") == id)?;
                matter(written)
            })
            .collect();
        let matters = matters?;
        let id = BundleId::from(json_pointer::text(root, &format!("{at}/id")).as_str());
        let whole = in_hall(root, hall, &Subject::Bundle(id));
        Some(whole.unwrap_or_else(|| form::merged(&matters.iter().collect::<Vec<_>>())))
    };
    preview(copy, (of, read), hall, FormWords::of(lang).preview_bundle, lang)
}

/// What is being written may have no label yet.
fn named(mut form: Form) -> Form {
    let fields = form.groups.iter_mut().flat_map(|group| &mut group.fields);
    for field in fields.filter(|field| field.label.zh.is_empty()) {
        field.label = Text::new("（还没有名称）", "(No label yet)");
    }
    form
}

/// The form as its hall offers it, with the commitment; none while the hall is half written.
fn in_hall(root: &Value, hall: usize, subject: &Subject) -> Option<Form> {
    let written = root.pointer(&format!("/hall/{hall}"))?;
    let hall: Hall = serde_json::from_value(written.clone()).ok()?;
    form::of(&hall, subject).ok()
}

/// The id of the matter or bundle at a place, by which its preview is known.
fn id_at(copy: WorkingCopy, at: &str) -> String {
    copy.edited.with_untracked(|root| json_pointer::text(root, &format!("{at}/id")))
}

/// A matter, as far as it can be read while it is being written.
fn matter(written: &Value) -> Option<Matter> {
    serde_json::from_value(written.clone()).ok()
}

fn preview(
    copy: WorkingCopy,
    (of, read): (String, impl Fn(&Value) -> Option<Form> + Send + Sync + 'static),
    hall: usize,
    lead: &'static str,
    lang: Lang,
) -> AnyView {
    let words = FormWords::of(lang);
    // What is half written leaves the form as it was.
    let form: Memo<Option<Arc<Form>>> = Memo::new(move |before: Option<&Option<Arc<Form>>>| {
        let now = copy.edited.with(&read).map(|form| Arc::new(named(form)));
        now.or_else(|| before.cloned().flatten())
    });
    // As it was before the forms were built anew.
    let kept = copy.previewed.with_value(|kept| (kept.of == of).then(|| kept.clone()));
    let kept = kept.unwrap_or_default();
    let shown_in = RwSignal::new(kept.shown_in.unwrap_or_else(|| lang.base()));
    let values = RwSignal::new(kept.values);
    let touched = RwSignal::new(kept.touched);
    let is_checked = RwSignal::new(kept.is_checked);
    Effect::new(move || {
        copy.previewed.set_value(Previewed {
            of: of.clone(),
            values: values.get(),
            touched: touched.get(),
            is_checked: is_checked.get(),
            shown_in: Some(shown_in.get()),
        });
    });
    let today = today(copy, hall);
    let refusals: Memo<Vec<FieldRefusal>> = Memo::new(move |_| {
        let Some(form) = form.get() else { return Vec::new() };
        let refusals = values.with(|values| form::check(&form, values, today)).refusals;
        let is_told = |refusal: &FieldRefusal| {
            is_checked.get() || touched.with(|touched| touched.contains(&refusal.field()))
        };
        refusals.into_iter().filter(is_told).collect()
    });
    let write = Callback::new(move |(id, value): (FieldId, form::FieldValue)| {
        touched.update(|touched| {
            touched.insert(id.clone());
        });
        values.update(|values| {
            values.insert(id, value);
        });
    });
    let shown = move || {
        let Some(form) = form.get() else {
            return view! { <p class="soft">{words.preview_none}</p> }.into_any();
        };
        let lang = shown_in.get();
        let (values, refusals, write) = (values.into(), refusals.into(), Some(write));
        let still = Filling::still(lang, form::Values::new(), Vec::new());
        let filling = Filling { values, refusals, write, ..still };
        let groups = (0..form.groups.len()).map(|at| group(&form, at, filling)).collect_view();
        view! { <div lang=lang.tag()>{groups}</div> }.into_any()
    };
    let result = move || {
        let count = refusals.with(Vec::len);
        is_checked.get().then(|| match count {
            0 => view! { <strong class="form-right">{words.right}</strong> }.into_any(),
            n => view! { <strong class="ask-why">{fill(words.wrong, &[("n", &n)])}</strong> }
                .into_any(),
        })
    };
    let start_over = move |_| {
        is_checked.set(false);
        touched.set(BTreeSet::new());
        values.set(Values::new());
    };
    let language = |one: Lang, name: &'static str| {
        view! {
            <button
                type="button"
                class="button small"
                aria-pressed=move || if shown_in.get() == one { "true" } else { "false" }
                on:click=move |_| shown_in.set(one)
            >
                {name}
            </button>
        }
    };
    view! {
        <aside class="form-preview" aria-label=words.preview>
            <div class="form-preview-head">
                <h3>{words.preview}</h3>
                {language(Lang::Zh, "中文")}
                {language(Lang::En, "English")}
            </div>
            <p class="soft small">{lead}</p>
            <div class="form-preview-page">{shown}</div>
            <div class="form-preview-foot">
                <button type="button" class="button" on:click=move |_| is_checked.set(true)>
                    {words.check}
                </button>
                <button type="button" class="button" on:click=start_over>
                    {words.start_over}
                </button>
                <span aria-live="polite">{result}</span>
            </div>
        </aside>
    }
    .into_any()
}

/// The day in the hall, by the clock of the browser: a preview decides nothing.
fn today(copy: WorkingCopy, hall: usize) -> Date {
    let zone = copy
        .edited
        .with_untracked(|root| json_pointer::text(root, &format!("/hall/{hall}/time_zone")));
    let day = days::on(browser_now(), &zone);
    day.parse().unwrap_or(jiff::civil::date(2026, 1, 1))
}
