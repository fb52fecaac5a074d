//! What looks like more than a line: what comes in steps is taken out of the question, and whoever bends is
//! named. Takes each size once more with its profile, so it runs only where a figure bends.

use std::collections::BTreeMap;
use std::path::Path;

use tripline_budget::protocol::variables;
use tripline_budget::{
    Budget, Config, Figures, GrowthMetric, MetricKind, Outcome, Quantity, Source, format_count,
};
use tripline_profile::SiteMetric;

use crate::case::registry::Workload;
use crate::growth::split::{Points, sift};
use crate::meter::child;
use crate::meter::child::Order;
use crate::meter::probe::{Instrument, Saved};
use crate::render::Rows;
use crate::run::request::asked_for;
use crate::sites::breakdown;
use crate::sites::tolerance::question;

/// Whom to blame for a bend, as rows.
pub(crate) type Bent = BTreeMap<GrowthMetric, Rows>;

/// How to run a workload once more.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look<'a> {
    pub(crate) workload: &'static Workload,
    pub(crate) budget: Option<&'a Budget>,
    pub(crate) config: &'a Config,
    pub(crate) folder: &'a Path,
}

impl Look<'_> {
    /// Notes in `figures` what comes in steps of each figure that bends, and names the sites of the rest.
    pub(crate) fn at(self, figures: &mut Figures) -> Result<Bent, String> {
        let suspects = self.suspects(figures)?;
        let mut bent = Bent::new();
        for saved in [Saved::AtRegionEnd, Saved::AtExit] {
            let of_this: Vec<_> =
                suspects.iter().filter(|(heap, _)| saves(*heap) == saved).collect();
            if of_this.is_empty() {
                continue;
            }
            let profiles = self.profiles(saved, figures)?;
            let sizes: Vec<u64> = figures.scale.iter().map(|scaled| scaled.size).collect();
            for (heap, question) in of_this {
                let sifted = sift(&sizes, *question, &profiles);
                for (scaled, steps) in figures.scale.iter_mut().zip(&sifted.steps) {
                    scaled.in_steps.insert(heap.key().to_owned(), *steps);
                }
                bent.insert(GrowthMetric::plain(*heap), sifted.bent(*heap));
            }
        }
        Ok(bent)
    }

    /// The heap's figures that bend and are asked not to; all that bend where a tool asked for sites.
    fn suspects(self, figures: &Figures) -> Result<Vec<(MetricKind, SiteMetric)>, String> {
        let all = asked_for(variables::BREAKDOWN)?;
        let limited = |of: &GrowthMetric| {
            let limits = self.budget.into_iter().flat_map(|budget| &budget.limits);
            limits.into_iter().find(|limit| limit.metric.quantity == Quantity::Growth(of.clone()))
        };
        let bends = |heap: &MetricKind| {
            let of = GrowthMetric::plain(*heap);
            match limited(&of) {
                Some(limit) => figures.superlinear_growth(&of, limit.tolerance).is_some(),
                None => all && figures.superlinear_growth(&of, None).is_some(),
            }
        };
        let suspects = MetricKind::from_source(Source::Heap).filter(bends);
        Ok(suspects.map(|heap| (heap, asked_of(heap))).collect())
    }

    /// Every size's program points, the smallest first.
    fn profiles(self, saved: Saved, figures: &Figures) -> Result<Vec<Points>, String> {
        let timeout = self.budget.map_or(self.config.timeout, |budget| budget.timeout);
        let profile = |size: u64| {
            let instrument = Order::of(Instrument::Dhat(saved));
            let order = Order { timeout, size: Some(size), ..instrument };
            match child::measure(self.workload, self.folder, &order) {
                Outcome::Measured(_) => breakdown::points(&child::profile(self.folder, &order)),
                Outcome::Failed(reason) => {
                    Err(format!("at a size of {}, {reason}", format_count(size)))
                }
            }
        };
        figures.scale.iter().map(|scaled| profile(scaled.size)).collect()
    }
}

/// What a profile has to end with to answer for a figure.
fn saves(heap: MetricKind) -> Saved {
    if heap.entry().is_leak { Saved::AtExit } else { Saved::AtRegionEnd }
}

/// What leaked is what is left at the exit.
fn asked_of(heap: MetricKind) -> SiteMetric {
    let left = if heap == MetricKind::LeakedBlocks {
        MetricKind::LiveBlocks
    } else {
        MetricKind::LiveBytes
    };
    question(heap).or_else(|| question(left)).unwrap_or(SiteMetric::ALL[0])
}
