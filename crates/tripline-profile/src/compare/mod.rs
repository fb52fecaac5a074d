//! What changed between two breakdowns, and which sites a growth is to blame on.
//!
//! Most call sites of a rewritten program have another name than before, so the work is to find out which
//! sites are the same one. It is done once, in steps from certain to doubtful, whatever is asked later:
//!
//! 1. `rejoin`: a site that only one side splits by its callers is made whole again.
//! 2. `pair`: the same key, then the same six figures under another name.
//! 3. `neighbours`: a caller and its callee that trade blocks are one function, differently inlined.
//! 4. `role`: what plays the same role (module, callers, sizes, counts), among the few largest that are left.
//! 5. `neighbours` again, where the trade is not exact.
//!
//! `grew` then ranks the changes by one figure. `remainder` keeps a folded baseline honest: a site that is
//! missing from it may have been there, small. `class` says how a site grew.
//!
//! All sums are `i128` and exact: lines and others always add up to after − before. Line numbers are
//! deliberately never compared, and no name is compared by likeness: a growth may be blamed on a doubtful
//! pair only if its figures or its place in the program say so.

mod change;
mod class;
mod comparison;
mod grown;
mod neighbours;
mod ratio;
mod rejoin;
mod same_role;
mod same_site;
mod view;

pub use change::{Change, Pairing};
pub use class::Class;
pub use comparison::{Comparison, compare};
pub use grown::{Grown, Line, Others};
pub use ratio::Ratio;
pub use view::Small;
