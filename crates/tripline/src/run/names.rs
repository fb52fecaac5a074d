//! The names that the processes of a run agree on: variables of the environment and files.

/// Names the run's folder to the meter: the token that makes a process a meter.
pub(crate) const METER: &str = "TRIPLINE_METER";
/// Names the meter's instrument to it.
pub(crate) const INSTRUMENT: &str = "TRIPLINE_INSTRUMENT";
/// Holds the judge's process id, where the judge is the meter's parent.
pub(crate) const PARENT: &str = "TRIPLINE_PARENT";
/// Tells a meter which breach to plant.
pub(crate) const METER_PLANT: &str = "TRIPLINE_METER_PLANT";
/// Tells a meter which size to take.
pub(crate) const SCALE: &str = "TRIPLINE_SCALE";
/// Names the file with the breakdown's text to the scribe: the token that makes a process a scribe.
pub(crate) const SCRIBE: &str = "TRIPLINE_SCRIBE";
/// Holds the id that a tool gave the run.
pub(crate) const RUN: &str = "TRIPLINE_RUN";

/// The mark of a run's folder that a meter has taken.
pub(crate) const CLAIM: &str = "claimed";
pub(crate) const MEASUREMENT: &str = "measurement.json";
/// dhat's own name for a profile.
pub(crate) const PROFILE: &str = "dhat-heap.json";
pub(crate) const REPORT: &str = "report.html";
/// The suite's description.
pub(crate) const SUITE: &str = "suite.json";
/// The layouts of the suite's types, which a tool may ask for.
pub(crate) const LAYOUTS: &str = "layouts.json";
