//! The figures of one workload, from one or several runs.

use tripline_budget::{
    Engine, Entities, Figures, GrowthMetric, Metric, Percent, SuperlinearGrowth, Tolerance,
    invariants,
};

use crate::output::counted;
use crate::recording::band::{MeasuredRange, WIDEST};

/// At least one run. All declared the same entities, and none contradicts itself.
#[derive(Clone, Debug)]
pub(super) struct Samples {
    first: Figures,
    others: Vec<Figures>,
}

impl Samples {
    /// Returns the samples of a first run.
    ///
    /// # Errors
    ///
    /// Returns the reason why nothing can be planned from it.
    pub(super) fn new(first: Figures) -> Result<Self, String> {
        trusted(&first)?;
        Ok(Self { first, others: Vec::new() })
    }

    /// Adds another run.
    pub(super) fn push(&mut self, figures: Figures) -> Result<(), String> {
        trusted(&figures)?;
        if figures.entities != self.first.entities {
            let (one, other) = (shown(&self.first.entities), shown(&figures.entities));
            return Err(format!("it declared {one} in one run and {other} in another"));
        }
        if sizes(&figures) != sizes(&self.first) {
            return Err("it had other sizes in one run than in another".to_owned());
        }
        self.others.push(figures);
        self.fit()
    }

    /// Refuses counters for a region that frees blocks from before it: they would take such a block for the region's
    /// own. Only dhat can tell, and it always measures one of the recorded runs.
    fn fit(&self) -> Result<(), String> {
        let counts = self.all().any(|run| run.engine == Engine::Count);
        let freed = self.all().map(|run| run.freed_before.blocks).max().unwrap_or(0);
        if !counts || freed == 0 {
            return Ok(());
        }
        let blocks = counted(usize::try_from(freed).unwrap_or(usize::MAX), "block");
        Err(format!(
            "its region frees {blocks} from before it, which `engine = \"count\"` would take for its own: allocate \
             inside the region what it keeps, or set `engine = \"dhat\"`"
        ))
    }

    fn all(&self) -> impl Iterator<Item = &Figures> {
        std::iter::once(&self.first).chain(&self.others)
    }

    /// Returns the first run's figures, each metric at its highest in any run.
    pub(super) fn worst(&self) -> Figures {
        let mut worst = self.first.clone();
        for (key, figure) in self.others.iter().flat_map(|figures| &figures.metrics) {
            let highest = worst.metrics.entry(key.clone()).or_insert(*figure);
            *highest = (*highest).max(*figure);
        }
        if let Some(known) = self.all().find(|run| knows_steps(run)) {
            worst.scale.clone_from(&known.scale);
        }
        worst
    }

    /// Returns the tolerance that a line through `of` needs in every run, if any; the error is a bend beyond every
    /// tolerance that a tool may set. Runs that know what comes in steps count, where there are any.
    pub(super) fn bends(&self, of: &GrowthMetric) -> Result<Option<Percent>, SuperlinearGrowth> {
        let known = self.all().any(|run| run.knows_steps(of));
        let mut widest = None;
        for run in self.all().filter(|run| !known || run.knows_steps(of)) {
            widest = widest.max(tolerated(run, of)?);
        }
        Ok(widest)
    }

    pub(super) fn entities(&self) -> Option<&Entities> {
        self.first.entities.as_ref()
    }

    /// Returns the divisor of `metric`'s limit: 1 unless it is per entity; `None` without entities.
    pub(super) fn divisor(&self, metric: &Metric) -> Option<u64> {
        if !metric.per_entity {
            return Some(1);
        }
        self.entities().map(|entities| entities.count).filter(|count| *count > 0)
    }

    /// Returns the measured range of `metric`, in its own unit; `None` unless every run measured it.
    pub(super) fn range(&self, metric: &Metric) -> Option<MeasuredRange> {
        let divisor = self.divisor(metric)?;
        let key = metric.measured_key();
        let mut figures = Vec::new();
        for run in self.all() {
            figures.push(run.metrics.get(&key)?.div_ceil(divisor));
        }
        Some(MeasuredRange { min: *figures.iter().min()?, max: *figures.iter().max()? })
    }

    /// Returns every measured metric, as a total, in the order of a file.
    pub(super) fn metrics(&self) -> Vec<Metric> {
        let mut metrics: Vec<Metric> =
            self.first.metrics.keys().filter_map(|key| key.parse().ok()).collect();
        metrics.sort();
        metrics
    }

    /// Returns the reason why this platform cannot measure `metric`, if so.
    pub(super) fn unsupported(&self, metric: &Metric) -> Option<&str> {
        self.first.unsupported.get(&metric.measured_key()).map(String::as_str)
    }
}

/// Returns the least whole percent with which `of` is a line in this run.
fn tolerated(run: &Figures, of: &GrowthMetric) -> Result<Option<Percent>, SuperlinearGrowth> {
    if run.superlinear_growth(of, None).is_none() {
        return Ok(None);
    }
    let bend = |percent: Percent| run.superlinear_growth(of, Some(Tolerance::Percent(percent)));
    match bend(WIDEST) {
        Some(bend) => Err(bend),
        None => Ok(Percent::whole_up_to(WIDEST).find(|percent| bend(*percent).is_none())),
    }
}

/// Returns `true` if the run looked for figures that grow in steps.
fn knows_steps(figures: &Figures) -> bool {
    figures.scale.iter().any(|scaled| !scaled.in_steps.is_empty())
}

fn sizes(figures: &Figures) -> Vec<u64> {
    figures.scale.iter().map(|scaled| scaled.size).collect()
}

fn trusted(figures: &Figures) -> Result<(), String> {
    match invariants(figures).as_slice() {
        [] => Ok(()),
        broken => Err(format!("the measurement contradicts itself: {}", broken.join("; "))),
    }
}

fn shown(entities: &Option<Entities>) -> String {
    entities.as_ref().map_or_else(
        || "no entities".to_owned(),
        |entities| format!("{} of `{}`", entities.count, entities.name),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(live_bytes: u64, entities: u64) -> Figures {
        let mut figures = Figures::default();
        for key in ["total_blocks", "total_bytes", "max_bytes", "live_bytes"] {
            figures.metrics.insert(key.to_owned(), live_bytes);
        }
        figures.counted.blocks = live_bytes;
        figures.counted.bytes = live_bytes;
        figures.entities = Some(Entities { name: "row".to_owned(), count: entities });
        figures
    }

    fn metric(key: &str) -> Metric {
        key.parse().unwrap()
    }

    #[test]
    fn a_range_is_in_the_metrics_own_unit() {
        let mut samples = Samples::new(figures(100, 10)).unwrap();
        samples.push(figures(121, 10)).unwrap();
        assert_eq!(
            samples.range(&metric("live_bytes")),
            Some(MeasuredRange { min: 100, max: 121 })
        );
        let per_entity = samples.range(&metric("live_bytes_per_entity"));
        assert_eq!(per_entity, Some(MeasuredRange { min: 10, max: 13 }));
        assert_eq!(samples.range(&metric("disk_bytes.db")), None);
    }

    #[test]
    fn the_worst_has_each_metric_at_its_highest() {
        let mut samples = Samples::new(figures(100, 10)).unwrap();
        samples.push(figures(90, 10)).unwrap();
        assert_eq!(samples.worst(), figures(100, 10));
    }

    #[test]
    fn runs_with_other_entities_or_contradictions_are_refused() {
        let mut samples = Samples::new(figures(100, 10)).unwrap();
        assert_eq!(
            samples.push(figures(100, 9)).unwrap_err(),
            "it declared 10 of `row` in one run and 9 of `row` in another"
        );
        let mut broken = figures(100, 10);
        broken.counted.blocks = 1;
        assert_eq!(
            Samples::new(broken).unwrap_err(),
            "the measurement contradicts itself: `total_blocks` is 100 by dhat, but 1 by \
             tripline's own counters"
        );
    }
}
