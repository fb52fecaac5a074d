//! The scribe: the process in which insta holds a breakdown to its snapshot.
//!
//! The judge knows already what differs, and has one message for everything; insta prints a message of its
//! own and panics. So it gets a process of its own, whose exit status is all that counts. It does there what
//! it does everywhere: keeps a pending snapshot for `cargo insta review`, notes which snapshots are in use,
//! heeds `INSTA_UPDATE` and `INSTA_FORCE_PASS`.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tripline_budget::protocol::variables;

use crate::case::paths::Home;
use crate::case::registry::{Suite, Workload};
use crate::meter::rerun::{self, ended, with_errors};
use crate::sites::snapshot::Snapshot;

/// A scribe takes milliseconds.
const TIMEOUT: Duration = Duration::from_secs(60);

/// A scribe's order.
#[derive(Debug)]
pub(crate) struct Scribe {
    text: PathBuf,
}

/// Whether insta takes `text` for the workload's breakdown.
pub(crate) fn holds(
    workload: &Workload,
    home: &Home,
    folder: &Path,
    text: &str,
) -> Result<bool, String> {
    let order = folder.join("breakdown.txt");
    fs::write(&order, text)
        .map_err(|error| format!("failed to write {}: {error}", order.display()))?;
    let output = ["scribe.stdout", "scribe.stderr"].map(|name| folder.join(name));
    let (mut command, _) = rerun::command(workload, &output)?;
    command
        .env(variables::SCRIBE, &order)
        // insta would ask cargo, at 50 ms a process.
        .env("INSTA_WORKSPACE_ROOT", home.workspace())
        .env("INSTA_OUTPUT", "none")
        .env("RUST_BACKTRACE", "0");
    let mut scribe =
        command.spawn().map_err(|error| format!("failed to start the scribe: {error}"))?;
    let failed = |reason: &str| with_errors(&format!("insta {reason}"), &output[1]);
    match rerun::wait(&mut scribe, TIMEOUT)? {
        None => Err(failed("was still comparing the breakdown after a minute")),
        Some(status) if status.success() => Ok(true),
        // libtest's own exit status for a failed test.
        Some(status) if status.code() == Some(101) => Ok(false),
        Some(status) => Err(failed(&format!("could not compare the breakdown: {}", ended(status)))),
    }
}

impl Scribe {
    /// What this process was ordered, if it is a scribe.
    pub(crate) fn ordered() -> Option<Self> {
        std::env::var_os(variables::SCRIBE).map(|text| Self { text: text.into() })
    }

    /// Hands the breakdown to insta, which panics if it differs from the snapshot.
    pub(crate) fn assert(self, workload: &Workload) -> Result<(), String> {
        let suite = Suite::of_this_binary().ok_or("this crate is no suite")?;
        let text = fs::read_to_string(&self.text)
            .map_err(|error| format!("failed to read {}: {error}", self.text.display()))?;
        let snapshot = Snapshot::of(workload, suite, &Home::find(workload.manifest_dir));
        (workload.assert_snapshot)(snapshot.folder(), snapshot.name(), &text);
        Ok(())
    }
}
