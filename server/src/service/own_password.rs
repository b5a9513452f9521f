//! Everyone who signs in changes their own password.

use jiban_domain::{ClerkId, Refusal};

use super::guesses::SignInFrom;
use super::sign_in::replace_password;
use super::{Caller, HallService, passwords};
use crate::limits::ClientAddress;

impl HallService {
    /// Changes the password of whoever is signed in, and ends their other sessions.
    ///
    /// # Errors
    /// The old password is wrong, or was wrong too often from there; others would guess the
    /// new one; the session has ended.
    pub async fn change_own_password(
        &self,
        caller: Caller,
        old: String,
        new: String,
        client: ClientAddress,
    ) -> Result<(), Refusal> {
        let from = SignInFrom::Address(client);
        self.check_password(&caller.clerk, old, from, client).await?;
        self.check_new_password(&new, &caller.clerk)?;
        let phc = self.hashing.hash(new).await?;
        self.execute(None, move |work| {
            caller.staff(work.live_state(), work.now())?;
            let (clerk, kept) = (&caller.clerk, Some(caller.session));
            replace_password(work, clerk, &phc, clerk.as_str(), kept);
            Ok(String::new())
        })
        .await?;
        Ok(())
    }

    /// Refuses a password that others would guess.
    pub(super) fn check_new_password(
        &self,
        password: &str,
        clerk: &ClerkId,
    ) -> Result<(), Refusal> {
        let setup = self.live_state().setup().clone();
        passwords::check(password, clerk, &setup.setup)
    }
}
