//! The meter: the process that runs one workload and measures it, and how another process starts it.

pub(crate) mod child;
pub(crate) mod conclusion;
pub(crate) mod disk;
pub(crate) mod figures;
pub(crate) mod measure;
pub(crate) mod plant;
pub(crate) mod probe;
pub(crate) mod process;
pub(crate) mod rerun;
#[cfg(feature = "tokio")]
pub(crate) mod runtime;
