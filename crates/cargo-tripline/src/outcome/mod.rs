//! How a command ends.

mod status;

pub use status::Status;
