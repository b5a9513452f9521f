//! A period of a day: two times, and the button that removes it from its list.

use jiban_domain::Lang;
use leptos::prelude::*;
use serde_json::Value;

use super::inputs::input;
use crate::admin::json_pointer;
use crate::admin::words::SetupWords;
use crate::admin::working_copy::WorkingCopy;
use crate::parts::icon::{self, Icon};

pub(super) fn period(
    copy: WorkingCopy,
    day_at: &str,
    index: usize,
    day: &str,
    lang: Lang,
) -> AnyView {
    let words = SetupWords::of(lang);
    let at = format!("{day_at}/{index}");
    let time = |end: u8, word: &str| {
        let name = format!("{day} {} {word}", index + 1);
        input(copy, &format!("{at}/{end}"), Some(name), "08:30", false)
    };
    let list_at = day_at.to_owned();
    let remove = move |_| {
        copy.restructure(&list_at, |root| {
            json_pointer::remove(root, &list_at, index);
            // The setup has no entry for a day without periods.
            if json_pointer::len(root, &list_at) == 0 {
                json_pointer::set(root, &list_at, Value::Null);
            }
        });
    };
    view! {
        <span class="period">
            {time(0, words.from)} "–" {time(1, words.to)}
            <button type="button" class="tool" title=words.remove aria-label=words.remove on:click=remove>
                <Icon path=icon::CLOSE />
            </button>
        </span>
    }
    .into_any()
}
