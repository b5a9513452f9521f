//! Signing in and out, and passwords.

use std::time::Duration;

use jiban_app::api::admin::SetPassword;
use jiban_app::api::session::SignedIn;
pub use jiban_domain::access::Place as SignInPlace;
use jiban_domain::access::{Action, Subject};
use jiban_domain::event::HallEvent;
use jiban_domain::setup::{Clerk, Setup};
use jiban_domain::ticket::{Leaving, Moment, leaving};
use jiban_domain::{ClerkId, HallId, Millis, Refusal};
use serde_json::json;

use super::access::Author;
use super::guesses::{Door, Failure, SignInFrom};
use super::passwords::MAX_LENGTH;
use super::prefetch::Prefetch;
use super::unit_of_work::{About, UnitOfWork};
use super::{HallService, answer, device, secret, sessions, setup};
use crate::change::{Change, Session, SessionKey};
use crate::limits::ClientAddress;

/// The longest lifetime of a session: a working day and some overtime.
const SESSION_LENGTH: Millis = 12 * 60 * 60 * 1000;

/// A new session.
#[derive(Debug)]
pub struct NewSession {
    /// The value of the cookie.
    pub secret: String,
    /// The value of the cookie by which the browser is known from now on, if it was not yet.
    pub device: Option<String>,
    pub signed_in: SignedIn,
}

impl HallService {
    /// Signs someone in. `device` is the cookie of a browser that was let in before.
    ///
    /// # Errors
    /// The name or password is wrong, or was wrong too often from there; the counter is
    /// unknown or in a hall where the clerk does not work; the role may not sign in there.
    pub async fn sign_in(
        &self,
        name: &ClerkId,
        password: String,
        place: SignInPlace,
        client: ClientAddress,
        device: Option<&str>,
    ) -> Result<NewSession, Refusal> {
        let known = device.and_then(|cookie| device::read(&self.vault, cookie));
        let from = known.map_or(SignInFrom::Address(client), SignInFrom::Device);
        let (clerk, phc) = self.check_password(name, password, from, client).await?;
        let device = known.is_none().then(|| self.new_device(&clerk.id)).flatten();

        let secret = secret::session();
        let key = secret::key(&secret);
        let signed_in = SignedIn {
            clerk: clerk.id.clone(),
            name: clerk.name.clone(),
            role: clerk.role,
            counter: match &place {
                SignInPlace::Counter(counter) => Some(counter.clone()),
                SignInPlace::Office | SignInPlace::Admin | SignInPlace::Help => None,
            },
        };
        self.activity.begin_session(key, self.clock.steady());
        self.execute_with(None, vec![Prefetch::Password(clerk.id.clone())], move |work| {
            begin_session(work, &clerk, (&place, &phc), key)
        })
        .await?;
        Ok(NewSession { secret, device, signed_in })
    }

    /// The clerk of a name and password, and its hash. Whether there is such a name or not, the try is
    /// counted, takes as long, and is answered in the same words.
    pub(super) async fn check_password(
        &self,
        name: &ClerkId,
        password: String,
        from: SignInFrom,
        client: ClientAddress,
    ) -> Result<(Clerk, String), Refusal> {
        let clerk = self.live_state().setup().setup.clerk(name).cloned();
        let failure = Failure {
            // What is no name may be a password, typed in the wrong field.
            name: clerk.as_ref().map(|clerk| clerk.id.to_string()),
            ..Failure::at(Door::SignIn, client)
        };
        let attempt = match self.guesses.sign_in(name.as_str(), from, self.clock.steady()) {
            Ok(attempt) => attempt,
            Err(refusal) => return Err(self.record_refused(failure, refusal)),
        };
        let delay = attempt.delay();
        if delay > 0 {
            tokio::time::sleep(Duration::from_millis(delay)).await;
        }
        let phc = self.reader.password(name).await.map_err(|error| {
            tracing::error!(%error, "a password could not be read");
            Refusal::Unavailable
        })?;
        // No password is that long.
        let password = if password.chars().count() > MAX_LENGTH { String::new() } else { password };
        let (guesses, clock, typed) = (self.guesses.clone(), self.clock.clone(), name.clone());
        let admitted = move || guesses.admit(typed.as_str(), from, clock.steady());
        let hash = phc.clone().unwrap_or_default();
        let matches = match self.hashing.matches(password, phc, from, admitted).await {
            Ok(matches) => matches,
            Err(refusal) => {
                // It was not tried.
                attempt.undo();
                return Err(self.record_refused(failure, refusal));
            }
        };
        if let Some(clerk) = clerk.filter(|_| matches) {
            attempt.right();
            Ok((clerk, hash))
        } else {
            self.record_failure(failure);
            Err(Refusal::WrongPassword)
        }
    }

    /// The cookie of a browser in which a clerk signed in. A clerk gets only some of them, since
    /// each has tries of its own.
    fn new_device(&self, clerk: &ClerkId) -> Option<String> {
        let may = self.guesses.new_device(clerk, self.clock.steady());
        may.then(|| device::make(&self.vault, clerk))
    }

    /// Ends a session. It is no error if it has already ended.
    ///
    /// # Errors
    /// The database cannot be written.
    pub async fn sign_out(&self, secret: &str) -> Result<(), Refusal> {
        let key = secret::key(secret);
        self.execute(None, move |work| {
            sessions::end(work, &key);
            Ok(String::new())
        })
        .await?;
        Ok(())
    }

    /// Signs a clerk out of a counter. `leaving` says what becomes of its tickets, where
    /// nobody else is signed in there.
    ///
    /// # Errors
    /// [`Refusal::TicketsLeft`] where there are some and nothing is said of them.
    pub async fn leave_counter(
        &self,
        secret: &str,
        leaving: Option<Leaving>,
    ) -> Result<(), Refusal> {
        let key = secret::key(secret);
        self.execute(None, move |work| {
            leave_counter(work, &key, leaving)?;
            Ok(String::new())
        })
        .await?;
        Ok(())
    }

    /// Sets a clerk's password and ends their sessions.
    ///
    /// # Errors
    /// The clerk is unknown, or the password is too short, too long or easy to guess.
    pub async fn set_password(&self, command: SetPassword, by: Author) -> Result<(), Refusal> {
        let SetPassword { clerk, password } = command;
        if self.live_state().setup().setup.clerk(&clerk).is_none() {
            return Err(Refusal::BadRequest(format!("clerk: there is no clerk {clerk}")));
        }
        self.check_new_password(&password, &clerk)?;
        let phc = self.hashing.hash(password).await?;
        self.guesses.forget_name(clerk.as_str());
        self.execute(None, move |work| {
            let setup = work.setup();
            let theirs = setup.setup.clerk(&clerk);
            let gone = || Refusal::BadRequest(format!("clerk: there is no clerk {clerk}"));
            by.require(work, Action::SetPassword, &Subject::Clerk(theirs.ok_or_else(gone)?))?;
            store_password(work, &clerk, &phc, by.name());
            Ok(String::new())
        })
        .await?;
        Ok(())
    }

    /// Installs the demo: a first setup, and one password for all its clerks. It is one
    /// commit, since nobody could sign in to half a demo.
    ///
    /// # Errors
    /// As [`HallService::replace_setup`].
    pub async fn seed(&self, setup: Setup, password: &str, by: &str) -> Result<(), Refusal> {
        let phc = self.hashing.hash(password.to_owned()).await?;
        let by = by.to_owned();
        self.execute(None, move |work| {
            setup::replace(work, &setup, Some(0), &by)?;
            for clerk in &setup.clerks {
                store_password(work, &clerk.id, &phc, &by);
            }
            answer(&())
        })
        .await?;
        Ok(())
    }
}

fn begin_session(
    work: &mut UnitOfWork<'_>,
    clerk: &Clerk,
    (place, phc): (&SignInPlace, &str),
    key: SessionKey,
) -> Result<String, Refusal> {
    let setup = work.setup();
    // As they are now: the check of the password took a while.
    let theirs = setup.setup.clerk(&clerk.id).ok_or(Refusal::WrongPassword)?;
    if work.prefetched().password.as_deref() != Some(phc) {
        return Err(Refusal::WrongPassword);
    }
    let hall = place.admits(theirs, &setup.setup)?.cloned().unwrap_or_default();
    let counter = place.counter().cloned();
    let now = work.now();
    work.put(Change::SessionBegun(Session {
        key,
        clerk: clerk.id.clone(),
        counter: counter.clone(),
        begun_at: now,
        ends_at: now + SESSION_LENGTH,
    }));
    let detail = json!({ "counter": counter });
    work.append_event(HallEvent::ClerkSignedIn, hall, About::Hall, clerk.id.as_str(), &detail);
    answer(&())
}

fn leave_counter(
    work: &mut UnitOfWork<'_>,
    key: &SessionKey,
    leaving: Option<Leaving>,
) -> Result<(), Refusal> {
    let (setup, now) = (work.setup(), work.now());
    let session = work.live_state().session(key, now).cloned();
    let place = session.as_ref().and_then(|one| setup.setup.counter(one.counter.as_ref()?));
    if let Some(((hall, counter), session)) = place.zip(session) {
        let here = |one: &&Session| one.counter.as_ref() == Some(&counter.id) && one.ends_at > now;
        let sessions = work.live_state().sessions().filter(here);
        if sessions.into_iter().all(|one| one.key == *key) {
            let at = Moment { now, seq: work.event_id(), hall, counter };
            for moved in leaving::sign_out(work.live_state(), &at, leaving)? {
                work.move_ticket(moved, session.clerk.as_str());
            }
        }
    }
    sessions::end(work, key);
    Ok(())
}

fn store_password(work: &mut UnitOfWork<'_>, clerk: &ClerkId, phc: &str, by: &str) {
    replace_password(work, clerk, phc, by, None);
}

/// Stores a password, and ends the sessions of its clerk but the one in which it was changed.
pub(super) fn replace_password(
    work: &mut UnitOfWork<'_>,
    clerk: &ClerkId,
    phc: &str,
    by: &str,
    kept: Option<SessionKey>,
) {
    work.put(Change::Password { clerk: clerk.clone(), phc: phc.to_owned() });
    let detail = json!({ "clerk": clerk });
    work.append_event(HallEvent::PasswordSet, HallId::default(), About::Hall, by, &detail);
    sessions::end_all(work, |session| session.clerk == *clerk && Some(session.key) != kept);
}
