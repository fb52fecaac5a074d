//! The name of a function, read from a symbol or from debug information.
//!
//! 1. `std_crates`: the crates whose functions are never a site.
//! 2. `made_up`: the parts of a name that a compiler made up.
//! 3. `name_text`: the text of a name, taken apart.
//! 4. `name`: the path of a function.
//!
//! Each imports only from those before it. Knows no frame and no file.

mod made_up;
mod name;
mod name_text;
mod std_crates;

pub(crate) use made_up::{Body, MadeUp};
pub(crate) use name::Function;
pub(crate) use std_crates::is_std;
