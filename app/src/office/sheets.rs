//! What is asked before something is done: a small sheet above the keys, so
//! that the case can be read while one writes.

use jiban_domain::case::{MaterialState, StepRef};
use jiban_domain::documents::ways_to_appeal;
use jiban_domain::{DepartmentId, Lang, Text};
use leptos::html::{Input, Textarea};
use leptos::prelude::*;

use super::act::{Act, find};
use super::asking::Asking;
use super::state::{OfficeState, page};
use super::words::Words;
use crate::api::case::{CaseShown, CaseStepShown, PartShown};
use crate::api::office::{Approve, HandOver, Pause, Reject, Resume, Revoke};
use crate::words::fill;

/// The sheet that is open, if one is. It is made once for each opening: news of
/// the case must not take what was written.
#[component]
pub(super) fn Sheet() -> impl IntoView {
    let page = page();
    move || {
        if let Some((code, name)) = page.revoking.get() {
            return Some(revoking(page, code, &name, page.lang.get()));
        }
        let act = page.sheet.get()?;
        let step = page.chosen.get()?;
        let case = untrack(|| page.case_in_hand())?;
        let (part, found) = find(&case, step.step)?;
        let facts = Facts { step, part: part.clone(), at: found.clone(), case: case.clone() };
        let lang = page.lang.get();
        Some(match act {
            Act::Take => return None,
            Act::Approve => approving(page, &facts, lang),
            Act::Reject => rejecting(page, &facts, lang),
            Act::Ask => view! { <Asking step /> }.into_any(),
            Act::Pause => pausing(page, step, lang),
            Act::Resume => resuming(page, &facts, lang),
            Act::HandOver => handing_over(page, &facts, lang),
        })
    }
}

/// What a sheet is about, as it was when it was opened.
struct Facts {
    step: StepRef,
    part: PartShown,
    at: CaseStepShown,
    case: CaseShown,
}

/// The frame of a sheet: what is to be done, what follows from it, its fields,
/// a refusal where the eye is, and the two keys.
#[component]
pub(super) fn Frame(
    /// What is to be done.
    title: String,
    /// What follows from it.
    says: Vec<String>,
    /// What its key says.
    #[prop(into)]
    now: Signal<String>,
    /// It cannot be taken back.
    #[prop(optional)]
    grave: bool,
    /// Sends it.
    send: Callback<()>,
    /// Its fields.
    children: Children,
) -> impl IntoView {
    let page = page();
    let words = page.words();
    let says = says.into_iter().map(|line| view! { <p class="says">{line}</p> }).collect_view();
    let go = move || {
        if !untrack(|| page.still()) {
            send.run(());
        }
    };
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            go();
        }
    };
    view! {
        <form
            class="act-sheet"
            on:keydown=on_key
            on:submit=move |event| {
                event.prevent_default();
                go();
            }
        >
            <header>
                <h3>{title}</h3>
                {says}
            </header>
            {children()}
            <footer>
                <p class="bad-words" role="alert">
                    {move || page.press.said()}
                </p>
                <button class="button" type="button" on:click=move |_| page.close_sheet()>
                    {words.cancel}
                    <kbd>"Esc"</kbd>
                </button>
                <button
                    class="key"
                    class:danger=grave
                    type="submit"
                    disabled=move || page.still()
                >
                    {now}
                    <kbd>"Ctrl ⏎"</kbd>
                </button>
            </footer>
        </form>
    }
}

/// A field for words; it has the cursor when the sheet opens.
#[component]
pub(super) fn NoteField(
    label: &'static str,
    #[prop(optional)] hint: &'static str,
    value: RwSignal<String>,
    #[prop(optional)] first: bool,
) -> impl IntoView {
    let field = NodeRef::<Textarea>::new();
    Effect::new(move || {
        if let (true, Some(field)) = (first, field.get()) {
            let _ = field.focus();
        }
    });
    view! {
        <label class="field">
            <span class="field-label">
                {label} <i>{hint}</i>
            </span>
            <textarea class="input" rows="2" node_ref=field bind:value=value></textarea>
        </label>
    }
}

fn approving(page: OfficeState, facts: &Facts, lang: Lang) -> AnyView {
    let (words, step) = (Words::of(lang), facts.step);
    let note = RwSignal::new(String::new());
    let send = Callback::new(move |()| {
        let note = note.get_untracked().trim().to_owned();
        page.act(Act::Approve, |request_id| Approve { request_id, step, note });
    });
    view! {
        <Frame
            title=fill(words.approve_title, &[("step", &facts.at.name.get(lang))])
            says=what_follows(facts, lang)
            now=words.approve_now.to_owned()
            send
        >
            <NoteField label=words.note hint=words.optional value=note first=true />
        </Frame>
    }
    .into_any()
}

/// What comes after the step is passed.
fn what_follows(Facts { part, at, case, .. }: &Facts, lang: Lang) -> Vec<String> {
    let words = Words::of(lang);
    let next = part.steps.iter().skip_while(|one| one.id != at.id).nth(1);
    if let Some(next) = next {
        let values: [(&str, &dyn std::fmt::Display); 2] =
            [("step", &next.name.get(lang)), ("department", &next.department_name.get(lang))];
        return vec![fill(words.approve_next, &values)];
    }
    let others: Vec<_> = case
        .parts
        .iter()
        .filter(|one| one.matter != part.matter && !one.state.is_end())
        .map(|one| one.name.get(lang))
        .collect();
    let then = if others.is_empty() {
        words.approve_all.to_owned()
    } else {
        fill(words.approve_others, &[("names", &others.join("、"))])
    };
    let awaited: Vec<_> = case
        .materials
        .iter()
        .filter(|one| match one.state {
            MaterialState::Deferred => true,
            MaterialState::Missing => one.asked,
            _ => false,
        })
        .map(|one| one.name.get(lang))
        .collect();
    let awaited =
        (!awaited.is_empty()).then(|| fill(words.awaited, &[("names", &awaited.join("、"))]));
    [words.approve_last.to_owned(), then].into_iter().chain(awaited).collect()
}

fn rejecting(page: OfficeState, facts: &Facts, lang: Lang) -> AnyView {
    let (words, step) = (Words::of(lang), facts.step);
    let note = RwSignal::new(String::new());
    let send = Callback::new(move |()| {
        let note = note.get_untracked().trim().to_owned();
        if note.is_empty() {
            return page.press.say(words.write_reasons);
        }
        page.act(Act::Reject, |request_id| Reject { request_id, step, note });
    });
    view! {
        <Frame
            title=fill(words.reject_title, &[("matter", &facts.part.name.get(lang))])
            says=vec![words.reject_says.to_owned()]
            now=words.reject_now.to_owned()
            grave=true
            send
        >
            <NoteField label=words.reasons value=note first=true />
            <div class="appeal small">
                <p class="soft">{words.appeal}</p>
                <ol>
                    {ways_to_appeal().map(|way| view! { <li>{way.get(lang).to_owned()}</li> })}
                </ol>
            </div>
        </Frame>
    }
    .into_any()
}

fn pausing(page: OfficeState, step: StepRef, lang: Lang) -> AnyView {
    let words = Words::of(lang);
    let (note, ground) = (RwSignal::new(String::new()), RwSignal::new(None::<String>));
    let grounds = page
        .now
        .with_untracked(|now| now.as_ref().map(|now| now.grounds.clone()).unwrap_or_default());
    let options = grounds
        .into_iter()
        .enumerate()
        .map(|(at, (id, name))| option(at == 0, name.get(lang).to_owned(), id, ground))
        .collect_view();
    let send = Callback::new(move |()| {
        let (note, ground) = (note.get_untracked().trim().to_owned(), ground.get_untracked());
        if ground.is_none() {
            return page.press.say(words.choose_ground);
        }
        page.act(Act::Pause, |request_id| Pause { request_id, step, note, ground });
    });
    view! {
        <Frame
            title=words.pause_title.to_owned()
            says=vec![words.pause_says.to_owned()]
            now=words.pause_now.to_owned()
            send
        >
            <fieldset>
                <legend>{words.ground}</legend>
                <div class="options">{options}</div>
            </fieldset>
            <NoteField label=words.note hint=words.optional value=note />
        </Frame>
    }
    .into_any()
}

/// One of several, by its id; the first has the cursor when the sheet opens.
fn option<T>(first: bool, name: String, id: T, chosen: RwSignal<Option<T>>) -> AnyView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let is_chosen = {
        let id = id.clone();
        Signal::derive(move || chosen.with(|one| one.as_ref() == Some(&id)))
    };
    let radio = NodeRef::<Input>::new();
    Effect::new(move || {
        if let (true, Some(radio)) = (first, radio.get()) {
            let _ = radio.focus();
        }
    });
    view! {
        <label class="option" class:chosen=is_chosen>
            <input
                type="radio"
                name="option"
                node_ref=radio
                prop:checked=is_chosen
                on:change=move |_| chosen.set(Some(id.clone()))
            />
            {name}
        </label>
    }
    .into_any()
}

fn resuming(page: OfficeState, facts: &Facts, lang: Lang) -> AnyView {
    let (words, step) = (Words::of(lang), facts.step);
    let note = RwSignal::new(String::new());
    let waits = facts.at.state == jiban_domain::case::StepState::Asked;
    let says = [Some(words.resume_says), waits.then_some(words.resume_asked)];
    let send = Callback::new(move |()| {
        let note = note.get_untracked().trim().to_owned();
        page.act(Act::Resume, |request_id| Resume { request_id, step, note });
    });
    view! {
        <Frame
            title=words.resume_title.to_owned()
            says=says.into_iter().flatten().map(str::to_owned).collect()
            now=words.resume_now.to_owned()
            send
        >
            <NoteField label=words.note hint=words.optional value=note first=true />
        </Frame>
    }
    .into_any()
}

fn handing_over(page: OfficeState, facts: &Facts, lang: Lang) -> AnyView {
    let (words, step) = (Words::of(lang), facts.step);
    // None is one's own department, for another to take.
    let (note, to) = (RwSignal::new(String::new()), RwSignal::new(None::<Option<DepartmentId>>));
    let own = facts.at.department.clone();
    let others = page.now.with_untracked(|now| {
        now.as_ref().map(|now| now.all_departments.clone()).unwrap_or_default()
    });
    let others = others
        .into_iter()
        .filter(|one| one.id != own)
        .map(|one| option(false, one.name.get(lang).to_owned(), Some(one.id), to))
        .collect_view();
    let back = option(true, words.back.to_owned(), None, to);
    let send = Callback::new(move |()| {
        let (note, to) = (note.get_untracked().trim().to_owned(), to.get_untracked());
        let Some(department) = to else { return page.press.say(words.choose_department) };
        page.act(Act::HandOver, |request_id| HandOver { request_id, step, note, department });
    });
    view! {
        <Frame
            title=fill(words.hand_over_title, &[("step", &facts.at.name.get(lang))])
            says=vec![words.hand_over_says.to_owned()]
            now=words.hand_over_now.to_owned()
            send
        >
            <fieldset>
                <legend>{words.to}</legend>
                <div class="options">{back} {others}</div>
            </fieldset>
            <NoteField label=words.note hint=words.optional value=note />
        </Frame>
    }
    .into_any()
}

/// Taking a document back: of a case that is decided, so no act on a step.
fn revoking(page: OfficeState, code: String, name: &Text, lang: Lang) -> AnyView {
    let words = Words::of(lang);
    let reason = RwSignal::new(String::new());
    let send = Callback::new(move |()| {
        let (code, reason) = (code.clone(), reason.get_untracked().trim().to_owned());
        if reason.is_empty() {
            return page.press.say(words.write_reasons);
        }
        let question = move |request_id| Revoke { request_id, code, reason };
        page.press.make(question, move |answer| {
            match answer {
                Ok(_) => page.close_sheet(),
                Err(refused) => page.door.leave_if_ended(&refused),
            }
            page.look_again();
        });
    });
    view! {
        <Frame
            title=fill(words.revoke_title, &[("name", &name.get(lang))])
            says=vec![words.revoke_says.to_owned()]
            now=words.revoke_now.to_owned()
            grave=true
            send
        >
            <NoteField label=words.revoke_reason value=reason first=true />
        </Frame>
    }
    .into_any()
}
