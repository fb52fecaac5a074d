//! Reading typed values out of TOML, with each [`Problem`] at its place.
//!
//! `toml` reads one key and its value; whatever is wrong goes to a `problem::Sink` and is shown at the end, all at once;
//! `suggest` finds the nearest spelling; [`Spanned`] remembers where a value stands.
//!
//! Deliberately absent: what the keys mean.

pub(crate) mod problem;
pub(crate) mod spanned;
pub(crate) mod suggest;
pub(crate) mod toml;

pub use problem::{Problem, Problems};
pub use spanned::Spanned;
