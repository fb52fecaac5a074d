//! The end of a command: a status or a failure, and the exit code of either.

mod failure;
mod status;

pub use failure::Failure;
pub(crate) use failure::Interrupted;
pub use status::Status;
