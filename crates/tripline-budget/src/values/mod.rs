//! Numbers as people write and read them: percentages, sizes in bytes, tolerances, counts.
//!
//! All arithmetic is exact. Deliberately absent: everything that knows what a number is of.

pub(crate) mod percent;
pub(crate) mod size;
pub(crate) mod tolerance;
pub(crate) mod units;

pub use percent::Percent;
pub use size::parse_size;
pub use tolerance::Tolerance;
pub use units::{ByteScale, Unit, format_count, format_toml_integer};
