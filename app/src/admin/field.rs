//! A field of a form, drawn by its kind.
//!
//! Inputs are filled once and then left to the person: they tell the draft
//! what is typed and hear nothing back, so that the cursor and an input
//! method's half-written word stay. When values come from elsewhere the whole
//! form is made anew ([`Draft::shape`]).

use jiban_domain::Lang;
use leptos::prelude::*;
use serde_json::{Value, json};

use super::choice::{
    departments_of, halls_of, lines_of, matters_of, named, printer, select, ticks,
};
use super::document;
use super::draft::Draft;
use super::faults;
use super::forms::{Field, Kind};
use super::rows::rows;
use super::words::SetupWords;

/// The fields of one item.
pub fn form(
    draft: Draft,
    fields: &'static [Field],
    item_at: &str,
    hall: usize,
    lang: Lang,
) -> AnyView {
    let has_printer = draft.edited.with_untracked(|root| {
        document::text(root, &format!("{item_at}/printer/kind")) == "escpos"
    });
    let shown = fields
        .iter()
        .filter(|field| has_printer || !field.key.starts_with("/printer/"))
        .map(|field| one(draft, field, &format!("{item_at}{}", field.key), hall, lang))
        .collect_view();
    view! { <div class="form">{shown}</div> }.into_any()
}

/// One field.
pub fn one(draft: Draft, field: &'static Field, at: &str, hall: usize, lang: Lang) -> AnyView {
    let label = field.label.get(lang);
    let edited = draft.edited;
    match field.kind {
        Kind::Heading => view! { <h3 class="form-heading">{label}</h3> }.into_any(),
        Kind::Rows(list) => rows(draft, list, at, hall, lang),
        Kind::Words | Kind::OptionalWords => {
            let optional = matches!(field.kind, Kind::OptionalWords);
            words(draft, label, at, optional, lang)
        }
        Kind::Tick => tick(draft, field, at, lang),
        Kind::Plain => text(draft, field, at, lang, "text"),
        Kind::Optional => text(draft, field, at, lang, "optional"),
        Kind::Clock => text(draft, field, at, lang, "clock"),
        Kind::Whole { least, most } => number(draft, field, at, (least, most, 1.0), lang),
        Kind::Minutes => number(draft, field, at, (0.5, 480.0, 0.5), lang),
        Kind::Choice(choices) => select(draft, field, at, named(choices, lang), lang),
        Kind::Printer => printer(draft, field, at, lang),
        Kind::Letter => {
            let letters = ('A'..='Z').map(|letter| (letter.to_string(), letter.to_string()));
            select(draft, field, at, letters.collect(), lang)
        }
        Kind::LineOf => {
            let lines = edited.with_untracked(|root| lines_of(root, hall, lang));
            select(draft, field, at, lines, lang)
        }
        Kind::LinesOf => {
            let lines = edited.with_untracked(|root| lines_of(root, hall, lang));
            ticks(draft, field, at, lines, lang)
        }
        Kind::HallsOf => {
            let halls = edited.with_untracked(|root| halls_of(root, lang));
            ticks(draft, field, at, halls, lang)
        }
        Kind::HallAbove => {
            let mut halls = edited.with_untracked(|root| halls_of(root, lang));
            let own = at.trim_end_matches("/parent").to_owned() + "/id";
            let own = edited.with_untracked(|root| document::text(root, &own));
            halls.retain(|(id, _)| *id != own);
            halls.insert(0, (String::new(), SetupWords::of(lang).top_hall.to_owned()));
            select(draft, field, at, halls, lang)
        }
        Kind::DepartmentOf | Kind::OtherDepartment => {
            let mut departments = edited.with_untracked(|root| departments_of(root, lang));
            if matches!(field.kind, Kind::OtherDepartment) {
                let own = SetupWords::of(lang).own_department.to_owned();
                departments.insert(0, (String::new(), own));
            }
            select(draft, field, at, departments, lang)
        }
        Kind::DepartmentsOf => {
            let departments = edited.with_untracked(|root| departments_of(root, lang));
            ticks(draft, field, at, departments, lang)
        }
        Kind::MatterOf => {
            let matters = edited.with_untracked(|root| matters_of(root, hall, lang));
            select(draft, field, at, matters, lang)
        }
        Kind::MattersOf => {
            let matters = edited.with_untracked(|root| matters_of(root, hall, lang));
            ticks(draft, field, at, matters, lang)
        }
    }
}

/// What is wrong with a field, under it.
pub fn fault_at(draft: Draft, at: &str) -> impl IntoView + use<> {
    let at = at.to_owned();
    move || {
        let what = draft.faults.with(|faults| {
            faults.iter().find(|fault| fault.is_at(&at)).map(|fault| fault.what.clone())
        });
        what.map(|what| view! { <span class="field-fault">{what}</span> })
    }
}

/// Whether something is wrong with the field at a place.
pub fn is_faulty(
    draft: Draft,
    at: &str,
) -> impl Fn() -> bool + Send + Sync + Clone + 'static + use<> {
    let at = at.to_owned();
    move || draft.faults.with(|faults| faults::is_faulty(faults, &at))
}

/// Label above, control, hint and fault below.
pub fn framed(
    draft: Draft,
    field: &'static Field,
    at: &str,
    lang: Lang,
    control: AnyView,
) -> AnyView {
    let (label, hint) = (field.label.get(lang), field.hint.get(lang));
    view! {
        <label class="field">
            <span class="field-label">{label}</span>
            {control}
            {(!hint.is_empty()).then(|| view! { <span class="field-hint">{hint}</span> })}
            {fault_at(draft, at)}
        </label>
    }
    .into_any()
}

/// An input for one text. `name` is read to whoever cannot see the label.
pub fn input(
    draft: Draft,
    at: &str,
    name: Option<String>,
    placeholder: &'static str,
    absent_when_empty: bool,
) -> AnyView {
    let first = draft.edited.with_untracked(|root| document::text(root, at));
    let faulty = is_faulty(draft, at);
    let (place, written) = (at.to_owned(), at.to_owned());
    let typed = move |event| {
        let text = event_target_value(&event);
        let absent = absent_when_empty && text.is_empty();
        draft.put(&written, if absent { Value::Null } else { text.into() });
    };
    view! {
        <input
            class="input"
            type="text"
            autocomplete="off"
            spellcheck="false"
            data-at=place
            aria-label=name
            aria-invalid=move || faulty().then_some("true")
            placeholder=placeholder
            value=first
            on:input=typed
        />
    }
    .into_any()
}

fn text(draft: Draft, field: &'static Field, at: &str, lang: Lang, kind: &'static str) -> AnyView {
    let placeholder = if kind == "clock" { "08:30" } else { "" };
    let control = input(draft, at, None, placeholder, kind == "optional");
    framed(draft, field, at, lang, control)
}

/// Both languages side by side.
fn words(draft: Draft, label: &'static str, at: &str, optional: bool, lang: Lang) -> AnyView {
    let words = SetupWords::of(lang);
    let side = |key: &str, language: &'static str| {
        view! {
            <label class="field">
                <span class="field-label">{label} " " <i>{language}</i></span>
                {word_input(draft, at, key, None, optional)}
            </label>
        }
        .into_any()
    };
    view! {
        <div class="field-both">
            {side("zh", words.zh)} {side("en", words.en)} {fault_at(draft, at)}
        </div>
    }
    .into_any()
}

/// One language of a text. Where the text may be absent, it is taken away when
/// both languages are empty.
pub fn word_input(
    draft: Draft,
    at: &str,
    key: &str,
    name: Option<String>,
    optional: bool,
) -> AnyView {
    let place = format!("{at}/{key}");
    if !optional {
        return input(draft, &place, name, "", false);
    }
    let first = draft.edited.with_untracked(|root| document::text(root, &place));
    let (written, at) = (place.clone(), at.to_owned());
    let typed = move |event| {
        let text = event_target_value(&event);
        draft.put(&written, text.into());
        let empty = draft.edited.with_untracked(|root| {
            ["zh", "en"].iter().all(|key| document::text(root, &format!("{at}/{key}")).is_empty())
        });
        if empty {
            draft.put(&at, Value::Null);
        } else {
            // A text has both languages; one that was not written yet is empty.
            for key in ["zh", "en"] {
                let side = format!("{at}/{key}");
                if draft.edited.with_untracked(|root| root.pointer(&side).is_none()) {
                    draft.put(&side, "".into());
                }
            }
        }
    };
    view! {
        <input class="input" type="text" autocomplete="off" data-at=place value=first on:input=typed />
    }
    .into_any()
}

/// Yes or no. `aria` is read instead of the label beside it, where one is given.
fn tick(draft: Draft, field: &'static Field, at: &str, lang: Lang) -> AnyView {
    view! {
        <div class="field field-tick">{tick_box(draft, at, field.label.get(lang).to_owned())}</div>
    }
    .into_any()
}

/// A box to tick, with its words.
pub fn tick_box(draft: Draft, at: &str, label: String) -> AnyView {
    let first = draft.edited.with_untracked(|root| document::ticked(root, at));
    let (place, written) = (at.to_owned(), at.to_owned());
    view! {
        <label class="tick">
            <input
                type="checkbox"
                data-at=place
                checked=first
                on:change=move |event| draft.put(&written, event_target_checked(&event).into())
            />
            <span>{label}</span>
        </label>
    }
    .into_any()
}

/// A number, kept within its bounds; what is no number is put back.
fn number(
    draft: Draft,
    field: &'static Field,
    at: &str,
    (least, most, step): (f64, f64, f64),
    lang: Lang,
) -> AnyView {
    let first = draft.edited.with_untracked(|root| document::text(root, at));
    let (place, faulty, written) = (at.to_owned(), is_faulty(draft, at), at.to_owned());
    let changed = move |event: leptos::ev::Event| {
        let typed = event_target_value(&event).trim().parse::<f64>().ok();
        if let Some(typed) = typed.filter(|typed| typed.is_finite()) {
            let kept = ((typed / step).round() * step).clamp(least, most);
            // A whole number is written without a fraction: the description
            // tells days from minutes.
            #[allow(clippy::cast_possible_truncation)]
            draft.put(&written, if step < 1.0 { json!(kept) } else { json!(kept as i64) });
        }
        let shown = draft.edited.with_untracked(|root| document::text(root, &written));
        event_target::<web_sys::HtmlInputElement>(&event).set_value(&shown);
    };
    let control = view! {
        <input
            class="input input-number"
            type="number"
            min=least
            max=most
            step=step
            data-at=place
            aria-invalid=move || faulty().then_some("true")
            value=first
            on:change=changed
        />
    };
    framed(draft, field, at, lang, control.into_any())
}
