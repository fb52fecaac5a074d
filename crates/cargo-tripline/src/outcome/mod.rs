//! The end of a command: a status, and the exit code that says so.

mod status;

pub use status::Status;
