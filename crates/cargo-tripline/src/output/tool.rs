//! The command that a person types to run this tool.

use std::fmt;

/// The command that a person typed, for the remedies.
#[derive(Clone, Copy, Debug)]
pub struct Tool(&'static str);

impl Tool {
    /// Returns `cargo tripline`, or the workspace's own name for it.
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
