//! The name of a function, read from a symbol or from debug information.
//!
//! 1. `std_crates`: the crates whose functions are never a site.
//! 2. `name_text`: the text of a name, taken apart.
//! 3. `name`: the path of a function.
//!
//! Each imports only from those before it. Knows no frame and no file.

mod name;
mod name_text;
mod std_crates;

pub(crate) use name::{Body, Function};
pub(crate) use std_crates::is_std;
