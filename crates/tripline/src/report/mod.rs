//! The report of a workload: one HTML page that needs no other file, beside the measurement.
//!
//! `gather` makes a report of a finished run; `sites` is the breakdown as rows, `types` the suite's types. `page` lays all
//! of it out, with `html` for all text from elsewhere, and `data` hands the breakdown to `page.js`, which draws the map.
//!
//! Names of functions are hostile input: every crate that is linked into a test chooses some. They are escaped in Rust
//! and set as text in the script, and the page's policy lets nothing be loaded.
//!
//! Deliberately absent: verdicts (they are the judge's), limits of types (they are `tripline_suite::sizes`'),
//! and all that differs between two equal runs, such as a date or the run's id.

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
    /// The test: `sql::wal_insert_heavy`.
    pub name: String,
    pub trips: bool,
    /// The limits that tripped, or that all hold: `2 of 4 limits`.
    pub what: String,
    /// The line to blame, or the budget.
    pub place: String,
    /// Sentences to be read before any figure.
    pub sentences: Vec<String>,
    pub limits: Vec<LimitRow>,
    pub coherence: Vec<CoherenceRow>,
    /// Every figure, limited or not.
    pub measured: TextTable,
    pub grown: Option<BlameSection>,
    /// The types that grew and are stored.
    pub stored: Option<BlameSection>,
    /// The call sites that grow faster than the entities.
    pub superlinear: Vec<BlameSection>,
    pub left: Option<BlameSection>,
    pub sites: SiteTable,
    /// The suite's types, with layouts where the workload trips.
    pub types: Vec<TypeRow>,
}
