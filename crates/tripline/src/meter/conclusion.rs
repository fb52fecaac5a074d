//! What a workload may return.

use std::fmt::Debug;

/// `()`, or any `Result` whose error can be printed.
pub trait Conclusion {
    /// # Errors
    /// The workload's own error, as its `Debug` prints it.
    fn conclude(self) -> Result<(), String>;
}

impl Conclusion for () {
    fn conclude(self) -> Result<(), String> {
        Ok(())
    }
}

impl<T, E: Debug> Conclusion for Result<T, E> {
    fn conclude(self) -> Result<(), String> {
        self.map(drop).map_err(|error| format!("{error:?}"))
    }
}
