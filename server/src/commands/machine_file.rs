//! `jiban machine-file`: writes a file that a terminal's machine needs, so that the program is all
//! that must be copied there.

use super::{CommandError, console};

/// The files by their names; what each is for stands at its top.
const FILES: [(&str, &str); 3] = [
    ("jiban-terminal.service", include_str!("../../../docs/terminal/jiban-terminal.service")),
    ("sway.conf", include_str!("../../../docs/terminal/sway.conf")),
    ("cage.conf", include_str!("../../../docs/terminal/cage.conf")),
];

/// Writes a file to standard output.
pub(super) fn write(name: &str) -> Result<(), CommandError> {
    let found = FILES.iter().find(|(known, _)| *known == name);
    let names = || FILES.map(|(name, _)| name).join(", ");
    let (_, text) = found.ok_or_else(|| CommandError::MachineFile(name.to_owned(), names()))?;
    console::print(text)
}
