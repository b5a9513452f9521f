//! Output to standard output. Its reader may have gone, as in `jiban serve | head -1`, which is
//! no error and no reason to stop.

use std::io::{ErrorKind, Write, stdout};
use std::path::PathBuf;

use super::CommandError;

/// Prints a message. Failures are ignored: the work is already done.
pub(super) fn print_line(line: &str) {
    let _ = write_out(&mut stdout().lock(), &format!("{line}\n"));
}

/// Prints the result of the command.
///
/// # Errors
/// It could not be written completely, for instance to a full disk.
pub(super) fn print(text: &str) -> Result<(), CommandError> {
    write_out(&mut stdout().lock(), text)
        .map_err(|error| CommandError::File(PathBuf::from("standard output"), error))
}

fn write_out(to: &mut impl Write, text: &str) -> std::io::Result<()> {
    match to.write_all(text.as_bytes()).and_then(|()| to.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}
