//! Whether somebody is signed in to a page of the staff.
//!
//! The session is in a cookie that scripts cannot read, so the page asks the
//! server: it loads what only somebody signed in may load.

use std::time::Duration;

use jiban_domain::{Lang, Refusal};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::drafts;
use crate::api::session::{SignOut, Workplace};
use crate::api::{Refused, ask};

const RETRY_AFTER: Duration = Duration::from_secs(2);

/// A page of the staff, seen from its session.
pub trait StaffPage: Copy + Send + Sync + 'static {
    /// Whose calls sign in and out.
    type Workplace: Workplace;
    /// What the page is opened with.
    type Start: Clone + Send + Sync + 'static;

    /// Loads what the page is opened with.
    ///
    /// # Errors
    /// The server's refusal: nobody is signed in, or the page is not for them.
    fn load(self, lang: Lang) -> impl Future<Output = Result<Self::Start, Refused>>;

    /// Called before the page is opened.
    fn prepare(self, _start: &Self::Start) {}

    /// Whether `loaded` belongs to another sign-in than the page that is open:
    /// another tab may have signed in with the same cookie.
    fn is_other_session(_open: &Self::Start, _loaded: &Self::Start) -> bool {
        false
    }
}

/// What the page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SessionState<S> {
    /// The server has not answered yet.
    Checking,
    /// Nobody is signed in; with the refusal that ended the session or did not
    /// let them in.
    SignedOut(Option<Refused>),
    /// Somebody is signed in.
    SignedIn(S),
}

/// The session of a page.
pub struct Session<P: StaffPage> {
    page: P,
    state: RwSignal<SessionState<P::Start>>,
    lang: RwSignal<Lang>,
}

// Derived, it would ask that `P::Start` can be copied; the signal holds that.
#[allow(clippy::expl_impl_clone_on_copy)]
impl<P: StaffPage> Clone for Session<P> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<P: StaffPage> Copy for Session<P> {}

impl<P: StaffPage> std::fmt::Debug for Session<P> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").finish_non_exhaustive()
    }
}

impl<P: StaffPage> Session<P> {
    /// A session that asks the server at once.
    pub fn open(page: P, lang: RwSignal<Lang>) -> Self {
        let session = Self { page, state: RwSignal::new(SessionState::Checking), lang };
        session.enter();
        session
    }

    pub fn state(self) -> SessionState<P::Start> {
        self.state.get()
    }

    /// Opens the page for whoever is signed in; asks until there is an answer.
    pub fn enter(self) {
        spawn_local(async move {
            match self.page.load(self.lang.get_untracked()).await {
                Ok(start) => self.show(start),
                Err(refused) if refused.code == Refused::NO_ANSWER => {
                    set_timeout(move || self.enter(), RETRY_AFTER);
                }
                Err(refused) => {
                    let reason = Some(refused).filter(|refused| !is_signed_out(refused));
                    self.state.set(SessionState::SignedOut(reason));
                }
            }
        });
    }

    /// Asks whether the session is still good, and still the one that is shown.
    pub fn check(self) {
        spawn_local(async move {
            match self.page.load(self.lang.get_untracked()).await {
                Ok(start) if self.is_other_session(&start) => self.show(start),
                Ok(_) => {}
                Err(refused) => self.leave_if_signed_out(&refused),
            }
        });
    }

    /// Whether somebody is signed in; false when even the page is gone.
    pub fn is_open(self) -> bool {
        let open = |state: &SessionState<P::Start>| matches!(state, SessionState::SignedIn(_));
        self.state.try_with_untracked(open).unwrap_or_default()
    }

    /// Leaves the page when a refusal says that nobody is signed in.
    pub fn leave_if_signed_out(self, refused: &Refused) {
        if self.is_open() && is_signed_out(refused) {
            self.state.set(SessionState::SignedOut(Some(refused.clone())));
        }
    }

    /// Signs out, and leaves the page.
    ///
    /// # Errors
    /// The server's refusal, or [`Refused::no_answer`].
    pub async fn sign_out(self) -> Result<(), Refused> {
        ask(&SignOut::<P::Workplace>::default(), self.lang.get_untracked()).await?;
        self.left();
        Ok(())
    }

    /// Leaves the page of somebody who has signed out.
    pub fn left(self) {
        drafts::wipe();
        let _ = self.state.try_set(SessionState::SignedOut(None));
    }

    fn show(self, start: P::Start) {
        self.page.prepare(&start);
        self.state.set(SessionState::SignedIn(start));
    }

    fn is_other_session(self, loaded: &P::Start) -> bool {
        self.state.with_untracked(|state| match state {
            SessionState::SignedIn(open) => P::is_other_session(open, loaded),
            SessionState::Checking | SessionState::SignedOut(_) => false,
        })
    }
}

/// Whether a refusal says that nobody is signed in.
pub fn is_signed_out(refused: &Refused) -> bool {
    let codes = [Refusal::SignInFirst.code(), Refusal::SignedOutIdle { minutes: 0 }.code()];
    codes.contains(&refused.code.as_str())
}
