//! A breakdown: what each site of a profile took. Folded, grouped, written as text.

mod groups;
pub(crate) mod part_key;
mod site;
mod small_sites;
mod text;

pub use groups::{Group, Level};
pub use site::{Breakdown, Place, Site};
pub use text::{TextError, TextErrorKind};
