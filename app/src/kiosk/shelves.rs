//! The guides by line, department or life event: three ways to the same
//! matters, for who only wants to read.

use leptos::prelude::*;

use super::choice::Of;
use super::home::Lines;
use super::known::known;
use super::matters::MatterRows;
use super::scene::{Purpose, Screen, Shelf};
use super::visit::visit;
use super::words::words;
use crate::api::kiosk::{KioskBundle, KioskMatter};
use crate::parts::icon::{self, Icon};
use crate::words::lang;

/// At most so many rows stand on one page.
const ROWS: usize = 6;

/// What the guides are ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum By {
    /// By line, as numbers are taken.
    #[default]
    Line,
    /// By department.
    Department,
    /// By life event.
    LifeEvent,
}

/// The guides, and the ways to order them.
#[component]
pub fn GuidesPage() -> impl IntoView {
    let visit = visit();
    let by = visit.guides_by;
    let way = move |kind: By, name: fn() -> &'static str| {
        view! {
            <button
                class="button choice"
                role="radio"
                aria-checked=move || (by.get() == kind).to_string()
                on:click=move |_| by.set(kind)
            >
                {name}
            </button>
        }
    };
    view! {
        <section class="page home guides">
            <div class="title">
                <h1>{move || words().guides_title}</h1>
                <p class="soft">{move || words().guides_hint}</p>
            </div>
            {move || match by.get() {
                By::Line => view! { <Lines purpose=Purpose::Read /> }.into_any(),
                By::Department | By::LifeEvent => {
                    view! { <Shelves by=by.get() /> }.into_any()
                }
            }}
            <div class="ways">
                <div class="choices" role="radiogroup">
                    {way(By::Line, || words().by_line)} {way(By::Department, || words().by_department)}
                    {way(By::LifeEvent, || words().by_life_event)}
                </div>
                <button class="button wide" on:click=move |_| visit.go(Screen::Search)>
                    <Icon path=icon::SEARCH />
                    <span>{move || words().search_key}</span>
                </button>
            </div>
        </section>
    }
}

/// Departments or life events that have matters, as rows.
#[component]
fn Shelves(by: By) -> impl IntoView {
    let known = known();
    let visit = visit();
    let lang = lang();
    let shelves = Memo::new(move |_| {
        known.matters.with(|matters| known.bundles.with(|bundles| shelves(bundles, matters, by)))
    });
    let leaf = RwSignal::new(0_usize);
    let leaves = move || shelves.with(|all| all.len().div_ceil(ROWS)).max(1);
    let is_last = move || leaf.get() + 1 >= leaves();
    let shown = move || {
        let all = shelves.get();
        all.into_iter()
            .skip(leaf.get() * ROWS)
            .take(ROWS)
            .map(|(shelf, count)| {
                let name = shelf.name().get(lang.get()).to_owned();
                view! {
                    <li>
                        <button
                            class="matter"
                            on:click=move |_| visit.go(Screen::OnShelf(shelf.clone()))
                        >
                            <span class="name">{name}</span>
                            <span class="soft number">{count}</span>
                            <Icon path=icon::FORWARD />
                        </button>
                    </li>
                }
            })
            .collect_view()
    };
    let turns = move || {
        (leaves() > 1).then(|| {
            view! {
                <div class="turns">
                    <button
                        class="button"
                        disabled=move || leaf.get() == 0
                        on:click=move |_| leaf.update(|leaf| *leaf = leaf.saturating_sub(1))
                    >
                        {move || words().earlier}
                    </button>
                    <p class="number">{move || format!("{} / {}", leaf.get() + 1, leaves())}</p>
                    <button
                        class="button"
                        disabled=is_last
                        on:click=move |_| leaf.update(|leaf| *leaf += 1)
                    >
                        {move || words().further}
                    </button>
                </div>
            }
        })
    };
    view! {
        <div class="results">
            <ul class="matter-list" style=format!("--rows: {ROWS}")>
                {shown}
            </ul>
            {turns}
        </div>
    }
}

/// Each shelf once, in the order of the matters, and how many stand on it.
fn shelves(bundles: &[KioskBundle], matters: &[KioskMatter], by: By) -> Vec<(Shelf, usize)> {
    let mut found: Vec<Shelf> = Vec::new();
    let mut add = |shelf: Shelf| {
        if !found.contains(&shelf) {
            found.push(shelf);
        }
    };
    for KioskMatter { matter, department_name, .. } in matters {
        match by {
            By::Line => {}
            By::Department => {
                add(Shelf::Department(matter.department.clone(), department_name.clone()));
            }
            By::LifeEvent => {
                matter.life_events.iter().cloned().map(Shelf::LifeEvent).for_each(&mut add);
            }
        }
    }
    if by == By::LifeEvent {
        let events = bundles.iter().flat_map(|bundle| bundle.life_events.iter().cloned());
        events.map(Shelf::LifeEvent).for_each(&mut add);
    }
    found
        .into_iter()
        .map(|shelf| {
            let count = Of::Shelf(&shelf).among(bundles, matters).len();
            (shelf, count)
        })
        .collect()
}

/// The matters of a department or life event.
#[component]
pub fn ShelfPage(
    /// Which.
    shelf: Shelf,
) -> impl IntoView {
    let known = known();
    let lang = lang();
    let name = shelf.name().clone();
    let matters = Memo::new(move |_| Of::Shelf(&shelf).choices(known));
    view! {
        <section class="page matters">
            <div class="title">
                <h1>{move || name.get(lang.get()).to_owned()}</h1>
                <p class="soft">{move || words().choose_matter}</p>
            </div>
            <MatterRows matters purpose=Purpose::Read rows=ROWS />
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matter(department: &str, events: &[&str]) -> KioskMatter {
        serde_json::from_value(serde_json::json!({
            "id": department, "name": "x", "line": "A", "department": department,
            "department_name": department, "initials": "X", "life_events": events,
        }))
        .unwrap()
    }

    #[test]
    fn each_shelf_stands_once_with_how_many_it_has() {
        let matters = [
            matter("market", &["开店"]),
            matter("health", &["开店", "养老"]),
            matter("market", &[]),
        ];
        let bundle: KioskBundle = serde_json::from_value(serde_json::json!({
            "id": "b", "name": "x", "departments": ["market", "health"],
            "life_events": ["开店", "结婚"],
        }))
        .unwrap();
        let told = |by| -> Vec<(String, usize)> {
            shelves(std::slice::from_ref(&bundle), &matters, by)
                .into_iter()
                .map(|(shelf, count)| (shelf.name().zh.clone(), count))
                .collect()
        };
        assert_eq!(told(By::Department), [("market".to_owned(), 3), ("health".to_owned(), 2)]);
        assert_eq!(
            told(By::LifeEvent),
            [("开店".to_owned(), 3), ("养老".to_owned(), 1), ("结婚".to_owned(), 1)]
        );
        assert!(told(By::Line).is_empty());
    }
}
