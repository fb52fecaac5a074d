//! What `analyze` and `compare` have in common: reading profiles, choosing sites, and showing figures.
//!
//! A profile's names are hostile input: whoever builds a program chooses them. Nothing of a file reaches a
//! terminal but through [`shown`], nor standard output as JSON but through [`print_json`].

mod columns;
mod escape;
mod flame;
mod json;
mod pattern;
mod read;
mod share;
mod shorten;
mod sort_by;

pub(crate) use columns::{Columns, Line, Tone};
pub(crate) use escape::shown;
pub(crate) use flame::{Flames, draw};
pub(crate) use json::{FiguresJson, SCHEMA, SiteJson, print_json};
pub(crate) use pattern::Pattern;
pub(crate) use read::{Read, open, stacks};
pub(crate) use share::shares;
pub(crate) use shorten::{shorten, terminal_width};
pub(crate) use sort_by::{HELP as SORT_BY_HELP, SortBy};

use tripline_profile::Place;

/// `core/vdbe/execute.rs:5121`.
pub(crate) fn place(place: Option<&Place>) -> String {
    place.map_or_else(String::new, |place| shown(&format!("{}:{}", place.file, place.line)))
}

/// `1 site`, `2 sites`.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", tripline_budget::format_count(count as u64))
}
