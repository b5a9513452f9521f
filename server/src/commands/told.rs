//! What a command writes. Whoever reads it may be gone, as in
//! `jiban serve | head -1`: that is no fault, and no reason to stop.

use std::io::{ErrorKind, Write, stdout};
use std::path::PathBuf;

use super::CommandError;

/// Tells what was done. It is done whether or not anyone hears of it.
pub(super) fn say(line: &str) {
    let _ = write_out(&mut stdout().lock(), &format!("{line}\n"));
}

/// Gives out what the command was asked for.
///
/// # Errors
/// When it could not be written whole, as on a full disk.
pub(super) fn give(text: &str) -> Result<(), CommandError> {
    write_out(&mut stdout().lock(), text)
        .map_err(|error| CommandError::File(PathBuf::from("standard output"), error))
}

fn write_out(to: &mut impl Write, text: &str) -> std::io::Result<()> {
    match to.write_all(text.as_bytes()).and_then(|()| to.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        done => done,
    }
}
