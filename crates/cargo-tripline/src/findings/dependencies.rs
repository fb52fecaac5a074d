//! The dependencies that moved since a budget was recorded. A budget holds only their digest; git has the lock file.

use std::fs;
use std::path::Path;

use tripline_budget::{Dependencies, DependencyDigest};

use crate::output::few;
use crate::repository::Git;
use crate::workspace::SuiteHome;

/// The most dependencies that are named.
const SHOWN: usize = 5;

/// Returns `turso 0.8.2 → 0.8.3 and 2 more`; `None` if the history does not tell.
pub(super) fn moved(home: SuiteHome<'_>, workload: &str, recorded: &str) -> Option<String> {
    let (root, package) = (home.root(), home.suite.package.as_str());
    let now = Dependencies::of(&fs::read_to_string(root.join("Cargo.lock")).ok()?, package)?;
    let git = Git::open(root).ok()?;
    let lock = git.beside(&home.budget(workload), Path::new("Cargo.lock")).ok()??;
    let then = Dependencies::of(&lock, package)?;
    // The budget may have been edited since it was recorded.
    let recorded = DependencyDigest::read(recorded)?;
    (!then.digest().differs_from(&recorded)).then(|| few(&then.changes(&now), SHOWN))
}
