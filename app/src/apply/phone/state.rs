//! A draft that was sent, or is over; and whether it is really given up.

use jiban_domain::draft::{About, DraftState};
use leptos::prelude::*;

use super::frame::{DraftFrame, Notice, remarks};
use super::papers::{booked, form_door};
use super::signing::said;
use super::view::DraftView;
use super::words::{ApplyPageWords, of_state};
use crate::parts::qr;
use crate::progress::when;
use crate::words::fill;

/// What its page leads to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ways {
    /// The whole address of the draft, for its code.
    pub own: String,
    /// Where a visit is booked, if it can be.
    pub book: Option<String>,
    /// The page of the case it became.
    pub case: Option<String>,
    /// Where it is begun again.
    pub again: String,
    pub request_id: String,
}

/// `/d/{token}` once it was sent.
#[component]
pub(super) fn StatePage(view: DraftView, ways: Ways, notice: Option<Notice>) -> impl IntoView {
    let lang = view.lang;
    let words = ApplyPageWords::of(lang);
    let state = view.draft.state;
    let (title, next) = of_state(state, lang);
    let name: &'static str = state.into();
    let is_cleared = state == DraftState::Cleared;
    let originals = (is_cleared && view.draft.bring_originals)
        .then(|| view! { <p class="next">{words.originals}</p> });
    let link = |address: String, name: &'static str| {
        view! {
            <p>
                <a class="action" href=address>
                    {name}
                </a>
            </p>
        }
    };
    let book = ways
        .book
        .filter(|_| is_cleared && view.draft.booking.is_none())
        .map(|address| link(address, words.book));
    let case = ways.case.map(|address| link(address, words.case_page));
    let ended = matches!(state, DraftState::Withdrawn | DraftState::Expired);
    let again = ended.then(|| link(ways.again, words.begin_again));
    let is_open = !state.is_over();
    let code = is_open.then(|| {
        let name = words.code_alt;
        view! {
            <p>{words.show_code}</p>
            <div class="booking-code">
                {qr::drawing(&qr::address(&ways.own), "qr", move || name)}
            </div>
        }
    });
    let takes_back = matches!(state, DraftState::Sent | DraftState::Cleared);
    let take_back = takes_back.then(|| {
        view! {
            <form method="post" action=view.at("/take_back")>
                <input type="hidden" name="request_id" value=ways.request_id />
                <p class="soft">{words.take_back_means}</p>
                <p class="choices">
                    <button class="action quiet">{words.take_back}</button>
                </p>
            </form>
        }
    });
    let until = fill(words.kept_until, &[("day", &when::long(&view.draft.keep_until, lang))]);
    let rest = is_open.then(|| {
        let unproven = (!view.draft.proven).then(|| view! { <li>{words.unproven}</li> });
        view! {
            <ul class="points soft">
                <li>{until}</li>
                {unproven}
                {said(&view)}
            </ul>
            <ul class="doors">
                {form_door(&view)}
                <li>
                    <a href=view.at("/share")>{words.share}</a>
                </li>
                <li>
                    <a href=view.at("/withdraw")>{words.withdraw}</a>
                </li>
            </ul>
        }
    });
    view! {
        <DraftFrame view=view.clone() title=title.to_owned() notice>
            <div data-part="state" data-state=name>
                <p class="next">{next}</p>
                {originals}
                {remarks(&view, &About::Draft)}
            </div>
            {case}
            {booked(&view)}
            {book}
            {again}
            {code}
            {take_back}
            {rest}
        </DraftFrame>
    }
    .into_any()
}

/// `/d/{token}/withdraw`.
#[component]
pub(super) fn WithdrawPage(view: DraftView, request_id: String) -> impl IntoView {
    let words = ApplyPageWords::of(view.lang);
    view! {
        <DraftFrame view=view.clone() title=words.ask_withdraw.to_owned()>
            <p class="next">{words.withdraw_means}</p>
            <form method="post" action=view.at("/withdraw")>
                <input type="hidden" name="request_id" value=request_id />
                <p class="choices">
                    <a class="action" href=view.at("")>
                        {words.keep_it}
                    </a>
                    <button class="action quiet">{words.really_withdraw}</button>
                </p>
            </form>
        </DraftFrame>
    }
    .into_any()
}
