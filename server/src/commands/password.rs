//! `jiban password NAME`

use std::io::{BufRead as _, IsTerminal as _, Write as _, stderr, stdin};

use jiban_app::api::admin::SetPassword;

use super::{CommandError, console, service};
use crate::service::Author;
use crate::settings::Settings;

pub(super) async fn run(settings: &Settings, clerk: &str) -> Result<(), CommandError> {
    // Checked before the password is asked for: a mistyped path must not create a database.
    std::fs::metadata(&settings.db)
        .map_err(|missing| CommandError::File(settings.db.clone(), missing))?;
    let password = read(clerk).map_err(CommandError::NoPassword)?;
    let service = service(settings).await?;
    let command = SetPassword { clerk: clerk.into(), password };
    let set = service.set_password(command, Author::Operator("jiban password")).await;
    service.close().await;
    set?;
    console::print_line(&format!("The password of {clerk} is changed."));
    Ok(())
}

/// At a terminal the password is typed twice, since it is not shown. From a program it is one
/// line.
fn read(clerk: &str) -> std::io::Result<String> {
    if !stdin().is_terminal() {
        let mut line = String::new();
        stdin().lock().read_line(&mut line)?;
        return Ok(line.trim_end_matches(['\r', '\n']).to_owned());
    }
    loop {
        let password = rpassword::prompt_password(format!("New password for {clerk}: "))?;
        if rpassword::prompt_password("Repeat the password: ")? == password {
            return Ok(password);
        }
        writeln!(stderr(), "The passwords differ.")?;
    }
}
