//! The types of `sizes!` in memory.

#[cfg(target_os = "linux")]
mod executable;
pub(crate) mod explain;
mod problem;
pub(crate) mod stored;
#[cfg(target_os = "linux")]
mod types;
#[cfg(target_os = "linux")]
mod witness;
