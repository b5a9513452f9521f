//! The dialog that asks for more materials: a line each, all at once, since it can
//! be done once only (行政许可法 32).

use jiban_domain::case::StepRef;
use leptos::html::Input;
use leptos::prelude::*;

use super::dialog_form::{ActionForm, NoteField};
use super::state::{draft_name, office_state};
use super::step_action::StepAction;
use crate::api::office::AskForMore;
use crate::parts::drafts;
use crate::parts::icon::{self, Icon};
use crate::words::fill;

/// The server accepts no more.
const MAX_LINES: usize = 30;

#[component]
pub(super) fn AskForMoreDialog(step: StepRef) -> impl IntoView {
    let page = office_state();
    let (words, lang) = (page.words(), page.lang.get_untracked());
    let (kept_lines, note) =
        (drafts::text(draft_name(step, "lines")), drafts::text(draft_name(step, "ask")));
    let first = lines_of(&kept_lines.get_untracked());
    let next_id = StoredValue::new(u32::try_from(first.len()).unwrap_or(u32::MAX));
    let lines = RwSignal::new(first);
    Effect::watch(
        move || lines.with(|lines| lines.iter().map(|(_, line)| line.get()).collect::<Vec<_>>()),
        move |lines, _, _| kept_lines.set(lines.join("\n").trim_end().to_owned()),
        false,
    );
    let add = move || {
        if lines.with_untracked(Vec::len) < MAX_LINES {
            let id = next_id.get_value();
            next_id.set_value(id + 1);
            lines.update(|lines| lines.push((id, RwSignal::new(String::new()))));
        }
    };
    let names = move || {
        lines.with(|lines| {
            let names = lines.iter().map(|(_, line)| line.get().trim().to_owned());
            names.filter(|line| !line.is_empty()).collect::<Vec<_>>()
        })
    };
    let send = Callback::new(move |()| {
        let materials = untrack(names);
        if materials.is_empty() {
            return page.request.show_message(words.name_one);
        }
        let note = note.get_untracked().trim().to_owned();
        page.send_action(StepAction::AskForMore, |request_id| AskForMore {
            request_id,
            step,
            note,
            materials,
        });
    });
    let submit_label = Signal::derive(move || fill(words.ask_now, &[("n", &names().len())]));
    let row = move |(id, line): (u32, RwSignal<String>)| {
        let field = NodeRef::<Input>::new();
        // A new line gets the focus.
        Effect::new(move || {
            if let Some(field) = field.get() {
                let _ = field.focus();
            }
        });
        let number = move || {
            lines.with(|lines| lines.iter().position(|(one, _)| *one == id)).map_or(0, |at| at + 1)
        };
        let on_key = move |event: leptos::ev::KeyboardEvent| {
            let no_modifier = !event.ctrl_key() && !event.meta_key() && !event.is_composing();
            if event.key() == "Enter" && no_modifier {
                event.prevent_default();
                if !line.with_untracked(String::is_empty) {
                    add();
                }
            }
        };
        let remove = move |_| {
            if lines.with_untracked(Vec::len) > 1 {
                lines.update(|lines| lines.retain(|(one, _)| *one != id));
            } else {
                line.set(String::new());
            }
        };
        view! {
            <li>
                <input
                    class="input"
                    aria-label=move || fill(words.ask_line, &[("n", &number())])
                    placeholder=move || fill(words.ask_line, &[("n", &number())])
                    maxlength="200"
                    node_ref=field
                    bind:value=line
                    on:keydown=on_key
                />
                <button type="button" class="tool" aria-label=words.ask_remove on:click=remove>
                    <Icon path=icon::CLOSE />
                </button>
            </li>
        }
    };
    view! {
        <ActionForm
            title=words.ask_title.to_owned()
            lead=vec![words.ask_says.to_owned()]
            submit=submit_label
            send
        >
            <ol class="lines" lang=lang.tag()>
                <For each=move || lines.get() key=|(id, _)| *id children=row />
            </ol>
            <button type="button" class="button small" on:click=move |_| add()>
                {words.ask_add}
                <kbd>"⏎"</kbd>
            </button>
            <NoteField label=words.ask_note hint=words.optional value=note />
        </ActionForm>
    }
}

/// The lines of a draft, each with an id; at least one.
fn lines_of(draft: &str) -> Vec<(u32, RwSignal<String>)> {
    draft.split('\n').zip(0..).map(|(line, id)| (id, RwSignal::new(line.to_owned()))).collect()
}
