//! The limit that holds the figures of several runs.

use tripline_budget::{Percent, Tolerance};

/// The widest tolerance that a tool sets: a figure that varies more needs an explanation, not a limit.
pub(super) const WIDEST: Percent = Percent::from_parts_per_million(200_000);

/// The least and the most measured figure, in the limit's own unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct MeasuredRange {
    pub(super) min: u64,
    pub(super) max: u64,
}

/// A limit's figure and its tolerance; exact without one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Band {
    pub(super) max: u64,
    pub(super) tolerance: Option<Tolerance>,
}

impl MeasuredRange {
    pub(super) const fn is_exact(self) -> bool {
        self.min == self.max
    }

    /// Returns how far the runs were apart, in whole percent of the most, rounded up.
    pub(super) fn spread(self) -> Percent {
        const PARTS_PER_PERCENT: u64 = 10_000;
        let apart = u128::from(self.max - self.min) * 100;
        let percent = apart.div_ceil(u128::from(self.max).max(1));
        // The least is not below zero, so that this is a hundred at most.
        let percent = u64::try_from(percent).unwrap_or(100);
        Percent::from_parts_per_million(percent * PARTS_PER_PERCENT)
    }

    /// Returns the limit of a figure that has none: exact if the runs agree, or else a band that tolerates their
    /// spread, and `default_tolerance` at least; `None` if that is more than a limit may tolerate.
    pub(super) fn fresh(self, default_tolerance: Percent) -> Option<Band> {
        let tolerance = match self.is_exact() {
            true => None,
            false => Some(Tolerance::Percent(self.tolerable()?.max(default_tolerance))),
        };
        Some(Band { max: self.max, tolerance })
    }

    /// Returns the limit of a figure that has one. A band stays a band, with its tolerance or more.
    pub(super) fn revised(
        self,
        old: Option<Tolerance>,
        default_tolerance: Percent,
    ) -> Option<Band> {
        let Some(tolerance) = old else {
            return self.fresh(default_tolerance);
        };
        let spread = Tolerance::Percent(self.spread());
        let enough = tolerance.allowance(self.max, 1) >= spread.allowance(self.max, 1);
        let tolerance = if enough { tolerance } else { Tolerance::Percent(self.tolerable()?) };
        Some(Band { max: self.max, tolerance: Some(tolerance) })
    }

    fn tolerable(self) -> Option<Percent> {
        Some(self.spread()).filter(|spread| *spread <= WIDEST)
    }
}

impl Band {
    /// Returns the most that would hold, in total for `entities` (1 where it is not divided).
    pub(super) fn allows(self, entities: u64) -> u128 {
        let tolerated =
            self.tolerance.map_or(0, |tolerance| tolerance.allowance(self.max, entities));
        (u128::from(self.max) * u128::from(entities)).saturating_add(tolerated)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn percent(text: &str) -> Percent {
        text.parse().unwrap()
    }

    fn tolerance(text: &str) -> Option<Tolerance> {
        Some(Tolerance::Percent(percent(text)))
    }

    #[test]
    fn the_spread_is_rounded_up_to_whole_percent() {
        for (min, max, spread) in [
            (100, 100, "0%"),
            (99, 100, "1%"),
            (999, 1000, "1%"),
            (989, 1000, "2%"),
            (0, 1, "100%"),
            (0, 0, "0%"),
            (0, u64::MAX, "100%"),
            (u64::MAX - 1, u64::MAX, "1%"),
        ] {
            assert_eq!(MeasuredRange { min, max }.spread(), percent(spread), "{min} {max}");
        }
    }

    #[test]
    fn equal_runs_are_exact_and_others_a_band() {
        let default_tolerance = percent("3%");
        assert_eq!(
            MeasuredRange { min: 7, max: 7 }.fresh(default_tolerance),
            Some(Band { max: 7, tolerance: None })
        );
        let near = MeasuredRange { min: 990, max: 1000 };
        assert_eq!(
            near.fresh(default_tolerance),
            Some(Band { max: 1000, tolerance: tolerance("3%") })
        );
        let far = MeasuredRange { min: 900, max: 1000 };
        assert_eq!(
            far.fresh(default_tolerance),
            Some(Band { max: 1000, tolerance: tolerance("10%") })
        );
    }

    #[test]
    fn a_band_stays_a_band_and_never_tolerates_less_than_the_spread() {
        let default_tolerance = percent("3%");
        let revised = |range: MeasuredRange, old| {
            range.revised(old, default_tolerance).and_then(|band| band.tolerance)
        };
        let equal = MeasuredRange { min: 1000, max: 1000 };
        assert_eq!(revised(equal, tolerance("5%")), tolerance("5%"));
        let apart = MeasuredRange { min: 900, max: 1000 };
        assert_eq!(revised(apart, tolerance("5%")), tolerance("10%"));
        assert_eq!(revised(apart, tolerance("20%")), tolerance("20%"));
        let absolute = Some(Tolerance::Absolute(100));
        assert_eq!(revised(apart, absolute), absolute);
        assert_eq!(revised(apart, Some(Tolerance::Absolute(99))), tolerance("10%"));
        assert_eq!(apart.revised(None, default_tolerance), apart.fresh(default_tolerance));
    }

    #[test]
    fn what_varies_by_more_than_a_fifth_gets_no_band_but_keeps_one() {
        let default_tolerance = percent("3%");
        let [fifth, more] = [800, 799].map(|min| MeasuredRange { min, max: 1000 });
        assert_eq!(
            fifth.fresh(default_tolerance),
            Some(Band { max: 1000, tolerance: tolerance("20%") })
        );
        assert_eq!(more.fresh(default_tolerance), None);
        assert_eq!(more.revised(tolerance("5%"), default_tolerance), None);
        let by_hand = tolerance("30%");
        assert_eq!(
            more.revised(by_hand, default_tolerance),
            Some(Band { max: 1000, tolerance: by_hand })
        );
    }

    #[test]
    fn a_band_holds_every_run_that_it_was_made_of() {
        for (min, max) in [(0, 0), (8, 10), (99, 100), (7, 7)] {
            let band = MeasuredRange { min, max }.fresh(percent("3%")).unwrap();
            assert!(band.allows(1) >= u128::from(max));
        }
    }

    #[test]
    fn what_is_allowed_counts_for_all_entities() {
        let band = Band { max: 12, tolerance: tolerance("0.5%") };
        assert_eq!(band.allows(1), 12);
        assert_eq!(band.allows(1000), 12_060);
    }
}
