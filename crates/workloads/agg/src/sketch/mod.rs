//! Summaries of bounded size and stated error.
//!
//! Written here, although crates have each of them: the layout in memory is measured here, and it must
//! change with a commit of this repository alone. The same holds for the operators' states.

mod bloom_filter;
mod count_min;
mod hyper_log_log;
mod udd_sketch;

pub use bloom_filter::BloomFilter;
pub use count_min::CountMin;
pub use hyper_log_log::HyperLogLog;
pub use udd_sketch::UddSketch;
