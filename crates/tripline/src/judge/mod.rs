//! The judge: the test process. It has a meter measure, reads the budget, and decides.
//!
//! `workload` holds one workload to its budget: `engine` measures, `inputs` reads the budget, `verdict` decides, and
//! `prove` does the same with a breach planted. `budgets` and `sizes` are the suite's own two tests.
//!
//! Everything fails closed: whatever is not known to hold is a failure. The judge returns its verdict as data; `render`
//! and `report` lay it out, and it knows neither.

pub(crate) mod budgets;
pub(crate) mod engine;
mod inputs;
pub(crate) mod measurement;
mod prove;
pub(crate) mod sizes;
pub(crate) mod verdict;
pub(crate) mod workload;
