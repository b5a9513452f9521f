//! The helper's page: beside an applicant, with a tablet, or from afar. The applicant shows six
//! figures; who enters them sees the draft as it is filled in, and fills in with them.
//!
//! - [`join`]: entering the figures; [`begin`]: a draft for somebody who is here, and [`invite`]:
//!   the figures for their screen
//! - [`helped`]: which draft that is; [`beside`]: the draft, with both at it

mod begin;
mod beside;
mod helped;
mod invite;
mod join;
mod words;

use jiban_domain::Lang;
use leptos::prelude::*;
use leptos::task::spawn_local;

pub use begin::BeginBesidePage;
pub use beside::Beside;
pub use helped::{Helped, end_help};
use join::Join;
use words::Words;

use crate::api::session::{HelpWorkplace, SignedIn};
use crate::api::{Refused, get};
use crate::parts::activity::{IdleWarning, tell_activity};
use crate::parts::language::LanguageSwitch;
use crate::parts::local_storage;
use crate::parts::own_password::OwnPassword;
use crate::parts::session::{Session, SessionState, StaffPage};
use crate::parts::sign_in::{Connecting, SignInPage};
use crate::words::lang;

type HelpSession = Session<HelpPages>;

/// The helper's page, seen from its session.
#[derive(Debug, Clone, Copy)]
struct HelpPages;

impl StaffPage for HelpPages {
    type Workplace = HelpWorkplace;
    type Start = SignedIn;

    async fn load(self, lang: Lang) -> Result<SignedIn, Refused> {
        get("/api/help/me", lang).await
    }

    fn is_other_session(open: &SignedIn, loaded: &SignedIn) -> bool {
        open.clerk != loaded.clerk
    }
}

#[component]
pub fn HelpPage() -> impl IntoView {
    let lang = local_storage::remembered_language("jiban.help.lang");
    let session = HelpSession::open(HelpPages, lang);
    move || match session.state() {
        SessionState::Checking => view! { <Connecting /> }.into_any(),
        SessionState::SignedOut(reason) => view! { <HelpSignIn session reason /> }.into_any(),
        SessionState::SignedIn(me) => view! { <Console session me /> }.into_any(),
    }
}

#[component]
fn HelpSignIn(session: HelpSession, reason: Option<Refused>) -> impl IntoView {
    view! {
        <SignInPage
            session
            reason
            title=|lang| Words::of(lang).title
            lead=|lang| Words::of(lang).sign_in_lead
            submit=|lang| Words::of(lang).sign_in
            name_key="jiban.help.name"
            workplace=Callback::new(|()| Ok(HelpWorkplace {}))
        />
    }
}

#[component]
fn Console(session: HelpSession, me: SignedIn) -> impl IntoView {
    let lang = lang();
    let words = move || Words::of(lang.get());
    let helped = RwSignal::new(None::<Helped>);
    let refuses = Callback::new(move |refused| session.leave_if_signed_out(&refused));
    let activity = tell_activity(session);
    let sign_out = move |_| {
        spawn_local(async move {
            if let Err(refused) = session.sign_out().await {
                session.leave_if_signed_out(&refused);
            }
        });
    };
    let name = me.name.clone();
    // New figures for the applicant do not draw the draft anew.
    let is_open = Memo::new(move |_| helped.with(Option::is_some));
    let body = move || {
        if is_open.get() {
            return view! { <Beside helped /> }.into_any();
        }
        view! {
            <Join helped session />
            <BeginBesidePage helped refuses />
        }
        .into_any()
    };
    view! {
        <div class="helping">
            <header class="head">
                <h1>{move || words().title}</h1>
                <p class="clerk">{move || name.get(lang.get()).to_owned()}</p>
                <LanguageSwitch />
                <OwnPassword session />
                <button class="button" type="button" on:click=sign_out>
                    {move || words().sign_out}
                </button>
            </header>
            <main>{body}</main>
            <IdleWarning activity />
        </div>
    }
}
