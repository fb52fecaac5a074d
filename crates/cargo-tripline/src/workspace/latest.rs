//! Reads what this command's own runs published under `<target>/tripline/latest/`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};
use tripline_budget::layout::Layouts;
use tripline_budget::protocol::file_names;
use tripline_budget::{Measurement, SuiteDescription};

/// The folders that tests may publish below: cargo's target folder, and its build folder if that is another.
#[derive(Clone, Debug)]
pub struct TargetFolders {
    target: PathBuf,
    build: Option<PathBuf>,
}

impl TargetFolders {
    pub(super) fn new(target: PathBuf, build: Option<PathBuf>) -> Self {
        let build = build.filter(|build| *build != target);
        Self { target, build }
    }

    /// Returns cargo's target folder.
    pub(crate) fn target(&self) -> &Path {
        &self.target
    }

    fn published(&self, name: &str) -> impl Iterator<Item = PathBuf> {
        let folders = [&self.target].into_iter().chain(&self.build);
        folders.map(move |folder| file_names::output_folder(folder).join(name))
    }
}

/// Returns every suite that described itself in the run, sorted by name.
pub(crate) fn suites(folders: &TargetFolders, run: &str) -> anyhow::Result<Vec<SuiteDescription>> {
    let mut suites = Vec::new();
    for file in descriptions(folders) {
        suites.extend(suite(&file, run)?);
    }
    suites.sort_by(|a, b| a.suite.cmp(&b.suite));
    Ok(suites)
}

/// Returns every suite that ever described itself, of any run. What another version wrote says nothing here.
pub(super) fn known(folders: &TargetFolders) -> Vec<SuiteDescription> {
    let texts = descriptions(folders).into_iter().filter_map(|file| fs::read_to_string(file).ok());
    texts.filter_map(|text| SuiteDescription::from_json(&text).ok()).collect()
}

fn descriptions(folders: &TargetFolders) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for folder in folders.published(file_names::LATEST) {
        for entry in folder.read_dir().into_iter().flatten().flatten() {
            // A folder for each target, among those of workloads.
            for within in entry.path().read_dir().into_iter().flatten().flatten() {
                let file = within.path().join(file_names::SUITE);
                if file.is_file() {
                    files.push(file);
                }
            }
        }
    }
    files
}

fn suite(file: &Path, run: &str) -> anyhow::Result<Option<SuiteDescription>> {
    let Some(text) = published_by(file, run)? else {
        return Ok(None);
    };
    let suite = SuiteDescription::from_json(&text).map_err(|error| unreadable(file, &error))?;
    Ok(Some(suite))
}

/// Returns the measurement of a workload in the run; `None` if it published none.
///
/// # Errors
///
/// If the file cannot be read, or another version wrote it.
pub fn measurement(
    folders: &TargetFolders,
    suite: &str,
    workload: &str,
    run: &str,
) -> anyhow::Result<Option<Measurement>> {
    measurement_in(folders.published(file_names::LATEST), suite, workload, run)
}

/// Returns the measurement of a workload with a planted breach.
pub(crate) fn planted(
    folders: &TargetFolders,
    suite: &str,
    workload: &str,
    run: &str,
) -> anyhow::Result<Option<Measurement>> {
    measurement_in(folders.published(file_names::PLANTED), suite, workload, run)
}

fn measurement_in(
    published: impl Iterator<Item = PathBuf>,
    suite: &str,
    workload: &str,
    run: &str,
) -> anyhow::Result<Option<Measurement>> {
    for mut file in published {
        file.push(suite);
        file.push(file_names::workload_path(workload));
        file.push(file_names::MEASUREMENT);
        if let Some(text) = published_by(&file, run)? {
            let read = Measurement::from_json(&text).map_err(|error| unreadable(&file, &error))?;
            return Ok(Some(read));
        }
    }
    Ok(None)
}

/// Returns the page of a workload; `None` if it has none. A run without a page removes an older one.
pub(crate) fn page(folders: &TargetFolders, name: &str) -> Option<PathBuf> {
    let of = |mut folder: PathBuf| {
        folder.push(file_names::workload_path(name));
        folder.join(file_names::REPORT)
    };
    folders.published(file_names::LATEST).map(of).find(|page| page.is_file())
}

/// Returns the layouts that a suite published in the run; `None` if it published none.
pub(crate) fn layouts(
    folders: &TargetFolders,
    suite: &str,
    run: &str,
) -> anyhow::Result<Option<Layouts>> {
    for folder in folders.published(file_names::LATEST) {
        let file = folder.join(suite).join(file_names::LAYOUTS);
        if let Some(text) = published_by(&file, run)? {
            let read = Layouts::from_json(&text).map_err(|error| unreadable(&file, &error))?;
            return Ok(Some(read));
        }
    }
    Ok(None)
}

/// Returns the file's text if the run wrote it. The id is read first: another run's file may be of another version,
/// and does not matter.
fn published_by(file: &Path, run: &str) -> anyhow::Result<Option<String>> {
    let text = match fs::read_to_string(file) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        text => text.with_context(|| format!("failed to read {}", file.display()))?,
    };
    let id = serde_json::from_str::<serde_json::Value>(&text)
        .ok()
        .and_then(|value| value.get("run")?.as_str().map(str::to_owned));
    Ok((id.as_deref() == Some(run)).then_some(text))
}

fn unreadable(file: &Path, error: &tripline_budget::Error) -> anyhow::Error {
    anyhow!("failed to read {}: {error}", file.display())
}
