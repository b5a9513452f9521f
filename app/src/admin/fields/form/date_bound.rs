//! The earliest or latest day of a date, in words instead of as the hall file writes it.

use jiban_domain::Lang;
use jiban_domain::form::bound::{DateBound, Unit};
use leptos::prelude::*;
use serde_json::Value;

use super::known;
use super::words::FormWords;
use crate::admin::fields::frame::labelled;
use crate::admin::forms::Field;
use crate::admin::json_pointer;
use crate::admin::working_copy::WorkingCopy;

/// What kind of bound it is: the key of its option.
fn kind_of(written: &str) -> &'static str {
    match written.parse() {
        _ if written.is_empty() => "none",
        Ok(DateBound::FromToday { amount: 0, .. }) => "today",
        Ok(DateBound::FromToday { amount, .. }) if amount < 0 => "before",
        Ok(DateBound::FromToday { .. }) => "after",
        Ok(DateBound::Field(_)) => "field",
        // A day that is half typed is no other bound either.
        Ok(DateBound::Day(_)) | Err(_) => "day",
    }
}

/// A field with a bound.
pub(in crate::admin::fields) fn date_bound(
    copy: WorkingCopy,
    field: &'static Field,
    at: &str,
    lang: Lang,
) -> AnyView {
    let words = FormWords::of(lang);
    let written = copy.edited.with_untracked(|root| json_pointer::text(root, at));
    let now = kind_of(&written);
    let own = known::field_of(at).to_owned();
    let dates: Vec<(String, String)> = copy.edited.with_untracked(|root| {
        let fields = known::fields(root, known::form_of(at), lang).into_iter();
        let dates = fields.filter(|other| other.kind == "date" && other.at != own);
        dates.map(|other| (other.id, other.label)).collect()
    });
    let kinds = [
        ("none", words.bound_none),
        ("day", words.bound_day),
        ("today", words.bound_today),
        ("before", words.bound_before),
        ("after", words.bound_after),
        ("field", words.bound_field),
    ];
    let offered = kinds
        .into_iter()
        .filter(|(key, _)| *key != "field" || !dates.is_empty() || now == "field")
        .map(|(key, name)| {
            view! {
                <option value=key selected=key == now>
                    {name}
                </option>
            }
        })
        .collect_view();
    let first_date = dates.first().map(|(id, _)| id.clone()).unwrap_or_default();
    let pointer = at.to_owned();
    let choose = move |event| {
        let fresh = match &*event_target_value(&event) {
            "day" => "2026-01-01".into(),
            "today" => "today".into(),
            "before" => "today-1y".into(),
            "after" => "today+1y".into(),
            "field" => first_date.clone().into(),
            _ => Value::Null,
        };
        copy.restructure(&pointer, |root| json_pointer::set(root, &pointer, fresh));
    };
    let rest = match now {
        "day" => Some(day(copy, at, written)),
        "before" | "after" => Some(span(copy, at, &written, lang)),
        "field" => Some(other_date(copy, at, &written, dates, lang)),
        _ => None,
    };
    let control = view! {
        <span class="form-bound">
            <select class="input" data-at=at.to_owned() on:change=choose>
                {offered}
            </select>
            {rest}
        </span>
    };
    labelled(copy, field, at, lang, control.into_any())
}

fn day(copy: WorkingCopy, at: &str, written: String) -> AnyView {
    let pointer = at.to_owned();
    view! {
        <input
            class="input"
            type="date"
            value=written
            on:input=move |event| {
                let day = event_target_value(&event);
                if !day.is_empty() {
                    copy.set(&pointer, day.into());
                }
            }
        />
    }
    .into_any()
}

/// So many days, months or years.
fn span(copy: WorkingCopy, at: &str, written: &str, lang: Lang) -> AnyView {
    let words = FormWords::of(lang);
    let Ok(DateBound::FromToday { amount, unit: now }) = written.parse() else {
        return ().into_any();
    };
    let sign = amount.signum();
    let bound = StoredValue::new((amount.abs(), now));
    let at = at.to_owned();
    let write = move || {
        let (amount, unit) = bound.get_value();
        let written = DateBound::FromToday { amount: amount * sign, unit };
        copy.set(&at, written.to_string().into());
    };
    let write = StoredValue::new(write);
    let typed = move |event| {
        // Nothing, or no number, leaves the bound as it was.
        if let Ok(amount @ 1..=9999) = event_target_value(&event).trim().parse::<i32>() {
            bound.update_value(|bound| bound.0 = amount);
            write.with_value(|write| write());
        }
    };
    let units =
        [(Unit::Days, words.unit_d), (Unit::Months, words.unit_m), (Unit::Years, words.unit_y)];
    let offered = units
        .into_iter()
        .enumerate()
        .map(|(at, (unit, name))| {
            view! {
                <option value=at selected=unit == now>
                    {name}
                </option>
            }
        })
        .collect_view();
    let choose = move |event| {
        let at = event_target_value(&event).parse::<usize>().unwrap_or_default();
        bound.update_value(|bound| bound.1 = units[at.min(2)].0);
        write.with_value(|write| write());
    };
    view! {
        <input
            class="input input-number"
            type="number"
            min="1"
            max="9999"
            aria-label=words.amount
            value=amount.abs()
            on:input=typed
        />
        <select class="input" on:change=choose>
            {offered}
        </select>
    }
    .into_any()
}

fn other_date(
    copy: WorkingCopy,
    at: &str,
    written: &str,
    dates: Vec<(String, String)>,
    lang: Lang,
) -> AnyView {
    let offered = dates
        .into_iter()
        .map(|(id, label)| {
            let selected = id == written;
            view! {
                <option value=id selected=selected>
                    {label}
                </option>
            }
        })
        .collect_view();
    let pointer = at.to_owned();
    view! {
        <select
            class="input"
            aria-label=FormWords::of(lang).other_date
            on:change=move |event| copy.set(&pointer, event_target_value(&event).into())
        >
            {offered}
        </select>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::kind_of;

    #[test]
    fn each_bound_has_its_words() {
        for (written, kind) in [
            ("", "none"),
            ("2026-01-01", "day"),
            ("2026-0", "day"),
            ("today", "today"),
            ("today-18y", "before"),
            ("today+30d", "after"),
            ("sign_from", "field"),
        ] {
            assert_eq!(kind_of(written), kind, "{written}");
        }
    }
}
