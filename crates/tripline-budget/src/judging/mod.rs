//! Verdicts: figures held to a budget.
//!
//! [`judge()`] compares each limit with a figure and yields a [`Finding`] for each, by the arithmetic of `verdict`;
//! [`SuperlinearGrowth`] is found where sizes leave their line; [`judge_types`] does the same for sizes of types.
//! [`invariants()`] hold of every run, whatever its budget.
//!
//! All in integers, so that no limit holds or trips by rounding. Deliberately absent: how a verdict is shown.

pub(crate) mod invariants;
pub(crate) mod judge;
pub(crate) mod superlinear;
pub(crate) mod types;
pub(crate) mod verdict;

pub use invariants::invariants;
pub use judge::{Judgement, judge};
pub use superlinear::{SuperlinearGrowth, excess_over_line, is_at_most_linear};
pub use types::{TypeFinding, TypeVerdict, judge_types};
pub use verdict::{CoherenceFinding, CoherenceVerdict, Finding, Verdict};
