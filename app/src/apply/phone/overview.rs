//! A draft that is being filled in: its steps, and how far each is.

use jiban_domain::draft::{About, DraftState};
use jiban_domain::form::compare::FormChanges;
use leptos::prelude::*;

use super::frame::{DraftFrame, Notice, remarks};
use super::papers::{booked, form_door};
use super::sign_in::offer;
use super::view::{DraftView, Progress};
use super::words::{ApplyPageWords, of_state};
use crate::progress::when;
use crate::words::fill;

/// `/d/{token}` while it can be written.
#[component]
pub(super) fn OverviewPage(view: DraftView, notice: Option<Notice>) -> impl IntoView {
    let lang = view.lang;
    let words = ApplyPageWords::of(lang);
    let is_returned = view.draft.state == DraftState::Returned;
    let (title, next) = of_state(view.draft.state, lang);
    let title = if is_returned { title } else { words.overview };
    let next = is_returned.then(|| view! { <p class="next">{next}</p> });
    let until = fill(words.kept_until, &[("day", &when::long(&view.draft.keep_until, lang))]);
    let unproven = (!view.draft.proven).then(|| view! { <li>{words.unproven}</li> });
    view! {
        <DraftFrame view=view.clone() title=title.to_owned() notice>
            {next}
            {remarks(&view, &About::Draft)}
            {booked(&view)}
            {changes(&view)}
            {steps(&view)}
            <p class="choices">
                <a class="action" href=where_to_go_on(&view)>
                    {words.go_on}
                </a>
            </p>
            <ul class="points soft">
                <li>{until}</li>
                {unproven}
            </ul>
            {offer(&view)}
            <ul class="doors">
                {form_door(&view)}
                <li>
                    <a href=view.at("/share")>{words.share}</a>
                </li>
                <li>
                    <a href=view.at("/withdraw")>{words.withdraw}</a>
                </li>
            </ul>
        </DraftFrame>
    }
    .into_any()
}

/// The first step that is not done.
fn where_to_go_on(view: &DraftView) -> String {
    let groups = view.groups();
    let open = groups.iter().find(|group| view.progress(group) != Progress::Done);
    match open {
        Some(group) => view.at_group(group),
        None if view.draft.materials.iter().any(|one| one.files.is_empty()) => {
            view.at("/materials")
        }
        None => view.at("/check"),
    }
}

fn steps(view: &DraftView) -> AnyView {
    let lang = view.lang;
    let words = ApplyPageWords::of(lang);
    let groups = view.groups().into_iter().map(|group| {
        let progress = view.progress(group);
        let (class, says) = match progress {
            Progress::Done => ("is-done", words.done.to_owned()),
            Progress::Open => ("is-open", words.to_fill.to_owned()),
            Progress::Wrong(n) => ("is-wrong", fill(words.to_mend, &[("n", &n)])),
            Progress::Remarked => ("is-wrong", words.remarked.to_owned()),
        };
        row(view.at_group(group), group.name.get(lang).to_owned(), class, says)
    });
    let has_remark =
        view.draft.materials.iter().any(|material| !view.remarks_of(material).is_empty());
    let materials = (!view.draft.materials.is_empty()).then(|| {
        let (class, says) = if has_remark {
            ("is-wrong", words.remarked.to_owned())
        } else {
            ("is-open", view.files())
        };
        row(view.at("/materials"), words.materials.to_owned(), class, says)
    });
    view! {
        <ol class="steps">
            {groups.collect_view()} {materials}
            {row(view.at("/check"), words.check.to_owned(), "is-open", String::new())}
        </ol>
    }
    .into_any()
}

fn row(address: String, name: String, class: &'static str, says: String) -> AnyView {
    view! {
        <li class=class>
            <a href=address>
                <strong>{name}</strong>
                " "
                <span>{says}</span>
            </a>
        </li>
    }
    .into_any()
}

/// What the form asks otherwise than when it was filled in.
pub(super) fn changes(view: &DraftView) -> Option<AnyView> {
    let FormChanges { added, removed, changed } = view.draft.form_changes.clone()?;
    let lang = view.lang;
    let words = ApplyPageWords::of(lang);
    let between = if lang.base() == jiban_domain::Lang::Zh { "、" } else { ", " };
    let line = |sentence: &str, labels: Vec<jiban_domain::Text>| {
        let names: Vec<&str> = labels.iter().map(|label| label.get(lang)).collect();
        let says = fill(sentence, &[("names", &names.join(between))]);
        (!names.is_empty()).then(|| view! { <p>{says}</p> })
    };
    let lines = (
        line(words.form_added, added),
        line(words.form_gone, removed),
        line(words.form_other, changed),
    );
    Some(
        view! {
            <div class="remark">
                <strong>{words.form_changed}</strong>
                {lines.0}
                {lines.1}
                {lines.2}
            </div>
        }
        .into_any(),
    )
}
