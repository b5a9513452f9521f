//! The office's sign-in.

use leptos::prelude::*;

use super::session::OfficeSession;
use super::words::Words;
use crate::api::Refused;
use crate::api::session::OfficeWorkplace;
use crate::parts::sign_in::SignInPage;

/// The sign-in page, with the reason why one is on it again.
#[component]
pub(super) fn OfficeSignIn(session: OfficeSession, reason: Option<Refused>) -> impl IntoView {
    view! {
        <SignInPage
            session
            reason
            title=|lang| Words::of(lang).sign_in_title
            lead=|lang| Words::of(lang).sign_in_lead
            submit=|lang| Words::of(lang).sign_in
            name_key="jiban.office.name"
            workplace=Callback::new(|()| Ok(OfficeWorkplace {}))
        />
    }
}
