//! The director's pages: the hall now, and its set-up.
//!
//! - [`cases`]: what became of cases, which the supervisor sees too
//! - [`now`]: what is ill, today's figures, lines, counters, kiosks
//! - [`draft`]: the working copy of the description, saved whole or not at all
//! - [`forms`]: what is set up, as tables; [`field`], [`choice`] and [`rows`]
//!   draw them, [`items`] puts them on a page
//! - [`hours`], [`files`], [`password`]: what no table describes
//! - [`faults`]: what was found wrong, and the way to it
//! - [`session`] and [`sign_in`]: whether somebody is signed in
//! - [`state`], [`place`], [`frame`]: what stands around the pages

use jiban_domain::Lang;
use leptos::prelude::*;

pub mod calendar;
pub mod cases;
pub mod choice;
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
pub mod session;
pub mod sign_in;
pub mod state;
pub mod words;

use draft::Outcome;
use place::Page;
use session::AdminStart;
use sign_in::AdminSignIn;
use state::AdminState;
use words::{Admin, Both, NowWords};

use crate::parts::local_storage;
use crate::parts::session::{SessionState, is_signed_out};
use crate::parts::sign_in::Connecting;

/// The whole page.
#[component]
pub fn AdminPage() -> impl IntoView {
    let lang = local_storage::remembered_language("jiban.admin.lang");
    let admin = AdminState::new(lang);
    Effect::new(move |_| document().set_title(Admin::of(lang.get()).title));
    // A session that ends while one works: sign in again, the draft is kept.
    Effect::new(move |_| {
        if let Some(Outcome::Refused(no)) = admin.draft.outcome.get() {
            admin.session.leave_if_signed_out(&no);
        }
    });
    Effect::new(move |_| {
        let refused = admin.watch.get_value().refused;
        if let Some(no) = refused.get()
            && is_signed_out(&no)
        {
            refused.set(None);
            admin.session.leave_if_signed_out(&no);
        }
    });
    Effect::new(move |_| {
        admin.place.page.track();
        admin.draft.forget_outcome();
    });
    let leaving = window_event_listener(leptos::ev::beforeunload, move |event| {
        if admin.draft.unsaved.get_untracked() {
            event.prevent_default();
        }
    });
    on_cleanup(move || leaving.remove());

    move || match admin.session.state() {
        SessionState::Checking => view! { <Connecting /> }.into_any(),
        SessionState::SignedOut(reason) => {
            view! { <AdminSignIn session=admin.session reason /> }.into_any()
        }
        SessionState::SignedIn(AdminStart::Administrator(_)) => inside(admin, lang.get()),
        SessionState::SignedIn(AdminStart::Supervisor(_)) => supervising(admin, lang.get()),
    }
}

fn inside(admin: AdminState, lang: Lang) -> AnyView {
    let hall = Memo::new(move |_| admin.draft.hall_in_force(admin.place.hall.get()));
    // The stream belongs to this effect and ends when another hall is chosen.
    Effect::new(move |_| admin.follow(&hall.get()));
    view! {
        <div class="admin">
            {frame::nav(admin, lang)}
            <main class="admin-main">
                {frame::stale_bar(admin, lang)} {move || page(admin, lang)}
                {frame::saving_bar(admin, lang)}
            </main>
        </div>
    }
    .into_any()
}

/// All that a supervisor sees.
fn supervising(admin: AdminState, lang: Lang) -> AnyView {
    view! {
        <div class="admin">
            {frame::supervisors_nav(admin, lang)}
            <main class="admin-main">{cases_page(admin, lang)}</main>
        </div>
    }
    .into_any()
}

fn cases_page(admin: AdminState, lang: Lang) -> AnyView {
    let lead = cases::words::CaseWords::of(lang).lead;
    view! {
        {frame::head(admin, Page::Cases, Some(lead), lang)}
        {cases::cases_page(admin.watch.get_value(), lang)}
    }
    .into_any()
}

fn page(admin: AdminState, lang: Lang) -> AnyView {
    let AdminState { draft, place, .. } = admin;
    let page = place.page.get();
    let section = match page {
        Page::Now => return now_page(admin, lang),
        Page::Cases => return cases_page(admin, lang),
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
                {frame::head(admin, page, Some(lead), lang)}
                {move || {
                    draft.shape.track();
                    hours::hours_page(draft, place, lang)
                }}
            }
            .into_any();
        }
        Page::Files => {
            return view! {
                {frame::head(admin, page, None, lang)}
                {files::files_page(draft, lang)}
            }
            .into_any();
        }
    };
    view! {
        {frame::head(admin, page, Some(section.lead.get(lang)), lang)}
        {move || {
            draft.shape.track();
            items::items_page(draft, place, section, lang)
        }}
    }
    .into_any()
}

fn now_page(admin: AdminState, lang: Lang) -> AnyView {
    let shown = move || {
        let clock = admin.clock.get();
        admin.now.with(|now| match now {
            Some(now) => now::now_page(now, clock, lang),
            None => view! { <p class="soft empty">{NowWords::of(lang).waiting_for_first}</p> }
                .into_any(),
        })
    };
    view! {
        {frame::head(admin, Page::Now, None, lang)}
        <div class="now">{shown}</div>
    }
    .into_any()
}
