//! What the figures were measured with.

use std::num::NonZero;
use std::path::Path;

use crate::mvcc_cost::benchmark::Benchmark;
use crate::mvcc_cost::figure::{METRICS, percent};
use crate::mvcc_cost::sweep::{BATCH, WORKLOAD};
use crate::versions::{locked, rustc};

/// Names and values. Figures of another ruler are not comparable.
#[derive(Debug)]
pub(super) struct Ruler(Vec<(&'static str, String)>);

/// What may differ and figures still be held to each other, each with its tolerance.
const CIRCUMSTANCES: [&str; 3] = ["cores", "runs of each load", "tolerance of `--check`"];

impl Ruler {
    pub(super) fn here(root: &Path, benchmark: &Benchmark, runs: u32) -> anyhow::Result<Self> {
        let (rustc, target) = rustc()?;
        let lock = std::fs::read_to_string(root.join("Cargo.lock"))?;
        let version = |name| locked(&lock, name);
        let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
        let optimised = &benchmark.opt_level;
        Ok(Self(vec![
            ("rustc", rustc),
            ("target", target),
            ("profile", format!("`dev`, `opt-level = {optimised}`")),
            ("engine", format!("turso {}", version("turso")?)),
            ("profiler", format!("dhat {}", version("dhat")?)),
            ("workload", format!("`{WORKLOAD}`: an empty table, {BATCH} rows a transaction")),
            ("connections", "a new one for each transaction, N at a time".to_owned()),
            ("runtime", "tokio, multi-thread, as many worker threads as connections".to_owned()),
            ("temp store", "the engine's default: files".to_owned()),
            ("page cache", "the engine's default".to_owned()),
            ("cores", cores.to_string()),
            ("runs of each load", format!("{runs}; the median is shown")),
            ("tolerance of `--check`", tolerances()),
        ]))
    }

    pub(super) fn table(&self) -> String {
        let lines = self.0.iter().map(|(name, value)| format!("| {name} | {value} |\n"));
        format!("| | |\n|---|---|\n{}", lines.collect::<String>())
    }

    /// The lines of a [`table`](Self::table) that make its figures incomparable with ours.
    pub(super) fn differences<'a>(&'a self, table: &str) -> Vec<&'a str> {
        let lines: Vec<_> = table.lines().collect();
        let differs = |(name, value): &&(&str, String)| {
            !CIRCUMSTANCES.contains(name) && !lines.contains(&&*format!("| {name} | {value} |"))
        };
        self.0.iter().filter(differs).map(|(name, _)| *name).collect()
    }
}

fn tolerances() -> String {
    let one = |metric: &crate::mvcc_cost::figure::Metric| {
        format!("{} {}", metric.title.trim_end_matches(", B"), percent(metric.tolerance))
    };
    METRICS.iter().map(one).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_engine_is_another_ruler_and_another_core_is_not() {
        let ruler = |engine: &str, cores: &str| {
            Ruler(vec![("engine", engine.to_owned()), ("cores", cores.to_owned())])
        };
        let table = ruler("turso 0.8.3", "2").table();
        assert_eq!(ruler("turso 0.8.3", "16").differences(&table), [""; 0]);
        assert_eq!(ruler("turso 0.8.4", "2").differences(&table), ["engine"]);
    }
}
