//! Reading typed values out of TOML, with each [`Problem`](crate::Problem) at its place.
//!
//! `toml` reads one key and its value; whatever is wrong goes to a `Sink` and is shown at the end, all at once;
//! `suggest` finds the nearest spelling; [`Spanned`] remembers where a value stands.
//!
//! Deliberately absent: what the keys mean.

pub(crate) mod spanned;
pub(crate) mod suggest;
pub(crate) mod toml;

pub use spanned::Spanned;
