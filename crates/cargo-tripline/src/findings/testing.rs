//! Rows and groups for tests.

use tripline_budget::Unit;

use crate::findings::group::{Group, Owner};
use crate::findings::row::{Kind, Row};
use crate::findings::word::Word;

/// A workload's.
pub(crate) fn group(name: &str) -> Group {
    let place = format!("budgets/{}.toml", name.replace("::", "/"));
    Group { owner: Owner::Workload, ..Group::new(name.to_owned(), place) }
}

/// On line 4; in bytes if the name says so.
pub(crate) fn row(name: &str, budget: u64, measured: u64, word: Word) -> Row {
    let unit = if name.ends_with("_bytes") { Unit::Bytes } else { Unit::Count };
    Row {
        budget: Some(budget),
        measured: Some(measured),
        total: Some(measured),
        allowed: Some(budget),
        line: Some(4),
        ..Row::new(Kind::Limit, name, unit, word)
    }
}
