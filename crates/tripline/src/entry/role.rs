//! The role of this process: every role runs the same test of the same executable.

use tripline_budget::protocol::variables;

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
    pub(super) fn take() -> Self {
        if let Some(scribe) = Scribe::ordered() {
            return Self::Scribe(scribe);
        }
        let Some(folder) = std::env::var_os(variables::METER) else {
            return Self::Judge;
        };
        match Meter::claim(folder.into()) {
            Ok(meter) => Self::Meter(meter),
            Err(_) => Self::Stray,
        }
    }
}
