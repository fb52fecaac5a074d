//! Verdicts on limits, and their arithmetic.
//!
//! All in integers, so that no limit holds or trips by rounding. Sums have 128 bits and saturate. The figures have 64.

use crate::files::{Coherence, Limit};
use crate::values::{Percent, Tolerance};

/// The verdict on one limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Within,
    /// Trips. `allowed` is the most that would have held: a total, in the metric's unit.
    Over {
        allowed: u128,
    },
    /// Holds with so much to spare that the limit should be lowered.
    Loose,
    /// Trips: there is nothing to compare with. Says why.
    Missing(String),
    /// No breach: this platform cannot measure it. Says why.
    Unsupported(String),
}

impl Verdict {
    /// Returns `true` if the test fails on it.
    #[must_use]
    pub const fn trips(&self) -> bool {
        matches!(self, Self::Over { .. } | Self::Missing(_))
    }
}

/// A limit, its figure and its verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub limit: Limit,
    /// The total, not divided.
    pub measured: Option<u64>,
    /// The number of entities that a per-entity limit divides by, above 0. `None` for every other limit.
    pub entities: Option<u64>,
    pub verdict: Verdict,
}

impl Finding {
    /// Returns the figure in the limit's own unit: per entity rounded up, because one byte more
    /// than the maximum of each is over.
    #[must_use]
    pub fn measured_in_unit(&self) -> Option<u64> {
        let entities = if self.limit.metric.per_entity { self.entities? } else { 1 };
        let measured = self.measured?;
        (entities > 0).then(|| measured.div_ceil(entities))
    }

    /// Returns how far the figure is above `max`, in the limit's own unit; negative if it is below.
    #[must_use]
    pub fn over(&self) -> Option<i128> {
        Some(i128::from(self.measured_in_unit()?) - i128::from(self.limit.max))
    }

    /// [`over`](Self::over) as tenths of a percent of `max`, to the nearest: 62 is 6.2 %.
    /// `None` where `max` is 0.
    #[must_use]
    pub fn over_tenths_of_percent(&self) -> Option<i128> {
        let (over, max) = (self.over()?, i128::from(self.limit.max));
        if max == 0 {
            return None;
        }
        let tenths = (over.abs() * 1000 + max / 2) / max;
        Some(over.signum() * tenths)
    }
}

/// The verdict on one coherence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CoherenceVerdict {
    Within,
    /// Trips.
    Apart,
    /// Trips: there is nothing to compare. Says why.
    Missing(String),
    /// No breach: this platform cannot measure it. Says why.
    Unsupported(String),
}

impl CoherenceVerdict {
    /// Returns `true` if the test fails on it.
    #[must_use]
    pub const fn trips(&self) -> bool {
        matches!(self, Self::Apart | Self::Missing(_))
    }
}

/// A coherence, its figures and its verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoherenceFinding {
    pub coherence: Coherence,
    pub reported: Option<u64>,
    /// The total that it must equal, not divided.
    pub total: Option<u64>,
    /// The number of entities that the total is divided by, above 0. `None` if it is not divided.
    pub entities: Option<u64>,
    pub verdict: CoherenceVerdict,
}

/// Returns within, over or loose. `slack` is the workload's; without one each limit's own tolerance
/// counts, so that an exact limit is loose from the first unit on.
pub(crate) fn compare(
    limit: &Limit,
    measured: u64,
    entities: u64,
    slack: Option<Percent>,
) -> Verdict {
    let allowed = limit.allowed(entities);
    if u128::from(measured) > allowed {
        return Verdict::Over { allowed };
    }
    let slack = slack.map(Tolerance::Percent).or(limit.tolerance);
    let slack = slack.map_or(0, |slack| slack.allowance(limit.max, 1));
    let spare = limit.max.saturating_sub(measured.div_ceil(entities));
    if u128::from(spare) > slack { Verdict::Loose } else { Verdict::Within }
}

/// Returns `true` if `|reported × entities − total| ≤ within × total`.
pub(crate) fn coherent(reported: u64, entities: u64, total: u64, within: Percent) -> bool {
    let apart = (u128::from(reported) * u128::from(entities)).abs_diff(u128::from(total));
    // The right side always fits into 128 bits, so that a left side that saturates is above it.
    apart.saturating_mul(1_000_000) <= u128::from(within.parts_per_million()) * u128::from(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limit(key: &str, max: u64) -> Limit {
        Limit {
            metric: key.parse().unwrap(),
            max,
            tolerance: None,
            ceiling: None,
            reason: None,
            when: None,
            line: 1,
        }
    }

    fn percent(text: &str) -> Percent {
        text.parse().unwrap()
    }

    #[test]
    fn an_exact_limit_trips_on_one_more_and_is_loose_on_one_less() {
        let exact = limit("total_blocks", 100);
        assert_eq!(compare(&exact, 100, 1, None), Verdict::Within);
        assert_eq!(compare(&exact, 101, 1, None), Verdict::Over { allowed: 100 });
        assert_eq!(compare(&exact, 99, 1, None), Verdict::Loose);
    }

    #[test]
    fn a_tolerance_is_rounded_down_and_a_ceiling_cuts_it() {
        // 3 % of 150 is 4.5.
        let band =
            Limit { tolerance: Some(Tolerance::Percent(percent("3%"))), ..limit("max_bytes", 150) };
        assert_eq!(compare(&band, 154, 1, None), Verdict::Within);
        assert_eq!(compare(&band, 155, 1, None), Verdict::Over { allowed: 154 });
        assert_eq!(compare(&band, 146, 1, None), Verdict::Within);
        assert_eq!(compare(&band, 145, 1, None), Verdict::Loose);
        let cut = Limit { ceiling: Some(152), ..band };
        assert_eq!(compare(&cut, 153, 1, None), Verdict::Over { allowed: 152 });
    }

    #[test]
    fn per_entity_everything_is_multiplied_before_it_is_rounded() {
        let each = Limit {
            tolerance: Some(Tolerance::Percent(percent("10%"))),
            ceiling: Some(14),
            ..limit("live_bytes_per_entity", 12)
        };
        // 10 % of one entity's 12 bytes is 1; of ten entities' 120 it is 12.
        assert_eq!(compare(&each, 132, 10, None), Verdict::Within);
        assert_eq!(compare(&each, 133, 10, None), Verdict::Over { allowed: 132 });
        let absolute = Limit { tolerance: Some(Tolerance::Absolute(3)), ..each };
        assert_eq!(compare(&absolute, 140, 10, None), Verdict::Within);
        assert_eq!(compare(&absolute, 141, 10, None), Verdict::Over { allowed: 140 });
    }

    #[test]
    fn the_workloads_slack_counts_instead_of_the_tolerance() {
        let band =
            Limit { tolerance: Some(Tolerance::Percent(percent("3%"))), ..limit("max_bytes", 100) };
        assert_eq!(compare(&band, 90, 1, Some(percent("10%"))), Verdict::Within);
        assert_eq!(compare(&band, 89, 1, Some(percent("10%"))), Verdict::Loose);
        assert_eq!(compare(&band, 99, 1, Some(Percent::ZERO)), Verdict::Loose);
    }

    #[test]
    fn the_largest_numbers_saturate() {
        let most = Limit {
            tolerance: Some(Tolerance::Percent(Percent::from_parts_per_million(u64::MAX))),
            ..limit("live_bytes_per_entity", u64::MAX)
        };
        assert_eq!(most.allowed(u64::MAX), u128::MAX);
        assert_eq!(compare(&most, u64::MAX, u64::MAX, None), Verdict::Within);
    }

    #[test]
    fn what_is_over_is_shown_in_the_limits_own_unit() {
        let finding = |limit: Limit, measured, entities| Finding {
            limit,
            measured: Some(measured),
            entities,
            verdict: Verdict::Over { allowed: 0 },
        };
        let total = finding(limit("total_blocks", 323_224), 343_224, None);
        assert_eq!(total.over(), Some(20_000));
        assert_eq!(total.over_tenths_of_percent(), Some(62));
        let each = finding(limit("live_bytes_per_entity", 12), 121, Some(10));
        assert_eq!(each.measured_in_unit(), Some(13));
        assert_eq!(each.over(), Some(1));
        let less = finding(limit("total_blocks", 1000), 900, None);
        assert_eq!((less.over(), less.over_tenths_of_percent()), (Some(-100), Some(-100)));
        let of_nothing = finding(limit("leaked_blocks", 0), 3, None);
        assert_eq!((of_nothing.over(), of_nothing.over_tenths_of_percent()), (Some(3), None));
        let undivided = finding(limit("live_bytes_per_entity", 12), 121, None);
        assert_eq!(undivided.measured_in_unit(), None);
    }

    #[test]
    fn coherence_is_of_totals() {
        assert!(coherent(105, 1, 100, percent("5%")));
        assert!(coherent(95, 1, 100, percent("5%")));
        assert!(!coherent(106, 1, 100, percent("5%")));
        assert!(!coherent(94, 1, 100, percent("5%")));
        // 10 × 10 against 104.
        assert!(coherent(10, 10, 104, percent("4%")));
        assert!(!coherent(10, 10, 105, percent("4%")));
        assert!(coherent(0, 1, 0, Percent::ZERO));
        assert!(!coherent(1, 1, 0, percent("5%")));
        assert!(!coherent(u64::MAX, u64::MAX, 1, Percent::from_parts_per_million(u64::MAX)));
    }
}
