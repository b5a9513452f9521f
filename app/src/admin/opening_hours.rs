//! When tickets can be taken: always or in weekly periods, and the days on which
//! the hall is closed.

use jiban_domain::Lang;
use leptos::prelude::*;

use super::fields::hours;
use super::navigation::Navigation;
use super::working_copy::WorkingCopy;

pub fn opening_hours_page(copy: WorkingCopy, navigation: Navigation, lang: Lang) -> AnyView {
    let at = format!("/hall/{}/hours", navigation.hall.get());
    view! { <div class="one-form">{hours::hours(copy, &at, lang)}</div> }.into_any()
}
