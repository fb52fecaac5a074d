//! TODO

pub(crate) mod problem;
pub(crate) mod spanned;
pub(crate) mod suggest;
pub(crate) mod toml;

pub use problem::{Problem, Problems};
pub use spanned::Spanned;
