//! The index of guides, by line, department or life event: three ways to the
//! same matters, for visitors who only want to read.

use leptos::prelude::*;

use super::hall_snapshot::hall_snapshot;
use super::line_cards::LineCards;
use super::offer::OfferFilter;
use super::offer_list::OfferList;
use super::pager::{Pager, Paging, rows};
use super::scene::{GuideCategory, Purpose, Screen};
use super::visit::{GuideGrouping, visit};
use super::words::words;
use crate::api::kiosk::{KioskBundle, KioskMatter};
use crate::parts::icon::{self, Icon};
use crate::words::lang;

/// The guides in the chosen grouping, and the buttons that change it.
#[component]
pub fn GuideIndexPage() -> impl IntoView {
    let visit = visit();
    let grouping = visit.guide_grouping;
    let option = move |value: GuideGrouping, name: fn() -> &'static str| {
        view! {
            <button
                class="button choice"
                role="radio"
                aria-checked=move || (grouping.get() == value).to_string()
                tabindex=move || if grouping.get() == value { "0" } else { "-1" }
                on:click=move |_| grouping.set(value)
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
            {move || match grouping.get() {
                GuideGrouping::Line => view! { <LineCards purpose=Purpose::Read /> }.into_any(),
                GuideGrouping::Department | GuideGrouping::LifeEvent => {
                    view! { <CategoryList grouping=grouping.get() /> }.into_any()
                }
            }}
            <div class="ways">
                <div class="choices" role="radiogroup">
                    {option(GuideGrouping::Line, || words().by_line)}
                    {option(GuideGrouping::Department, || words().by_department)}
                    {option(GuideGrouping::LifeEvent, || words().by_life_event)}
                </div>
                <button class="button wide" on:click=move |_| visit.go(Screen::Search)>
                    <Icon path=icon::SEARCH />
                    <span>{move || words().search_button}</span>
                </button>
            </div>
        </section>
    }
}

/// The departments or life events that have matters, as rows.
#[component]
fn CategoryList(grouping: GuideGrouping) -> impl IntoView {
    let snapshot = hall_snapshot();
    let visit = visit();
    let lang = lang();
    let categories = Memo::new(move |_| {
        snapshot
            .matters
            .with(|matters| snapshot.bundles.with(|bundles| categories(bundles, matters, grouping)))
    });
    let paging = Paging::new(rows(), move || categories.with(Vec::len));
    let visible = move || {
        categories
            .with(|all| paging.visible(all))
            .into_iter()
            .map(|(category, count)| {
                let name = category.name().get(lang.get()).to_owned();
                view! {
                    <li>
                        <button
                            class="matter"
                            on:click=move |_| visit.go(Screen::GuideCategory(category.clone()))
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
    view! {
        <div class="results">
            <ul class="matter-list" style=("--rows", move || paging.rows.get().to_string())>
                {visible}
            </ul>
            <Pager paging />
        </div>
    }
}

/// Each category once, in the order of the matters, with the number of its
/// matters and bundles.
fn categories(
    bundles: &[KioskBundle],
    matters: &[KioskMatter],
    grouping: GuideGrouping,
) -> Vec<(GuideCategory, usize)> {
    let mut found: Vec<GuideCategory> = Vec::new();
    let mut add = |category: GuideCategory| {
        if !found.contains(&category) {
            found.push(category);
        }
    };
    for matter in matters {
        match grouping {
            GuideGrouping::Line => {}
            GuideGrouping::Department => {
                let (id, name) = (matter.department.clone(), matter.department_name.clone());
                add(GuideCategory::Department(id, name));
            }
            GuideGrouping::LifeEvent => {
                matter.life_events.iter().cloned().map(GuideCategory::LifeEvent).for_each(&mut add);
            }
        }
    }
    if grouping == GuideGrouping::LifeEvent {
        let events = bundles.iter().flat_map(|bundle| bundle.life_events.iter().cloned());
        events.map(GuideCategory::LifeEvent).for_each(&mut add);
    }
    found
        .into_iter()
        .map(|category| {
            let count = OfferFilter::Category(&category).among(bundles, matters).len();
            (category, count)
        })
        .collect()
}

/// The matters and bundles of a department or life event.
#[component]
pub fn GuideCategoryPage(category: GuideCategory) -> impl IntoView {
    let snapshot = hall_snapshot();
    let lang = lang();
    let name = category.name().clone();
    let offers = Memo::new(move |_| OfferFilter::Category(&category).offers(snapshot));
    view! {
        <section class="page matters">
            <div class="title">
                <h1>{move || name.get(lang.get()).to_owned()}</h1>
                <p class="soft">{move || words().choose_matter}</p>
            </div>
            <OfferList offers purpose=Purpose::Read rows=rows() />
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matter(department: &str, events: &[&str]) -> KioskMatter {
        serde_json::from_value(serde_json::json!({
            "id": department, "name": "x", "line": "A", "department": department,
            "department_name": department, "life_events": events,
        }))
        .unwrap()
    }

    #[test]
    fn each_category_is_listed_once_with_its_count() {
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
        let listed = |grouping| -> Vec<(String, usize)> {
            categories(std::slice::from_ref(&bundle), &matters, grouping)
                .into_iter()
                .map(|(category, count)| (category.name().zh.clone(), count))
                .collect()
        };
        assert_eq!(
            listed(GuideGrouping::Department),
            [("market".to_owned(), 3), ("health".to_owned(), 2)]
        );
        assert_eq!(
            listed(GuideGrouping::LifeEvent),
            [("开店".to_owned(), 3), ("养老".to_owned(), 1), ("结婚".to_owned(), 1)]
        );
        assert!(listed(GuideGrouping::Line).is_empty());
    }
}
