//! All answers once more, what is missing, and sending.

use jiban_domain::draft::DraftState;
use jiban_domain::form::{Field, FieldKind, FieldValue, Group};
use leptos::prelude::*;

use super::super::answer::lines;
use super::frame::{DraftFrame, Notice};
use super::overview::changes;
use super::sign_in::mark;
use super::signing::signing;
use super::view::DraftView;
use super::words::ApplyPageWords;
use crate::words::fill;

/// `/d/{token}/check`.
#[component]
pub(super) fn CheckPage(
    view: DraftView,
    request_id: String,
    notice: Option<Notice>,
) -> impl IntoView {
    let words = ApplyPageWords::of(view.lang);
    let all = view.groups().len() + 2;
    let step = fill(words.step_n, &[("n", &all), ("all", &all)]);
    let groups: Vec<AnyView> = view.groups().into_iter().map(|group| part(&view, group)).collect();
    let is_returned = view.draft.state == DraftState::Returned;
    let send = if is_returned { words.send_again } else { words.send };
    // A helper sends nothing.
    let can_send = view.refusals.is_empty() && !view.draft.by_helper;
    let sign = can_send.then(|| signing(&view)).flatten();
    let send = can_send.then(|| {
        view! {
            <p class="next">{words.send_means}</p>
            <form method="post" action=view.at("/send")>
                <input type="hidden" name="request_id" value=request_id />
                <input type="hidden" name="version" value=view.draft.version />
                <p class="choices">
                    <button class="action">{send}</button>
                </p>
            </form>
        }
    });
    view! {
        <DraftFrame view=view.clone() title=words.check_title.to_owned() notice>
            <p class="soft">
                {step} " · " <a href=view.at("")>{words.overview}</a>
            </p>
            {changes(&view)}
            {missing(&view)}
            {groups}
            {papers(&view)}
            {sign}
            {send}
            <p class="choices">
                <a class="action quiet" href=view.at("/materials")>
                    {words.back}
                </a>
            </p>
        </DraftFrame>
    }
    .into_any()
}

/// What is missing or wrong, each with the way to it.
fn missing(view: &DraftView) -> AnyView {
    let words = ApplyPageWords::of(view.lang);
    if view.refusals.is_empty() {
        return view! { <p class="told">{words.all_there}</p> }.into_any();
    }
    let rows = view.refusals.iter().map(|refusal| {
        view! {
            <li>
                <a href=view.at_field(&refusal.place)>
                    <strong>{view.label(&refusal.place)}</strong>
                    " "
                    <span>{refusal.why.get(view.lang).to_owned()}</span>
                </a>
            </li>
        }
    });
    view! {
        <div class="wrong" role="alert">
            <p>
                <strong>{fill(words.missing, &[("n", &view.refusals.len())])}</strong>
            </p>
            <p>{words.missing_next}</p>
            <ul class="lacking">{rows.collect_view()}</ul>
        </div>
    }
    .into_any()
}

fn part(view: &DraftView, group: &Group) -> AnyView {
    let lang = view.lang;
    let words = ApplyPageWords::of(lang);
    let name = group.name.get(lang).to_owned();
    let label = format!("{} {name}", words.change);
    let rows = view.asked(group).map(|field| answered(view, field)).collect_view();
    view! {
        <section class="answers">
            <h2>
                {name} " "
                <a href=view.at_group(group) aria-label=label>
                    {words.change}
                </a>
            </h2>
            <dl>{rows}</dl>
        </section>
    }
    .into_any()
}

fn answered(view: &DraftView, field: &Field) -> AnyView {
    let lang = view.lang;
    let words = ApplyPageWords::of(lang);
    let value = view.draft.values.get(&field.id).unwrap_or(FieldValue::empty());
    let mut said = lines(field, value, lang);
    if said.is_empty() {
        let none =
            if field.kind == FieldKind::Consent { words.not_agreed } else { words.no_answer };
        said.push(none.to_owned());
    }
    let said = said.into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
    let by = view.draft.written.get(&field.id).and_then(|written| written.helper.as_ref());
    let by = by.map(|name| fill(words.by_helper, &[("name", &name.get(lang))]));
    let by = by.map(|by| view! { <p class="soft by">{by}</p> });
    view! {
        <div>
            <dt>{field.label.get(lang).to_owned()}</dt>
            <dd>{said} {by} {mark(view, field)}</dd>
        </div>
    }
    .into_any()
}

fn papers(view: &DraftView) -> Option<AnyView> {
    let lang = view.lang;
    let words = ApplyPageWords::of(lang);
    if view.draft.materials.is_empty() {
        return None;
    }
    let label = format!("{} {}", words.change, words.materials);
    let rows = view.draft.materials.iter().map(|one| {
        let said = match one.files.len() {
            0 if one.replaced => words.replaced.to_owned(),
            0 => words.files_none.to_owned(),
            1 => words.files_one.to_owned(),
            n => fill(words.files_n, &[("n", &n)]),
        };
        view! {
            <div>
                <dt>{one.name.get(lang).to_owned()}</dt>
                <dd>{said}</dd>
            </div>
        }
    });
    Some(
        view! {
            <section class="answers">
                <h2>
                    {words.materials} " "
                    <a href=view.at("/materials") aria-label=label>
                        {words.change}
                    </a>
                </h2>
                <dl>{rows.collect_view()}</dl>
            </section>
        }
        .into_any(),
    )
}
