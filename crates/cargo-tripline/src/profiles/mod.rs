//! Reads DHAT profiles for `analyze` and `compare`: sites, stacks, flame graphs.
//!
//! A profile's names are hostile input: the author of a program chooses them. So no name reaches a terminal except
//! through `output::shown`, or JSON except through `output::print_json`. It may not know a workspace.

mod flame;
mod gzip;
mod json;
mod pattern;
mod place;
mod read;
mod sort_by;
mod source;

pub(crate) use flame::{FlameStacks, draw};
pub(crate) use json::{FiguresJson, SCHEMA, SiteJson};
pub(crate) use pattern::SitePattern;
pub(crate) use place::place;
pub(crate) use read::{OpenedProfile, open, stacks};
pub(crate) use sort_by::{SORT_BY_HELP, SortBy};
