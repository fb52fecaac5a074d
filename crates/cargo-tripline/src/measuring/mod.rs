//! Runs workloads and reads what they published.
//!
//! It may not know a budget or a verdict: the tests measure, and `findings` judges.

mod load;
mod measure;
mod without_figures;

pub use load::Load;
pub use measure::{MeasureOptions, Sample, SampleResult, measure};
pub(crate) use measure::{PlantedRun, measure_planted, sample_of};
pub use without_figures::WithoutFigures;
