//! Workloads as batches of statements, one after another.

use std::fmt;

use crate::{Load, WorkItem};

/// The phase of a profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Schema and seed rows: one list of items, run on one connection.
    Setup,
    /// The work itself: one list of items for each connection, run at the same time.
    Run,
    /// Nothing: all batches are done.
    Done,
}

impl Phase {
    /// Returns the phase's name in a report.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Setup => "setup",
            Self::Run => "run",
            Self::Done => "done",
        }
    }
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A workload. It is deterministic: the same load and connections give the same batches.
pub trait Profile: fmt::Debug + Send {
    /// Returns its name, in kebab case, as a command line spells it.
    fn name(&self) -> &'static str;

    /// Returns the next batch and its phase. Each inner list is one transaction.
    ///
    /// The first batch of [`Phase::Run`] is empty. It marks the end of the set-up. Without it,
    /// the end would show only by taking work that belongs to the run.
    fn next_batch(&mut self, connections: usize) -> (Phase, Vec<Vec<WorkItem>>);
}

/// A profile that can be found by name. Its own file submits it; see [`crate::profiles`].
#[derive(Debug)]
pub struct Registration {
    /// The name that [`Profile::name`] returns.
    pub name: &'static str,
    /// One line for a list of profiles.
    pub about: &'static str,
    /// Makes the profile for a load.
    pub new: fn(Load) -> Box<dyn Profile>,
}

inventory::collect!(Registration);
