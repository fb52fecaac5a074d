//! Names of files and folders.
//!
//! ```text
//! <target>/tripline/latest/<suite>/<package>.<target>/suite.json     published by a suite's own tests
//! <target>/tripline/latest/<suite>/layouts.json
//! <target>/tripline/latest/<suite>/<workload>/measurement.json       published by a workload's judge
//! <target>/tripline/latest/<suite>/<workload>/dhat-heap.json
//! <target>/tripline/latest/<suite>/<workload>/report.html
//! <target>/tripline/planted/<suite>/<workload>/measurement.json      the same, with a breach planted
//! <target>/tripline/runs/                                            folders of meters at work
//! budgets/tripline.toml                                              written by a person
//! budgets/<suite>/<workload>.toml, budgets/<suite>/sizes.toml        written by a person or `update-budgets`
//! snapshots/<suite>__<workload>.snap                                 beside the test's file, written by insta or a tool
//! ```
//!
//! A workload's path with `::` becomes folders in `latest/` and `budgets/`, and `__` in a snapshot's name.

use std::path::{Path, PathBuf};

/// The folder below the target folder that holds everything that tripline writes there.
pub const OUTPUT: &str = "tripline";

/// The folder below [`OUTPUT`] to which tests publish. A tool reads it.
pub const LATEST: &str = "latest";

/// The folder below [`OUTPUT`] to which tests publish what was measured with a planted breach. A tool reads it.
pub const PLANTED: &str = "planted";

/// The folder below [`OUTPUT`] in which meters work.
pub const RUNS: &str = "runs";

/// A [`Measurement`](crate::Measurement). A meter writes it for its judge; the judge publishes it for tools.
pub const MEASUREMENT: &str = "measurement.json";

/// The order of a meter, in the folder that [`METER`](super::variables::METER) names. The judge writes it; the meter reads it,
/// and its allocator the first line.
pub const ORDER: &str = "order";

/// A [`SuiteDescription`](crate::SuiteDescription). The test [`BUDGETS`](super::test_names::BUDGETS) publishes it for
/// tools.
pub const SUITE: &str = "suite.json";

/// The [`Layouts`](crate::layout::Layouts) of a suite's types. The test [`SIZES`](super::test_names::SIZES) publishes it
/// for tools.
pub const LAYOUTS: &str = "layouts.json";

/// A profile in dhat's format, by dhat's own name for it. A meter writes it; the judge publishes it for people and tools.
pub const PROFILE: &str = "dhat-heap.json";

/// The page of a workload. The judge publishes it; a tool names it.
pub const REPORT: &str = "report.html";

/// The folder of budgets, in the workspace or a package. Tests and tools look for it.
pub const BUDGETS: &str = "budgets";

/// The defaults of every budget, in [`BUDGETS`]. Read by tests and tools.
pub const CONFIG: &str = "tripline.toml";

/// The stem of the file in a suite's folder that limits sizes of types; no workload can have this name.
pub const SIZES: &str = "sizes";

/// The folder of recorded breakdowns, beside the test's own file.
pub const SNAPSHOTS: &str = "snapshots";

/// Returns the file in `folder`, a suite's budgets, that limits the sizes of its types.
#[must_use]
pub fn sizes_file(folder: &Path) -> PathBuf {
    folder.join(SIZES).with_extension("toml")
}

/// Returns the folder below a target folder that holds everything that tripline writes there.
#[must_use]
pub fn output_folder(target: &Path) -> PathBuf {
    target.join(OUTPUT)
}

/// Returns the folder in which a suite's tests publish.
#[must_use]
pub fn suite_folder(target: &Path, suite: &str) -> PathBuf {
    output_folder(target).join(LATEST).join(suite)
}

/// Returns the file in `folder`, a suite's budgets, that limits a workload.
#[must_use]
pub fn budget_file(folder: &Path, workload: &str) -> PathBuf {
    let mut file = folder.join(workload_path(workload));
    file.as_mut_os_string().push(".toml");
    file
}

/// Returns the path of a workload's folder or budget below its suite's: each part of `workload` is a name in it.
#[must_use]
pub fn workload_path(workload: &str) -> PathBuf {
    workload.split("::").collect()
}

/// Returns the name that insta knows a workload's breakdown by.
#[must_use]
pub fn snapshot_name(suite: &str, workload: &str) -> String {
    format!("{suite}__{}", workload.replace("::", "__"))
}

/// Returns the name of the file that holds the snapshot called `name`.
#[must_use]
pub fn snapshot_file(name: &str) -> String {
    format!("{name}.snap")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_follow_from_names_of_workloads() {
        let name = snapshot_name("sql", "wal::insert");
        assert_eq!(
            (snapshot_file(&name), name),
            ("sql__wal__insert.snap".into(), "sql__wal__insert".into())
        );
        assert_eq!(workload_path("wal::insert"), Path::new("wal").join("insert"));
        assert_eq!(sizes_file(Path::new("budgets/sql")), Path::new("budgets/sql/sizes.toml"));
        assert_eq!(suite_folder(Path::new("t"), "sql"), Path::new("t/tripline/latest/sql"));
    }
}
