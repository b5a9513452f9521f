//! `/`: links to the pages of every audience.

use jiban_domain::{HallId, KioskId, Lang, Text};
use leptos::prelude::*;

use super::page::Languages;
use super::words::ProgressWords;

/// The pages of a hall's machines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HallPages {
    pub id: HallId,
    pub name: Text,
    /// The kiosks, and where they stand.
    pub kiosks: Vec<(KioskId, Text)>,
    /// Whether it takes bookings.
    pub books: bool,
    /// Whether something can be applied for online.
    pub applies: bool,
}

/// The body of the front page.
#[component]
pub fn FrontPage(
    lang: Lang,
    /// In the order of the hall file.
    halls: Vec<HallPages>,
) -> impl IntoView {
    let words = ProgressWords::of(lang);
    let halls = halls.into_iter().map(|hall| view! { <HallLinks lang hall /> }).collect_view();
    view! {
        <main class="doors-page">
            <header>
                <p class="hall">{words.front_page_lead}</p>
                <Languages lang />
            </header>
            <h1>{words.jiban}</h1>
            <section>
                <h2>{words.visitors}</h2>
                <ul class="doors">
                    <PageLink href="/guides" name=words.guides_page about=words.guides_about />
                    <PageLink href="/verify" name=words.verify_page about=words.verify_about />
                </ul>
            </section>
            {halls}
            <section>
                <h2>{words.staff}</h2>
                <ul class="doors">
                    <PageLink href="/counter" name=words.counter_page about=words.counter_about />
                    <PageLink href="/office" name=words.office_page about=words.office_about />
                    <PageLink href="/admin" name=words.admin_page about=words.admin_about />
                </ul>
            </section>
        </main>
    }
    .into_any()
}

#[component]
fn HallLinks(lang: Lang, hall: HallPages) -> impl IntoView {
    let words = ProgressWords::of(lang);
    let kiosks = hall
        .kiosks
        .into_iter()
        .map(|(id, name)| {
            let about = format!("{} · {}", id, name.get(lang));
            view! { <PageLink href=format!("/kiosk/{id}") name=words.kiosk about /> }
        })
        .collect_view();
    let display = format!("/display/{}", hall.id);
    let book = hall.books.then(|| {
        let href = format!("/book/{}", hall.id);
        view! { <PageLink href name=words.booking_page about=words.booking_about /> }
    });
    let apply = hall.applies.then(|| {
        let href = format!("/apply/{}", hall.id);
        view! { <PageLink href name=words.apply_page about=words.apply_about /> }
    });
    view! {
        <section>
            <h2>{hall.name.get(lang).to_owned()}</h2>
            <ul class="doors">
                {apply} {book} {kiosks} <PageLink href=display name=words.display about=words.display_about />
            </ul>
        </section>
    }
}

#[component]
fn PageLink(
    #[prop(into)] href: String,
    name: &'static str,
    /// What the page is for, or where its machine stands.
    #[prop(into)]
    about: String,
) -> impl IntoView {
    view! {
        <li>
            <a href=href>
                <strong>{name}</strong>
                " "
                <span>{about}</span>
            </a>
        </li>
    }
}
