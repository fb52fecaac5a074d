//! Numbers as people write and read them: percentages, sizes in bytes, tolerances, counts. And words, as people type them
//! to a shell.
//!
//! All arithmetic is exact. Deliberately absent: everything that knows what a number or a word is of.

pub(crate) mod percent;
pub(crate) mod shell_word;
pub(crate) mod size;
pub(crate) mod tolerance;
pub(crate) mod units;

pub use percent::Percent;
pub use shell_word::{quoted_shell_word, shell_word};
pub use size::parse_size;
pub use tolerance::Tolerance;
pub use units::{ByteScale, Unit, format_count, format_toml_integer};
