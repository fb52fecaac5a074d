//! Chooses the engine that measures a workload, and has dhat measure again where the counters do not settle it.
//!
//! The counters are quick and name no call site. So where a limit does not simply hold by them, and where a tool records,
//! dhat measures once more, and its figures are judged and explained. A breach that dhat does not reproduce trips all the
//! same: the workload does not allocate the same in each run, and the failure says so.

use std::path::Path;

use tripline_budget::{
    Blocks, Budget, Config, Engine, Figures, Judgement, Metric, Source, Verdict, judge,
};

use crate::case::registry::Workload;
use crate::error::{Error, NotJudged, NotMeasured};
use crate::growth::all_sizes;
use crate::instruments::instrument::{Instrument, ProfileSaved};
use crate::meter::plant::Plant;
use crate::meter::start::MeterOrder;
use crate::run::request::{self, RequestedExtra};
use crate::run::{self, Run};

/// The figures to be judged, by one of the engines.
#[derive(Debug)]
pub(crate) struct HeapMeasurement {
    pub(crate) figures: Figures,
    pub(crate) doubts: Vec<Doubt>,
    /// True if dhat saved the profile that names call sites.
    pub(crate) has_profile: bool,
}

/// A way in which the counters and dhat, which measured after them, do not fit each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Doubt {
    /// The region frees blocks from before it, which counters take for its own.
    FreedBefore(Blocks),
    /// dhat measured something else than the counters, whose figure is over its limit.
    NotReproduced { metric: String, counted: u64, measured_again: u64 },
}

/// The use that a run has for call sites.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SitesUse {
    /// None: `breakdown = false`.
    Off,
    /// There is no record to compare them with, or none that can be read. dhat measures, and the failure says so.
    Unrecorded,
    /// They are compared where dhat measures.
    Compared,
}

/// The meters that one judge has run: one to be judged, others if a tool asks for more.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Meters<'a> {
    pub(crate) workload: &'static Workload,
    pub(crate) budget: Option<&'a Budget>,
    pub(crate) config: &'a Config,
    pub(crate) plant: Option<&'a Plant>,
}

impl Meters<'_> {
    /// Measures the figures to be judged.
    pub(crate) fn judged(self, run: &Run, sites: SitesUse) -> Result<HeapMeasurement, Error> {
        let dhat = Instrument::Dhat(match sites {
            SitesUse::Off => ProfileSaved::Never,
            SitesUse::Unrecorded | SitesUse::Compared => ProfileSaved::AtExit,
        });
        let has_profile = sites != SitesUse::Off;
        if self.engine()? == Engine::Dhat {
            let figures = self.measure(run.folder(), dhat)?;
            return Ok(HeapMeasurement { figures, doubts: Vec::new(), has_profile });
        }
        let counted = self.measure(run.folder(), Instrument::Count)?;
        if sites != SitesUse::Unrecorded && !self.is_open(&counted) && !is_recording()? {
            return Ok(HeapMeasurement {
                figures: counted,
                doubts: Vec::new(),
                has_profile: false,
            });
        }
        let second = self.heap(run.folder(), dhat)?;
        let doubts = self.doubts(&counted, &second);
        Ok(HeapMeasurement { figures: with_rss_of(second, &counted), doubts, has_profile })
    }

    /// Measures once with the engine, without call sites.
    pub(crate) fn planted(self, run: &Run) -> Result<Figures, Error> {
        self.measure(run.folder(), self.engine_alone()?)
    }

    /// Measures as often again as a tool asks for; nobody judges these runs here.
    pub(crate) fn repeated(self) -> Result<Vec<Result<Figures, NotMeasured>>, Error> {
        let heap = self.engine_alone()?;
        let again = |_| match self.measure(run::meter_folder()?.path(), heap) {
            Ok(figures) => Ok(Ok(figures)),
            Err(Error::NotMeasured(reason)) => Ok(Err(reason)),
            Err(error) => Err(error),
        };
        (0..request::repeats()?).map(again).collect()
    }

    /// Returns the engine that a tool asks for, or else the budget's.
    fn engine(self) -> Result<Engine, NotJudged> {
        Ok(request::engine()?.unwrap_or_else(|| self.stated_engine()))
    }

    fn stated_engine(self) -> Engine {
        self.budget.map_or(self.config.engine, |budget| budget.engine)
    }

    /// Returns the engine's instrument where sites are not asked for.
    fn engine_alone(self) -> Result<Instrument, NotJudged> {
        Ok(match self.engine()? {
            Engine::Dhat => Instrument::Dhat(ProfileSaved::Never),
            Engine::Count => Instrument::Count,
        })
    }

    /// Measures once, and resident memory apart where it is limited or asked for.
    fn measure(self, folder: &Path, heap: Instrument) -> Result<Figures, Error> {
        let wants_rss = limits_rss(self.budget) || RequestedExtra::Rss.is_requested()?;
        let mut figures = self.heap(folder, heap)?;
        if wants_rss {
            let rss = self.order(Instrument::Rss).measure(self.workload, folder)?;
            figures.take_from_source(&rss, Source::ResidentMemory);
        }
        Ok(figures)
    }

    /// Measures the heap once; at each of its sizes, if the workload has several.
    fn heap(self, folder: &Path, heap: Instrument) -> Result<Figures, NotMeasured> {
        let others = match heap {
            Instrument::Dhat(_) => Instrument::Dhat(ProfileSaved::Never),
            other => other,
        };
        let largest = self.order(heap).measure(self.workload, folder)?;
        all_sizes::complete(largest, |size| {
            let order = MeterOrder { size: Some(size), ..self.order(others) };
            order.measure(self.workload, folder)
        })
    }

    fn order(self, instrument: Instrument) -> MeterOrder {
        let order = MeterOrder::of(instrument, self.config, self.budget);
        MeterOrder { plant: self.plant.cloned(), ..order }
    }

    /// Returns `true` if there is more to say of these figures than that they hold.
    fn is_open(self, figures: &Figures) -> bool {
        let is_loose = |judgement: &Judgement| {
            judgement.findings.iter().any(|finding| finding.verdict == Verdict::Loose)
        };
        let judgement = self.budget.map(|budget| judge(budget, figures));
        judgement.is_some_and(|judgement| judgement.trips() || is_loose(&judgement))
    }

    fn doubts(self, counted: &Figures, second: &Figures) -> Vec<Doubt> {
        if second.freed_before.blocks > 0 {
            // Where a tool asked for the counters, dhat's figures are simply the better ones.
            return match self.stated_engine() {
                Engine::Count => vec![Doubt::FreedBefore(second.freed_before)],
                Engine::Dhat => Vec::new(),
            };
        }
        let findings = self.budget.map(|budget| judge(budget, counted).findings);
        let findings = findings.unwrap_or_default();
        let over =
            findings.iter().filter(|finding| matches!(finding.verdict, Verdict::Over { .. }));
        let mut metrics: Vec<_> = over.map(|finding| &finding.limit.metric).collect();
        metrics.dedup_by_key(|metric| metric.measured_key());
        metrics.into_iter().filter_map(|metric| not_reproduced(metric, counted, second)).collect()
    }
}

/// Returns `true` if a tool is about to write down what is measured.
fn is_recording() -> Result<bool, NotJudged> {
    Ok(request::repeats()? > 0 || RequestedExtra::Breakdown.is_requested()?)
}

fn limits_rss(budget: Option<&Budget>) -> bool {
    budget.is_some_and(|budget| {
        let limits = budget.limits.iter().map(|limit| &limit.metric);
        let coherence = budget.coherence.iter().map(|line| &line.equals);
        limits.chain(coherence).any(|metric| metric.source() == Source::ResidentMemory)
    })
}

/// Adds resident memory of the first run to the second: it has a meter of its own, which ran already.
fn with_rss_of(mut second: Figures, counted: &Figures) -> Figures {
    second.take_from_source(counted, Source::ResidentMemory);
    second
}

/// Returns the doubt about a breach that the counters saw and dhat measured otherwise. dhat
/// decides about a peak that is only a bound.
fn not_reproduced(metric: &Metric, counted: &Figures, second: &Figures) -> Option<Doubt> {
    let metric_key = metric.measured_key();
    if is_bound(metric, counted) {
        return None;
    }
    let counted = *counted.metrics.get(&metric_key)?;
    let measured_again = *second.metrics.get(&metric_key)?;
    let is_other = counted != measured_again;
    is_other.then_some(Doubt::NotReproduced { metric: metric_key, counted, measured_again })
}

/// Returns `true` if the counters know no more than a bound of the metric, or of the one that its line is drawn through.
fn is_bound(metric: &Metric, counted: &Figures) -> bool {
    let of =
        metric.growth_metric().map_or_else(|| metric.clone(), |of| Metric::total(of.quantity()));
    counted.too_high_by.contains_key(&of.measured_key())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(total: u64) -> Figures {
        Figures { metrics: [("max_bytes".to_owned(), total)].into(), ..Figures::default() }
    }

    fn not_reproduced(key: &str, counted: &Figures, second: &Figures) -> Option<Doubt> {
        super::not_reproduced(&key.parse().expect("a metric"), counted, second)
    }

    #[test]
    fn a_breach_that_dhat_does_not_reproduce_is_a_doubt() {
        assert_eq!(not_reproduced("max_bytes", &figures(5), &figures(5)), None);
        assert_eq!(not_reproduced("live_bytes", &figures(5), &figures(5)), None);
        let doubt = Doubt::NotReproduced {
            metric: "max_bytes".to_owned(),
            counted: 5_000,
            measured_again: 4_000,
        };
        assert_eq!(not_reproduced("max_bytes", &figures(5_000), &figures(4_000)), Some(doubt));
    }

    #[test]
    fn of_a_bound_dhat_decides() {
        let mut bound = figures(5_000);
        bound.too_high_by.insert("max_bytes".to_owned(), 1_000);
        assert_eq!(not_reproduced("max_bytes", &bound, &figures(4_000)), None);
        let mut second = figures(4_000);
        for (figures, fixed) in [(&mut bound, 700), (&mut second, 600)] {
            for key in ["growth.max_bytes.fixed", "growth.live_bytes.fixed"] {
                figures.metrics.insert(key.to_owned(), fixed);
            }
        }
        assert_eq!(not_reproduced("growth.max_bytes.fixed", &bound, &second), None);
        assert!(not_reproduced("growth.live_bytes.fixed", &bound, &second).is_some());
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
