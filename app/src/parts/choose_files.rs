//! What a form for files holds: the camera, files, and the button that sends them.

use leptos::prelude::*;

/// What is said beside them.
#[derive(Debug, Clone, Copy)]
pub struct ChooseFilesWords {
    pub photograph: &'static str,
    pub choose: &'static str,
    pub send: &'static str,
    pub kinds: &'static str,
}

/// The fields for the files of `name`. A camera has a field of its own: on Android, `WeChat`
/// opens it only where nothing but pictures is accepted.
#[component]
pub fn ChooseFiles(words: ChooseFilesWords, name: String) -> impl IntoView {
    view! {
        <label class="choose">
            <span>{words.photograph}</span>
            <input
                type="file"
                name="file"
                accept="image/*"
                capture="environment"
                aria-label=format!("{} {name}", words.photograph)
            />
        </label>
        <label class="choose">
            <span>{words.choose}</span>
            <input
                type="file"
                name="file"
                multiple
                accept="image/*,application/pdf,.pdf,.ofd"
                aria-label=format!("{} {name}", words.choose)
            />
        </label>
        <button class="action">{words.send}</button>
        <p class="soft small">{words.kinds}</p>
    }
}
