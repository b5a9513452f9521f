//! The director's pages: an overview of the hall now, figures of cases, and the
//! setup.
//!
//! - [`overview`]: alerts, today's figures, lines, counters, kiosks
//! - [`tickets`]: all tickets of a hall, [`terminals`]: its kiosks' machines, and [`cases`]:
//!   figures of cases; supervisors have these three
//! - [`working_copy`]: the setup being edited; [`json_pointer`] reads and changes its
//!   values; [`merge`]: two edits of it; [`differences`]: what an import would change
//! - [`previewed`]: what was typed into the preview of a form
//! - [`forms`]: the forms as tables; [`fields`] draws them; [`section_page`] shows
//!   a list with the form of the selected item, [`list_buttons`] moves items
//! - [`opening_hours`], [`import_export`], [`calendar`], [`password`]: pages and
//!   forms with code of their own
//! - [`field_faults`]: faults of the setup, shown beside their fields
//! - [`session`]: whether someone is signed in; [`sign_in`]: the sign-in page
//! - [`state`], [`navigation`], [`layout`]: around all pages

// The page's state is a handful of handles; they are large in debug builds only, where each
// remembers the line it was made in.
#![allow(clippy::large_types_passed_by_value)]

use jiban_domain::Lang;
use leptos::prelude::*;

pub mod calendar;
pub mod cases;
pub mod differences;
pub mod field_faults;
pub mod fields;
pub mod forms;
pub mod import_export;
pub mod json_pointer;
pub mod layout;
pub mod list_buttons;
pub mod merge;
pub mod navigation;
pub mod opening_hours;
pub mod overview;
pub mod password;
pub mod previewed;
pub mod section_page;
pub mod session;
pub mod sign_in;
pub mod state;
pub mod terminals;
pub mod tickets;
pub mod words;
pub mod working_copy;

use navigation::Page;
use session::AdminStart;
use sign_in::AdminSignIn;
use state::AdminState;
use terminals::Terminals;
use tickets::Tickets;
use words::{AdminWords, Bilingual, OverviewWords};
use working_copy::Outcome;

use crate::parts::activity::{IdleWarning, tell_activity};
use crate::parts::local_storage;
use crate::parts::session::{SessionState, is_signed_out};
use crate::parts::sign_in::Connecting;

#[component]
pub fn AdminPage() -> impl IntoView {
    let lang = local_storage::remembered_language("jiban.admin.lang");
    let admin = AdminState::new(lang);
    let activity = tell_activity(admin.session());
    Effect::new(move |_| document().set_title(AdminWords::of(lang.get()).title));
    // If the session ends while editing, the working copy survives signing in
    // again.
    Effect::new(move |_| {
        if let Some(Outcome::Refused(refused)) = admin.working_copy.outcome.get() {
            admin.session().leave_if_signed_out(&refused);
        }
    });
    Effect::new(move |_| {
        let last_refused = admin.report.get_value().refused;
        if let Some(refused) = last_refused.get()
            && is_signed_out(&refused)
        {
            last_refused.set(None);
            admin.session().leave_if_signed_out(&refused);
        }
    });
    Effect::new(move |_| {
        admin.navigation.page.track();
        admin.working_copy.clear_outcome();
    });
    let leaving = window_event_listener(leptos::ev::beforeunload, move |event| {
        if admin.working_copy.unsaved.get_untracked() {
            event.prevent_default();
        }
    });
    on_cleanup(move || leaving.remove());

    let page = move || match admin.session().state() {
        SessionState::Checking => view! { <Connecting /> }.into_any(),
        SessionState::SignedOut(reason) => {
            view! { <AdminSignIn session=admin.session() reason /> }.into_any()
        }
        SessionState::SignedIn(AdminStart::Administrator(_)) => director_page(admin, lang.get()),
        SessionState::SignedIn(AdminStart::Supervisor(_)) => supervisor_page(admin, lang.get()),
    };
    view! {
        {page}
        <IdleWarning activity />
    }
}

fn director_page(admin: AdminState, lang: Lang) -> AnyView {
    let hall = Memo::new(move |_| admin.working_copy.saved_hall_id(admin.navigation.hall.get()));
    // The event stream belongs to this effect and ends when another hall is
    // selected.
    Effect::new(move |_| admin.follow(&hall.get()));
    view! {
        <div class="admin">
            {layout::sidebar(admin, lang)}
            <main class="admin-main">
                {layout::stale_bar(admin, lang)} {move || page(admin, lang)}
                {layout::saving_bar(admin, lang)}
            </main>
        </div>
    }
    .into_any()
}

fn supervisor_page(admin: AdminState, lang: Lang) -> AnyView {
    let own_page = Memo::new(move |_| admin.navigation.page.get().for_supervisor());
    Effect::new(move |_| admin.navigation.page.set(own_page.get()));
    admin.count_terminal_alerts();
    view! {
        <div class="admin">
            {layout::supervisor_sidebar(admin, lang)}
            <main class="admin-main">
                {move || match own_page.get() {
                    Page::Tickets => tickets_page(admin, None, lang),
                    Page::Terminals => terminals_page(admin, None, lang),
                    _ => cases_page(admin, lang),
                }}
            </main>
        </div>
    }
    .into_any()
}

fn cases_page(admin: AdminState, lang: Lang) -> AnyView {
    let introduction = cases::words::CaseWords::of(lang).introduction;
    view! {
        {layout::page_header(admin, Page::Cases, Some(introduction), lang)}
        {cases::cases_page(admin.report.get_value(), lang)}
    }
    .into_any()
}

/// The tickets of a hall; of a supervisor's first where none is chosen.
fn tickets_page(admin: AdminState, hall: Option<String>, lang: Lang) -> AnyView {
    let introduction = tickets::words::TicketWords::of(lang).introduction;
    view! {
        {layout::page_header(admin, Page::Tickets, Some(introduction), lang)}
        <Tickets admin hall lang />
    }
    .into_any()
}

/// The terminals of a hall; likewise.
fn terminals_page(admin: AdminState, hall: Option<String>, lang: Lang) -> AnyView {
    let introduction = terminals::words::TerminalWords::of(lang).introduction;
    view! {
        {layout::page_header(admin, Page::Terminals, Some(introduction), lang)}
        <Terminals admin hall lang />
    }
    .into_any()
}

fn page(admin: AdminState, lang: Lang) -> AnyView {
    let AdminState { working_copy: copy, navigation, .. } = admin;
    let page = navigation.page.get();
    let section = match page {
        Page::Overview => return overview_page(admin, lang),
        Page::Tickets => {
            return tickets_page(admin, Some(copy.saved_hall_id(navigation.hall.get())), lang);
        }
        Page::Terminals => {
            return terminals_page(admin, Some(copy.saved_hall_id(navigation.hall.get())), lang);
        }
        Page::Cases => return cases_page(admin, lang),
        Page::Matters => &forms::MATTERS,
        Page::Bundles => &forms::BUNDLES,
        Page::Lines => &forms::LINES,
        Page::Counters => &forms::COUNTERS,
        Page::Kiosks => &forms::KIOSKS,
        Page::Statements => &forms::STATEMENTS,
        Page::Departments => &forms::DEPARTMENTS,
        Page::Clerks => &forms::CLERKS,
        Page::Halls => &forms::HALLS,
        Page::Hours => {
            let introduction =
                Bilingual("什么时候可以取号。", "When visitors can take a number.").get(lang);
            return view! {
                {layout::page_header(admin, page, Some(introduction), lang)}
                {move || {
                    copy.structure.track();
                    opening_hours::opening_hours_page(copy, navigation, lang)
                }}
            }
            .into_any();
        }
        Page::Files => {
            return view! {
                {layout::page_header(admin, page, None, lang)}
                {import_export::import_export_page(copy, lang)}
            }
            .into_any();
        }
    };
    view! {
        {layout::page_header(admin, page, Some(section.introduction.get(lang)), lang)}
        {move || {
            copy.structure.track();
            section_page::section_page(copy, navigation, section, lang)
        }}
    }
    .into_any()
}

fn overview_page(admin: AdminState, lang: Lang) -> AnyView {
    let shown = move || {
        let clock = admin.clock.get();
        admin.now.with(|now| match now {
            Some(now) => overview::overview_page(now, clock, lang),
            None => {
                view! { <p class="soft empty">{OverviewWords::of(lang).loading}</p> }.into_any()
            }
        })
    };
    view! {
        {layout::page_header(admin, Page::Overview, None, lang)}
        <overview::ClockDoubt admin=admin lang=lang />
        <div class="now">{shown}</div>
    }
    .into_any()
}
