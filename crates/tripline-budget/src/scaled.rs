//! A workload at several sizes: what each cost, and the line through them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::fit::fit;
use crate::{Figures, Grown, Metric, Quantity};

/// What a workload cost at one of its sizes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scaled {
    /// How many entities it has.
    pub size: u64,
    /// Totals, keyed as in [`Figures::metrics`]: of the heap, of disk, and the program's own.
    pub metrics: BTreeMap<String, u64>,
    /// What of a figure comes in steps by itself, such as the table of a map that doubles: no growth beyond a
    /// line is seen in that. There only where somebody looked, because the figure bends.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub in_steps: BTreeMap<String, u64>,
}

impl Scaled {
    pub(crate) fn figure(&self, of: &Grown) -> Option<u64> {
        self.metrics.get(&of.to_string()).copied()
    }

    /// What of a figure comes in steps; `None` if nobody looked.
    pub(crate) fn steps(&self, of: &Grown) -> Option<u64> {
        self.in_steps.get(&of.to_string()).copied()
    }
}

impl Figures {
    /// These figures as those of one size among others.
    #[must_use]
    pub fn at_size(&self, size: u64) -> Scaled {
        let grows =
            |key: &str| key.parse().is_ok_and(|metric: Metric| Grown::of(&metric).is_some());
        let metrics = self.metrics.iter().filter(|(key, _)| grows(key));
        let metrics = metrics.map(|(key, figure)| (key.clone(), *figure)).collect();
        Scaled { size, metrics, in_steps: BTreeMap::new() }
    }

    /// Takes what every size cost, the smallest first, and what the line through them says, under
    /// `growth.<metric>.fixed` and, for all entities of the largest, `growth.<metric>.per_entity`.
    pub fn set_scale(&mut self, scale: Vec<Scaled>) {
        self.scale = scale;
        let growth = self.fitted();
        self.metrics.extend(growth);
    }

    /// What the lines through all sizes say, by the metric's key.
    pub(crate) fn fitted(&self) -> BTreeMap<String, u64> {
        let mut fitted = BTreeMap::new();
        for of in self.grown() {
            if let Some(line) = self.points(&of).and_then(|points| fit(&points)) {
                let key = |per_entity| {
                    Metric { quantity: Quantity::Growth(of.clone()), per_entity }.to_string()
                };
                fitted.insert(key(false), line.fixed);
                fitted.insert(key(true), line.of_largest);
            }
        }
        fitted
    }

    /// Every figure of the largest size that may be held against others.
    pub fn grown(&self) -> impl Iterator<Item = Grown> {
        let keys = self.scale.last().into_iter().flat_map(|largest| largest.metrics.keys());
        keys.filter_map(|key| Grown::of(&key.parse().ok()?))
    }

    /// Sizes and figures, if every size was measured.
    #[must_use]
    pub fn points(&self, of: &Grown) -> Option<Vec<(u64, u64)>> {
        self.scale.iter().map(|scaled| Some((scaled.size, scaled.figure(of)?))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(bytes: [u64; 3]) -> Figures {
        let scaled = |(size, bytes): (u64, u64)| Scaled {
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
