//! The growth of call sites that a budget tolerates.
//!
//! Only growth counts: a site that shrank is loose, and loose is no breach. A site may grow by what the limit on
//! its figure tolerates of the whole. Where there is no such limit, it may grow by the default of
//! `budgets/tripline.toml`, or by the workload's widest percentage if that is wider.
//! Renamed, moved and differently inlined sites are the same sites.

use tripline_budget::{Budget, Config, Limit, MetricKind, Percent, Quantity, Tolerance};
use tripline_profile::{Comparison, SiteMetric};

use crate::sites::metric::FIRST_METER_METRICS;

/// Returns the figures by which some site grew beyond what is tolerated.
pub(crate) fn grown_beyond_tolerance(
    comparison: &Comparison,
    budget: &Budget,
    config: &Config,
    entities: u64,
) -> Vec<SiteMetric> {
    let is_beyond = |(heap, site_metric): (MetricKind, SiteMetric)| {
        let recorded = site_metric.of(&comparison.before);
        let allowed = allowed(budget, heap, entities)
            .unwrap_or_else(|| default_tolerance(budget, config).of(u128::from(recorded)));
        comparison.grew_beyond(site_metric, allowed).then_some(site_metric)
    };
    FIRST_METER_METRICS.into_iter().filter_map(is_beyond).collect()
}

/// Returns the tolerance of a figure without a limit: the default, or the workload's widest percentage if that is wider.
/// Threads and the like make several figures vary at once, and a limit must not trip now and then.
fn default_tolerance(budget: &Budget, config: &Config) -> Percent {
    let percent = |limit: &Limit| match limit.tolerance {
        Some(Tolerance::Percent(percent)) => Some(percent),
        _ => None,
    };
    budget.limits.iter().filter_map(percent).fold(config.tolerance, Percent::max)
}

/// Returns what the limit on `heap` tolerates, as a total; `None` where nothing is limited.
///
/// A limit per entity is rounded up to a whole unit, so without a tolerance it is not exact.
fn allowed(budget: &Budget, heap: MetricKind, entities: u64) -> Option<u128> {
    let on = |limit: &&Limit| limit.metric.quantity == Quantity::Region(heap);
    let allowance = |limit: &Limit| match (limit.metric.per_entity, limit.tolerance) {
        (false, None) => Some(0),
        (false, Some(tolerance)) => Some(tolerance.allowance(limit.max, 1)),
        (true, None) => None,
        (true, Some(tolerance)) => Some(tolerance.allowance(limit.max, entities)),
    };
    budget.limits.iter().filter(on).filter_map(allowance).min()
}

#[cfg(test)]
mod tests {
    use tripline_budget::{BudgetFile, Cfgs};
    use tripline_profile::{Amount, Breakdown, Site, SiteFigures, compare};

    use super::*;

    fn breakdown(sites: &[(&str, u64)]) -> Breakdown {
        let site = |&(key, blocks): &(&str, u64)| {
            let total = Amount { blocks, bytes: 10 * blocks };
            let figures = SiteFigures { total, peak: total, end: Amount::default() };
            Site { key: key.to_owned(), ..Site::folded(0, figures) }
        };
        let sites: Vec<_> = sites.iter().map(site).collect();
        Breakdown { totals: sites.iter().map(|site| site.figures).sum(), sites }
    }

    fn budget(text: &str) -> Budget {
        let file = BudgetFile::parse("a.toml", text).expect("a budget file");
        file.resolve(&Config::default(), &Cfgs::default()).expect("a budget")
    }

    /// Returns the figures by which `now` is beyond two sites of 500 blocks and 5 000 bytes each.
    fn beyond(text: &str, now: &[(&str, u64)]) -> Vec<SiteMetric> {
        let recorded = breakdown(&[("a::f", 500), ("b::g", 500)]);
        grown_beyond_tolerance(
            &compare(&recorded, &breakdown(now)),
            &budget(text),
            &Config::default(),
            100,
        )
    }

    const TOTAL_BLOCKS: SiteMetric = FIRST_METER_METRICS[0].1;
    const MAX_BYTES: SiteMetric = FIRST_METER_METRICS[3].1;
    const ALL: [SiteMetric; 4] = [
        FIRST_METER_METRICS[0].1,
        FIRST_METER_METRICS[1].1,
        FIRST_METER_METRICS[2].1,
        FIRST_METER_METRICS[3].1,
    ];

    #[test]
    fn a_site_that_trades_with_another_trips_an_exact_limit() {
        let exact = "[limits]\ntotal_blocks = 1000\n";
        assert_eq!(beyond(exact, &[("a::f", 501), ("b::g", 499)]), [TOTAL_BLOCKS]);
        assert_eq!(beyond(exact, &[("a::f", 500), ("b::g", 500)]), []);
    }

    #[test]
    fn what_shrank_is_no_breach() {
        let exact = "[limits]\ntotal_blocks = 1000\nmax_bytes = 10000\n";
        assert_eq!(beyond(exact, &[("a::f", 20), ("b::g", 500)]), []);
    }

    #[test]
    fn a_site_may_grow_by_what_its_limit_tolerates_of_the_whole() {
        let band =
            "[limits]\ntotal_blocks = { max = 1000, tolerance = \"5%\" }\nmax_bytes = 10000\n";
        assert_eq!(beyond(band, &[("a::f", 530), ("b::g", 500)]), [MAX_BYTES]);
        assert_eq!(beyond(band, &[("a::f", 551), ("b::g", 449)]), ALL);
    }

    #[test]
    fn without_a_limit_the_default_tolerance_counts() {
        assert_eq!(beyond("", &[("a::f", 530), ("b::g", 470)]), []);
        let per_entity = "entity = \"row\"\n[limits]\ntotal_blocks_per_entity = 10\n";
        assert_eq!(beyond(per_entity, &[("a::f", 530), ("b::g", 470)]), []);
        assert_eq!(beyond("", &[("a::f", 531), ("b::g", 470)]), ALL);
    }

    #[test]
    fn without_a_limit_the_widest_band_counts_where_it_is_wider() {
        let now = [("a::f", 590), ("b::g", 410)];
        let widest =
            |band: &str| format!("[limits]\nlive_bytes = {{ max = 9, tolerance = \"{band}\" }}\n");
        assert_eq!(beyond(&widest("9%"), &now), []);
        assert_eq!(beyond(&widest("8%"), &now), ALL);
        assert_eq!(beyond(&widest("1%"), &[("a::f", 530), ("b::g", 470)]), []);
    }

    #[test]
    fn another_name_is_the_same_site() {
        let exact = "[limits]\ntotal_blocks = 1000\n";
        assert_eq!(beyond(exact, &[("a::renamed", 500), ("b::g", 500)]), []);
    }
}
