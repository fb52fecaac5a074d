//! The meter: the process that runs one workload and measures it, and the way that another process starts it.
//!
//! The judge starts its own executable again (`start`, `rerun`), with an order in a file (`order`) and an environment that
//! never differs (`environment`). That process claims the run and runs the workload
//! (`measure`), whose probe marks the region (`probe`, `notes`, `scale`). `figures` makes metrics of what the
//! instruments and the operating system counted (`process`, `disk`), with a breach planted where one is ordered (`plant`).
//!
//! It knows no budget, no recorded breakdown and no text: it returns figures, or the reason why there are none.

pub(crate) mod disk;
pub(crate) mod environment;
#[cfg(target_os = "linux")]
mod family;
pub(crate) mod figures;
pub(crate) mod measure;
pub(crate) mod notes;
pub(crate) mod order;
pub(crate) mod output;
pub(crate) mod plant;
pub(crate) mod probe;
pub(crate) mod process;
pub(crate) mod rerun;
#[cfg(feature = "tokio")]
pub(crate) mod runtime;
pub(crate) mod scale;
pub(crate) mod start;
#[cfg(target_os = "linux")]
mod status_file;
