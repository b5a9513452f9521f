//! What stands around every page: the way to the others, the language, whether
//! the picture is fresh, and what is not saved yet.

use jiban_domain::Lang;
use leptos::prelude::*;

use super::cases::words::CaseWords;
use super::document;
use super::draft::{Draft, Outcome};
use super::faults::place_in_words;
use super::forms::name_of;
use super::now::cares;
use super::place::{Page, Place};
use super::state::AdminState;
use super::words::{Admin, NowWords};
use crate::parts::clock;
use crate::parts::icon::{self, Icon};
use crate::parts::language::switch_language;
use crate::words::{fill, lang as language};

/// The way to the pages, at the left.
pub fn nav(admin: AdminState, lang: Lang) -> AnyView {
    let words = Admin::of(lang);
    let link = move |page: Page| link(admin, page, lang);
    let of_a_hall = Page::OF_A_HALL.map(link).collect_view();
    let of_all = Page::OF_ALL.map(link).collect_view();
    let who =
        move || admin.now.with(|now| now.as_ref().map(|now| now.clerk.name.get(lang).to_owned()));
    view! {
        <nav class="admin-nav">
            <p class="admin-title">{words.title}</p>
            {hall_choice(admin, lang)}
            <ul>{link(Page::Now)} {link(Page::Cases)}</ul>
            <p class="nav-group">{words.nav_hall}</p>
            <ul>{of_a_hall}</ul>
            <p class="nav-group">{words.nav_all}</p>
            <ul>{of_all}</ul>
            {own_keys(admin, who, lang)}
        </nav>
    }
    .into_any()
}

/// What a supervisor has instead: the cases, and the way out.
pub fn supervisors_nav(admin: AdminState, lang: Lang) -> AnyView {
    let words = CaseWords::of(lang);
    view! {
        <nav class="admin-nav">
            <p class="admin-title">{words.supervisor}</p>
            <ul>{link(admin, Page::Cases, lang)} <li><a href="/office">{words.office}</a></li></ul>
            {own_keys(admin, (), lang)}
        </nav>
    }
    .into_any()
}

/// Who is in, the language, and the way out.
fn own_keys(admin: AdminState, who: impl IntoView + 'static, lang: Lang) -> AnyView {
    let words = Admin::of(lang);
    let speaks = language();
    view! {
        <div class="admin-self">
            <p>{who}</p>
            <button class="button small" on:click=move |_| switch_language(speaks)>
                {words.other_language}
            </button>
            <button class="button small" on:click=move |_| admin.sign_out(lang)>
                {words.sign_out}
            </button>
        </div>
    }
    .into_any()
}

fn link(admin: AdminState, page: Page, lang: Lang) -> AnyView {
    let ill = move || {
        if page != Page::Now {
            return None;
        }
        let clock = admin.clock.get();
        let count =
            admin.now.with(|now| now.as_ref().map_or(0, |now| cares(now, clock, lang).len()));
        (count > 0).then(|| view! { <span class="mark bad">{count}</span> })
    };
    view! {
        <li>
            <a
                href=format!("#{}", page.key())
                aria-current=move || (admin.place.page.get() == page).then_some("page")
            >
                {page.title(lang)}
                {ill}
            </a>
        </li>
    }
    .into_any()
}

/// Which hall; nothing to choose where there is one.
fn hall_choice(admin: AdminState, lang: Lang) -> AnyView {
    let place = admin.place;
    let draft = admin.draft;
    let chosen = move |event| {
        place.item.set(0);
        place.hall.set(event_target_value(&event).parse().unwrap_or_default());
    };
    let names = Memo::new(move |_| {
        draft.edited.with(|root| {
            let name = |index| {
                let at = format!("/hall/{index}");
                let below = !document::text(root, &format!("{at}/parent")).is_empty();
                let name = name_of(root, &at, lang);
                if below { format!("└ {name}") } else { name }
            };
            (0..document::count(root, "/hall")).map(name).collect::<Vec<_>>()
        })
    });
    let options = move || {
        let option = |(index, name): (usize, String)| {
            view! {
                <option value=index.to_string() selected=move || place.hall.get() == index>
                    {name}
                </option>
            }
        };
        names.get().into_iter().enumerate().map(option).collect_view()
    };
    view! {
        <label class="field hall-choice">
            <span class="field-label">{Admin::of(lang).choose_hall}</span>
            <select class="input" on:change=chosen>
                {options}
            </select>
        </label>
    }
    .into_any()
}

/// Says since when the picture stands still.
pub fn stale_bar(admin: AdminState, lang: Lang) -> impl IntoView {
    move || {
        let since = admin.stale_since.get()?;
        let zone = admin.now.with(|now| now.as_ref().map(|now| now.time_zone.clone()));
        let time = clock::hour_minute(since, &zone.unwrap_or_else(|| "Asia/Shanghai".to_owned()));
        Some(view! {
            <p class="stale" role="status">
                <Icon path=icon::OFFLINE />
                {fill(Admin::of(lang).stale, &[("time", &time)])}
            </p>
        })
    }
}

/// The title of the page, and how the hall is.
pub fn head(admin: AdminState, page: Page, lead: Option<&'static str>, lang: Lang) -> AnyView {
    let words = NowWords::of(lang);
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
    let state = (page == Page::Now).then(|| view! { <p class="head-state">{state}</p> });
    view! {
        <header class="admin-head">
            <h1>{page.title(lang)}</h1>
            {lead.map(|lead| view! { <p class="soft">{lead}</p> })}
            {state}
        </header>
    }
    .into_any()
}

/// What is not saved, and how saving went.
pub fn saving_bar(admin: AdminState, lang: Lang) -> impl IntoView {
    let AdminState { draft, place, .. } = admin;
    let words = Admin::of(lang);
    move || {
        let outcome = draft.outcome.get();
        let unsaved = draft.unsaved.get();
        if outcome.is_none() && !unsaved {
            return None;
        }
        let said = outcome.map(|outcome| said(draft, place, &outcome, lang));
        let keys = unsaved.then(|| {
            let version = fill(words.unsaved_since, &[("version", &draft.version.get())]);
            view! {
                <div class="saving-keys">
                    <p>
                        <b>{words.unsaved}</b>
                        <span class="soft">{version}</span>
                    </p>
                    {twice(words.discard, move || draft.discard(), lang)}
                    <button
                        class="key"
                        disabled=move || draft.busy.get()
                        on:click=move |_| draft.save(lang)
                    >
                        {move || if draft.busy.get() { words.saving } else { words.save }}
                    </button>
                </div>
            }
        });
        Some(view! { <section class="saving">{said} {keys}</section> })
    }
}

fn said(draft: Draft, place: Place, outcome: &Outcome, lang: Lang) -> AnyView {
    let words = Admin::of(lang);
    let good = |sentence: &str, version: i64| {
        view! {
            <p class="good-words" role="status">
                <Icon path=icon::CHECK />
                {fill(sentence, &[("version", &version)])}
            </p>
        }
        .into_any()
    };
    match outcome {
        Outcome::Saved(version) => good(words.saved, *version),
        Outcome::Imported(version) => good(words.imported, *version),
        Outcome::Faulty => faults(draft, place, lang),
        Outcome::Overtaken(version) => {
            let mine = draft.version.get_untracked();
            view! {
                <div class="saving-keys">
                    <p class="bad-words" role="alert">
                        {fill(words.conflict, &[("version", version), ("mine", &mine)])}
                    </p>
                    {twice(
                        &fill(words.load_new, &[("version", version)]),
                        move || draft.load_what_is_in_force(lang),
                        lang,
                    )}
                </div>
            }
            .into_any()
        }
        Outcome::Refused(no) => view! {
            <p class="refused" role="alert">
                <b>{no.message.clone()}</b>
                <span>{no.next.clone()}</span>
            </p>
        }
        .into_any(),
    }
}

fn faults(draft: Draft, place: Place, lang: Lang) -> AnyView {
    let faults = draft.faults.get();
    let count = fill(Admin::of(lang).faults, &[("count", &faults.len())]);
    let listed = faults
        .into_iter()
        .map(|fault| {
            let at = draft.edited.with_untracked(|root| place_in_words(root, &fault.pointer, lang));
            let exists = draft.edited.with_untracked(|root| root.pointer(&fault.pointer).is_some());
            if fault.pointer.is_empty() || !exists {
                return view! { <li>{fault.what}</li> }.into_any();
            }
            view! {
                <li>
                    <button class="to-fault" on:click=move |_| place.go_to(&fault.pointer)>
                        {at}
                    </button>
                    <span>{fault.what}</span>
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
            <ol>{listed}</ol>
        </div>
    }
    .into_any()
}

/// A key that wants to be pressed twice, for what cannot be taken back.
fn twice(label: &str, done: impl Fn() + Copy + Send + Sync + 'static, lang: Lang) -> AnyView {
    let armed = RwSignal::new(false);
    let label = label.to_owned();
    view! {
        <button
            class="button"
            class:armed=move || armed.get()
            on:blur=move |_| armed.set(false)
            on:click=move |_| if armed.get_untracked() { done() } else { armed.set(true) }
        >
            {move || if armed.get() { Admin::of(lang).sure.to_owned() } else { label.clone() }}
        </button>
    }
    .into_any()
}
