//! Names of functions.

mod name;
mod name_text;

pub(crate) use name::{Body, Function, is_std};
