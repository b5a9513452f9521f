//! The director's pages: the hall now, and its set-up.
//!
//! - [`cases`]: what became of cases, which the supervisor sees too
//! - [`now`]: what is ill, today's figures, lines, counters, kiosks
//! - [`draft`]: the working copy of the description, saved whole or not at all
//! - [`forms`]: what is set up, as tables; [`field`], [`choice`] and [`rows`]
//!   draw them, [`items`] puts them on a page
//! - [`hours`], [`files`], [`password`]: what no table describes
//! - [`faults`]: what was found wrong, and the way to it
//! - [`desk`], [`place`], [`frame`], [`sign_in`]: what stands around the pages

use jiban_domain::Lang;
use leptos::prelude::*;

pub mod calendar;
pub mod cases;
pub mod choice;
pub mod desk;
pub mod document;
pub mod draft;
pub mod faults;
pub mod field;
pub mod files;
pub mod forms;
pub mod frame;
pub mod hours;
pub mod items;
pub mod now;
pub mod password;
pub mod place;
pub mod rows;
pub mod sign_in;
pub mod words;

use desk::{Desk, Door};
use draft::Outcome;
use place::Page;
use words::{Admin, Both, NowWords};

use crate::words::speak;

/// The whole page.
#[component]
pub fn AdminPage() -> impl IntoView {
    let lang = speak(Lang::Zh);
    let desk = Desk::shut();
    desk.enter(lang.get_untracked());
    Effect::new(move |_| {
        document().set_title(Admin::of(lang.get()).title);
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("lang", lang.get().tag());
        }
    });
    // A session that ends while one works: sign in again, the draft is kept.
    Effect::new(move |_| {
        if let Some(Outcome::Refused(no)) = desk.draft.outcome.get()
            && no.code == "sign_in_first"
        {
            desk.door.set(Door::Shut(Some(no)));
        }
    });
    Effect::new(move |_| {
        let refused = desk.watch.get_value().refused;
        if let Some(no) = refused.get()
            && no.code == "sign_in_first"
        {
            refused.set(None);
            desk.door.set(Door::Shut(Some(no)));
        }
    });
    Effect::new(move |_| {
        desk.place.page.track();
        desk.draft.forget_outcome();
    });
    let leaving = window_event_listener(leptos::ev::beforeunload, move |event| {
        if desk.draft.unsaved.get_untracked() {
            event.prevent_default();
        }
    });
    on_cleanup(move || leaving.remove());

    move || {
        let lang = lang.get();
        match desk.door.get() {
            Door::Asking => ().into_any(),
            Door::Shut(no) => sign_in::sign_in_page(no, move || desk.enter(lang), lang),
            Door::Open => inside(desk, lang),
            Door::Supervises => supervising(desk, lang),
        }
    }
}

fn inside(desk: Desk, lang: Lang) -> AnyView {
    let hall = Memo::new(move |_| desk.draft.hall_in_force(desk.place.hall.get()));
    // The stream belongs to this effect and ends when another hall is chosen.
    Effect::new(move |_| desk.follow(&hall.get()));
    view! {
        <div class="admin">
            {frame::nav(desk, lang)}
            <main class="admin-main">
                {frame::stale_bar(desk, lang)} {move || page(desk, lang)}
                {frame::saving_bar(desk, lang)}
            </main>
        </div>
    }
    .into_any()
}

/// All that a supervisor sees.
fn supervising(desk: Desk, lang: Lang) -> AnyView {
    view! {
        <div class="admin">
            {frame::supervisors_nav(desk, lang)}
            <main class="admin-main">{cases_page(desk, lang)}</main>
        </div>
    }
    .into_any()
}

fn cases_page(desk: Desk, lang: Lang) -> AnyView {
    let lead = cases::words::CaseWords::of(lang).lead;
    view! {
        {frame::head(desk, Page::Cases, Some(lead), lang)}
        {cases::cases_page(desk.watch.get_value(), lang)}
    }
    .into_any()
}

fn page(desk: Desk, lang: Lang) -> AnyView {
    let Desk { draft, place, .. } = desk;
    let page = place.page.get();
    let section = match page {
        Page::Now => return now_page(desk, lang),
        Page::Cases => return cases_page(desk, lang),
        Page::Matters => &forms::MATTERS,
        Page::Bundles => &forms::BUNDLES,
        Page::Lines => &forms::LINES,
        Page::Counters => &forms::COUNTERS,
        Page::Kiosks => &forms::KIOSKS,
        Page::Departments => &forms::DEPARTMENTS,
        Page::Clerks => &forms::CLERKS,
        Page::Halls => &forms::HALLS,
        Page::Hours => {
            let lead = Both("什么时候可以取号。", "When numbers are given.").get(lang);
            return view! {
                {frame::head(desk, page, Some(lead), lang)}
                {move || {
                    draft.shape.track();
                    hours::hours_page(draft, place, lang)
                }}
            }
            .into_any();
        }
        Page::Files => {
            return view! {
                {frame::head(desk, page, None, lang)}
                {files::files_page(draft, lang)}
            }
            .into_any();
        }
    };
    view! {
        {frame::head(desk, page, Some(section.lead.get(lang)), lang)}
        {move || {
            draft.shape.track();
            items::items_page(draft, place, section, lang)
        }}
    }
    .into_any()
}

fn now_page(desk: Desk, lang: Lang) -> AnyView {
    let shown = move || {
        let clock = desk.clock.get();
        desk.now.with(|now| match now {
            Some(now) => now::now_page(now, clock, lang),
            None => view! { <p class="soft empty">{NowWords::of(lang).waiting_for_first}</p> }
                .into_any(),
        })
    };
    view! {
        {frame::head(desk, Page::Now, None, lang)}
        <div class="now">{shown}</div>
    }
    .into_any()
}
