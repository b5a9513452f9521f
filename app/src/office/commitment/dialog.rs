//! What an action on a check asks for before it is sent.

use jiban_domain::documents::{Against, ways_to_appeal};
use jiban_domain::{CaseId, Lang, MatterId};
use leptos::prelude::*;
use uuid::Uuid;

use super::action::CheckAction;
use super::words::CommitmentWords;
use crate::api::case::CaseShown;
use crate::api::commitment_calls::{
    FindBroken, FindKept, PutBreachRight, RecordAnswerAtOffice, RevokeForBreach,
};
use crate::api::{Call, Refused};
use crate::office::dialog_form::{ActionForm, NoteField};
use crate::office::state::OfficeState;
use crate::parts::drafts;

/// Where a dialog's action is sent.
#[derive(Clone)]
struct Target {
    page: OfficeState,
    case: CaseId,
    matter: MatterId,
    /// Where what is typed is kept.
    draft: String,
}

/// The words of a dialog.
struct Asked {
    title: &'static str,
    lead: Vec<String>,
    submit: &'static str,
    label: &'static str,
    /// A note is not needed.
    optional: bool,
    danger: bool,
}

pub(in crate::office) fn check_dialog(
    page: OfficeState,
    (action, matter): (CheckAction, MatterId),
    lang: Lang,
) -> Option<AnyView> {
    let case = untrack(|| page.selected_case())?.id;
    let draft = format!("check/{}/{matter}/{}", case.0, action.draft());
    let note = drafts::text(draft.clone());
    let may_put_right = RwSignal::new(true);
    let words = CommitmentWords::of(lang);
    let asked = asked(action, lang);
    let target = Target { page, case, matter, draft };
    let send = Callback::new(move |()| {
        let note = note.get_untracked().trim().to_owned();
        if note.is_empty() && !asked.optional {
            return page.request.show_message(words.write);
        }
        send(target.clone(), action, note, may_put_right.get_untracked());
    });
    let put_right = (action == CheckAction::Notice).then(|| {
        view! {
            <label class="check">
                <input type="checkbox" bind:checked=may_put_right />
                {words.may_put_right}
            </label>
        }
    });
    let hint = if asked.optional { words.optional } else { "" };
    Some(
        view! {
            <ActionForm
                title=asked.title.to_owned()
                lead=asked.lead
                submit=asked.submit.to_owned()
                danger=asked.danger
                send
            >
                <NoteField label=asked.label hint value=note first=true />
                {put_right}
            </ActionForm>
        }
        .into_any(),
    )
}

fn asked(action: CheckAction, lang: Lang) -> Asked {
    let words = CommitmentWords::of(lang);
    let plain = |title, says: &str| Asked {
        title,
        lead: vec![says.to_owned()],
        submit: words.confirm,
        label: words.note,
        optional: true,
        danger: false,
    };
    match action {
        CheckAction::Take | CheckAction::Keep => plain(words.keep_title, words.keep_says),
        CheckAction::PutRight => plain(words.put_right_title, words.put_right_says),
        CheckAction::Notice => Asked {
            submit: words.send_notice,
            label: words.what_was_found,
            optional: false,
            ..plain(words.broken_title, words.broken_says)
        },
        CheckAction::Answer => Asked {
            lead: Vec::new(),
            label: words.what_was_said,
            optional: false,
            ..plain(words.record_title, "")
        },
        CheckAction::Revoke => {
            let ways = ways_to_appeal(Against::Revocation);
            let ways = ways.iter().map(|way| way.get(lang).to_owned());
            Asked {
                lead: std::iter::once(words.revoke_says.to_owned()).chain(ways).collect(),
                submit: words.revoke_now,
                label: words.reasons,
                optional: false,
                danger: true,
                ..plain(words.revoke_title, "")
            }
        }
    }
}

fn send(target: Target, action: CheckAction, note: String, may_put_right: bool) {
    let (case, matter) = (target.case, target.matter.clone());
    match action {
        CheckAction::Take => {}
        CheckAction::Keep => {
            post(target, |request_id| FindKept { request_id, case, matter, note });
        }
        CheckAction::Notice => {
            post(target, |request_id| FindBroken { request_id, case, matter, note, may_put_right });
        }
        CheckAction::Answer => {
            post(target, |request_id| RecordAnswerAtOffice { request_id, case, matter, note });
        }
        CheckAction::PutRight => {
            post(target, |request_id| PutBreachRight { request_id, case, matter, note });
        }
        CheckAction::Revoke => {
            post(target, |request_id| RevokeForBreach { request_id, case, matter, note });
        }
    }
}

fn post<C>(target: Target, command: impl FnOnce(Uuid) -> C)
where
    C: Call<Answer = CaseShown> + Clone + 'static,
{
    let Target { page, draft, .. } = target;
    page.request.send(command, move |answer: Result<CaseShown, Refused>| {
        match answer {
            Ok(_) => {
                drafts::forget(&draft);
                page.close_dialog();
            }
            Err(refused) => page.session.leave_if_signed_out(&refused),
        }
        page.refresh();
    });
}
