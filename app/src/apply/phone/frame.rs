//! What stands around each page of a draft: the hall, who helps, whether all is kept.

use jiban_domain::Lang;
use jiban_domain::draft::About;
use leptos::prelude::*;

use super::view::DraftView;
use super::words::ApplyPageWords;
use crate::apply::beside_words::BesideWords;
use crate::progress::Head;
use crate::words::fill;

/// A page of a draft.
#[component]
pub(super) fn DraftFrame(
    view: DraftView,
    title: String,
    /// What was done just now, or why not.
    #[prop(optional_no_strip)]
    notice: Option<Notice>,
    children: Children,
) -> impl IntoView {
    let lang = view.lang;
    let name = view.draft.name.get(lang).to_owned();
    let notice = notice.map(|notice| {
        let (class, role) = if notice.is_well { ("told", "status") } else { ("wrong", "alert") };
        view! {
            <p class=class role=role>
                {notice.says}
            </p>
        }
    });
    view! {
        <main class="applying" data-token=view.draft.token.to_string()>
            <Head lang hall=view.draft.hall_name.get(lang).to_owned() />
            <Helper view=view.clone() />
            <p class="of-matter">{name}</p>
            <h1>{title}</h1>
            {notice}
            {children()}
        </main>
    }
}

/// A sentence at the top of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub says: String,
    pub is_well: bool,
}

impl Notice {
    pub const fn well(says: String) -> Self {
        Self { says, is_well: true }
    }

    pub const fn not(says: String) -> Self {
        Self { says, is_well: false }
    }
}

/// Who helps just now, with the button that ends it. The script shows a helper who joins.
#[component]
fn Helper(view: DraftView) -> impl IntoView {
    let (words, beside) = (ApplyPageWords::of(view.lang), BesideWords::of(view.lang));
    let name = view.draft.helper.as_ref().map(|name| name.get(view.lang).to_owned());
    let hidden = name.is_none() || view.draft.by_helper;
    let says = fill(words.helps, &[("name", &name.unwrap_or_default())]);
    view! {
        <form
            class="helper"
            method="post"
            action=view.at("/end_help")
            hidden=hidden
            data-words=words.helps
            data-displaced=beside.displaced
            data-take=beside.take_displaced
            data-drop=beside.drop_displaced
        >
            <p role="status">{says}</p>
            <button class="action quiet">{words.end_help}</button>
        </form>
    }
}

/// Remarks about one thing, where it stands.
pub(super) fn remarks(view: &DraftView, about: &About) -> Option<AnyView> {
    let words = ApplyPageWords::of(view.lang);
    let said: Vec<String> = view.open_remarks(about).map(|one| one.words.clone()).collect();
    (!said.is_empty()).then(|| boxed(words, said))
}

pub(super) fn boxed(words: &ApplyPageWords, said: Vec<String>) -> AnyView {
    let said = said.into_iter().map(|one| view! { <p>{one}</p> }).collect_view();
    view! {
        <div class="remark">
            <strong>{words.remark}</strong>
            {said}
        </div>
    }
    .into_any()
}

/// Where the script says whether all is kept. Without it there is nothing to say: a page is
/// kept when it is sent.
pub(super) fn kept_line(lang: Lang) -> AnyView {
    let words = ApplyPageWords::of(lang);
    view! {
        <p
            class="kept"
            role="status"
            hidden
            data-saved=words.saved
            data-not=words.not_saved
            data-saving=words.saving
            data-refused=words.refused
        ></p>
    }
    .into_any()
}
