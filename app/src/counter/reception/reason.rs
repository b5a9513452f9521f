//! Not accepting a case, or the applicant taking it back: why, and that it
//! cannot be undone.

use leptos::html::Textarea;
use leptos::prelude::*;

use super::asking::Frame;
use super::room::room;
use crate::api::reception::{DeclineCase, WithdrawCase};

/// The question.
#[component]
pub fn Reason(
    /// The hall does not accept it; else the applicant withdraws.
    decline: bool,
) -> impl IntoView {
    let room = room();
    let words = untrack(|| room.words());
    let written = RwSignal::new(String::new());
    let field = NodeRef::<Textarea>::new();
    Effect::new(move || {
        if let Some(field) = field.get() {
            let _ = field.focus();
        }
    });
    let send = Callback::new(move |()| {
        let reason = written.get_untracked().trim().to_owned();
        if decline && reason.is_empty() {
            return room.press.say(words.write_reasons);
        }
        if decline {
            room.act(
                |request_id, case| DeclineCase { request_id, case, reason },
                move || {
                    room.close();
                    room.done.set(Some(|words| words.done_decline));
                },
            );
        } else {
            room.act(
                |request_id, case| WithdrawCase { request_id, case, reason },
                move || {
                    room.close();
                    room.done.set(Some(|words| words.done_withdraw));
                },
            );
        }
    });
    let (title, says, now) = if decline {
        (words.decline_title, words.decline_says, words.decline_now)
    } else {
        (words.withdraw_title, words.withdraw_says, words.withdraw_now)
    };
    view! {
        <Frame title=title.to_owned() says now grave=true send>
            <label class="typed">
                <span class="field-label">
                    {words.reasons} {(!decline).then(|| format!(" · {}", words.optional))}
                </span>
                <textarea
                    class="input"
                    rows="4"
                    maxlength="1000"
                    node_ref=field
                    bind:value=written
                ></textarea>
            </label>
        </Frame>
    }
}
