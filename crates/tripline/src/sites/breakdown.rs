//! The breakdown by call site: read from the profile that the meter saved, and held to the meter's figures.

use std::collections::BTreeMap;
use std::path::Path;

use tripline_budget::{Figures, MetricKind};
use tripline_profile::{Breakdown, Profile, ProgramPoint};

use crate::error::NotJudged;

/// A figure of the region that is not the sum of its call sites.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SitesContradiction {
    pub(crate) metric: &'static str,
    pub(crate) measured: Option<u64>,
    /// The sum of all call sites.
    pub(crate) sites: u64,
}

/// Reads the figures of each call site of the region.
pub(crate) fn read(profile: &Path) -> Result<Breakdown, NotJudged> {
    Profile::open(profile).and_then(|mut profile| profile.breakdown()).map_err(NotJudged::Profile)
}

/// Reads the figures of each program point, by its stack.
pub(crate) fn points(profile: &Path) -> Result<BTreeMap<String, ProgramPoint>, NotJudged> {
    Profile::open(profile).and_then(|mut profile| profile.points()).map_err(NotJudged::Profile)
}

/// Returns every figure that is not the sum of its call sites.
///
/// Blocks that are left at the end are not compared: a thread that outlives the workload may free some between the
/// reading and the saving.
pub(crate) fn contradictions(breakdown: &Breakdown, figures: &Figures) -> Vec<SitesContradiction> {
    let totals = breakdown.totals;
    let sums = [
        (MetricKind::TotalBlocks.key(), totals.total.blocks),
        (MetricKind::TotalBytes.key(), totals.total.bytes),
        (MetricKind::MaxBlocks.key(), totals.peak.blocks),
        (MetricKind::MaxBytes.key(), totals.peak.bytes),
    ];
    let compare = |(metric, sites)| SitesContradiction {
        metric,
        measured: figures.metrics.get(metric).copied(),
        sites,
    };
    let compared = sums.into_iter().map(compare);
    compared.filter(|compared| compared.measured != Some(compared.sites)).collect()
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
        assert_eq!(contradictions(&breakdown(), &figures(1_234)), []);
    }

    #[test]
    fn sites_that_do_not_add_up_are_told_with_both_figures() {
        let other =
            SitesContradiction { metric: "total_blocks", measured: Some(1_235), sites: 1_234 };
        assert_eq!(contradictions(&breakdown(), &figures(1_235)), [other]);
    }

    #[test]
    fn half_a_profile_is_refused() -> std::io::Result<()> {
        let dir = tempfile::tempdir()?;
        let file = dir.path().join("dhat-heap.json");
        std::fs::write(&file, "{")?;
        assert!(matches!(read(&file), Err(NotJudged::Profile(_))));
        Ok(())
    }
}
