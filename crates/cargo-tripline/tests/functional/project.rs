//! A temporary project with one suite, and the tool run in it.
//!
//! All projects share this workspace's target folder and, with the fixtures, one profile, one lock file
//! and one set of features, so that tripline is built for them once. What tests publish there lies under
//! the suite's name; so each project's suite has a name of its own.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::environment::program;
use crate::transcript::Transcript;

/// The beginning of every suite.
const SUITE: &str = "#![allow(dead_code)]\nuse tripline::Probe;\ntripline::suite!();\n";

/// The end of every suite. A workload that reads its size from a file takes another one without another build.
const NUMBER: &str = "
fn number(file: &str) -> usize {
    std::fs::read_to_string(file).unwrap().parse().unwrap()
}
";

/// A target of 32 bits: linked by what comes with it, and run by a kernel for 64.
pub(crate) const NARROW: &str = "i686-unknown-linux-musl";

pub(crate) struct Project {
    folder: TempDir,
    suite: &'static str,
    /// The name of the sources, where no repository has one.
    stated: Option<&'static str>,
}

impl Project {
    /// `tests/<suite>.rs` is `code` below `suite!`. Call sites are another test's: not recording them
    /// halves the time that a run takes.
    pub(crate) fn new(suite: &'static str, code: &str) -> Self {
        let project = Self::bare(suite, code);
        project.write("budgets/tripline.toml", "schema = 1\nbreakdown = false\n");
        project
    }

    /// Whose call sites have names, and are recorded.
    pub(crate) fn sited(suite: &'static str, code: &str) -> Self {
        let project = Self::bare(suite, code);
        let named = project.read("Cargo.toml").replace(
            "opt-level = 0, debug = false, inc",
            "opt-level = 1, debug = \"limited\", inc",
        );
        project.write("Cargo.toml", &named);
        project
    }

    /// One that has no `budgets/` yet.
    pub(crate) fn bare(suite: &'static str, code: &str) -> Self {
        let project =
            Self { folder: TempDir::with_prefix("tripline-").unwrap(), suite, stated: None };
        project.write("Cargo.toml", &manifest(suite));
        let lock = workspace().join("tests/fixtures/Cargo.lock");
        fs::copy(lock, project.path("Cargo.lock")).unwrap();
        project.code(code);
        project
    }

    /// States the commit, as one does who has no repository.
    pub(crate) fn at(mut self, commit: &'static str) -> Self {
        self.stated = Some(commit);
        self
    }

    /// Replaces the suite's code.
    pub(crate) fn code(&self, code: &str) {
        self.write(&format!("tests/{}.rs", self.suite), &format!("{SUITE}{code}{NUMBER}"));
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    /// Every budget below `budgets/`, with its text.
    pub(crate) fn budgets(&self) -> Vec<(PathBuf, String)> {
        let mut files = Vec::new();
        collect(&self.path("budgets"), &mut files);
        files.retain(|(path, _)| !path.ends_with("budgets/tripline.toml"));
        files.sort();
        files
    }

    /// The tool with `arguments`, as a person would run it outside CI.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = program(env!("CARGO_BIN_EXE_cargo-tripline"));
        command
            .current_dir(self.folder.path())
            .args(arguments)
            .envs(self.environment())
            .envs(self.stated.map(|commit| ("TRIPLINE_COMMIT", commit)));
        command
    }

    /// Returns the variables that make cargo build in the folder of all projects.
    pub(crate) fn environment(&self) -> [(&'static str, &OsStr); 2] {
        [
            ("CARGO_TARGET_DIR", shared_target().as_os_str()),
            ("CARGO_NET_OFFLINE", OsStr::new("true")),
        ]
    }

    /// Begins what is to be compared with a snapshot.
    pub(crate) fn transcript(&self) -> Transcript<'_> {
        Transcript::new(self)
    }

    /// Returns the folder in which this project's tests publish.
    pub(crate) fn latest(&self) -> PathBuf {
        shared_target().join("tripline/latest").join(self.suite)
    }

    pub(crate) fn suite(&self) -> &str {
        self.suite
    }

    pub(crate) fn root(&self) -> &Path {
        self.folder.path()
    }
}

/// Removes what cargo built for this project, which is of no use to any other.
impl Drop for Project {
    fn drop(&mut self) {
        for build in ["debug".to_owned(), format!("{NARROW}/debug")] {
            self.clean(&shared_target().join(build));
        }
    }
}

impl Project {
    fn clean(&self, build: &Path) {
        let own = format!("project-{}-", self.suite);
        let fingerprints = build.join(".fingerprint");
        let fingerprints: Vec<_> = named(&fingerprints, |name| name.starts_with(&own)).collect();
        // Whatever a target is called, its files end in the hash of its fingerprint.
        let hash = |path: &PathBuf| {
            path.to_string_lossy().rsplit_once('-').map(|(_, hash)| hash.to_owned())
        };
        let hashes: Vec<_> = fingerprints.iter().filter_map(hash).collect();
        let built = |name: &str| hashes.iter().any(|hash| name.contains(hash));
        for path in named(&build.join("deps"), built).chain(fingerprints) {
            let _ = fs::remove_file(&path).or_else(|_| fs::remove_dir_all(&path));
        }
    }
}

pub(crate) fn named(folder: &Path, takes: impl Fn(&str) -> bool) -> impl Iterator<Item = PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter(move |entry| takes(&entry.file_name().to_string_lossy()))
        .map(|entry| entry.path())
}

pub(crate) fn workspace() -> PathBuf {
    fs::canonicalize(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).unwrap()
}

pub(crate) fn shared_target() -> &'static Path {
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap()
}

fn manifest(suite: &str) -> String {
    let tripline = workspace().join("crates/tripline");
    include_str!("../../../../tests/fixtures/project.toml")
        .replace("{suite}", suite)
        .replace("{tripline}", tripline.to_str().unwrap())
}

fn collect(folder: &Path, files: &mut Vec<(PathBuf, String)>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            let text = fs::read_to_string(&path).unwrap();
            files.push((path, text));
        }
    }
}
