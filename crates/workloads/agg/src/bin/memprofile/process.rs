//! The process's own figures, beside the tables' report.

use serde::Serialize;

use crate::allocator;

/// Live bytes of this thread, which builds the tables, and the resident set if the system reports it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reading {
    live: i64,
    resident: Option<u64>,
}

/// The growth while the tables were built.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Process {
    /// Live bytes, by the process's own allocator.
    pub(crate) live_bytes: u64,
    /// The report's bytes divided by the live bytes.
    pub(crate) report_per_live: f64,
    /// The growth of `VmRSS`; only Linux reports it.
    pub(crate) resident_bytes: Option<u64>,
    /// More than 1, because the system's allocator adds headers, rounding and pages that are not full.
    pub(crate) resident_per_live: Option<f64>,
}

impl Reading {
    pub(crate) fn now() -> Self {
        // The resident set first: reading it allocates, and frees.
        let resident = resident();
        Self { live: allocator::live(), resident }
    }
}

impl Process {
    /// Compares two readings, beside the `accounted` bytes of a report.
    pub(crate) fn new(before: Reading, after: Reading, accounted: u64) -> anyhow::Result<Self> {
        let live_bytes = u64::try_from(after.live - before.live).unwrap_or_default();
        let apart = live_bytes.abs_diff(accounted);
        anyhow::ensure!(
            apart.saturating_mul(100) <= live_bytes,
            "the report accounts for {accounted} B, but the tables took {live_bytes} B: more than 1 % apart"
        );
        let resident_bytes = match (before.resident, after.resident) {
            (Some(before), Some(after)) => Some(after.saturating_sub(before)),
            _ => None,
        };
        Ok(Self {
            live_bytes,
            report_per_live: ratio(accounted, live_bytes),
            resident_bytes,
            resident_per_live: resident_bytes.map(|resident| ratio(resident, live_bytes)),
        })
    }
}

#[expect(clippy::cast_precision_loss, reason = "a ratio is read to a few digits")]
fn ratio(one: u64, other: u64) -> f64 {
    one as f64 / other.max(1) as f64
}

/// Returns `VmRSS` in bytes; the kernel's kB are KiB.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kib: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kib * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_that_is_more_than_a_percent_off_is_an_error() {
        let reading = |live| Reading { live, resident: None };
        let process = |accounted| Process::new(reading(50), reading(10_050), accounted);
        for close in [9_900, 10_000, 10_100] {
            assert_eq!(process(close).expect("close enough").live_bytes, 10_000);
        }
        for far in [9_899, 10_101] {
            let said = process(far).expect_err("too far").to_string();
            assert!(said.ends_with("the tables took 10000 B: more than 1 % apart"), "{said}");
        }
    }

    #[test]
    fn a_block_is_counted_until_it_is_freed() {
        const SIZE: usize = 64 << 20;
        let before = Reading::now();
        let block = vec![1_u8; SIZE];
        let during = Reading::now();
        drop(block);
        let after = Reading::now();
        assert_eq!(during.live - before.live, SIZE as i64);
        assert_eq!(after.live, before.live);
        if cfg!(target_os = "linux") {
            assert!(during.resident >= before.resident.map(|bytes| bytes + SIZE as u64 / 2));
        }
    }
}
