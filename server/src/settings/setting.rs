//! What is known of a setting.

use super::Settings;

/// One setting, and how it can be given.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// The key in the settings file.
    pub key: &'static str,
    /// The flag on the command line. Settings that are rarely changed have none, and neither has
    /// a secret, which a flag would show to every user of the machine.
    pub flag: Option<&'static str>,
    /// The environment variable.
    pub env: &'static str,
    /// The default, as it would be written.
    pub default: &'static str,
    /// What a valid value is; it ends the sentence "expected …".
    pub expected: &'static str,
    /// What the setting does.
    pub about: &'static str,
    /// Stores a value; `None` if it is invalid.
    pub(super) set: fn(&mut Settings, &str) -> Option<()>,
}

impl Setting {
    /// Whether it is a number, which needs no quotes in the file.
    pub(super) fn is_number(&self) -> bool {
        self.default.parse::<u32>().is_ok()
    }

    /// Whether it is a boolean, which needs no quotes in the file.
    pub(super) fn is_switch(&self) -> bool {
        matches!(self.default, "true" | "false")
    }
}
