//! Files that belong to no test of this build: budgets, and recorded breakdowns.
//!
//! A budget is one by the rule of the suite's own test. A breakdown is one if its name is that of no workload and of no
//! budget that stays, in any suite. Whatever else stands in a folder is left alone, as other snapshots of insta's are.
//!
//! Deliberately absent: folders of a suite that this build does not have. Another build may have it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use tripline_budget::protocol::file_names::{BUDGETS, SNAPSHOTS, snapshot_name};
use tripline_budget::{OrphanFile, SuiteDescription, budget_files, orphan_file};
use tripline_profile::Breakdown;

use crate::filter::Filter;
use crate::system::replace;
use crate::workspace::{Project, SuiteHome, name};

/// A file that belongs to no test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OrphanedFile {
    path: PathBuf,
    pub(super) shown: String,
    pub(super) text: String,
}

/// The name of the snapshot's file without this is the snapshot's.
const SNAP: &str = ".snap";

/// Returns the files of suites of this build that belong to no test and that `filter` matches, sorted.
pub(crate) fn orphaned(
    project: &Project,
    suites: &[SuiteDescription],
    filter: &Filter,
) -> anyhow::Result<Vec<OrphanedFile>> {
    let mut found = Vec::new();
    for suite in suites {
        found.extend(budgets(SuiteHome::new(project, suite), filter)?);
    }
    let kept = kept_snapshots(project, suites, &found);
    for suite in suites {
        let is_orphan = |stem: &str| {
            let workload =
                stem.strip_prefix(suite.suite.as_str()).and_then(|rest| rest.strip_prefix("__"));
            let matches =
                |path: &str| filter.matches(&name(&suite.suite, &path.replace("__", "::")));
            workload.is_some_and(matches) && !kept.contains(stem)
        };
        for path in snapshots(project, suite).into_iter().filter(|path| is_orphan(stem(path))) {
            let text = fs::read_to_string(&path).with_context(|| failed_to_read(project, &path))?;
            if is_breakdown(&text) {
                found.push(OrphanedFile { shown: project.shown(&path), path, text });
            }
        }
    }
    found.sort_by(|a, b| a.shown.cmp(&b.shown));
    found.dedup();
    Ok(found)
}

/// Returns the suite's budgets without a test.
fn budgets(home: SuiteHome<'_>, filter: &Filter) -> anyhow::Result<Vec<OrphanedFile>> {
    let folder = home.folder();
    // Without its cfgs nobody knows which budgets are another build's.
    let Ok(cfgs) = home.cfgs() else { return Ok(Vec::new()) };
    let is_workload =
        |path: &str| home.suite.workloads.iter().any(|workload| workload.workload == path);
    let mut found = Vec::new();
    for path in budget_files(&folder)? {
        let shown = home.shown(&path);
        if let Some(OrphanFile::WithoutTest { workload }) =
            orphan_file(&folder, &path, &shown, is_workload, &cfgs)
            && filter.matches(&home.name(&workload))
        {
            let text =
                fs::read_to_string(&path).with_context(|| format!("failed to read {shown}"))?;
            found.push(OrphanedFile { path, shown, text });
        }
    }
    Ok(found)
}

/// Returns the names of the snapshots that a workload has, or a budget that stays.
fn kept_snapshots(
    project: &Project,
    suites: &[SuiteDescription],
    removed: &[OrphanedFile],
) -> BTreeSet<String> {
    let of_workloads = suites.iter().flat_map(|suite| {
        suite.workloads.iter().map(|workload| snapshot_name(&suite.suite, &workload.workload))
    });
    let mut kept: BTreeSet<String> = of_workloads.collect();
    let of_suites = suites.iter().map(|suite| SuiteHome::new(project, suite).folder());
    let roots = of_suites.filter_map(|folder| folder.parent().map(Path::to_owned));
    let packages = project.packages().iter().filter_map(|package| package.manifest_path.parent());
    let folders = packages.map(AsRef::as_ref).chain([project.root()]);
    let roots: BTreeSet<PathBuf> =
        roots.chain(folders.map(|folder| folder.join(BUDGETS))).collect();
    for root in roots {
        let files = budget_files(&root).unwrap_or_default();
        let stays = |path: &&PathBuf| !removed.iter().any(|file| file.path == **path);
        kept.extend(files.iter().filter(stays).filter_map(|path| {
            let below = path.strip_prefix(&root).ok()?.with_extension("");
            Some(below.to_str()?.replace(['/', '\\'], "__"))
        }));
    }
    kept
}

/// Returns every snapshot in the package of a suite.
fn snapshots(project: &Project, suite: &SuiteDescription) -> Vec<PathBuf> {
    let package = project.packages().iter().find(|package| package.name.as_str() == suite.package);
    let folder = package.and_then(|package| package.manifest_path.parent());
    let mut found = Vec::new();
    if let Some(folder) = folder {
        collect(folder.as_std_path(), false, &mut found);
    }
    found
}

/// Collects the snapshots below a folder, but not what belongs to another package, is hidden, or is built.
fn collect(folder: &Path, is_snapshots: bool, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let (path, own_name) = (entry.path(), entry.file_name());
        let own_name = own_name.to_string_lossy();
        // A link may lead out of the workspace.
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => {
                let is_apart = own_name.starts_with('.') || path.join("Cargo.toml").exists();
                if !is_apart && !path.join("CACHEDIR.TAG").exists() {
                    collect(&path, own_name == SNAPSHOTS, found);
                }
            }
            Ok(kind) if kind.is_file() && is_snapshots && own_name.ends_with(SNAP) => {
                found.push(path);
            }
            _ => {}
        }
    }
}

fn stem(path: &Path) -> &str {
    let own_name = path.file_name().and_then(|name| name.to_str());
    own_name.and_then(|name| name.strip_suffix(SNAP)).unwrap_or_default()
}

/// Returns `true` if a snapshot holds a breakdown. insta's own lines come first, between two lines `---`.
fn is_breakdown(text: &str) -> bool {
    let text = text.replace("\r\n", "\n");
    let body = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n"));
    body.is_some_and(|(_, body)| Breakdown::from_text(body).is_ok())
}

fn failed_to_read(project: &Project, path: &Path) -> String {
    format!("failed to read {}", project.shown(path))
}

/// Removes the files, or none.
pub(super) fn remove(files: &[OrphanedFile]) -> anyhow::Result<()> {
    for OrphanedFile { path, shown, text } in files {
        if fs::read_to_string(path).ok().as_ref() != Some(text) {
            bail!("{shown} was changed while this ran, so nothing is removed: run it again");
        }
    }
    for (removed, file) in files.iter().enumerate() {
        if let Err(error) = fs::remove_file(&file.path) {
            for OrphanedFile { path, shown, text } in &files[..removed] {
                replace(path, text).with_context(|| format!("{shown} cannot be put back"))?;
            }
            let shown = &file.shown;
            return Err(error).context(format!("failed to remove {shown}, so no file was removed"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_snapshot_of_a_breakdown_is_one() {
        let text = Breakdown::default().to_text();
        assert!(is_breakdown(&format!("---\nsource: tests/memory.rs\n---\n{text}")));
        assert!(is_breakdown(&format!("---\nsource: x\n---\n{text}").replace('\n', "\r\n")));
        assert!(!is_breakdown("---\nsource: tests/memory.rs\n---\ntotal blocks: 7\n"));
        assert!(!is_breakdown(&text));
    }

    #[test]
    fn snapshots_of_other_packages_and_builds_are_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        for file in [
            "tests/snapshots/a.snap",
            "src/deep/snapshots/b.snap",
            "tests/snapshots/a.snap.new",
            "tests/c.snap",
            "member/Cargo.toml",
            "member/tests/snapshots/d.snap",
            "target/CACHEDIR.TAG",
            "target/package/snapshots/e.snap",
            ".jj/snapshots/f.snap",
        ] {
            let path = dir.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        let mut found = Vec::new();
        collect(dir.path(), false, &mut found);
        let mut stems: Vec<&str> = found.iter().map(|path| stem(path)).collect();
        stems.sort_unstable();
        assert_eq!(stems, ["a", "b"]);
    }

    #[test]
    fn one_file_that_was_changed_meanwhile_keeps_all() {
        let dir = tempfile::tempdir().unwrap();
        let file = |name: &str| OrphanedFile {
            path: dir.path().join(name),
            shown: format!("budgets/{name}"),
            text: "recorded".to_owned(),
        };
        let files = [file("a.toml"), file("b.toml")];
        fs::write(&files[0].path, "recorded").unwrap();
        fs::write(&files[1].path, "edited").unwrap();
        assert_eq!(
            remove(&files).unwrap_err().to_string(),
            "budgets/b.toml was changed while this ran, so nothing is removed: run it again"
        );
        assert!(files[0].path.exists());
        fs::write(&files[1].path, "recorded").unwrap();
        remove(&files).unwrap();
        assert!(!files[0].path.exists() && !files[1].path.exists());
    }
}
