//! The files of a suite's folder that are budgets without a test.
//!
//! Deliberately absent: tests without a budget, and folders without a suite, which only a caller can know.

use std::io;
use std::path::{Path, PathBuf};

use crate::builds::Cfgs;
use crate::error::Error;
use crate::files::BudgetFile;
use crate::protocol::file_names::SIZES;

/// A file that should not stand in a suite's folder as it is.
#[derive(Debug)]
pub enum OrphanFile {
    /// Its name does not end in `.toml`.
    NotToml,
    /// It limits a workload that this build does not have.
    WithoutTest { workload: String },
    /// It cannot be read, so nobody knows if it applies to this build.
    Unreadable { workload: String, error: Error },
}

/// Returns every file below a suite's `folder`, sorted; none if there is no such folder. Files of editors and systems
/// are left out: a budget is never hidden.
///
/// # Errors
///
/// If a folder cannot be read.
pub fn budget_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    if folder.exists() {
        list(folder, &mut files)?;
    }
    files.sort();
    Ok(files)
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in folder.read_dir()? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        if entry.file_type()?.is_dir() {
            list(&entry.path(), files)?;
        } else {
            files.push(entry.path());
        }
    }
    Ok(())
}

/// Returns what is wrong with `file`, which lies below a suite's `folder` and which errors call `shown`; `None` if it
/// limits a workload of this build, or the suite's types, or only applies to other builds.
///
/// A budget that stands under `when` alone needs no test in a build where none matches.
#[must_use]
pub fn orphan_file(
    folder: &Path,
    file: &Path,
    shown: &str,
    is_workload: impl Fn(&str) -> bool,
    cfgs: &Cfgs,
) -> Option<OrphanFile> {
    let Some(workload) = workload_of(folder, file) else {
        return Some(OrphanFile::NotToml);
    };
    if workload == SIZES || is_workload(&workload) {
        return None;
    }
    let applies = BudgetFile::load(file, shown).and_then(|budget| {
        let applies = budget.whens.is_empty() || budget.applies(cfgs)?;
        Ok(applies)
    });
    match applies {
        Ok(false) => None,
        Ok(true) => Some(OrphanFile::WithoutTest { workload }),
        Err(error) => Some(OrphanFile::Unreadable { workload, error }),
    }
}

/// Returns the workload of a file: `cold/open.toml` → `cold::open`.
fn workload_of(folder: &Path, file: &Path) -> Option<String> {
    let relative = file.strip_prefix(folder).ok()?.to_str()?;
    Some(relative.strip_suffix(".toml")?.replace(['/', '\\'], "::"))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn folder() -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        let limits = "[limits]\nmax_bytes = 1\n";
        let windows = "[when.'cfg(windows)'.limits]\nmax_bytes = 1\n";
        for (path, text) in [
            ("known.toml", limits),
            ("sizes.toml", "[types]\n"),
            ("cold/open.toml", limits),
            ("cold/windows.toml", windows),
            ("cold/unix.toml", "[when.'cfg(unix)'.limits]\nmax_bytes = 1\n"),
            ("broken.toml", "[limits"),
            ("notes.txt", ""),
            (".hidden.toml", ""),
        ] {
            let path = dir.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        dir
    }

    #[test]
    fn each_file_without_a_test_is_found() {
        let dir = folder();
        let cfgs = Cfgs::parse(&["unix", "!windows"]).unwrap();
        let shown = |file: &Path| {
            let name = file.strip_prefix(dir.path()).unwrap().display().to_string();
            let orphan = orphan_file(dir.path(), file, &name, |path| path == "known", &cfgs)?;
            Some(match orphan {
                OrphanFile::NotToml => format!("{name}: not TOML"),
                OrphanFile::WithoutTest { workload } => format!("{name}: no test {workload}"),
                OrphanFile::Unreadable { workload, .. } => format!("{name}: unreadable {workload}"),
            })
        };
        let files = budget_files(dir.path()).unwrap();
        assert_eq!(files.len(), 7);
        assert_eq!(
            files.iter().filter_map(|file| shown(file)).collect::<Vec<_>>(),
            [
                "broken.toml: unreadable broken",
                "cold/open.toml: no test cold::open",
                "cold/unix.toml: no test cold::unix",
                "notes.txt: not TOML",
            ]
        );
    }

    #[test]
    fn a_missing_folder_holds_nothing() {
        assert_eq!(budget_files(Path::new("/no/such/folder")).unwrap(), Vec::<PathBuf>::new());
    }
}
