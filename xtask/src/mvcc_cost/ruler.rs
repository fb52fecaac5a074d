//! The versions and settings that the figures were measured with.

use std::path::Path;

use crate::mvcc_cost::figures::{FIELDS, ReportField};
use crate::mvcc_cost::memory_benchmark::MemoryBenchmark;
use crate::mvcc_cost::sweep::{BATCH, WORKLOAD};
use crate::percent::format_percent;
use crate::toolchain::{CargoLock, Compiler, cores};

/// Names and values. Figures of different rulers are not comparable.
#[derive(Debug)]
pub(super) struct SweepRuler(Vec<(&'static str, String)>);

/// The names whose values may differ: figures are then still held to each other, within their tolerance.
const CIRCUMSTANCES: [&str; 3] = ["cores", "runs of each load", "tolerance of `--check`"];

impl SweepRuler {
    /// Returns the ruler of this machine and checkout.
    pub(super) fn here(
        root: &Path,
        benchmark: &MemoryBenchmark,
        runs: u32,
    ) -> anyhow::Result<Self> {
        let compiler = Compiler::installed()?;
        let lock = CargoLock::load(root)?;
        Ok(Self(vec![
            ("rustc", compiler.release),
            ("target", compiler.host),
            ("profile", format!("`dev`, `opt-level = {}`", benchmark.opt_level)),
            ("engine", format!("turso {}", lock.version("turso")?)),
            ("profiler", format!("dhat {}", lock.version("dhat")?)),
            ("workload", format!("`{WORKLOAD}`: an empty table, {BATCH} rows a transaction")),
            ("connections", "a new one for each transaction, N at a time".to_owned()),
            ("runtime", "tokio, multi-thread, as many worker threads as connections".to_owned()),
            ("temp store", "the engine's default: files".to_owned()),
            ("page cache", "the engine's default".to_owned()),
            ("cores", cores()),
            ("runs of each load", format!("{runs}; the median is shown")),
            ("tolerance of `--check`", tolerances()),
        ]))
    }

    /// Returns the ruler as a Markdown table.
    pub(super) fn table(&self) -> String {
        let lines = self.0.iter().map(|(name, value)| format!("| {name} | {value} |\n"));
        format!("| | |\n|---|---|\n{}", lines.collect::<String>())
    }

    /// Returns the names in which a [`table`](Self::table) differs from this ruler.
    pub(super) fn differences<'a>(&'a self, table: &str) -> Vec<&'a str> {
        let lines: Vec<_> = table.lines().collect();
        let differs = |(name, value): &&(&str, String)| {
            !CIRCUMSTANCES.contains(name) && !lines.contains(&&*format!("| {name} | {value} |"))
        };
        self.0.iter().filter(differs).map(|(name, _)| *name).collect()
    }
}

fn tolerances() -> String {
    let one = |field: &ReportField| {
        format!("{} {}", field.title.trim_end_matches(", B"), format_percent(field.tolerance))
    };
    FIELDS.iter().map(one).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_engine_is_another_ruler_and_another_core_is_not() {
        let ruler = |engine: &str, cores: &str| {
            SweepRuler(vec![("engine", engine.to_owned()), ("cores", cores.to_owned())])
        };
        let table = ruler("turso 0.8.3", "2").table();
        assert_eq!(ruler("turso 0.8.3", "16").differences(&table), [""; 0]);
        assert_eq!(ruler("turso 0.8.4", "2").differences(&table), ["engine"]);
    }
}
