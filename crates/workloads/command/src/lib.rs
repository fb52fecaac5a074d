//! Common code of the workloads' programs: files that are whole or not there, and exit codes.
//!
//! Deliberately absent: interrupts. Each program has other work to end.

mod draft;
mod ending;

pub use draft::Draft;
pub use ending::ending;
