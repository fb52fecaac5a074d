//! The breakdown by call site: read from the profile that the meter saved, and held to the meter's figures.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use tripline_budget::{Figures, MetricKind, format_count};
use tripline_profile::{Breakdown, Profile, ProfileError, ProgramPoint};

/// What each call site of the region took.
pub(crate) fn read(profile: &Path) -> Result<Breakdown, String> {
    let read = Profile::open(profile).and_then(|mut profile| profile.breakdown());
    read.map_err(|error| describe(&error))
}

/// What each program point took, by its stack.
pub(crate) fn points(profile: &Path) -> Result<BTreeMap<String, ProgramPoint>, String> {
    let read = Profile::open(profile).and_then(|mut profile| profile.points());
    read.map_err(|error| describe(&error))
}

fn describe(error: &ProfileError) -> String {
    match error.source() {
        Some(cause) => format!("{error}: {cause}"),
        None => error.to_string(),
    }
}

/// The sites' sums must be the region's figures. A sentence for each that is not.
///
/// What is left at the end is not compared: a thread that outlives the workload may free between the
/// reading and the saving.
pub(crate) fn contradictions(breakdown: &Breakdown, figures: &Figures) -> Vec<String> {
    let totals = breakdown.totals;
    let sums = [
        (MetricKind::TotalBlocks.key(), totals.total.blocks),
        (MetricKind::TotalBytes.key(), totals.total.bytes),
        (MetricKind::MaxBlocks.key(), totals.peak.blocks),
        (MetricKind::MaxBytes.key(), totals.peak.bytes),
    ];
    let measured = |key: &str| figures.metrics.get(key).copied();
    let differs = |&(key, sum): &(&str, u64)| measured(key) != Some(sum);
    let sentence = |(key, sum): (&str, u64)| {
        let measured = measured(key).map_or("absent".to_owned(), format_count);
        format!("`{key}` is {measured}, but its call sites add up to {}", format_count(sum))
    };
    sums.into_iter().filter(differs).map(sentence).collect()
}

#[cfg(test)]
mod tests {
    use tripline_profile::Amount;

    use super::*;

    fn figures(total_blocks: u64) -> Figures {
        let metrics = [
            ("total_blocks", total_blocks),
            ("total_bytes", 9_000),
            ("max_blocks", 2),
            ("max_bytes", 800),
        ];
        let metrics = metrics.map(|(key, value)| (key.to_owned(), value)).into();
        Figures { metrics, ..Figures::default() }
    }

    fn breakdown() -> Breakdown {
        let mut breakdown = Breakdown::default();
        breakdown.totals.total = Amount { blocks: 1_234, bytes: 9_000 };
        breakdown.totals.peak = Amount { blocks: 2, bytes: 800 };
        breakdown
    }

    #[test]
    fn sites_that_add_up_contradict_nothing() {
        assert_eq!(contradictions(&breakdown(), &figures(1_234)), [""; 0]);
    }

    #[test]
    fn sites_that_do_not_add_up_are_told_with_both_figures() {
        let told = contradictions(&breakdown(), &figures(1_235));
        assert_eq!(told, ["`total_blocks` is 1 235, but its call sites add up to 1 234"]);
    }

    #[test]
    fn a_profile_that_cannot_be_read_says_why() -> std::io::Result<()> {
        let dir = tempfile::tempdir()?;
        let file = dir.path().join("dhat-heap.json");
        std::fs::write(&file, "{")?;
        let error = read(&file).expect_err("half a file");
        assert!(
            error.starts_with(&format!("failed to read {}: at byte", file.display())),
            "{error}"
        );
        Ok(())
    }
}
