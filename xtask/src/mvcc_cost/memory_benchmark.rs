//! Builds and runs `memory-benchmark`.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, ensure};
use cargo_tripline::{Step, run};
use serde_json::Value;

use crate::cargo_build::CargoBuild;
use crate::mvcc_cost::figures::{FIELDS, RunFigures};
use crate::mvcc_cost::sweep::{BATCH, InsertLoad, WORKLOAD};

const NAME: &str = "memory-benchmark";

/// The benchmark's executable.
#[derive(Debug)]
pub(super) struct MemoryBenchmark {
    executable: PathBuf,
    pub(super) opt_level: String,
}

impl MemoryBenchmark {
    /// Builds it as part of the whole workspace. Built alone, the engine's dependencies would have other
    /// features, and other figures.
    pub(super) fn build(root: &Path) -> anyhow::Result<Self> {
        let _step = Step::begin(format!("building {NAME}"));
        let build = CargoBuild::run(root, &["--workspace", "--bin", NAME])?;
        let built = build.executable(NAME)?;
        Ok(Self { executable: built.path.clone(), opt_level: built.opt_level.clone() })
    }

    /// Runs it once.
    pub(super) fn measure(&self, load: &InsertLoad) -> anyhow::Result<RunFigures> {
        let finished = run(&mut self.command(load)?)?;
        ensure!(finished.success, "{NAME} failed at {load}\n\n{}", finished.stderr.trim_end());
        figures(&finished.stdout).with_context(|| format!("failed to read the report on {load}"))
    }

    fn command(&self, load: &InsertLoad) -> anyhow::Result<Command> {
        let folder = self.executable.parent().context("the executable is in no folder")?;
        let mode = load.mode.name();
        let profile = folder.join(format!("mvcc-cost-{mode}.dhat.json"));
        let mut command = Command::new(&self.executable);
        command.args(["--format", "json", "--workload", WORKLOAD, "--mode", mode]);
        command.arg("--connections").arg(load.connections.to_string());
        command.arg("--iterations").arg(load.iterations().to_string());
        command.arg("--batch-size").arg(BATCH.to_string());
        command.arg("--dhat-file").arg(profile);
        Ok(command)
    }
}

fn figures(report: &str) -> anyhow::Result<RunFigures> {
    let report: Value = serde_json::from_str(report)?;
    let mut figures = RunFigures::default();
    for (field, value) in FIELDS.iter().zip(&mut figures) {
        let figure = report[field.key].as_u64();
        *value = figure.with_context(|| format!("the report has no `{}`", field.key))?;
    }
    Ok(figures)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_that_was_not_measured_is_an_error() {
        let report = r#"{"heap_current_bytes": 3, "heap_peak_bytes": 2, "total_allocs": 1}"#;
        assert_eq!(figures(report).unwrap(), [1, 2, 3]);
        let error = figures(&report.replace('2', "null")).unwrap_err();
        assert_eq!(error.to_string(), "the report has no `heap_peak_bytes`");
    }
}
