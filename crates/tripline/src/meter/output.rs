//! The types that a workload may return.

use std::fmt::Debug;

/// The output of a workload: `()`, or any `Result` whose error can be printed.
pub trait WorkloadOutput {
    /// # Errors
    /// The workload's own error, as its `Debug` prints it.
    fn into_result(self) -> Result<(), String>;
}

impl WorkloadOutput for () {
    fn into_result(self) -> Result<(), String> {
        Ok(())
    }
}

impl<T, E: Debug> WorkloadOutput for Result<T, E> {
    fn into_result(self) -> Result<(), String> {
        self.map(drop).map_err(|error| format!("{error:?}"))
    }
}
