//! Figures that grow faster than a line: their stacks that come in steps are noted, and the sites of the rest are named.
//!
//! It measures each size once more with its profile, so it runs only where a figure seems to grow so.

use std::collections::BTreeMap;
use std::path::Path;

use tripline_budget::{Budget, Config, Figures, GrowthMetric, MetricKind, Quantity, Source};
use tripline_profile::{Place, SiteMetric};

use crate::case::registry::Workload;
use crate::error::Error;
use crate::growth::split::{PointsByStack, StackSplit};
use crate::instruments::instrument::{Instrument, ProfileSaved};
use crate::meter::start::MeterOrder;
use crate::run::request::RequestedExtra;
use crate::sites::breakdown;
use crate::sites::metric::site_metric;

/// The sites above a line, by the metric.
pub(crate) type SuperlinearSites = BTreeMap<GrowthMetric, SuperlinearMetric>;

/// The sites of one heap metric that are above a line.
#[derive(Clone, Debug)]
pub(crate) struct SuperlinearMetric {
    pub(crate) heap: MetricKind,
    pub(crate) site_metric: SiteMetric,
    /// The furthest above first.
    pub(crate) sites: Vec<SuperlinearSite>,
}

/// A call site that is above a line, less what comes in steps.
#[derive(Clone, Debug)]
pub(crate) struct SuperlinearSite {
    pub(crate) site: String,
    pub(crate) place: Option<Place>,
    /// The most that it is above a line at any size.
    pub(crate) excess: u64,
    /// Its figure at each size, the smallest first.
    pub(crate) at_sizes: Vec<u64>,
}

/// The workload to measure again.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SuperlinearSearch<'a> {
    pub(crate) workload: &'static Workload,
    pub(crate) budget: Option<&'a Budget>,
    pub(crate) config: &'a Config,
    pub(crate) folder: &'a Path,
}

/// A heap metric that seems to grow faster than a line.
#[derive(Clone, Copy, Debug)]
struct Suspect {
    heap: MetricKind,
    site_metric: SiteMetric,
}

impl SuperlinearSearch<'_> {
    /// Notes in `figures` what comes in steps of each metric that grows faster than a line, and returns the sites of
    /// the rest.
    pub(crate) fn run(self, figures: &mut Figures) -> Result<SuperlinearSites, Error> {
        let suspects = self.suspects(figures)?;
        let mut found = SuperlinearSites::new();
        for saved in [ProfileSaved::AtRegionEnd, ProfileSaved::AtExit] {
            let known: Vec<_> =
                suspects.iter().filter(|suspect| profile_of(suspect.heap) == saved).collect();
            if known.is_empty() {
                continue;
            }
            let profiles = self.profiles(saved, figures)?;
            let sizes: Vec<u64> = figures.scale.iter().map(|scaled| scaled.size).collect();
            for &&Suspect { heap, site_metric } in &known {
                let split = StackSplit::of(&sizes, site_metric, &profiles);
                for (scaled, steps) in figures.scale.iter_mut().zip(&split.steps) {
                    scaled.in_steps.insert(heap.key().to_owned(), *steps);
                }
                let sites = split.above_line();
                found.insert(
                    GrowthMetric::plain(heap),
                    SuperlinearMetric { heap, site_metric, sites },
                );
            }
        }
        Ok(found)
    }

    /// Returns the heap metrics that grow faster than a line and are limited not to; all that do where a tool asked for
    /// sites.
    fn suspects(self, figures: &Figures) -> Result<Vec<Suspect>, Error> {
        let all = RequestedExtra::Breakdown.is_requested()?;
        let limit_on = |of: &GrowthMetric| {
            let limits = self.budget.into_iter().flat_map(|budget| &budget.limits);
            limits.into_iter().find(|limit| limit.metric.quantity == Quantity::Growth(of.clone()))
        };
        let is_suspect = |heap: &MetricKind| {
            let of = GrowthMetric::plain(*heap);
            match limit_on(&of) {
                Some(limit) => figures.superlinear_growth(&of, limit.tolerance).is_some(),
                None => all && figures.superlinear_growth(&of, None).is_some(),
            }
        };
        let suspects = MetricKind::from_source(Source::Heap).filter(is_suspect);
        Ok(suspects.map(|heap| Suspect { heap, site_metric: answered_by(heap) }).collect())
    }

    /// Returns every size's program points, the smallest size first.
    fn profiles(self, saved: ProfileSaved, figures: &Figures) -> Result<Vec<PointsByStack>, Error> {
        let profile = |size: u64| -> Result<PointsByStack, Error> {
            let order = MeterOrder::of(Instrument::Dhat(saved), self.config, self.budget);
            let order = MeterOrder { size: Some(size), ..order };
            order.measure(self.workload, self.folder).map_err(|cause| cause.at_size(size))?;
            Ok(breakdown::points(&order.profile(self.folder))?)
        };
        figures.scale.iter().map(|scaled| profile(scaled.size)).collect()
    }
}

/// Returns the profile that answers for a metric.
fn profile_of(heap: MetricKind) -> ProfileSaved {
    if heap.entry().is_leak { ProfileSaved::AtExit } else { ProfileSaved::AtRegionEnd }
}

/// Returns the figure that answers for a metric in that profile. Leaked blocks are those that are left at the exit.
fn answered_by(heap: MetricKind) -> SiteMetric {
    let left = if heap == MetricKind::LeakedBlocks {
        MetricKind::LiveBlocks
    } else {
        MetricKind::LiveBytes
    };
    site_metric(heap).or_else(|| site_metric(left)).unwrap_or(SiteMetric::ALL[0])
}
