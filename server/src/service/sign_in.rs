//! Who works where.

use jiban_app::api::admin::SetPassword;
use jiban_app::api::session::SignedIn;
use jiban_domain::setup::{Clerk, Role, Setup};
use jiban_domain::{ClerkId, CounterId, HallId, Millis, Refusal};
use serde_json::json;

use super::unit_of_work::UnitOfWork;
use super::{AtCounter, HallService, Reviewer, answer, secret, setup};
use crate::change::{Change, EventKind, Session, SessionKey};

/// A session ends by itself after this long: a working day and a bit.
const SESSION: Millis = 14 * 60 * 60 * 1000;
const SHORTEST_PASSWORD: usize = 8;
const LONGEST_PASSWORD: usize = 256;

/// Where one signs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Door {
    /// At a counter.
    Counter(CounterId),
    /// In the office.
    Office,
    /// At the director's service.
    Admin,
}

impl Door {
    fn lets_in(&self, role: Role) -> bool {
        match self {
            Self::Counter(_) => role.serves(),
            Self::Office => role != Role::Clerk,
            Self::Admin => role.supervises(),
        }
    }
}

/// A session begun: what the cookie holds, and who it is.
#[derive(Debug)]
pub struct Begun {
    /// The secret for the cookie.
    pub secret: String,
    /// Who signed in.
    pub signed_in: SignedIn,
}

impl HallService {
    /// Signs someone in.
    ///
    /// # Errors
    /// Wrong name or password, too many of those, an unknown counter, one in a
    /// hall that is not the clerk's, or a door that is not for them.
    pub async fn sign_in(
        &self,
        name: &ClerkId,
        password: String,
        door: Door,
    ) -> Result<Begun, Refusal> {
        if name.as_str().len() > LONGEST_PASSWORD || password.chars().count() > LONGEST_PASSWORD {
            return Err(Refusal::WrongPassword);
        }
        // One after another for the machine's sake; the tries of one name are
        // counted in the same order.
        let hashing = self.hashing.acquire().await.map_err(|_| Refusal::Unavailable)?;
        self.lock_out.try_now(name.as_str(), self.clock.now())?;
        let phc = self.reader.password(name).await.map_err(|error| {
            tracing::error!(%error, "a password could not be looked up");
            Refusal::Unavailable
        })?;
        let right = tokio::task::spawn_blocking(move || {
            secret::verify(&password, phc.as_deref().unwrap_or(secret::NOBODYS))
        });
        let right = right.await.map_err(|_| Refusal::Unavailable)?;
        let clerk = self.live_state().setup().setup.clerk(name).cloned();
        let clerk = clerk.filter(|_| right).ok_or(Refusal::WrongPassword)?;
        self.lock_out.forgive(name.as_str());
        drop(hashing);

        let secret = secret::session();
        let key = secret::key(&secret);
        let signed_in = SignedIn {
            clerk: clerk.id.clone(),
            name: clerk.name.clone(),
            role: clerk.role,
            counter: match &door {
                Door::Counter(counter) => Some(counter.clone()),
                Door::Office | Door::Admin => None,
            },
        };
        self.execute(None, move |work| begin(work, &clerk, &door, key)).await?;
        Ok(Begun { secret, signed_in })
    }

    /// Who a cookie's secret belongs to, as the hall file has them now.
    ///
    /// # Errors
    /// [`Refusal::SignInFirst`] where the session is over, or the clerk or the
    /// counter is no longer there.
    pub fn who(&self, secret: &str) -> Result<(Session, Clerk), Refusal> {
        let live_state = self.live_state();
        let session = live_state
            .session(&secret::key(secret), self.clock.now())
            .ok_or(Refusal::SignInFirst)?;
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

    /// Who works at a counter by a cookie's secret.
    ///
    /// # Errors
    /// As [`HallService::who`]; [`Refusal::NotAllowed`] for a session without a counter.
    pub fn at_counter(&self, secret: &str) -> Result<AtCounter, Refusal> {
        let (session, _) = self.who(secret)?;
        let counter = session.counter.ok_or(Refusal::NotAllowed)?;
        Ok(AtCounter { clerk: session.clerk, counter })
    }

    /// The director a cookie's secret belongs to.
    ///
    /// # Errors
    /// As [`HallService::who`]; [`Refusal::NotAllowed`] for anyone else.
    pub fn director(&self, secret: &str) -> Result<Clerk, Refusal> {
        let (_, clerk) = self.who(secret)?;
        if clerk.role == Role::Admin { Ok(clerk) } else { Err(Refusal::NotAllowed) }
    }

    /// Who may see every case, by a cookie's secret.
    ///
    /// # Errors
    /// As [`HallService::who`]; [`Refusal::NotAllowed`] for anyone else.
    pub fn supervisor(&self, secret: &str) -> Result<Clerk, Refusal> {
        let (_, clerk) = self.who(secret)?;
        if clerk.role.supervises() { Ok(clerk) } else { Err(Refusal::NotAllowed) }
    }

    /// Who decides in the office, by a cookie's secret.
    ///
    /// # Errors
    /// As [`HallService::who`]; [`Refusal::NotAllowed`] for a clerk.
    pub fn reviewer(&self, secret: &str) -> Result<Reviewer, Refusal> {
        let (_, clerk) = self.who(secret)?;
        if clerk.role == Role::Clerk { Err(Refusal::NotAllowed) } else { Ok(Reviewer(clerk)) }
    }

    /// Ends a session; one that is over already is no fault.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn sign_out(&self, secret: &str) -> Result<(), Refusal> {
        let key = secret::key(secret);
        self.execute(None, move |work| {
            end(work, &key);
            Ok(String::new())
        })
        .await?;
        Ok(())
    }

    /// Gives a clerk a new password and ends their sessions.
    ///
    /// # Errors
    /// An unknown clerk, or a password that is too short.
    pub async fn set_password(&self, command: SetPassword, by: String) -> Result<(), Refusal> {
        let length = command.password.chars().count();
        if !(SHORTEST_PASSWORD..=LONGEST_PASSWORD).contains(&length) {
            return Err(Refusal::BadRequest(format!(
                "password: {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters are wanted"
            )));
        }
        let SetPassword { clerk, password } = command;
        if self.live_state().setup().setup.clerk(&clerk).is_none() {
            return Err(Refusal::BadRequest(format!("clerk: there is nobody called {clerk}")));
        }
        let phc = self.hash(password).await?;
        self.lock_out.forgive(clerk.as_str());
        self.execute(None, move |work| {
            set_phc(work, &clerk, &phc, &by);
            Ok(String::new())
        })
        .await?;
        Ok(())
    }

    /// Puts a first description in place, and one password for all its clerks:
    /// the demo's. In one commit: half a demo could not be signed in to.
    ///
    /// # Errors
    /// As [`HallService::replace_setup`].
    pub async fn seed(&self, setup: Setup, password: &str, by: &str) -> Result<(), Refusal> {
        let phc = self.hash(password.to_owned()).await?;
        let by = by.to_owned();
        self.execute(None, move |work| {
            setup::replace(work, &setup, Some(0), &by)?;
            for clerk in &setup.clerks {
                set_phc(work, &clerk.id, &phc, &by);
            }
            answer(&())
        })
        .await?;
        Ok(())
    }

    async fn hash(&self, password: String) -> Result<String, Refusal> {
        let _hashing = self.hashing.acquire().await.map_err(|_| Refusal::Unavailable)?;
        tokio::task::spawn_blocking(move || secret::hash(&password))
            .await
            .map_err(|_| Refusal::Unavailable)?
    }
}

fn begin(
    work: &mut UnitOfWork<'_>,
    clerk: &Clerk,
    door: &Door,
    key: SessionKey,
) -> Result<String, Refusal> {
    let setup = work.setup();
    let mut hall_id = HallId::default();
    let mut counter = None;
    if let Door::Counter(id) = door {
        let (hall, _) = setup.setup.counter(id).ok_or(Refusal::UnknownCounter)?;
        if !clerk.works_in(&hall.id) {
            return Err(Refusal::NotAllowed);
        }
        hall_id = hall.id.clone();
        counter = Some(id);
    }
    if !door.lets_in(clerk.role) {
        return Err(Refusal::NotAllowed);
    }
    let now = work.now();
    work.put(Change::SessionBegun(Session {
        key,
        clerk: clerk.id.clone(),
        counter: counter.cloned(),
        begun_at: now,
        ends_at: now + SESSION,
    }));
    let detail = json!({ "counter": counter });
    work.happen(EventKind::ClerkSignedIn, hall_id, None, clerk.id.as_str(), &detail);
    answer(&())
}

fn end(work: &mut UnitOfWork<'_>, key: &SessionKey) {
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
    work.happen(EventKind::ClerkSignedOut, hall, None, session.clerk.as_str(), &detail);
}

fn set_phc(work: &mut UnitOfWork<'_>, clerk: &ClerkId, phc: &str, by: &str) {
    work.put(Change::Password { clerk: clerk.clone(), phc: phc.to_owned() });
    work.happen(EventKind::PasswordSet, HallId::default(), None, by, &json!({ "clerk": clerk }));
    let theirs: Vec<SessionKey> = work
        .live_state()
        .sessions()
        .filter(|session| session.clerk == *clerk)
        .map(|session| session.key)
        .collect();
    for key in theirs {
        end(work, &key);
    }
}
