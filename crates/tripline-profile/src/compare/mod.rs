//! The changes between two breakdowns, and the sites to blame for a growth.
//!
//! Most call sites of a rewritten program have another name than before. So the work is to find out which sites are
//! the same. It is done once for all metrics, in steps from certain to doubtful:
//!
//! 1. `rejoin`: a site that only one side splits by its callers is made whole again.
//! 2. `same_site`: sites with the same key, then with the same six figures under another name.
//! 3. `neighbours`: a caller and its callee that trade blocks are one function, differently inlined.
//! 4. `same_role`: sites with the same role (module, callers, sizes, counts), among the few largest that are left.
//! 5. `neighbours` again, for trades that are not exact.
//!
//! `comparison` goes through these steps. `metric_changes` then looks at the changes by one metric. It keeps a folded
//! baseline honest: a site that is missing from it may have been there, small (`folded_lines`). `grown_sites` ranks
//! the changes, and `change_class` names the way in which a site grew.
//!
//! All sums are `i128` and exact: lines and others always add up to after − before.
//!
//! Deliberately absent: line numbers, which are never compared, and any likeness of names. A growth may be blamed on a
//! doubtful pair only if its figures or its place in the program say so.

mod change;
mod change_class;
mod comparison;
mod folded_lines;
mod grown_sites;
mod metric_changes;
mod neighbours;
mod ratio;
mod rejoin;
mod same_role;
mod same_site;

pub use change::{Change, Pairing};
pub use change_class::ChangeClass;
pub use comparison::{Comparison, compare};
pub use grown_sites::{ChangedSite, GrownSites, OtherChanges};
pub use metric_changes::SmallSites;
pub use ratio::Ratio;
