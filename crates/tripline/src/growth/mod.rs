//! Workloads at several sizes, and what grows faster than the size.

pub(crate) mod all_sizes;
pub(crate) mod split;
pub(crate) mod step_growth;
pub(crate) mod superlinear;
