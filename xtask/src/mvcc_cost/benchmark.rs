//! `memory-benchmark`, built and run.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, ensure};
use cargo_tripline::{Step, run};

use crate::mvcc_cost::figure::{METRICS, Reading};
use crate::mvcc_cost::json;
use crate::mvcc_cost::sweep::{BATCH, Job, WORKLOAD};

const NAME: &str = "memory-benchmark";

/// The benchmark's executable.
#[derive(Debug)]
pub(super) struct Benchmark {
    executable: PathBuf,
    pub(super) opt_level: String,
}

impl Benchmark {
    /// Builds it as part of the whole workspace: built alone, the engine's dependencies would have other
    /// features, and other figures.
    pub(super) fn build(root: &Path) -> anyhow::Result<Self> {
        let _step = Step::begin(format!("building {NAME}"));
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command.current_dir(root).args(["build", "--workspace", "--bin", NAME]);
        command.arg("--message-format=json-render-diagnostics");
        let built = run(&mut command)?;
        ensure!(built.success, "{NAME} does not build\n\n{}", built.stderr.trim_end());
        Self::read_messages(&built.stdout).with_context(|| format!("cargo built no {NAME}"))
    }

    fn read_messages(messages: &str) -> Option<Self> {
        let artifact = messages.lines().find_map(|line| {
            let named = line.contains(&format!("\"name\":\"{NAME}\""));
            Some((line, json::string(line, "executable").filter(|_| named)?))
        });
        let (line, executable) = artifact?;
        Some(Self { executable: executable.into(), opt_level: json::string(line, "opt_level")? })
    }

    /// One run.
    pub(super) fn read(&self, job: &Job) -> anyhow::Result<Reading> {
        let finished = run(&mut self.command(job)?)?;
        ensure!(finished.success, "{NAME} failed at {job}\n\n{}", finished.stderr.trim_end());
        reading(&finished.stdout).with_context(|| format!("failed to read the report on {job}"))
    }

    fn command(&self, job: &Job) -> anyhow::Result<Command> {
        let folder = self.executable.parent().context("the executable is in no folder")?;
        let profile = folder.join(format!("mvcc-cost-{}.dhat.json", job.mode.name()));
        let mut command = Command::new(&self.executable);
        command.args(["--format", "json", "--workload", WORKLOAD, "--mode", job.mode.name()]);
        command.arg("--connections").arg(job.connections.to_string());
        command.arg("--iterations").arg(job.iterations().to_string());
        command.arg("--batch-size").arg(BATCH.to_string());
        command.arg("--dhat-file").arg(profile);
        Ok(command)
    }
}

fn reading(report: &str) -> anyhow::Result<Reading> {
    let mut reading = Reading::default();
    for (metric, value) in METRICS.iter().zip(&mut reading) {
        let key = metric.key;
        *value = json::number(report, key).with_context(|| format!("it has no `{key}`"))?;
    }
    Ok(reading)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_executable_is_that_of_the_named_target() {
        let messages = r#"{"reason":"compiler-artifact","target":{"name":"other"},"profile":{"opt_level":"0"},"executable":"/o"}
{"reason":"compiler-artifact","target":{"name":"memory-benchmark"},"profile":{"opt_level":"1"},"executable":"/m"}"#;
        let benchmark = Benchmark::read_messages(messages).unwrap();
        assert_eq!(benchmark.executable, Path::new("/m"));
        assert_eq!(benchmark.opt_level, "1");
        assert!(Benchmark::read_messages(messages.lines().next().unwrap()).is_none());
    }

    #[test]
    fn a_figure_that_was_not_measured_is_an_error() {
        let report = r#"{"heap_current_bytes": 3, "heap_peak_bytes": 2, "total_allocs": 1}"#;
        assert_eq!(reading(report).unwrap(), [1, 2, 3]);
        let error = reading(&report.replace('2', "null")).unwrap_err();
        assert_eq!(error.to_string(), "it has no `heap_peak_bytes`");
    }
}
