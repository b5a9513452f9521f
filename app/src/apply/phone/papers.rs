//! What a draft leads to beside its steps: the visit that the hall booked, and the form on paper.

use leptos::prelude::*;

use super::view::DraftView;
use crate::words::fill;

crate::words! {
    pub PaperWords {
        booked: "大厅已为您预约：{when}，预约码 {code}" | "The hall has booked a visit for you: {when}, code {code}",
        booking: "查看或更改预约" | "See or change the booking",
        form: "申请表（PDF，可打印）" | "The form as PDF, to print",
    }
}

/// The visit that the hall booked.
pub(super) fn booked(view: &DraftView) -> AnyView {
    let Some(visit) = &view.draft.booking else { return ().into_any() };
    let words = PaperWords::of(view.lang);
    let said =
        [("when", &visit.when.get(view.lang) as &dyn std::fmt::Display), ("code", &visit.code)];
    view! {
        <div data-part="booked">
            <p class="next">{fill(words.booked, &said)}</p>
            <p>
                <a class="action" href=visit.url.clone()>
                    {words.booking}
                </a>
            </p>
        </div>
    }
    .into_any()
}

/// A door to the form on paper.
pub(super) fn form_door(view: &DraftView) -> AnyView {
    let words = PaperWords::of(view.lang);
    let address = format!("/api/apply/form.pdf?token={}", view.draft.token);
    view! {
        <li>
            <a href=address target="_blank">
                {words.form}
            </a>
        </li>
    }
    .into_any()
}
