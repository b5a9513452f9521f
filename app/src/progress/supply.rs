//! What a phone sends for a case: the form, and what it sent. With scripts, `supply.js` sends
//! a file as soon as it is chosen, and makes a photograph smaller that is too large.

use jiban_domain::{Lang, Millis};
use leptos::prelude::*;

use super::case_words::CaseWords;
use super::when;
use crate::api::progress::{CaseProgress, SentFile};
use crate::parts::choose_files::{ChooseFiles, ChooseFilesWords};
use crate::words::fill;

/// A material of which something was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentView {
    /// Its number within the case.
    pub id: u32,
    pub name: String,
    /// The address of the thumbnail, if it may be seen, and what is said of the file.
    pub files: Vec<(Option<String>, String)>,
    /// More may be added.
    pub takes_more: bool,
}

/// What was sent, in words. `local` formats an instant as `2026-11-25 09:05`.
pub(super) fn sent(
    case: &CaseProgress,
    lang: Lang,
    local: impl Fn(Millis) -> String,
) -> Vec<SentView> {
    let file = |file: &SentFile| {
        let at = local(file.at);
        let day = when::short(at.get(..10).unwrap_or_default(), lang);
        let at = format!("{day} {}", at.get(11..).unwrap_or_default());
        let unreadable = file.unreadable.then(|| CaseWords::of(lang).not_readable.to_owned());
        let name = if file.name.is_empty() { file.kind.to_uppercase() } else { file.name.clone() };
        let said: Vec<String> = [Some(name), Some(size(file.bytes)), Some(at), unreadable]
            .into_iter()
            .flatten()
            .collect();
        let address = file.file.as_ref().zip(case.token);
        let address = address.map(|(file, token)| format!("/t/{token}/file/{file}"));
        (address, said.join(" · "))
    };
    case.sent
        .iter()
        .map(|one| SentView {
            id: one.id,
            name: one.name.get(lang).to_owned(),
            files: one.files.iter().map(file).collect(),
            takes_more: one.takes_more,
        })
        .collect()
}

/// `258 KB`, `2.3 MB`.
fn size(bytes: u64) -> String {
    let kilobytes = bytes.div_ceil(1024);
    if kilobytes < 1000 {
        return format!("{kilobytes} KB");
    }
    let tenths = (bytes * 10).div_ceil(1024 * 1024);
    format!("{}.{} MB", tenths / 10, tenths % 10)
}

/// What was sent of each material, with its form where more may be added.
#[component]
pub(super) fn Sent(lang: Lang, sent: Vec<SentView>, supply: String) -> impl IntoView {
    let words = CaseWords::of(lang);
    let shown = !sent.is_empty();
    let rows = sent
        .into_iter()
        .map(|one| {
            let files = one
                .files
                .into_iter()
                .map(|(address, said)| {
                    let picture = address.map(|address| {
                        view! { <img src=address alt="" loading="lazy" width="72" height="72" /> }
                    });
                    view! {
                        <li>
                            {picture} <span>{said}</span>
                        </li>
                    }
                })
                .collect_view();
            let more = one.takes_more.then(|| {
                view! {
                    <p class="soft">{words.add_more}</p>
                    <Upload lang id=one.id name=one.name.clone() supply=supply.clone() />
                }
            });
            view! {
                <li>
                    <p class="name">{one.name.clone()}</p>
                    <ul class="sent-files">{files}</ul>
                    {more}
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="already-sent" data-part="sent">
            {shown
                .then(|| {
                    view! {
                        <h2>{words.sent}</h2>
                        <ol>{rows}</ol>
                    }
                })}
        </section>
    }
}

/// A form for files of a material.
#[component]
pub(super) fn Upload(lang: Lang, id: u32, name: String, supply: String) -> impl IntoView {
    let words = CaseWords::of(lang);
    let choosing = ChooseFilesWords {
        photograph: words.photograph,
        choose: words.choose,
        send: words.send,
        kinds: words.kinds,
    };
    view! {
        <form class="supply" method="post" action=supply enctype="multipart/form-data">
            <input type="hidden" name="material" value=id.to_string() />
            <ChooseFiles words=choosing name />
        </form>
    }
}

/// Where the script says how it goes on, outside of what it replaces.
#[component]
pub(super) fn Sending(lang: Lang) -> impl IntoView {
    let words = CaseWords::of(lang);
    view! {
        <div
            class="sending"
            role="status"
            data-sending=words.sending
            data-shrinking=words.shrinking
            data-received=words.received
            data-failed=words.not_supplied
            data-large=words.too_large
        ></div>
    }
}

/// What is said of a material that is missing because nobody could read what was sent.
pub(super) fn unreadable(note: Option<&str>, lang: Lang) -> Option<String> {
    let words = CaseWords::of(lang);
    note.map(|note| match note {
        "" => words.unreadable.to_owned(),
        note => fill(words.unreadable_why, &[("note", &note)]),
    })
}
