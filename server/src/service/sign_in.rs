//! Signing in and out, and who a session belongs to.

use std::time::Duration;

use jiban_app::api::admin::SetPassword;
use jiban_app::api::session::SignedIn;
use jiban_domain::event::HallEvent;
use jiban_domain::setup::{Clerk, Role, Setup};
use jiban_domain::{ClerkId, CounterId, HallId, Millis, Refusal};
use serde_json::json;

use super::guesses::{Door, Failure, SignInFrom};
use super::passwords::MAX_LENGTH;
use super::unit_of_work::{About, UnitOfWork};
use super::{AtCounter, HallService, Reviewer, answer, device, secret, setup};
use crate::change::{Change, Session, SessionKey};
use crate::limits::ClientAddress;

/// The longest lifetime of a session: a working day and some overtime.
const SESSION_LENGTH: Millis = 12 * 60 * 60 * 1000;

/// Where somebody signs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignInPlace {
    Counter(CounterId),
    Office,
    Admin,
}

impl SignInPlace {
    fn admits(&self, role: Role) -> bool {
        match self {
            Self::Counter(_) => role.serves(),
            Self::Office => role != Role::Clerk,
            Self::Admin => role.supervises(),
        }
    }
}

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
        let clerk = self.check_password(name, password, from, client).await?;
        let device = known.is_none().then(|| self.new_device(&clerk.id)).flatten();

        let secret = secret::session();
        let key = secret::key(&secret);
        let signed_in = SignedIn {
            clerk: clerk.id.clone(),
            name: clerk.name.clone(),
            role: clerk.role,
            counter: match &place {
                SignInPlace::Counter(counter) => Some(counter.clone()),
                SignInPlace::Office | SignInPlace::Admin => None,
            },
        };
        self.execute(None, move |work| begin_session(work, &clerk, &place, key)).await?;
        Ok(NewSession { secret, device, signed_in })
    }

    /// The clerk of a name and password. Whether there is such a name or not, the try is
    /// counted, takes as long, and is answered in the same words.
    pub(super) async fn check_password(
        &self,
        name: &ClerkId,
        password: String,
        from: SignInFrom,
        client: ClientAddress,
    ) -> Result<Clerk, Refusal> {
        let clerk = self.live_state().setup().setup.clerk(name).cloned();
        let failure = Failure {
            // What is no name may be a password, typed in the wrong field.
            name: clerk.as_ref().map(|clerk| clerk.id.to_string()),
            ..Failure::at(Door::SignIn, client)
        };
        let attempt = match self.guesses.sign_in(name.as_str(), from, self.clock.now()) {
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
        let admitted = move || guesses.admit(typed.as_str(), from, clock.now());
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
            Ok(clerk)
        } else {
            self.record_failure(failure);
            Err(Refusal::WrongPassword)
        }
    }

    /// The cookie of a browser in which a clerk signed in. A clerk gets only some of them, since
    /// each has tries of its own.
    fn new_device(&self, clerk: &ClerkId) -> Option<String> {
        let may = self.guesses.new_device(clerk, self.clock.now());
        may.then(|| device::make(&self.vault, clerk))
    }

    /// The session of a secret, with its clerk as the hall file describes them now.
    ///
    /// # Errors
    /// [`Refusal::SignInFirst`] if the session has ended, or its clerk or counter no
    /// longer exists.
    pub fn session(&self, secret: &str) -> Result<(Session, Clerk), Refusal> {
        let (key, now) = (secret::key(secret), self.clock.now());
        let live_state = self.live_state();
        let session = live_state.session(&key, now).ok_or_else(|| self.activity.why_ended(&key))?;
        self.activity.check(session, now)?;
        let setup = &live_state.setup().setup;
        let clerk = setup.clerk(&session.clerk).ok_or(Refusal::SignInFirst)?;
        if let Some(counter) = &session.counter {
            let (hall, _) = setup.counter(counter).ok_or(Refusal::SignInFirst)?;
            if !clerk.works_in(&hall.id) {
                return Err(Refusal::SignInFirst);
            }
        }
        Ok((session.clone(), clerk.clone()))
    }

    /// The clerk and counter of a session.
    ///
    /// # Errors
    /// As [`HallService::session`]; [`Refusal::NotAllowed`] if it has no counter.
    pub fn at_counter(&self, secret: &str) -> Result<AtCounter, Refusal> {
        let (session, _) = self.session(secret)?;
        let counter = session.counter.ok_or(Refusal::NotAllowed)?;
        Ok(AtCounter { clerk: session.clerk, counter })
    }

    /// The director of a session.
    ///
    /// # Errors
    /// As [`HallService::session`]; [`Refusal::NotAllowed`] for anyone else.
    pub fn director(&self, secret: &str) -> Result<Clerk, Refusal> {
        let (_, clerk) = self.session(secret)?;
        if clerk.role == Role::Admin { Ok(clerk) } else { Err(Refusal::NotAllowed) }
    }

    /// The person of a session who may see every case.
    ///
    /// # Errors
    /// As [`HallService::session`]; [`Refusal::NotAllowed`] for anyone else.
    pub fn supervisor(&self, secret: &str) -> Result<Clerk, Refusal> {
        let (_, clerk) = self.session(secret)?;
        if clerk.role.supervises() { Ok(clerk) } else { Err(Refusal::NotAllowed) }
    }

    /// The person of a session who decides in the office.
    ///
    /// # Errors
    /// As [`HallService::session`]; [`Refusal::NotAllowed`] for a clerk.
    pub fn reviewer(&self, secret: &str) -> Result<Reviewer, Refusal> {
        let (_, clerk) = self.session(secret)?;
        if clerk.role == Role::Clerk { Err(Refusal::NotAllowed) } else { Ok(Reviewer(clerk)) }
    }

    /// Ends a session. It is no error if it has already ended.
    ///
    /// # Errors
    /// The database cannot be written.
    pub async fn sign_out(&self, secret: &str) -> Result<(), Refusal> {
        let key = secret::key(secret);
        self.execute(None, move |work| {
            end_session(work, &key);
            Ok(String::new())
        })
        .await?;
        Ok(())
    }

    /// Sets a clerk's password and ends their sessions.
    ///
    /// # Errors
    /// The clerk is unknown, or the password is too short, too long or easy to guess.
    pub async fn set_password(&self, command: SetPassword, by: String) -> Result<(), Refusal> {
        let SetPassword { clerk, password } = command;
        if self.live_state().setup().setup.clerk(&clerk).is_none() {
            return Err(Refusal::BadRequest(format!("clerk: there is no clerk {clerk}")));
        }
        self.check_new_password(&password, &clerk)?;
        let phc = self.hashing.hash(password).await?;
        self.guesses.forget_name(clerk.as_str());
        self.execute(None, move |work| {
            store_password(work, &clerk, &phc, &by);
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
    place: &SignInPlace,
    key: SessionKey,
) -> Result<String, Refusal> {
    let setup = work.setup();
    let mut hall_id = HallId::default();
    let mut counter = None;
    if let SignInPlace::Counter(id) = place {
        let (hall, _) = setup.setup.counter(id).ok_or(Refusal::UnknownCounter)?;
        if !clerk.works_in(&hall.id) {
            return Err(Refusal::NotAllowed);
        }
        hall_id = hall.id.clone();
        counter = Some(id);
    }
    if !place.admits(clerk.role) {
        return Err(Refusal::NotAllowed);
    }
    let now = work.now();
    work.put(Change::SessionBegun(Session {
        key,
        clerk: clerk.id.clone(),
        counter: counter.cloned(),
        begun_at: now,
        ends_at: now + SESSION_LENGTH,
    }));
    let detail = json!({ "counter": counter });
    work.append_event(HallEvent::ClerkSignedIn, hall_id, About::Hall, clerk.id.as_str(), &detail);
    answer(&())
}

pub(super) fn end_session(work: &mut UnitOfWork<'_>, key: &SessionKey) {
    let Some(session) = work.live_state().session(key, work.now()).cloned() else {
        return;
    };
    let setup = work.setup();
    let hall = session
        .counter
        .as_ref()
        .and_then(|counter| setup.setup.counter(counter))
        .map(|(hall, _)| hall.id.clone())
        .unwrap_or_default();
    work.put(Change::SessionEnded(*key));
    let detail = json!({ "counter": session.counter });
    let by = session.clerk.as_str();
    work.append_event(HallEvent::ClerkSignedOut, hall, About::Hall, by, &detail);
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
    let theirs: Vec<SessionKey> = work
        .live_state()
        .sessions()
        .filter(|session| session.clerk == *clerk && Some(session.key) != kept)
        .map(|session| session.key)
        .collect();
    for key in theirs {
        end_session(work, &key);
    }
}
