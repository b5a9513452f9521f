//! `jiban password NAME`

use std::io::{BufRead as _, IsTerminal as _, Write as _, stderr, stdin};

use jiban_app::api::admin::SetPassword;

use super::{CommandError, service, told};
use crate::settings::Settings;

pub(super) async fn run(settings: &Settings, clerk: &str) -> Result<(), CommandError> {
    // Asked before the password is: a name mistyped must not make a database.
    std::fs::metadata(&settings.db)
        .map_err(|missing| CommandError::File(settings.db.clone(), missing))?;
    let password = read(clerk).map_err(CommandError::NoPassword)?;
    let service = service(settings).await?;
    let question = SetPassword { clerk: clerk.into(), password };
    let set = service.set_password(question, "jiban password".to_owned()).await;
    service.close().await;
    set?;
    told::say(&format!("{clerk} has a new password."));
    Ok(())
}

/// Asked for twice at a terminal, where a slip of the finger is not seen; one
/// line where it comes from a program.
fn read(clerk: &str) -> std::io::Result<String> {
    if !stdin().is_terminal() {
        let mut line = String::new();
        stdin().lock().read_line(&mut line)?;
        return Ok(line.trim_end_matches(['\r', '\n']).to_owned());
    }
    loop {
        let password = rpassword::prompt_password(format!("A new password for {clerk}: "))?;
        if rpassword::prompt_password("The same once more: ")? == password {
            return Ok(password);
        }
        writeln!(stderr(), "The two are not the same.")?;
    }
}
