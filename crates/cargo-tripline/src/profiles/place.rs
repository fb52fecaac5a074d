//! The line of source of a site.

use tripline_profile::Place;

use crate::output::shown;

/// Returns `core/vdbe/execute.rs:5121`.
pub(crate) fn place(place: Option<&Place>) -> String {
    place.map_or_else(String::new, |place| shown(&format!("{}:{}", place.file, place.line)))
}
