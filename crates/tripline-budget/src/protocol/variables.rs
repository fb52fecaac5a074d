//! Environment variables.
//!
//! The first group may be set by a person, a CI job or a tool, and is read by the judge: the test process that holds
//! figures to budgets. The second group is set by the judge alone, for the processes that it starts: one for the meter, and
//! one for the scribe. A workload must see the same however it is measured, so all else that a meter is told stands in a
//! file.

/// The run's id. A tool sets it, so that it recognises what its own run published; the judge writes it into every
/// published file, and makes up an id where it is not set.
pub const RUN: &str = "TRIPLINE_RUN";

/// The name of the sources that are measured, in place of git's commit. A person or a CI job sets it where there is no
/// repository; the judge writes it into what it publishes, and a tool compares it with its own.
pub const COMMIT: &str = "TRIPLINE_COMMIT";

/// Set to `1`, the judge measures resident memory too, though no budget limits it yet. Set by a tool that records.
pub const MEASURE_RSS: &str = "TRIPLINE_MEASURE_RSS";

/// Set to `1`, the judge publishes the breakdown by call site even where the snapshot holds it. Set by a tool that
/// records, and by CI jobs whose figures are recorded elsewhere.
pub const BREAKDOWN: &str = "TRIPLINE_BREAKDOWN";

/// Set to `1`, the test [`SIZES`](super::test_names::SIZES) publishes every type's layout. Set by a tool that shows
/// layouts.
pub const LAYOUTS: &str = "TRIPLINE_LAYOUTS";

/// The number of runs beside the one that is judged. Set by a tool that records, and by CI jobs whose figures are
/// recorded elsewhere.
pub const REPEATS: &str = "TRIPLINE_REPEATS";

/// The engine that measures, whatever the budgets say. Set by `check --engine`.
pub const ENGINE: &str = "TRIPLINE_ENGINE";

/// The index, in each budget, of the limit to plant a breach for, from 0. Set by a tool that proves limits. The judge
/// then fails every test.
pub const PLANT: &str = "TRIPLINE_PLANT";

/// The folder of a meter's [`ORDER`](super::file_names::ORDER). The judge sets it; a process that has it is a meter, or was
/// started by one. It is the only variable of tripline's that a workload sees, and always of one length.
pub const METER: &str = "TRIPLINE_METER";

/// The file that holds a breakdown's text. The judge sets it; a process that has it is a scribe, which hands that text
/// to insta.
pub const SCRIBE: &str = "TRIPLINE_SCRIBE";
