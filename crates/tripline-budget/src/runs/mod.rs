//! TODO

pub(crate) mod commit;
pub(crate) mod dependencies;
pub(crate) mod figures_at_size;
pub(crate) mod least_squares;
pub(crate) mod measurement;

pub use commit::commit_of;
pub use dependencies::Dependencies;
pub use figures_at_size::{FiguresAtSize, SizePoint};
pub use measurement::{
    Blocks, BreakdownStatus, Entities, Figures, Measurement, Outcome, PendingSnapshot, ReadError,
    Ruler, SCHEMA, SuiteDescription, Target, TypeLayout, WorkloadDescription,
};
