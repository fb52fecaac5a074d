//! TODO

pub(crate) mod percent;
pub(crate) mod size;
pub(crate) mod tolerance;
pub(crate) mod units;

pub use percent::{Percent, PercentError};
pub use size::{SizeError, parse_size};
pub use tolerance::Tolerance;
pub use units::{ByteScale, Unit, format_count, format_toml_integer};
