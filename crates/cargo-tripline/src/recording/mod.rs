//! Records budgets: measured figures become the lines of a file.
//!
//! In order: every workload that matches runs once (`candidate`); those to record or change run again (`runs`),
//! unless another machine published its runs (`figure_source`); figures and budgets make plans (`plan`,
//! `plan_types`); plans make texts that are read back (`draft`); only then is anything written (`write`), or shown
//! instead (`patch`, `changes`). `recorder` runs the stages. Limits of `another_build` are left alone.
//!
//! `orphaned` finds the files that belong to no test, and removes them if a person says so.
//!
//! It may not know a command line. Deliberately absent: raising a ceiling, and removing a limit, which only a person
//! does.

mod another_build;
mod band;
mod candidate;
mod candidates;
mod changes;
mod draft;
mod figure_source;
mod keys;
mod last_commit;
mod orphaned;
mod outcome;
mod patch;
mod plan;
mod plan_types;
mod recorder;
mod refusals;
mod request;
mod ruler_and_code;
mod runs;
mod samples;
mod uncommitted;
mod write;
mod write_mode;

pub(crate) use another_build::when_key;
pub(crate) use draft::Draft;
pub(crate) use figure_source::FigureSource;
pub(crate) use keys::{RaiseKey, split_keys};
pub(crate) use orphaned::orphaned;
pub(crate) use outcome::RecordingOutcome;
pub(crate) use patch::patch;
pub(crate) use recorder::{finish, planned, record};
pub(crate) use request::{RecordingMode, RecordingRequest};
pub(crate) use write::write;
pub(crate) use write_mode::WriteMode;
