//! The figures of a workload at several sizes, and the line through them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::metrics::GrowthMetric;
use crate::metrics::Metric;
use crate::runs::Figures;
use crate::runs::least_squares::fit_line;

/// The figures of a workload at one of its sizes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FiguresAtSize {
    /// The number of entities.
    pub size: u64,
    /// Totals of every metric that may be held to a line, keyed as in [`Figures::metrics`].
    pub metrics: BTreeMap<String, u64>,
    /// The part of a figure that grows in steps by itself, such as the table of a map that doubles. It does not
    /// count as growth beyond a line. A key is present only if its steps were looked for, because the figure grows
    /// faster than a line.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub in_steps: BTreeMap<String, u64>,
}

/// A size and one figure that was measured at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SizePoint {
    pub size: u64,
    pub figure: u64,
}

impl FiguresAtSize {
    pub(crate) fn figure(&self, metric: &GrowthMetric) -> Option<u64> {
        self.metrics.get(&metric.to_string()).copied()
    }

    /// Returns the part of a figure that grows in steps; `None` if nobody looked for it.
    pub(crate) fn steps(&self, metric: &GrowthMetric) -> Option<u64> {
        self.in_steps.get(&metric.to_string()).copied()
    }
}

impl Figures {
    /// Returns these figures as those of one size among others.
    #[must_use]
    pub fn at_size(&self, size: u64) -> FiguresAtSize {
        let may_grow =
            |key: &str| key.parse().is_ok_and(|metric: Metric| GrowthMetric::of(&metric).is_some());
        let metrics = self.metrics.iter().filter(|(key, _)| may_grow(key));
        let metrics = metrics.map(|(key, figure)| (key.clone(), *figure)).collect();
        FiguresAtSize { size, metrics, in_steps: BTreeMap::new() }
    }

    /// Takes the figures of every size, the smallest first, and adds the line through them: under
    /// `growth.<metric>.fixed` and, for all entities of the largest size, `growth.<metric>.per_entity`.
    pub fn set_scale(&mut self, scale: Vec<FiguresAtSize>) {
        self.scale = scale;
        let growth = self.growth_figures();
        self.metrics.extend(growth);
    }

    /// Returns the lines through all sizes, by the metric's key.
    pub(crate) fn growth_figures(&self) -> BTreeMap<String, u64> {
        let mut figures = BTreeMap::new();
        for metric in self.growth_metrics() {
            if let Some(line) = self.points(&metric).and_then(|points| fit_line(&points)) {
                figures.insert(metric.part(false).to_string(), line.fixed);
                figures.insert(metric.part(true).to_string(), line.of_largest);
            }
        }
        figures
    }

    /// Iterates over the metrics of the largest size that may be held to a line.
    pub fn growth_metrics(&self) -> impl Iterator<Item = GrowthMetric> {
        let keys = self.scale.last().into_iter().flat_map(|largest| largest.metrics.keys());
        keys.filter_map(|key| GrowthMetric::of(&key.parse().ok()?))
    }

    /// Returns the figure at each size; `None` unless every size has it.
    #[must_use]
    pub fn points(&self, metric: &GrowthMetric) -> Option<Vec<SizePoint>> {
        let point = |of_size: &FiguresAtSize| {
            Some(SizePoint { size: of_size.size, figure: of_size.figure(metric)? })
        };
        self.scale.iter().map(point).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(bytes: [u64; 3]) -> Figures {
        let scaled = |(size, bytes): (u64, u64)| FiguresAtSize {
            size,
            metrics: [("live_bytes".to_owned(), bytes)].into(),
            in_steps: BTreeMap::new(),
        };
        let mut figures = Figures::default();
        figures.set_scale([10, 20, 40].into_iter().zip(bytes).map(scaled).collect());
        figures
    }

    #[test]
    fn the_line_stands_beside_the_figures() {
        let measured = |figures: &Figures, key: &str| figures.metrics.get(key).copied();
        let figures = figures([130, 230, 430]);
        assert_eq!(measured(&figures, "growth.live_bytes.fixed"), Some(30));
        assert_eq!(measured(&figures, "growth.live_bytes.per_entity"), Some(400));
        assert_eq!(measured(&figures, "growth.max_bytes.fixed"), None);
    }

    #[test]
    fn a_figure_that_a_size_lacks_has_no_line() {
        let mut figures = figures([130, 230, 430]);
        let mut scale = figures.scale.clone();
        scale[0].metrics.clear();
        figures.metrics.clear();
        figures.set_scale(scale);
        assert_eq!(figures.metrics, BTreeMap::new());
    }

    #[test]
    fn only_what_may_grow_is_kept_of_a_size() {
        let mut figures = Figures::default();
        for key in ["max_bytes", "phase.run.max_bytes", "leaked_fds", "disk_bytes.db", "reported.x"]
        {
            figures.metrics.insert(key.to_owned(), 1);
        }
        let kept: Vec<_> = figures.at_size(5).metrics.into_keys().collect();
        assert_eq!(kept, ["disk_bytes.db", "max_bytes", "reported.x"]);
    }
}
