//! Runs workloads and reads what they published.
//!
//! It may not know a budget or a verdict: the tests measure, and `findings` judges.

mod load;
mod measure;

pub use load::Load;
pub use measure::{MeasureOptions, Measured, Sample, measure};
pub(crate) use measure::{PlantedRun, measure_planted, measured, unpublished};
