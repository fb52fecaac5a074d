//! The role of this process: every role runs the same test of the same executable.

use tripline_budget::protocol::variables;

use crate::error::SystemError;
use crate::meter::measure::Meter;
use crate::sites::scribe::Scribe;

/// The role of this process.
pub(super) enum Role {
    Judge,
    Meter(Meter),
    Scribe(Scribe),
    /// A process that a workload started.
    Stray,
}

impl Role {
    /// Takes the role that the environment gives. A meter claims its run's folder, which only one process can.
    pub(super) fn take() -> Result<Self, SystemError> {
        if let Some(scribe) = Scribe::ordered() {
            return Ok(Self::Scribe(scribe));
        }
        let Some(told) = std::env::var_os(variables::METER) else {
            return Ok(Self::Judge);
        };
        Ok(Meter::claim(told.as_ref())?.map_or(Self::Stray, Self::Meter))
    }
}
