//! The list of settings for people to read.

use std::fmt::Write as _;

use super::list::LIST;
use super::setting::Setting;

/// The list as a Markdown table, for `docs/SETTINGS.md` and `jiban settings`.
pub fn table() -> String {
    let mut table = String::from(
        "| in the file | flag | environment | default | meaning |\n|---|---|---|---|---|\n",
    );
    for &Setting { key, flag, env, default, expected, about, .. } in LIST {
        let code =
            |text: &str| if text.is_empty() { "—".to_owned() } else { format!("`{text}`") };
        let (flag, default) = (code(flag.unwrap_or_default()), code(default));
        // Writing to a string cannot fail.
        let _ = writeln!(
            table,
            "| `{key}` | {flag} | `{env}` | {default} | {about}. Expected: {expected} |"
        );
    }
    table
}
