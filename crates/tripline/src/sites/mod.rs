//! Call sites: the breakdown of a run, the recorded one, and what differs.

pub(crate) mod breakdown;
pub(crate) mod evidence;
pub(crate) mod scribe;
pub(crate) mod snapshot;
pub(crate) mod tolerance;
