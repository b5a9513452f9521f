//! An applicant proves who they are by signing in at a provider of identities (OIDC).
//! What is under way is in memory, for ten minutes: after a restart one signs in again.
//!
//! It is bound to the browser that began it, by a secret in a cookie. Otherwise whoever sends
//! somebody else the address of the provider, or the address that leads back from it, would have
//! their own draft proven by a stranger.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiban_domain::case::ApplicantKind;
use jiban_domain::draft::{DraftRefusal, Write};
use jiban_domain::event::HallEvent;
use jiban_domain::form::applicant::{KIND, PERSON, TELEPHONE, answers};
use jiban_domain::form::check::check_field;
use jiban_domain::form::{FieldValue, Form};
use jiban_domain::identity::{IdentityPaper, masked_name, masked_number_of, normalise};
use jiban_domain::{FieldId, Lang, Millis, Refusal, Text, Token, identity};
use serde_json::json;
use uuid::Uuid;

use super::{AtDraft, HallService, RoomNow, put};
use crate::change::SessionKey;
use crate::oidc::{Attempt, Fault, Identity, Provider, ProviderConfig, Times};
use crate::service::prefetch::Prefetch;
use crate::service::{moment, secret};

/// How long a sign-in may take.
pub const SIGN_IN_LASTS: Millis = 10 * 60_000;
/// Sign-ins that may be under way: one a draft.
const MOST: usize = 1_000;

/// The path to which the provider leads back.
pub const SIGNED_IN: &str = "/apply/signed-in";

/// The sign-ins that are under way, by the applicant's token of the draft.
#[derive(Default)]
pub struct SignIns(Mutex<HashMap<Token, SignIn>>);

// Personal data must not reach a log through `{:?}`.
impl fmt::Debug for SignIns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignIns").finish_non_exhaustive()
    }
}

struct SignIn {
    /// The digest of the browser's secret.
    browser: SessionKey,
    until: Millis,
    stage: Stage,
}

enum Stage {
    /// The person is at the provider.
    Begun(Attempt),
    /// They came back, and are another than the draft names: they are asked.
    Differs(Who),
}

/// Who signed in, as the form has it.
#[derive(Clone)]
struct Who {
    person: FieldValue,
    telephone: Option<String>,
}

/// What the provider's browser brings back.
#[derive(Default)]
pub struct ProviderAnswer {
    pub state: String,
    pub code: Option<String>,
    /// A code of RFC 6749.
    pub error: Option<String>,
    /// Who answers (RFC 9207), where the provider says so.
    pub issuer: Option<String>,
}

/// A browser: its secret, and the draft for which it began.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SigningBrowser {
    pub secret: String,
    pub draft: Token,
}

/// Where a browser goes to sign in.
pub struct SignInBegun {
    pub address: String,
    pub browser: SigningBrowser,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignedIn {
    Proven,
    /// The draft names somebody else: its applicant chooses.
    Differs,
}

/// Who signed in, masked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MaskedPerson {
    pub name: String,
    pub number: String,
}

impl SignIns {
    fn all(&self, now: Millis) -> MutexGuard<'_, HashMap<Token, SignIn>> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, one| now < one.until);
        all
    }

    /// Forgets what is over.
    pub(super) fn prune(&self, now: Millis) {
        drop(self.all(now));
    }

    /// Takes the place of one for the same draft.
    fn put(&self, browser: &SigningBrowser, stage: Stage, now: Millis) {
        let mut all = self.all(now);
        if all.len() >= MOST && !all.contains_key(&browser.draft) {
            // Nobody shuts the others out by beginning.
            let oldest = all.iter().min_by_key(|(_, one)| one.until).map(|(draft, _)| *draft);
            if let Some(oldest) = oldest {
                all.remove(&oldest);
            }
        }
        let until = now + SIGN_IN_LASTS;
        let sign_in = SignIn { browser: secret::key(&browser.secret), until, stage };
        all.insert(browser.draft, sign_in);
    }

    /// Takes what this browser began out, so that it is used once; what does not fit stays.
    fn take(
        &self,
        browser: &SigningBrowser,
        fits: impl Fn(&Stage) -> bool,
        now: Millis,
    ) -> Option<Stage> {
        let mut all = self.all(now);
        let found = all.get(&browser.draft)?;
        if found.browser != secret::key(&browser.secret) || !fits(&found.stage) {
            return None;
        }
        all.remove(&browser.draft).map(|one| one.stage)
    }

    fn differing(&self, browser: &SigningBrowser, now: Millis) -> Option<Who> {
        let all = self.all(now);
        let found = all.get(&browser.draft)?;
        match &found.stage {
            Stage::Differs(who) if found.browser == secret::key(&browser.secret) => {
                Some(who.clone())
            }
            _ => None,
        }
    }
}

impl HallService {
    /// Lets applicants sign in.
    pub fn use_identity_provider(&self, config: ProviderConfig) {
        // Called once, at the start.
        let _ = self.identity_provider.set(Provider::new(config));
    }

    /// What the provider is called, where whoever a draft names can sign in.
    pub fn sign_in_offered(&self, at: &AtDraft, now: &RoomNow) -> Option<Text> {
        let provider = self.identity_provider.get()?;
        let offered = at.require_applicant().is_ok()
            && now.draft.require_writable().is_ok()
            && asks_person(&now.form);
        offered.then(|| provider.label().clone())
    }

    /// Begins to sign the applicant of a draft in.
    ///
    /// # Errors
    /// It is a helper who asks, the draft cannot be written, or the provider is away.
    pub async fn begin_sign_in(&self, at: &AtDraft, lang: Lang) -> Result<SignInBegun, Refusal> {
        at.require_applicant()?;
        self.refresh_form(&at.room);
        let now = at.room.now();
        now.draft.require_writable()?;
        self.require_calm(at.room.token, Uuid::new_v4())?;
        let provider = self.identity_provider.get().filter(|_| asks_person(&now.form));
        let provider = provider.ok_or(DraftRefusal::SignInNotOffered)?;
        let attempt = Attempt {
            state: secret::session(),
            nonce: secret::session(),
            verifier: secret::session(),
        };
        let address = provider
            .sign_in_address(&attempt, &self.signed_in_address(), lang, self.sign_in_times())
            .await
            .map_err(refusal_of)?;
        let browser = SigningBrowser { secret: secret::session(), draft: at.room.token };
        self.drafts.sign_ins.put(&browser, Stage::Begun(attempt), self.clock.steady());
        Ok(SignInBegun { address, browser })
    }

    /// What the provider said of whoever signed in. Used once, whatever comes of it.
    ///
    /// # Errors
    /// [`DraftRefusal::SignInOver`] for another browser's, a used or an old one; or why nobody is
    /// signed in. The draft is as it was.
    pub async fn finish_sign_in(
        &self,
        browser: &SigningBrowser,
        answer: ProviderAnswer,
    ) -> Result<SignedIn, Refusal> {
        let provider = self.identity_provider.get().ok_or(DraftRefusal::SignInNotOffered)?;
        let own =
            |stage: &Stage| matches!(stage, Stage::Begun(attempt) if attempt.state == answer.state);
        let begun = self.drafts.sign_ins.take(browser, own, self.clock.steady());
        let Some(Stage::Begun(attempt)) = begun else {
            return Err(DraftRefusal::SignInOver.into());
        };
        if answer.issuer.as_ref().is_some_and(|issuer| issuer != provider.issuer()) {
            return Err(refusal_of(Fault::Invalid("another provider answers".to_owned())));
        }
        if let Some(error) = &answer.error {
            return Err(refusal_of_error(error).into());
        }
        let code = answer.code.filter(|code| !code.is_empty());
        let code = code.ok_or_else(|| refusal_of(Fault::Invalid("no code".to_owned())))?;
        let identity = provider
            .redeem(&attempt, &code, &self.signed_in_address(), self.sign_in_times())
            .await
            .map_err(refusal_of)?;
        let at = self.at_draft(browser.draft).await?;
        at.room.now().draft.require_writable()?;
        self.refresh_form(&at.room);
        let now = at.room.now();
        let who = self.who(&now, identity)?;
        if names_another(&now, &who) {
            self.drafts.sign_ins.put(browser, Stage::Differs(who), self.clock.steady());
            return Ok(SignedIn::Differs);
        }
        self.prove_by_sign_in(&at, provider, who).await?;
        Ok(SignedIn::Proven)
    }

    /// Who signed in, where the draft names somebody else and its applicant has not chosen yet.
    pub fn signed_in_another(&self, browser: &SigningBrowser) -> Option<MaskedPerson> {
        let who = self.drafts.sign_ins.differing(browser, self.clock.steady())?;
        let paper: Option<IdentityPaper> = who.person.part("paper").parse().ok();
        Some(MaskedPerson {
            name: masked_name(ApplicantKind::Person, who.person.part("name")),
            number: masked_number_of(paper, who.person.part("number")),
        })
    }

    /// Whoever signed in takes the place of whom the draft names, or it stays as it is.
    ///
    /// # Errors
    /// [`DraftRefusal::SignInOver`]; or it cannot be written.
    pub async fn choose_signed_in(
        &self,
        browser: &SigningBrowser,
        takes: bool,
    ) -> Result<(), Refusal> {
        let provider = self.identity_provider.get().ok_or(DraftRefusal::SignInNotOffered)?;
        let asked = |stage: &Stage| matches!(stage, Stage::Differs(_));
        let chosen = self.drafts.sign_ins.take(browser, asked, self.clock.steady());
        let Some(Stage::Differs(who)) = chosen else {
            return Err(DraftRefusal::SignInOver.into());
        };
        if takes {
            let at = self.at_draft(browser.draft).await?;
            self.prove_by_sign_in(&at, provider, who).await?;
        }
        Ok(())
    }

    fn signed_in_address(&self) -> String {
        format!("{}{SIGNED_IN}", self.addresses.base)
    }

    fn sign_in_times(&self) -> Times {
        Times { now: self.clock.now(), steady: self.clock.steady() }
    }

    /// What the provider said, if the form takes it.
    fn who(&self, now: &RoomNow, said: Identity) -> Result<Who, DraftRefusal> {
        let (today, values) = (self.today_at(&now.draft.hall), now.values());
        let taken = |field: &str, value: FieldValue| {
            let field = now.form.field(&FieldId::from(field))?;
            check_field(field, &value, &values, today).ok()?
        };
        let valid = identity::number(ApplicantKind::Person, None, &said.number, today);
        let Ok((Some(paper), number)) = valid else { return Err(DraftRefusal::SignInNobody) };
        let parts =
            [("name", said.name), ("number", number), ("paper", <&str>::from(paper).to_owned())];
        let parts = parts.map(|(part, value)| (part.to_owned(), value)).into_iter().collect();
        let person = taken(PERSON, FieldValue::Parts(parts)).ok_or(DraftRefusal::SignInNobody)?;
        let telephone = said.telephone.map(FieldValue::Text);
        let telephone = telephone.and_then(|value| taken(TELEPHONE, value));
        let telephone = telephone.and_then(|value| value.text().map(str::to_owned));
        Ok(Who { person, telephone })
    }

    /// Writes who signed in into the draft, and that it is proven.
    async fn prove_by_sign_in(
        &self,
        at: &AtDraft,
        provider: &Provider,
        who: Who,
    ) -> Result<(), Refusal> {
        self.require_sealing().await?;
        let room = at.room.clone();
        let held = room.hold_unfrozen().await;
        let before = room.now();
        let person = FieldId::from(PERSON);
        let kind = FieldValue::Text("person".to_owned());
        let has_telephone =
            before.entries.get(&FieldId::from(TELEPHONE)).is_some_and(|one| !one.value.is_empty());
        let telephone = who.telephone.filter(|_| !has_telephone).map(FieldValue::Text);
        let written = [
            Some((FieldId::from(KIND), kind))
                .filter(|(field, _)| before.form.field(field).is_some()),
            Some((person.clone(), who.person.clone())),
            telephone.map(|value| (FieldId::from(TELEPHONE), value)),
        ];
        for (field, value) in written.into_iter().flatten() {
            let (by, now) = (at.writer.clone(), self.clock.now());
            let write = Write { request: Uuid::new_v4(), field, value, base: None, by, at: now };
            self.write_in_room(at, write, 0)?;
        }
        held.freeze();
        self.keep_room(&room, None).await?;
        let now = room.now();
        // A helper may have written into it in the same moment: that nobody vouches for.
        let stands = now.entries.get(&person).is_some_and(|one| one.value == who.person)
            && answers(&now.values()).kind == ApplicantKind::Person;
        if !stands {
            return Err(DraftRefusal::SignInOver.into());
        }
        let (id, version, issuer) = (room.id, now.version, provider.issuer().to_owned());
        self.execute_with(None, vec![Prefetch::Draft(id)], move |work| {
            let _held = &held;
            work.require_date()?;
            let mut draft = work.draft(id)?.draft.clone();
            let setup = work.setup();
            let now = moment(setup.setup.hall(&draft.hall), work.now());
            draft.signed_in(&issuer, version, now)?;
            let detail = json!({ "by": "sign_in", "provider": issuer });
            put(work, draft, HallEvent::DraftProven, "", detail);
            Ok("{}".to_owned())
        })
        .await
        .map(|_| ())
    }
}

/// Whether the form asks for a person: a business is proven by no personal sign-in.
fn asks_person(form: &Form) -> bool {
    form.field(&FieldId::from(PERSON)).is_some()
}

/// Whether the draft names somebody else than who signed in.
fn names_another(now: &RoomNow, who: &Who) -> bool {
    let named = answers(&now.values());
    let same = normalise(&named.number) == normalise(who.person.part("number"));
    named.kind == ApplicantKind::Business || !named.number.trim().is_empty() && !same
}

/// Why nobody is signed in, for the person; the log says more.
fn refusal_of(fault: Fault) -> Refusal {
    tracing::warn!(%fault, "an applicant could not be signed in");
    let refusal = match fault {
        Fault::Away(_) => DraftRefusal::SignInAway,
        Fault::Invalid(_) => DraftRefusal::SignInInvalid,
        Fault::Clock(_) => DraftRefusal::SignInClock,
        Fault::Nobody(_) => DraftRefusal::SignInNobody,
    };
    refusal.into()
}

/// What an error of the provider means. Its words are a stranger's: they come by the address.
fn refusal_of_error(error: &str) -> DraftRefusal {
    match error {
        "access_denied"
        | "login_required"
        | "interaction_required"
        | "consent_required"
        | "account_selection_required" => DraftRefusal::SignInCancelled,
        "server_error" | "temporarily_unavailable" => DraftRefusal::SignInAway,
        _ => {
            let known: String =
                error.chars().filter(|c| c.is_ascii_lowercase() || *c == '_').take(40).collect();
            tracing::warn!(error = known, "the provider refused a sign-in");
            DraftRefusal::SignInInvalid
        }
    }
}
