//! The matters of a line.

use jiban_domain::LineId;
use leptos::prelude::*;

use super::hall_snapshot::hall_snapshot;
use super::offer::OfferFilter;
use super::offer_list::OfferList;
use super::pager::rows;
use super::scene::Purpose;
use super::words::{people_waiting, words};
use crate::parts::wait::Sentence;
use crate::words::lang;

/// The matters of a line; with the wait, if the visitor wants a number.
#[component]
pub fn LineMattersPage(line: LineId, purpose: Purpose) -> impl IntoView {
    let snapshot = hall_snapshot();
    let lang = lang();
    let offers = Memo::new({
        let line = line.clone();
        move |_| OfferFilter::Line(&line, purpose).offers(snapshot)
    });
    let line = Memo::new(move |_| snapshot.line(&line));
    let name =
        move || line.with(|line| line.as_ref().map(|line| line.name.get(lang.get()).to_owned()));
    let letter = move || line.with(|line| line.as_ref().map(|line| line.letter));
    let status = move || {
        let line = line.get()?;
        (purpose == Purpose::Take && !snapshot.cut_off.get()).then(|| {
            let lang = lang.get();
            let wait = line.wait().sentence(lang);
            let text = format!("{} · {}", people_waiting(lang, line.waiting), wait.text);
            Sentence { text, ..wait }
        })
    };
    view! {
        <section class="page matters">
            <div class="title lined">
                <p class="letter number" aria-hidden="true">
                    {letter}
                </p>
                <div>
                    <h1>{name}</h1>
                    <p class="soft">
                        {move || {
                            let choose = || Sentence { text: words().choose_matter.to_owned(), ..Sentence::default() };
                            status().unwrap_or_else(choose).view()
                        }}
                    </p>
                </div>
            </div>
            <OfferList offers purpose rows=rows() />
        </section>
    }
}
