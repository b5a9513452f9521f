//! Asking for more: a line for each material, all at once, since it can be done
//! once (行政许可法 32).

use jiban_domain::case::StepRef;
use leptos::html::Input;
use leptos::prelude::*;

use super::act::Act;
use super::sheet_form::{NoteField, SheetForm};
use super::state::page;
use crate::api::office::AskForMore;
use crate::parts::icon::{self, Icon};
use crate::words::fill;

/// As many as the hall takes at once.
const MOST: usize = 30;

/// The sheet.
#[component]
pub(super) fn Asking(step: StepRef) -> impl IntoView {
    let page = page();
    let (words, lang) = (page.words(), page.lang.get_untracked());
    let count_up = StoredValue::new(1_u32);
    let lines = RwSignal::new(vec![(0_u32, RwSignal::new(String::new()))]);
    let note = RwSignal::new(String::new());
    let add = move || {
        if lines.with_untracked(Vec::len) < MOST {
            let id = count_up.get_value();
            count_up.set_value(id + 1);
            lines.update(|lines| lines.push((id, RwSignal::new(String::new()))));
        }
    };
    let named = move || {
        lines.with(|lines| {
            let named = lines.iter().map(|(_, line)| line.get().trim().to_owned());
            named.filter(|line| !line.is_empty()).collect::<Vec<_>>()
        })
    };
    let send = Callback::new(move |()| {
        let materials = untrack(named);
        if materials.is_empty() {
            return page.request.show_message(words.name_one);
        }
        let note = note.get_untracked().trim().to_owned();
        page.act(Act::Ask, |request_id| AskForMore { request_id, step, note, materials });
    });
    let now = Signal::derive(move || fill(words.ask_now, &[("n", &named().len())]));
    let row = move |(id, line): (u32, RwSignal<String>)| {
        let field = NodeRef::<Input>::new();
        // A new line has the cursor.
        Effect::new(move || {
            if let Some(field) = field.get() {
                let _ = field.focus();
            }
        });
        let place = move || {
            lines.with(|lines| lines.iter().position(|(one, _)| *one == id)).map_or(0, |at| at + 1)
        };
        let on_key = move |event: leptos::ev::KeyboardEvent| {
            let plain = !event.ctrl_key() && !event.meta_key() && !event.is_composing();
            if event.key() == "Enter" && plain {
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
                    aria-label=move || fill(words.ask_line, &[("n", &place())])
                    placeholder=move || fill(words.ask_line, &[("n", &place())])
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
        <SheetForm
            title=words.ask_title.to_owned()
            lead=vec![words.ask_says.to_owned()]
            submit=now
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
        </SheetForm>
    }
}
