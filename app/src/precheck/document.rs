//! The draft in hand, read as a document: its answers by groups with the remarks beside them,
//! its materials, and what can be done with it at the foot.

use jiban_domain::draft::About;
use leptos::html::Div;
use leptos::prelude::*;

use super::answers;
use super::desk::Desk;
use super::foot::Foot;
use super::list::state_class;
use super::remarks::{Remarks, open_remarks};
use super::see_paper::SeePaper;
use crate::api::case::FileShown;
use crate::api::drafts::DraftInHand;
use crate::parts::days;
use crate::parts::icon::{self, Icon};
use crate::parts::viewer::Large;
use crate::words::fill;

#[component]
pub fn Document(desk: Desk) -> impl IntoView {
    let scroller = NodeRef::<Div>::new();
    // Another draft begins at its top.
    Effect::new(move || {
        desk.selected.track();
        if let Some(scroller) = scroller.get_untracked() {
            scroller.set_scroll_top(0);
        }
    });
    // Remarks have readers of their own: what is typed must not be lost when one is added.
    let shown = Memo::new(move |_| {
        desk.draft.with(|draft| match draft {
            None => None,
            Some(Ok(draft)) => Some(Ok(DraftInHand { remarks: Vec::new(), ..draft.clone() })),
            Some(Err(refused)) => Some(Err(refused.clone())),
        })
    });
    let body = move || match (desk.selected.get(), shown.get()) {
        (None, _) => view! {
            <div class="nothing">
                <Icon path=icon::GUIDE />
                <p>
                    <b>{desk.words().select}</b>
                </p>
                <p class="soft">{desk.words().select_hint}</p>
            </div>
        }
        .into_any(),
        (_, None) => view! { <p class="soft loading">{desk.words().loading}</p> }.into_any(),
        (_, Some(Err(refused))) => view! {
            <div class="nothing" role="alert">
                <Icon path=icon::WARN />
                <p>
                    <b>{refused.message}</b>
                </p>
                <p class="soft">{refused.next}</p>
            </div>
        }
        .into_any(),
        (_, Some(Ok(draft))) => document(desk, &draft),
    };
    view! {
        <section class="draft-document">
            <div class="scroller" node_ref=scroller>
                {body}
            </div>
            <Foot desk />
        </section>
    }
}

fn document(desk: Desk, draft: &DraftInHand) -> AnyView {
    let (lang, words) = (desk.lang.get(), desk.words());
    let of = &draft.draft;
    let beside = |field: &jiban_domain::form::Field| {
        view! { <Remarks desk about=About::Field(field.id.clone()) /> }.into_any()
    };
    let groups = answers::groups(&of.form, &of.values, &of.written, lang, beside);
    view! {
        {head(desk, draft)}
        {groups}
        {materials(desk, draft)}
        <section class="answers">
            <h3>{words.remark_all}</h3>
            <Remarks desk about=About::Draft />
        </section>
    }
    .into_any()
}

fn head(desk: Desk, draft: &DraftInHand) -> AnyView {
    let (lang, words, zone) = (desk.lang.get(), desk.words(), desk.zone());
    let of = &draft.draft;
    let fact = |name: &'static str, value: String| view! { <p>{name} " " <b>{value}</b></p> };
    let sent = draft.sent_at.map(|at| fact(words.sent_at, days::with_time(at, &zone, lang)));
    let checked =
        draft.checked_by.as_ref().map(|by| fact(words.checked_by, by.get(lang).to_owned()));
    let again = (draft.times_sent > 1)
        .then(|| view! { <span class="mark">{fill(words.sent_again, &[("n", &draft.times_sent)])}</span> });
    let proven = if of.proven {
        view! { <span class="mark good">{words.proven}</span> }.into_any()
    } else {
        view! { <span class="mark warn" title=words.unproven_why>{words.unproven}</span> }
            .into_any()
    };
    // Only who stands before the clerk shows a paper.
    let may_see = desk.opens.is_some() && !of.proven && !of.state.is_over();
    let paper_seen = may_see.then(|| {
        let blocked = Signal::derive(move || desk.is_blocked());
        view! { <SeePaper blocked seen=Callback::new(move |number| desk.paper_seen(number)) /> }
    });
    let changed = of.form_changes.as_ref().map(|changes| {
        let names = changes.added.iter().chain(&changes.changed).chain(&changes.removed);
        let names: Vec<_> = names.map(|name| name.get(lang).to_owned()).collect();
        view! { <p class="notice">{words.form_changed} " " {names.join("、")}</p> }
    });
    let booked = of.booking.as_ref().map(|visit| {
        let said =
            [("when", &visit.when.get(lang) as &dyn std::fmt::Display), ("code", &visit.code)];
        view! { <p class="notice good">{fill(words.booked, &said)}</p> }
    });
    view! {
        <header>
            <h2>{of.name.get(lang).to_owned()}</h2>
            <p class="case-marks">
                <span class=state_class(of.state)>{of.state.name().get(lang).to_owned()}</span>
                {again}
                {proven}
                {of.bring_originals.then(|| view! { <span class="mark">{words.originals}</span> })}
                {draft.helped.then(|| view! { <span class="mark">{words.helped}</span> })}
                {move || open_remarks(desk).map(|n| view! { <span class="mark warn">{n}</span> })}
            </p>
            <div class="facts soft">
                {fact(words.way, of.way.name().get(lang).to_owned())} {sent} {checked}
            </div>
            <p>
                <a
                    class="button small"
                    href=format!("/api/drafts/form.pdf?draft={}", draft.id.0)
                    target="_blank"
                >
                    {words.print}
                </a>
                " "
                {paper_seen}
            </p>
            {(!draft.whole).then(|| view! { <p class="notice">{words.masked}</p> })}
            {changed}
            {booked}
        </header>
    }
    .into_any()
}

fn materials(desk: Desk, draft: &DraftInHand) -> AnyView {
    let (lang, words, id) = (desk.lang.get(), desk.words(), draft.id);
    let mut place = 0;
    let rows = draft.draft.materials.iter().map(|material| {
        let files = material.files.iter().enumerate().map(|(n, file)| {
            let at = place + n;
            let picture = format!("/api/drafts/file?draft={}&file={}&small=true", id.0, file.file);
            let name = fill(words.photograph, &[("n", &(n + 1))]);
            view! {
                <li>
                    <button
                        type="button"
                        class="thumbnail"
                        on:click=move |_| desk.viewer.set(Some(at))
                    >
                        <img src=picture alt=name />
                    </button>
                </li>
            }
        });
        let files = files.collect_view();
        place += material.files.len();
        let says = match (material.no_longer_asked, material.replaced) {
            (true, _) => Some(words.no_longer_asked),
            (false, true) => Some(words.replaced),
            (false, false) => material.files.is_empty().then_some(words.no_file),
        };
        let none = says.map(|says| view! { <p class="soft">{says}</p> });
        view! {
            <div class="answer" data-material=material.key.clone()>
                <dt>{material.name.get(lang).to_owned()}</dt>
                <dd>
                    <ul class="thumbnails">{files}</ul>
                    {none}
                </dd>
                <dd class="beside-answer">
                    <Remarks desk about=About::Material(material.key.clone()) />
                </dd>
            </div>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="answers">
            <h3>{words.materials}</h3>
            <dl>{rows}</dl>
        </section>
    }
    .into_any()
}

/// All files of the draft in hand, in the order of its materials.
pub fn files(desk: Desk) -> Vec<Large> {
    let large = |draft: &DraftInHand| {
        let all = draft.draft.materials.iter().flat_map(|material| {
            material.files.iter().map(|file| {
                let shown = FileShown {
                    file: file.file.clone(),
                    name: String::new(),
                    kind: file.kind.clone(),
                    bytes: file.bytes,
                    at: file.at,
                    pages: file.pages,
                    unreadable: false,
                };
                let address = format!("/api/drafts/file?draft={}&file={}", draft.id.0, file.file);
                Large::of(&shown, address, material.name.clone())
            })
        });
        all.collect()
    };
    desk.with(large).unwrap_or_default()
}
