//! The scribe: the process in which insta holds a breakdown to its snapshot.
//!
//! The judge knows already what differs, and the failure says it once; insta prints a message of its own and panics.
//! So insta gets a process of its own, of which only the exit status counts. There it keeps a pending snapshot for
//! `cargo insta review`, notes which snapshots are in use, and heeds `INSTA_UPDATE` and `INSTA_FORCE_PASS`, as
//! everywhere.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tripline_budget::protocol::variables;

use crate::case::TestCase;
use crate::error::{ChildProcess, Error, FileAction, NotJudged, SystemError};
use crate::meter::rerun::{self, OutputFiles};
use crate::sites::snapshot::BreakdownSnapshot;

/// A scribe takes milliseconds.
pub(crate) const TIMEOUT: Duration = Duration::from_secs(60);

/// A process that compares one text with its snapshot.
#[derive(Debug)]
pub(crate) struct Scribe {
    text: PathBuf,
}

/// Returns `true` if insta accepts `text` as the workload's breakdown.
pub(crate) fn accepts(case: &TestCase, folder: &Path, text: &str) -> Result<bool, Error> {
    let order = folder.join("breakdown.txt");
    fs::write(&order, text).map_err(SystemError::file(FileAction::Write, &order))?;
    let output =
        OutputFiles { stdout: folder.join("scribe.stdout"), stderr: folder.join("scribe.stderr") };
    let mut rerun = rerun::command(case.workload, &output)?;
    rerun
        .command
        .env(variables::SCRIBE, &order)
        // insta would ask cargo, at 50 ms a process.
        .env("INSTA_WORKSPACE_ROOT", case.paths.workspace())
        .env("INSTA_OUTPUT", "none")
        .env("RUST_BACKTRACE", "0");
    let mut scribe = rerun.start(ChildProcess::Scribe)?;
    let stderr = || rerun::standard_error(&output.stderr);
    match rerun::wait(&mut scribe, TIMEOUT)? {
        None => Err(NotJudged::InstaTimedOut { stderr: stderr() }.into()),
        Some(status) if status.success() => Ok(true),
        Some(status) if status.code() == Some(rerun::TEST_FAILED) => Ok(false),
        Some(status) => Err(NotJudged::InstaFailed { status, stderr: stderr() }.into()),
    }
}

impl Scribe {
    /// Returns the order that this process was given, if it is a scribe.
    pub(crate) fn ordered() -> Option<Self> {
        std::env::var_os(variables::SCRIBE).map(|text| Self { text: text.into() })
    }

    /// Hands the breakdown to insta, which panics if it differs from the snapshot.
    pub(crate) fn assert(self, case: &TestCase) -> Result<(), Error> {
        let text = fs::read_to_string(&self.text)
            .map_err(SystemError::file(FileAction::Read, &self.text))?;
        let snapshot = BreakdownSnapshot::of_case(case);
        (case.workload.assert_snapshot)(snapshot.folder(), snapshot.name(), &text);
        Ok(())
    }
}
