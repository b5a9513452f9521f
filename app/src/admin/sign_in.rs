//! The sign-in of the director's pages.

use leptos::prelude::*;

use super::session::AdminSession;
use super::words::AdminWords;
use crate::api::Refused;
use crate::api::session::AdminWorkplace;
use crate::parts::sign_in::SignInPage;

/// The sign-in page, with the reason why one is on it again.
#[component]
pub fn AdminSignIn(session: AdminSession, reason: Option<Refused>) -> impl IntoView {
    view! {
        <SignInPage
            session
            reason
            title=|lang| AdminWords::of(lang).title
            lead=|lang| AdminWords::of(lang).sign_in_lead
            submit=|lang| AdminWords::of(lang).sign_in
            name_key="jiban.admin.name"
            workplace=Callback::new(|()| Ok(AdminWorkplace {}))
        />
    }
}
