//! The report of a workload: one HTML page that needs no other file, beside the measurement.
//!
//! `gather` puts together what the page says, from what is decided already; `sites` is the breakdown as rows,
//! `types` the suite's types; `page` lays all of it out, with `html` for every character that comes from elsewhere, and `data` hands
//! the breakdown to `page.js`, which draws the map.
//!
//! Names of functions are hostile input: whoever is linked into a test chooses them. They are escaped in Rust
//! and set as text in the script, and the page's policy lets nothing be loaded.
//!
//! Deliberately absent: verdicts (they are the judge's), limits of types (they are `tripline_suite::sizes`'),
//! and whatever differs between two equal runs, such as a date or the run's id.

mod data;
mod gather;
mod html;
mod page;
mod sites;
mod types;

use crate::render::{BlameSection, CoherenceRow, LimitRow, TextTable};
pub use sites::SiteTable;
pub use types::TypeRow;

/// Everything that the page says.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// `sql::wal_insert_heavy`
    pub name: String,
    pub trips: bool,
    /// What it tripped, or holds: `2 of 4 limits`.
    pub what: String,
    /// The line to blame, or the budget.
    pub place: String,
    /// What has to be known before any figure is read.
    pub sentences: Vec<String>,
    pub limits: Vec<LimitRow>,
    pub coherence: Vec<CoherenceRow>,
    /// Every figure, limited or not.
    pub measured: TextTable,
    pub grown: Option<BlameSection>,
    /// The types that grew and are stored.
    pub stored: Option<BlameSection>,
    /// Whom to blame for what grows faster than the entities.
    pub superlinear: Vec<BlameSection>,
    pub left: Option<BlameSection>,
    pub sites: SiteTable,
    /// What the suite keeps to a size, with layouts where the workload trips.
    pub types: Vec<TypeRow>,
}
