//! Which instrument measures a workload, and when dhat looks again at what the counters said.
//!
//! The counters are quick and name nobody. So where a limit does not simply hold by them, and where a tool records,
//! dhat measures once more, and what is judged and explained are its figures. A breach that dhat does not see again
//! is none the less one: it is said that the second run was another.

use tripline_budget::protocol::variables;
use tripline_budget::{
    Engine, Figures, Judgement, Metric, Outcome, Source, Verdict, format_count, judge,
};

use crate::judge::meters::Meters;
use crate::meter::probe::{Instrument, Saved};
use crate::run::Run;
use crate::run::request::{self, asked_for};

/// What is to be judged, and by whom it was measured.
#[derive(Debug)]
pub(crate) struct Measured {
    pub(crate) outcome: Outcome,
    /// Whether dhat saved the profile that names call sites.
    pub(crate) names_sites: bool,
}

/// The engine that a tool asks for, or else the budget.
pub(crate) fn of(meters: Meters<'_>) -> Result<Engine, String> {
    Ok(request::engine()?.unwrap_or_else(|| stated(meters)))
}

fn stated(meters: Meters<'_>) -> Engine {
    meters.budget.map_or(meters.config.engine, |budget| budget.engine)
}

/// With what the engine measures where sites are not asked for.
pub(crate) fn instrument(engine: Engine) -> Instrument {
    match engine {
        Engine::Dhat => Instrument::Dhat(Saved::Never),
        Engine::Count => Instrument::Count,
    }
}

/// Measures what is to be judged. Of call sites: whether they are compared where dhat measures, and whether there is
/// a record of them that can be read. Without one dhat measures, and says so.
pub(crate) fn measure(
    meters: Meters<'_>,
    run: &Run,
    (sites, recorded): (bool, bool),
) -> Result<Measured, String> {
    let dhat = Instrument::Dhat(if sites { Saved::AtExit } else { Saved::Never });
    let engine = of(meters)?;
    let first = match engine {
        Engine::Dhat => meters.measure(run.folder(), dhat)?,
        Engine::Count => meters.measure(run.folder(), Instrument::Count)?,
    };
    let counted = match first {
        Outcome::Measured(counted) if engine == Engine::Count => counted,
        outcome => return Ok(Measured { outcome, names_sites: engine == Engine::Dhat && sites }),
    };
    if !(sites && !recorded || is_open(meters, &counted) || records()?) {
        let outcome = Outcome::Measured(counted);
        return Ok(Measured { outcome, names_sites: false });
    }
    let outcome = match meters.heap(run.folder(), dhat) {
        Outcome::Measured(second) => {
            let doubts = doubts(meters, &counted, &second);
            Outcome::Measured(Figures { doubts, ..with_rss_of(second, &counted) })
        }
        failed @ Outcome::Failed(_) => failed,
    };
    Ok(Measured { outcome, names_sites: sites })
}

/// Whether anything is to be said of these figures but that they hold.
fn is_open(meters: Meters<'_>, figures: &Figures) -> bool {
    let is_loose = |judgement: &Judgement| {
        judgement.findings.iter().any(|finding| finding.verdict == Verdict::Loose)
    };
    let judgement = meters.budget.map(|budget| judge(budget, figures));
    judgement.is_some_and(|judgement| judgement.trips() || is_loose(&judgement))
}

/// Whether a tool is about to write down what is measured.
fn records() -> Result<bool, String> {
    Ok(request::repeats()? > 0 || asked_for(variables::BREAKDOWN)?)
}

/// Resident memory has a meter of its own, which ran already.
fn with_rss_of(mut second: Figures, counted: &Figures) -> Figures {
    second.take_from_source(counted, Source::ResidentMemory);
    second
}

/// Where the two do not fit each other.
fn doubts(meters: Meters<'_>, counted: &Figures, second: &Figures) -> Vec<String> {
    let unfit = unfit(second);
    if !unfit.is_empty() {
        // Where a tool asked for the counters, dhat's figures are simply the better ones.
        return if stated(meters) == Engine::Count { unfit } else { Vec::new() };
    }
    let findings = meters.budget.map(|budget| judge(budget, counted).findings).unwrap_or_default();
    let over = findings.iter().filter(|finding| matches!(finding.verdict, Verdict::Over { .. }));
    let mut metrics: Vec<_> = over.map(|finding| &finding.limit.metric).collect();
    metrics.dedup_by_key(|metric| metric.measured_key());
    metrics.into_iter().filter_map(|metric| unreproduced(metric, counted, second)).collect()
}

/// Why the counters' figures of what lives, leaks and peaks are not dhat's.
fn unfit(second: &Figures) -> Vec<String> {
    let freed = second.freed_before;
    if freed.blocks == 0 {
        return Vec::new();
    }
    let (blocks, bytes) = (format_count(freed.blocks), format_count(freed.bytes));
    let noun = if freed.blocks == 1 { "block" } else { "blocks" };
    vec![
        format!("the region frees {blocks} {noun} from before it, {bytes} B, which counters take for its own"),
        "so `engine = \"count\"` cannot measure it: what it keeps is to be allocated inside, or dhat is to measure"
            .to_owned(),
    ]
}

/// A breach that the counters saw and dhat measured otherwise. Of a peak that is only a bound dhat decides.
fn unreproduced(metric: &Metric, counted: &Figures, second: &Figures) -> Option<String> {
    let key = &metric.measured_key();
    if is_bound(metric, counted) {
        return None;
    }
    let counted_figure = *counted.metrics.get(key)?;
    let second_figure = *second.metrics.get(key)?;
    let [one, other] = [counted_figure, second_figure].map(format_count);
    (counted_figure != second_figure).then(|| {
        format!(
            "`{key}` was {one} by the counters and {other} when dhat measured again: the workload does not allocate \
             the same in each run"
        )
    })
}

/// Whether the counters know no more than a bound of it, or of what a line is drawn through.
fn is_bound(metric: &Metric, counted: &Figures) -> bool {
    let of =
        metric.growth_metric().map_or_else(|| metric.clone(), |of| Metric::total(of.quantity()));
    counted.too_high_by.contains_key(&of.measured_key())
}

#[cfg(test)]
mod tests {
    use tripline_budget::Blocks;

    use super::*;

    fn figures(total: u64) -> Figures {
        Figures { metrics: [("max_bytes".to_owned(), total)].into(), ..Figures::default() }
    }

    fn unreproduced(key: &str, counted: &Figures, second: &Figures) -> Option<String> {
        super::unreproduced(&key.parse().expect("a metric"), counted, second)
    }

    #[test]
    fn a_breach_that_comes_back_otherwise_is_told() {
        assert_eq!(unreproduced("max_bytes", &figures(5), &figures(5)), None);
        assert_eq!(unreproduced("live_bytes", &figures(5), &figures(5)), None);
        assert_eq!(
            unreproduced("max_bytes", &figures(5_000), &figures(4_000)).as_deref(),
            Some(
                "`max_bytes` was 5 000 by the counters and 4 000 when dhat measured again: the workload does not \
                 allocate the same in each run"
            )
        );
    }

    #[test]
    fn of_a_bound_dhat_decides() {
        let mut bound = figures(5_000);
        bound.too_high_by.insert("max_bytes".to_owned(), 1_000);
        assert_eq!(unreproduced("max_bytes", &bound, &figures(4_000)), None);
        let mut second = figures(4_000);
        for (figures, fixed) in [(&mut bound, 700), (&mut second, 600)] {
            for key in ["growth.max_bytes.fixed", "growth.live_bytes.fixed"] {
                figures.metrics.insert(key.to_owned(), fixed);
            }
        }
        assert_eq!(unreproduced("growth.max_bytes.fixed", &bound, &second), None);
        assert!(unreproduced("growth.live_bytes.fixed", &bound, &second).is_some());
    }

    #[test]
    fn what_is_freed_from_before_is_dhats_to_measure() {
        assert!(unfit(&figures(1)).is_empty());
        let freed = Figures { freed_before: Blocks { blocks: 2, bytes: 64 }, ..figures(1) };
        assert_eq!(
            unfit(&freed),
            [
                "the region frees 2 blocks from before it, 64 B, which counters take for its own",
                "so `engine = \"count\"` cannot measure it: what it keeps is to be allocated inside, or dhat is to measure",
            ]
        );
    }

    #[test]
    fn resident_memory_stays_the_first_runs() {
        let mut counted = figures(1);
        counted.metrics.insert("rss_max_bytes".to_owned(), 7);
        let second = with_rss_of(figures(2), &counted);
        assert_eq!(second.metrics["rss_max_bytes"], 7);
        assert_eq!(second.metrics["max_bytes"], 2);
    }
}
