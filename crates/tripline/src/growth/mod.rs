//! Growth: a workload at the sizes of `probe.scale`, and the call sites that grow faster than the size.
//!
//! `all_sizes` completes the figures of the largest size. Where one grows faster than a line, `superlinear` measures each
//! size once more with its profile, `split` takes the figure apart by stack, and `step_growth` says which stacks only
//! come in steps.
//!
//! It returns data: figures, and sites with what they took at each size. It knows no failure and no page.

pub(crate) mod all_sizes;
mod split;
mod step_growth;
pub(crate) mod superlinear;
