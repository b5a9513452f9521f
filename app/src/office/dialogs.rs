//! The dialogs of the actions: a small panel above the buttons, so that the case
//! can still be read.

use jiban_domain::case::{MaterialState, StepRef, StepState, ToldBy};
use jiban_domain::documents::{Against, ways_to_appeal};
use jiban_domain::{DepartmentId, Lang, Text};
use leptos::html::Input;
use leptos::prelude::*;

use super::ask_for_more::AskForMoreDialog;
use super::commitment::check_dialog;
use super::dialog_form::{ActionForm, NoteField};
use super::state::{OfficeState, draft_name, office_state};
use super::step_action::{StepAction, find};
use super::unreadable::unreadable_dialog;
use super::words::Words;
use crate::api::case::{CaseShown, CaseStepShown, PartShown};
use crate::api::office::{Approve, HandOver, Pause, Reject, Resume, Revoke};
use crate::parts::drafts;
use crate::words::fill;

/// The open dialog, if any. It is built once when it opens and does not follow
/// changes of the case, which would discard what the reviewer has typed.
#[component]
pub(super) fn ActionDialog() -> impl IntoView {
    let page = office_state();
    move || {
        if let Some((code, name)) = page.revoking.get() {
            return Some(revoke_dialog(page, code, &name, page.lang.get()));
        }
        if let Some((material, name)) = page.unreadable.get() {
            return Some(unreadable_dialog(page, (material, &name), page.lang.get()));
        }
        if let Some(checking) = page.checking.get() {
            return check_dialog(page, checking, page.lang.get());
        }
        let action = page.dialog.get()?;
        let id = page.selected.get()?;
        let case = untrack(|| page.selected_case())?;
        let (part, step) = find(&case, id.step)?;
        let subject = Subject { id, part: part.clone(), step: step.clone(), case: case.clone() };
        let lang = page.lang.get();
        Some(match action {
            StepAction::Take => return None,
            StepAction::Approve => approve_dialog(page, &subject, lang),
            StepAction::Reject => reject_dialog(page, &subject, lang),
            StepAction::AskForMore => view! { <AskForMoreDialog step=id /> }.into_any(),
            StepAction::Pause => pause_dialog(page, id, lang),
            StepAction::Resume => resume_dialog(page, &subject, lang),
            StepAction::HandOver => hand_over_dialog(page, &subject, lang),
        })
    }
}

/// What a dialog is about, as it was when the dialog opened.
struct Subject {
    id: StepRef,
    step: CaseStepShown,
    part: PartShown,
    case: CaseShown,
}

fn approve_dialog(page: OfficeState, subject: &Subject, lang: Lang) -> AnyView {
    let (words, step) = (Words::of(lang), subject.id);
    let note = drafts::text(draft_name(step, "approve"));
    let send = Callback::new(move |()| {
        let note = note.get_untracked().trim().to_owned();
        page.send_action(StepAction::Approve, |request_id| Approve { request_id, step, note });
    });
    view! {
        <ActionForm
            title=fill(words.approve_title, &[("step", &subject.step.name.get(lang))])
            lead=what_follows(subject, lang)
            submit=words.approve_now.to_owned()
            send
        >
            <NoteField label=words.note hint=words.optional value=note first=true />
        </ActionForm>
    }
    .into_any()
}

/// What happens once the step is approved.
fn what_follows(Subject { part, step, case, .. }: &Subject, lang: Lang) -> Vec<String> {
    let words = Words::of(lang);
    let next = part.steps.iter().skip_while(|one| one.id != step.id).nth(1);
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
    let outcome = if !others.is_empty() {
        fill(words.approve_others, &[("names", &others.join(lang.list_separator()))])
    } else if case.told_by == ToldBy::Page {
        words.approve_all_page.to_owned()
    } else {
        words.approve_all.to_owned()
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
    let awaited = (!awaited.is_empty())
        .then(|| fill(words.awaited, &[("names", &awaited.join(lang.list_separator()))]));
    [words.approve_last.to_owned(), outcome].into_iter().chain(awaited).collect()
}

fn reject_dialog(page: OfficeState, subject: &Subject, lang: Lang) -> AnyView {
    let (words, step) = (Words::of(lang), subject.id);
    let note = drafts::text(draft_name(step, "reject"));
    let send = Callback::new(move |()| {
        let note = note.get_untracked().trim().to_owned();
        if note.is_empty() {
            return page.request.show_message(words.write_reasons);
        }
        page.send_action(StepAction::Reject, |request_id| Reject { request_id, step, note });
    });
    view! {
        <ActionForm
            title=fill(words.reject_title, &[("matter", &subject.part.name.get(lang))])
            lead=vec![words.reject_says.to_owned()]
            submit=words.reject_now.to_owned()
            danger=true
            send
        >
            <NoteField label=words.reasons value=note first=true />
            <div class="appeal small">
                <p class="soft">{words.appeal}</p>
                <ol>
                    {ways_to_appeal(Against::Rejection).map(|way| view! { <li>{way.get(lang).to_owned()}</li> })}
                </ol>
            </div>
        </ActionForm>
    }
    .into_any()
}

fn pause_dialog(page: OfficeState, step: StepRef, lang: Lang) -> AnyView {
    let words = Words::of(lang);
    let (note, ground) = (drafts::text(draft_name(step, "pause")), RwSignal::new(None::<String>));
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
            return page.request.show_message(words.choose_ground);
        }
        page.send_action(StepAction::Pause, |request_id| Pause { request_id, step, note, ground });
    });
    view! {
        <ActionForm
            title=words.pause_title.to_owned()
            lead=vec![words.pause_says.to_owned()]
            submit=words.pause_now.to_owned()
            send
        >
            <fieldset>
                <legend>{words.ground}</legend>
                <div class="options">{options}</div>
            </fieldset>
            <NoteField label=words.note hint=words.optional value=note />
        </ActionForm>
    }
    .into_any()
}

/// One of several options, by its id; the first gets the focus when the dialog
/// opens.
fn option<T>(first: bool, name: String, id: T, selected: RwSignal<Option<T>>) -> AnyView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let is_chosen = {
        let id = id.clone();
        Signal::derive(move || selected.with(|one| one.as_ref() == Some(&id)))
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
                on:change=move |_| selected.set(Some(id.clone()))
            />
            {name}
        </label>
    }
    .into_any()
}

fn resume_dialog(page: OfficeState, subject: &Subject, lang: Lang) -> AnyView {
    let (words, step) = (Words::of(lang), subject.id);
    let note = drafts::text(draft_name(step, "resume"));
    let asked = subject.step.state == StepState::Asked;
    let lead = [Some(words.resume_says), asked.then_some(words.resume_asked)];
    let send = Callback::new(move |()| {
        let note = note.get_untracked().trim().to_owned();
        page.send_action(StepAction::Resume, |request_id| Resume { request_id, step, note });
    });
    view! {
        <ActionForm
            title=words.resume_title.to_owned()
            lead=lead.into_iter().flatten().map(str::to_owned).collect()
            submit=words.resume_now.to_owned()
            send
        >
            <NoteField label=words.note hint=words.optional value=note first=true />
        </ActionForm>
    }
    .into_any()
}

fn hand_over_dialog(page: OfficeState, subject: &Subject, lang: Lang) -> AnyView {
    let (words, step) = (Words::of(lang), subject.id);
    // `Some(None)` gives the step back to one's own department.
    let note = drafts::text(draft_name(step, "hand_over"));
    let to = RwSignal::new(None::<Option<DepartmentId>>);
    let own = subject.step.department.clone();
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
        let Some(department) = to else {
            return page.request.show_message(words.choose_department);
        };
        page.send_action(StepAction::HandOver, |request_id| HandOver {
            request_id,
            step,
            note,
            department,
        });
    });
    view! {
        <ActionForm
            title=fill(words.hand_over_title, &[("step", &subject.step.name.get(lang))])
            lead=vec![words.hand_over_says.to_owned()]
            submit=words.hand_over_now.to_owned()
            send
        >
            <fieldset>
                <legend>{words.to}</legend>
                <div class="options">{back} {others}</div>
            </fieldset>
            <NoteField label=words.note hint=words.optional value=note />
        </ActionForm>
    }
    .into_any()
}

/// Revokes a result document. The case is decided by then, so this is no action
/// on a step.
fn revoke_dialog(page: OfficeState, code: String, name: &Text, lang: Lang) -> AnyView {
    let words = Words::of(lang);
    let draft = format!("revoke/{code}");
    let reason = drafts::text(draft.clone());
    let send = Callback::new(move |()| {
        let (code, reason) = (code.clone(), reason.get_untracked().trim().to_owned());
        if reason.is_empty() {
            return page.request.show_message(words.write_reasons);
        }
        let draft = draft.clone();
        let command = move |request_id| Revoke { request_id, code, reason };
        page.request.send(command, move |answer| {
            match answer {
                Ok(_) => {
                    drafts::forget(&draft);
                    page.close_dialog();
                }
                Err(refused) => page.session.leave_if_signed_out(&refused),
            }
            page.refresh();
        });
    });
    view! {
        <ActionForm
            title=fill(words.revoke_title, &[("name", &name.get(lang))])
            lead=vec![words.revoke_says.to_owned()]
            submit=words.revoke_now.to_owned()
            danger=true
            send
        >
            <NoteField label=words.revoke_reason value=reason first=true />
        </ActionForm>
    }
    .into_any()
}
