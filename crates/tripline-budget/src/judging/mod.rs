//! TODO

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
