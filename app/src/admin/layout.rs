//! The layout around each page: navigation, language, connection state and
//! unsaved changes.

use jiban_domain::Lang;
use leptos::prelude::*;
use serde_json::Value;

use super::cases::words::CaseWords;
use super::field_faults::describe_place;
use super::forms::display_name;
use super::json_pointer;
use super::merge::Conflict;
use super::navigation::{Navigation, Page};
use super::overview::alerts;
use super::state::AdminState;
use super::words::{AdminWords, OverviewWords};
use super::working_copy::{Outcome, WorkingCopy};
use crate::api::admin::AdminNow;
use crate::parts::clock;
use crate::parts::icon::{self, Icon};
use crate::parts::language::switch_language;
use crate::parts::own_password::OwnPassword;
use crate::words::{fill, lang as language};

/// The navigation on the left.
pub fn sidebar(admin: AdminState, lang: Lang) -> AnyView {
    let words = AdminWords::of(lang);
    let link = move |page: Page| link(admin, page, lang);
    let hall_pages = Page::OF_HALL.map(link).collect_view();
    let shared_pages = Page::OF_ALL_HALLS.map(link).collect_view();
    let user_name =
        move || admin.now.with(|now| now.as_ref().map(|now| now.clerk.name.get(lang).to_owned()));
    view! {
        <nav class="admin-nav">
            <p class="admin-title">{words.title}</p>
            {hall_choice(admin, lang)}
            <ul>
                {link(Page::Overview)} {link(Page::Tickets)} {link(Page::Terminals)}
                {link(Page::Cases)}
            </ul>
            <p class="nav-group">{words.nav_this_hall}</p>
            <ul>{hall_pages}</ul>
            <p class="nav-group">{words.nav_all_halls}</p>
            <ul>{shared_pages}</ul>
            {user_controls(admin, user_name, lang)}
        </nav>
    }
    .into_any()
}

/// The navigation of a supervisor: the tickets and the cases.
pub fn supervisor_sidebar(admin: AdminState, lang: Lang) -> AnyView {
    let words = CaseWords::of(lang);
    view! {
        <nav class="admin-nav">
            <p class="admin-title">{words.supervisor}</p>
            <ul>
                {link(admin, Page::Tickets, lang)} {link(admin, Page::Terminals, lang)}
                {link(admin, Page::Cases, lang)} <li>
                    <a href="/office">{words.office}</a>
                </li>
            </ul>
            {user_controls(admin, (), lang)}
        </nav>
    }
    .into_any()
}

/// User name, language and sign-out.
fn user_controls(admin: AdminState, user_name: impl IntoView + 'static, lang: Lang) -> AnyView {
    let words = AdminWords::of(lang);
    let page_language = language();
    view! {
        <div class="admin-self">
            <p>{user_name}</p>
            <button class="button small" on:click=move |_| switch_language(page_language)>
                {words.other_language}
            </button>
            <OwnPassword session=admin.session() class="button small" />
            <button class="button small" on:click=move |_| admin.sign_out(lang)>
                {words.sign_out}
            </button>
        </div>
    }
    .into_any()
}

fn link(admin: AdminState, page: Page, lang: Lang) -> AnyView {
    let alert_count = move || {
        let count = match page {
            Page::Overview => {
                let clock = admin.clock.get();
                let count = |now: &AdminNow| alerts(now, clock, lang).len();
                admin.now.with(|now| now.as_ref().map_or(0, count)).to_string()
            }
            Page::Terminals => admin.terminal_alerts.get().to_string(),
            _ => return None,
        };
        (count != "0").then(|| view! { <span class="mark bad">{count}</span> })
    };
    view! {
        <li>
            <a
                href=format!("#{}", page.hash())
                aria-current=move || (admin.navigation.page.get() == page).then_some("page")
            >
                {page.title(lang)}
                {alert_count}
            </a>
        </li>
    }
    .into_any()
}

fn hall_choice(admin: AdminState, lang: Lang) -> AnyView {
    let navigation = admin.navigation;
    let copy = admin.working_copy;
    let select = move |event| {
        navigation.item.set(0);
        navigation.hall.set(event_target_value(&event).parse().unwrap_or_default());
    };
    let names = Memo::new(move |_| {
        copy.edited.with(|root| {
            let name = |index| {
                let at = format!("/hall/{index}");
                let has_parent = !json_pointer::text(root, &format!("{at}/parent")).is_empty();
                let name = display_name(root, &at, lang);
                if has_parent { format!("└ {name}") } else { name }
            };
            (0..json_pointer::len(root, "/hall")).map(name).collect::<Vec<_>>()
        })
    });
    let options = move || {
        let option = |(index, name): (usize, String)| {
            view! {
                <option value=index.to_string() selected=move || navigation.hall.get() == index>
                    {name}
                </option>
            }
        };
        names.get().into_iter().enumerate().map(option).collect_view()
    };
    view! {
        <label class="field hall-choice">
            <span class="field-label">{AdminWords::of(lang).choose_hall}</span>
            <select class="input" on:change=select>
                {options}
            </select>
        </label>
    }
    .into_any()
}

/// Says since when the connection is lost.
pub fn stale_bar(admin: AdminState, lang: Lang) -> impl IntoView {
    move || {
        let since = admin.stale_since.get()?;
        let zone = admin.now.with(|now| now.as_ref().map(|now| now.time_zone.clone()));
        let time = clock::hour_minute(since, &zone.unwrap_or_else(|| "Asia/Shanghai".to_owned()));
        Some(view! {
            <p class="stale" role="status">
                <Icon path=icon::OFFLINE />
                {fill(AdminWords::of(lang).stale, &[("time", &time)])}
            </p>
        })
    }
}

/// The title of the page; on the overview also the hall's state.
pub fn page_header(
    admin: AdminState,
    page: Page,
    introduction: Option<&'static str>,
    lang: Lang,
) -> AnyView {
    let words = OverviewWords::of(lang);
    let state = move || {
        admin.now.with(|now| {
            now.as_ref().map(|now| {
                let (word, class) =
                    if now.open { (words.open, "mark good") } else { (words.closed, "mark warn") };
                let day = fill(words.business_day, &[("day", &now.business_day)]);
                let time = clock::hour_minute(admin.clock.get(), &now.time_zone);
                view! {
                    <span class=class>{word}</span>
                    <span class="soft">{day}</span>
                    <span class="number">{time}</span>
                }
            })
        })
    };
    let state = (page == Page::Overview).then(|| view! { <p class="head-state">{state}</p> });
    view! {
        <header class="admin-head">
            <h1>{page.title(lang)}</h1>
            {introduction.map(|text| view! { <p class="soft">{text}</p> })}
            {state}
        </header>
    }
    .into_any()
}

/// Unsaved changes, and the outcome of saving.
pub fn saving_bar(admin: AdminState, lang: Lang) -> impl IntoView {
    let AdminState { working_copy: copy, navigation, .. } = admin;
    let words = AdminWords::of(lang);
    move || {
        let outcome = copy.outcome.get();
        let unsaved = copy.unsaved.get();
        let removed = copy.removed.get();
        if outcome.is_none() && !unsaved && removed.is_none() {
            return None;
        }
        let removed = removed.map(|removed| {
            let sentence = fill(words.removed, &[("name", &removed.name)]);
            view! {
                <p class="saving-keys removed" role="status">
                    <span>{sentence}</span>
                    <button class="button" type="button" on:click=move |_| copy.take_back()>
                        {words.take_back}
                    </button>
                </p>
            }
        });
        let message = outcome.map(|outcome| outcome_message(copy, navigation, &outcome, lang));
        let buttons = unsaved.then(|| {
            let version = fill(words.unsaved_since, &[("version", &copy.version.get())]);
            view! {
                <div class="saving-keys">
                    <p>
                        <b>{words.unsaved}</b>
                        <span class="soft">{version}</span>
                    </p>
                    {confirmed_button(words.discard, move || copy.discard(), lang)}
                    <button
                        class="key"
                        disabled=move || {
                            copy.busy.get() || !copy.conflicts.with(Vec::is_empty)
                        }
                        on:click=move |_| copy.save(lang)
                    >
                        {move || if copy.busy.get() { words.saving } else { words.save }}
                    </button>
                </div>
            }
        });
        Some(view! { <section class="saving">{message} {removed} {buttons}</section> })
    }
}

fn outcome_message(
    copy: WorkingCopy,
    navigation: Navigation,
    outcome: &Outcome,
    lang: Lang,
) -> AnyView {
    let words = AdminWords::of(lang);
    let success = |sentence: &str, version: i64| {
        view! {
            <p class="good-words" role="status">
                <Icon path=icon::CHECK />
                {fill(sentence, &[("version", &version)])}
            </p>
        }
        .into_any()
    };
    match outcome {
        Outcome::Saved(version) => success(words.saved, *version),
        Outcome::Imported(version) => success(words.imported, *version),
        Outcome::Invalid => fault_list(copy, navigation, lang),
        Outcome::Merged { version, by } => {
            let sentence = fill(words.merged, &[("version", version), ("by", by)]);
            view! {
                <p class="good-words" role="status">
                    <Icon path=icon::CHECK />
                    {sentence}
                </p>
            }
            .into_any()
        }
        Outcome::Conflict { version, by } => conflict_list(copy, navigation, *version, by, lang),
        Outcome::Refused(refusal) => view! {
            <p class="refused" role="alert">
                <b>{refusal.message.clone()}</b>
                <span>{refusal.next.clone()}</span>
            </p>
        }
        .into_any(),
    }
}

/// The fields that both changed, each with both values.
fn conflict_list(
    copy: WorkingCopy,
    navigation: Navigation,
    version: i64,
    by: &str,
    lang: Lang,
) -> AnyView {
    let words = AdminWords::of(lang);
    let shown = move |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Null => words.nothing.to_owned(),
        other => other.to_string(),
    };
    let entries = move || {
        let conflicts = copy.conflicts.get();
        let entry = |Conflict { at, theirs }: Conflict| {
            let (place, own) = copy.edited.with_untracked(|root| {
                let own = root.pointer(&at).map(shown).unwrap_or_default();
                (describe_place(root, &at, lang), own)
            });
            let (own_at, theirs_at, there) = (at.clone(), at.clone(), at);
            let theirs_shown = fill(words.take_theirs, &[("value", &shown(&theirs))]);
            view! {
                <li>
                    <button class="to-fault" on:click=move |_| navigation.go_to(&there)>
                        {place}
                    </button>
                    <button class="button" on:click=move |_| copy.decide(&own_at, None)>
                        {fill(words.keep_own, &[("value", &own)])}
                    </button>
                    <button
                        class="button"
                        on:click=move |_| copy.decide(&theirs_at, Some(theirs.clone()))
                    >
                        {theirs_shown}
                    </button>
                </li>
            }
        };
        conflicts.into_iter().map(entry).collect_view()
    };
    view! {
        <div class="faults conflicts" role="alert">
            <p class="bad-words">
                <Icon path=icon::WARN />
                {fill(words.conflict, &[("version", &version), ("by", &by)])}
            </p>
            <ol>{entries}</ol>
            {confirmed_button(
                &fill(words.load_latest, &[("version", &version)]),
                move || copy.reload(lang),
                lang,
            )}
        </div>
    }
    .into_any()
}

fn fault_list(copy: WorkingCopy, navigation: Navigation, lang: Lang) -> AnyView {
    let faults = copy.faults.get();
    let count = fill(AdminWords::of(lang).faults, &[("count", &faults.len())]);
    let entries = faults
        .into_iter()
        .map(|fault| {
            let place =
                copy.edited.with_untracked(|root| describe_place(root, &fault.pointer, lang));
            let exists = copy.edited.with_untracked(|root| root.pointer(&fault.pointer).is_some());
            if fault.pointer.is_empty() || !exists {
                return view! { <li>{fault.message}</li> }.into_any();
            }
            view! {
                <li>
                    <button class="to-fault" on:click=move |_| navigation.go_to(&fault.pointer)>
                        {place}
                    </button>
                    <span>{fault.message}</span>
                </li>
            }
            .into_any()
        })
        .collect_view();
    view! {
        <div class="faults" role="alert">
            <p class="bad-words">
                <Icon path=icon::WARN />
                {count}
            </p>
            <ol>{entries}</ol>
        </div>
    }
    .into_any()
}

/// A button to press twice, for what cannot be undone.
fn confirmed_button(
    label: &str,
    confirmed: impl Fn() + Copy + Send + Sync + 'static,
    lang: Lang,
) -> AnyView {
    let armed = RwSignal::new(false);
    let label = label.to_owned();
    view! {
        <button
            class="button"
            class:armed=move || armed.get()
            on:blur=move |_| armed.set(false)
            on:click=move |_| if armed.get_untracked() { confirmed() } else { armed.set(true) }
        >
            {move || if armed.get() { AdminWords::of(lang).sure.to_owned() } else { label.clone() }}
        </button>
    }
    .into_any()
}
