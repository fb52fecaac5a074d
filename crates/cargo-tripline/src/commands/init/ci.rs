//! Jobs that hold the budgets in CI: `cargo test` of the suite, and its reports where it fails.

use std::path::{Path, PathBuf};
use std::process::Command;

use tripline_budget::protocol::file_names::{LATEST, OUTPUT};

use crate::system::process;
use crate::workspace::CargoArgs;

/// The facts that a job depends on.
#[derive(Clone, Debug)]
pub(super) struct CiJob {
    /// The `cargo test` to run.
    pub(super) test: String,
    /// The workspace's folder within the repository; empty if it is the repository's.
    pub(super) folder: String,
    /// The toolchain to install; `None` if a file names it, or if it is no release.
    pub(super) toolchain: Option<String>,
}

/// Returns the workflow's file, where GitHub looks for it.
pub(super) fn workflow_file(repository: &Path) -> PathBuf {
    repository.join(".github/workflows/budgets.yml")
}

impl CiJob {
    pub(super) fn new(
        workspace: &Path,
        repository: &Path,
        selection: &str,
        cargo: &CargoArgs,
    ) -> Self {
        let folder = workspace.strip_prefix(repository).unwrap_or(Path::new(""));
        Self {
            test: test(selection, cargo),
            folder: folder.display().to_string().replace('\\', "/"),
            toolchain: toolchain(workspace),
        }
    }

    pub(super) fn github(&self) -> String {
        let Self { test, folder, .. } = self;
        let install = self.toolchain.as_ref().map_or_else(
            || "rustup toolchain install".to_owned(),
            |version| {
                format!(
                    "rustup toolchain install {version} --profile minimal && rustup default {version}"
                )
            },
        );
        let defaults = match folder.as_str() {
            "" => String::new(),
            folder => format!("    defaults:\n      run:\n        working-directory: {folder}\n"),
        };
        let reports =
            Path::new(folder).join(format!("target/{OUTPUT}/{LATEST}")).display().to_string();
        format!(
            "name: budgets\n\non: [push, pull_request]\n\npermissions:\n  contents: read\n\njobs:\n  budgets:\n    \
             runs-on: ubuntu-latest\n{defaults}    steps:\n      - uses: actions/checkout@v4\n      \
             # Figures are those of one toolchain.\n      - run: {install}\n      - run: {test}\n      \
             - uses: actions/upload-artifact@v4\n        if: failure()\n        with:\n          \
             name: tripline\n          path: {}\n",
            reports.replace('\\', "/")
        )
    }

    pub(super) fn gitlab(&self) -> String {
        let Self { test, folder, .. } = self;
        let image = self.toolchain.as_deref().unwrap_or("latest");
        let (enter, below) = match folder.as_str() {
            "" => (String::new(), String::new()),
            folder => (format!("    - cd {folder}\n"), format!("{folder}/")),
        };
        format!(
            "budgets:\n  # Figures are those of one toolchain.\n  image: rust:{image}\n  script:\n\
             {enter}    - {test}\n  artifacts:\n    when: on_failure\n    paths:\n      \
             - {below}target/{OUTPUT}/{LATEST}/\n"
        )
    }
}

/// Returns the `cargo test` with the recorded packages and features, which decide the figures.
fn test(selection: &str, cargo: &CargoArgs) -> String {
    let features = CargoArgs { manifest_path: None, target_dir: None, ..cargo.clone() };
    let mut command = Command::new("cargo");
    command.arg("test");
    features.append_to(&mut command);
    let arguments = command.get_args().map(|argument| argument.to_string_lossy().into_owned());
    format!("cargo {} {selection}", arguments.collect::<Vec<_>>().join(" "))
}

/// Returns the running release, unless the workspace pins one itself.
fn toolchain(workspace: &Path) -> Option<String> {
    let pinned = ["rust-toolchain.toml", "rust-toolchain"];
    if pinned.iter().any(|file| workspace.join(file).is_file()) {
        return None;
    }
    let mut rustc = Command::new("rustc");
    let version = process::run(rustc.arg("-vV").current_dir(workspace)).ok()?.stdout;
    let release = version.lines().find_map(|line| line.strip_prefix("release: "))?;
    let is_release = release.chars().all(|char| char.is_ascii_digit() || char == '.');
    is_release.then(|| release.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(folder: &str, toolchain: Option<&str>) -> CiJob {
        let test = test("--test budgets", &CargoArgs::default());
        CiJob { test, folder: folder.to_owned(), toolchain: toolchain.map(str::to_owned) }
    }

    #[test]
    fn a_job_runs_the_suite_with_one_toolchain() {
        insta::assert_snapshot!("github", job("", Some("1.95.0")).github());
        insta::assert_snapshot!("gitlab", job("", Some("1.95.0")).gitlab());
    }

    #[test]
    fn below_the_repository_it_enters_the_folder() {
        insta::assert_snapshot!("github_below", job("rust/core", None).github());
        insta::assert_snapshot!("gitlab_below", job("rust/core", None).gitlab());
    }

    #[test]
    fn it_has_the_features_that_were_recorded() {
        let cargo = CargoArgs { no_default_features: true, ..CargoArgs::default() };
        assert_eq!(test("--lib", &cargo), "cargo test --no-default-features --lib");
    }
}
