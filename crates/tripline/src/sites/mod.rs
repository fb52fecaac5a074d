//! Call sites: the breakdown of a run, the recorded one, and what differs.
//!
//! `breakdown` reads what the meter saved, `snapshot` what was recorded, `tolerance` says what may grow, and `scribe` has
//! insta compare. `call_sites` puts all of it together for one run.
//!
//! It knows findings only to see which limits trip, and lays out nothing.

pub(crate) mod breakdown;
pub(crate) mod call_sites;
pub(crate) mod metric;
pub(crate) mod scribe;
pub(crate) mod snapshot;
pub(crate) mod tolerance;
