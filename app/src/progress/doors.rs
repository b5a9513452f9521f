//! `/`: where each audience's page is.

use jiban_domain::{HallId, KioskId, Lang, Text};
use leptos::prelude::*;

use super::words::ProgressWords;

/// A hall's pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HallDoors {
    /// Its id.
    pub id: HallId,
    /// Its name.
    pub name: Text,
    /// Its kiosks and where they stand.
    pub kiosks: Vec<(KioskId, Text)>,
}

/// What stands in `<body>` of the first page.
#[component]
pub fn DoorsPage(
    /// The language of the page.
    lang: Lang,
    /// All halls, the uppermost first.
    halls: Vec<HallDoors>,
) -> impl IntoView {
    let words = ProgressWords::of(lang);
    let (other, tag) = match lang {
        Lang::Zh => ("?lang=en", "en"),
        Lang::En => ("?lang=zh-CN", "zh-CN"),
    };
    let halls = halls
        .into_iter()
        .map(|hall| {
            let kiosks = hall
                .kiosks
                .into_iter()
                .map(|(id, name)| {
                    let does = format!("{} · {}", id, name.get(lang));
                    view! { <Door href=format!("/kiosk/{id}") name=words.kiosk does=does /> }
                })
                .collect_view();
            view! {
                <section>
                    <h2>{hall.name.get(lang).to_owned()}</h2>
                    <ul class="doors">
                        {kiosks}
                        <Door
                            href=format!("/display/{}", hall.id)
                            name=words.display
                            does=hall.id.to_string()
                        />
                    </ul>
                </section>
            }
        })
        .collect_view();
    view! {
        <main class="doors-page">
            <header>
                <p class="hall">{words.doors_lead}</p>
                <a class="language" href=other lang=tag hreflang=tag>
                    {words.other_language}
                </a>
            </header>
            <h1>{words.jiban}</h1>
            {halls}
            <section>
                <h2>{words.staff}</h2>
                <ul class="doors">
                    <Door
                        href="/counter".to_owned()
                        name=words.counter_page
                        does=words.counter_does.to_owned()
                    />
                    <Door
                        href="/office".to_owned()
                        name=words.office_page
                        does=words.office_does.to_owned()
                    />
                    <Door
                        href="/admin".to_owned()
                        name=words.admin_page
                        does=words.admin_does.to_owned()
                    />
                </ul>
            </section>
        </main>
    }
    .into_any()
}

#[component]
fn Door(href: String, name: &'static str, does: String) -> impl IntoView {
    view! {
        <li>
            <a href=href>
                <strong>{name}</strong>
                " "
                <span>{does}</span>
            </a>
        </li>
    }
}
