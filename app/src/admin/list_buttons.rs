//! The buttons that move or remove an item of a list.

use jiban_domain::Lang;
use leptos::prelude::*;

use super::forms::display_name;
use super::json_pointer;
use super::words::SetupWords;
use super::working_copy::WorkingCopy;
use crate::parts::icon::{self, Icon};

const UP: &str = "M12 19V5m-6 6 6-6 6 6";
const DOWN: &str = "M12 5v14m6-6-6 6-6-6";
/// A plus sign: adds an item.
pub const ADD: &str = "M12 5v14M5 12h14";

/// Moves an item up or down, or removes it. `then` gets the item's new index, or
/// that of the item now in its place.
pub fn list_buttons(
    copy: WorkingCopy,
    list_at: String,
    index: usize,
    then: impl Fn(usize) + Copy + Send + Sync + 'static,
    lang: Lang,
) -> AnyView {
    let words = SetupWords::of(lang);
    let count = copy.edited.with_untracked(|root| json_pointer::len(root, &list_at));
    let last = index + 1 >= count;
    let swap_with = move |list_at: String, other: usize| {
        then(other);
        copy.restructure(&list_at, |root| json_pointer::swap(root, &list_at, index, other));
    };
    let (up_at, down_at) = (list_at.clone(), list_at.clone());
    let remove = move |_| {
        then(index.min(count.saturating_sub(2)));
        let name = copy
            .edited
            .with_untracked(|root| display_name(root, &format!("{list_at}/{index}"), lang));
        copy.remove(&list_at, index, name);
    };
    view! {
        <span class="moves">
            <button
                type="button"
                class="tool"
                title=words.up
                aria-label=words.up
                disabled=index == 0
                on:click=move |_| swap_with(up_at.clone(), index - 1)
            >
                <Icon path=UP />
            </button>
            <button
                type="button"
                class="tool"
                title=words.down
                aria-label=words.down
                disabled=last
                on:click=move |_| swap_with(down_at.clone(), index + 1)
            >
                <Icon path=DOWN />
            </button>
            <button
                type="button"
                class="tool"
                title=words.remove
                aria-label=words.remove
                on:click=remove
            >
                <Icon path=icon::CLOSE />
            </button>
        </span>
    }
    .into_any()
}
