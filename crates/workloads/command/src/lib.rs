//! What the workloads' programs share: files that are whole or not there, and how a program ends.
//!
//! Deliberately absent: interrupts. Each program has other things to end.

mod draft;
mod ending;

pub use draft::Draft;
pub use ending::ending;
