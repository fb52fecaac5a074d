//! Whether a workload's call sites are those that were recorded.
//!
//! Only growth counts: what shrank is loose, and loose is no breach. A site may grow by what the limit on
//! its figure tolerates, of the whole; where there is no such limit, by the suite's default tolerance, or by that of the
//! workload's widest band.
//! Renamed, moved and differently inlined sites are the same sites.

use tripline_budget::{Budget, Config, Limit, MetricKind, Percent, Quantity, Tolerance};
use tripline_profile::{AmountUnit, Comparison, Moment, SiteMetric};

/// What a run without a second meter knows of each site, and the limit that is on it.
const COMPARED: [(MetricKind, SiteMetric); 4] = [
    (MetricKind::TotalBlocks, SiteMetric::new(Moment::Total, AmountUnit::Blocks)),
    (MetricKind::TotalBytes, SiteMetric::new(Moment::Total, AmountUnit::Bytes)),
    (MetricKind::MaxBlocks, SiteMetric::new(Moment::Peak, AmountUnit::Blocks)),
    (MetricKind::MaxBytes, SiteMetric::new(Moment::Peak, AmountUnit::Bytes)),
];

/// The figures by which some site grew too much.
pub(crate) fn outgrown(
    comparison: &Comparison,
    budget: &Budget,
    config: &Config,
    entities: u64,
) -> Vec<SiteMetric> {
    let outgrown = |(heap, question): (MetricKind, SiteMetric)| {
        let recorded = question.of(&comparison.before);
        let allowed = allowed(budget, heap, entities)
            .unwrap_or_else(|| usual(budget, config).of(u128::from(recorded)));
        comparison.grew_beyond(question, allowed).then_some(question)
    };
    COMPARED.into_iter().filter_map(outgrown).collect()
}

/// What a figure without a limit tolerates: the suite's default, or more where the workload has a wider band. What makes
/// one figure vary, such as threads, makes others vary, and a tripwire must not flip.
fn usual(budget: &Budget, config: &Config) -> Percent {
    let percent = |limit: &Limit| match limit.tolerance {
        Some(Tolerance::Percent(percent)) => Some(percent),
        _ => None,
    };
    budget.limits.iter().filter_map(percent).fold(config.tolerance, Percent::max)
}

/// What the limit on `heap` tolerates, as a total; none where nothing is limited.
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

/// The question that a limit on `heap` asks of a profile; none of what leaked, which no recorded
/// breakdown knows.
pub(crate) fn question(heap: MetricKind) -> Option<SiteMetric> {
    let live = |of| SiteMetric::new(Moment::End, of);
    match heap {
        MetricKind::LiveBlocks => Some(live(AmountUnit::Blocks)),
        MetricKind::LiveBytes => Some(live(AmountUnit::Bytes)),
        _ => COMPARED.into_iter().find(|(compared, _)| *compared == heap).map(|(_, asked)| asked),
    }
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

    /// By which figures `now` outgrows two sites of 500 blocks and 5 000 bytes each.
    fn told(text: &str, now: &[(&str, u64)]) -> Vec<SiteMetric> {
        let recorded = breakdown(&[("a::f", 500), ("b::g", 500)]);
        outgrown(&compare(&recorded, &breakdown(now)), &budget(text), &Config::default(), 100)
    }

    const TOTAL_BLOCKS: SiteMetric = COMPARED[0].1;
    const MAX_BYTES: SiteMetric = COMPARED[3].1;
    const ALL: [SiteMetric; 4] = [COMPARED[0].1, COMPARED[1].1, COMPARED[2].1, COMPARED[3].1];

    #[test]
    fn a_site_that_trades_with_another_trips_an_exact_limit() {
        let exact = "[limits]\ntotal_blocks = 1000\n";
        assert_eq!(told(exact, &[("a::f", 501), ("b::g", 499)]), [TOTAL_BLOCKS]);
        assert_eq!(told(exact, &[("a::f", 500), ("b::g", 500)]), []);
    }

    #[test]
    fn what_shrank_is_no_breach() {
        let exact = "[limits]\ntotal_blocks = 1000\nmax_bytes = 10000\n";
        assert_eq!(told(exact, &[("a::f", 20), ("b::g", 500)]), []);
    }

    #[test]
    fn a_site_may_grow_by_what_its_limit_tolerates_of_the_whole() {
        let band =
            "[limits]\ntotal_blocks = { max = 1000, tolerance = \"5%\" }\nmax_bytes = 10000\n";
        assert_eq!(told(band, &[("a::f", 530), ("b::g", 500)]), [MAX_BYTES]);
        assert_eq!(told(band, &[("a::f", 551), ("b::g", 449)]), ALL);
    }

    #[test]
    fn without_a_limit_the_default_tolerance_counts() {
        assert_eq!(told("", &[("a::f", 530), ("b::g", 470)]), []);
        let per_entity = "entity = \"row\"\n[limits]\ntotal_blocks_per_entity = 10\n";
        assert_eq!(told(per_entity, &[("a::f", 530), ("b::g", 470)]), []);
        assert_eq!(told("", &[("a::f", 531), ("b::g", 470)]), ALL);
    }

    #[test]
    fn without_a_limit_the_widest_band_counts_where_it_is_wider() {
        let now = [("a::f", 590), ("b::g", 410)];
        let widest =
            |band: &str| format!("[limits]\nlive_bytes = {{ max = 9, tolerance = \"{band}\" }}\n");
        assert_eq!(told(&widest("9%"), &now), []);
        assert_eq!(told(&widest("8%"), &now), ALL);
        assert_eq!(told(&widest("1%"), &[("a::f", 530), ("b::g", 470)]), []);
    }

    #[test]
    fn another_name_is_the_same_site() {
        let exact = "[limits]\ntotal_blocks = 1000\n";
        assert_eq!(told(exact, &[("a::renamed", 500), ("b::g", 500)]), []);
    }
}
