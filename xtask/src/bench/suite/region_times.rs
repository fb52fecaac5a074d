//! Reads the times of the regions, which the workloads write to a file.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, ensure};

/// Every workload, in the order of every table, as `tripline_bench::workloads` names them.
pub(super) const WORKLOADS: [&str; 5] =
    ["wal_insert", "wal_read", "wal_mixed", "mvcc_insert", "agg_users"];

/// The time of each workload's region, in the order of [`WORKLOADS`].
pub(super) type RegionTimes = [Duration; WORKLOADS.len()];

/// Reads the file that one run wrote.
pub(super) fn read(path: &Path) -> anyhow::Result<RegionTimes> {
    let text = std::fs::read_to_string(path).context("no workload wrote its time")?;
    parse(&text)
}

/// Parses a line for each workload: its name and nanoseconds. Fails if one is missing or stands twice: the method
/// then does other work.
fn parse(text: &str) -> anyhow::Result<RegionTimes> {
    let mut times = BTreeMap::new();
    for line in text.lines() {
        let (name, time) =
            entry(line).with_context(|| format!("the line is no time of a workload: `{line}`"))?;
        ensure!(times.insert(name, time).is_none(), "{name} ran more than once");
    }
    let mut regions = RegionTimes::default();
    for (name, region) in WORKLOADS.iter().zip(&mut regions) {
        *region = times.remove(name).with_context(|| format!("{name} did not run"))?;
    }
    ensure!(times.is_empty(), "unknown workloads: {:?}", times.keys());
    Ok(regions)
}

fn entry(line: &str) -> Option<(&str, Duration)> {
    let (name, nanoseconds) = line.split_once(' ')?;
    Some((name, Duration::from_nanos(nanoseconds.parse().ok()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// In another order than the table's: tests run in any order.
    const WRITTEN: &str = "agg_users 5\nwal_read 2\nwal_insert 1\nmvcc_insert 4\nwal_mixed 3\n";

    #[test]
    fn times_stand_in_the_order_of_the_table() {
        assert_eq!(parse(WRITTEN).unwrap(), [1, 2, 3, 4, 5].map(Duration::from_nanos));
    }

    #[test]
    fn other_work_is_an_error() {
        let cases = [
            (WRITTEN.replace("wal_read 2\n", ""), "wal_read did not run"),
            (format!("{WRITTEN}wal_read 2\n"), "wal_read ran more than once"),
            (format!("{WRITTEN}other 2\n"), "unknown workloads: [\"other\"]"),
            (WRITTEN.replace(" 2", " two"), "the line is no time of a workload: `wal_read two`"),
            (WRITTEN.replace(" 2", ""), "the line is no time of a workload: `wal_read`"),
        ];
        for (text, message) in cases {
            assert_eq!(parse(&text).unwrap_err().to_string(), message);
        }
    }
}
