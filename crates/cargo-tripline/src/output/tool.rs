//! What a person types to run this tool.

use std::fmt;

/// The command that started this, for the remedies that are shown.
#[derive(Clone, Copy, Debug)]
pub struct Tool(&'static str);

impl Tool {
    /// `command` is `cargo tripline`, or what a workspace calls it.
    #[must_use]
    pub const fn new(command: &'static str) -> Self {
        Self(command)
    }
}

impl fmt::Display for Tool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}
