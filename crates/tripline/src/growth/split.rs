//! One figure of several profiles, split by stack: what comes in steps, and the rest by call site.

use std::collections::{BTreeMap, BTreeSet};

use tripline_budget::{SizePoint, excess_over_line};
use tripline_profile::{Amount, ProgramPoint, SiteMetric};

use crate::growth::step_growth::grows_in_steps;
use crate::growth::superlinear::SuperlinearSite;

/// A profile's program points, by their stacks.
pub(crate) type PointsByStack = BTreeMap<String, ProgramPoint>;

/// A figure of a workload at all its sizes, split by stack.
#[derive(Debug)]
pub(crate) struct StackSplit<'a> {
    sizes: &'a [u64],
    site_metric: SiteMetric,
    /// The sum of what comes in steps, of each size.
    pub(crate) steps: Vec<u64>,
    rest: BTreeMap<&'a str, SiteRest<'a>>,
}

/// A call site, less what comes in steps.
#[derive(Debug)]
struct SiteRest<'a> {
    point: &'a ProgramPoint,
    at_sizes: Vec<u64>,
}

impl<'a> StackSplit<'a> {
    /// Splits one figure of the profiles of all `sizes`.
    pub(crate) fn of(
        sizes: &'a [u64],
        site_metric: SiteMetric,
        profiles: &'a [PointsByStack],
    ) -> Self {
        let (steps, rest) = (vec![0; sizes.len()], BTreeMap::new());
        let mut split = Self { sizes, site_metric, steps, rest };
        let stacks: BTreeSet<_> = profiles.iter().flat_map(BTreeMap::keys).collect();
        for stack in stacks {
            split.add(&profiles.iter().map(|points| points.get(stack)).collect::<Vec<_>>());
        }
        split
    }

    /// Adds one stack, as it is in each profile.
    fn add(&mut self, stack: &[Option<&'a ProgramPoint>]) {
        let figures = || stack.iter().map(|point| point.map(|point| point.figures));
        let (site_metric, moment) = (self.site_metric, self.site_metric.moment);
        let amounts: Vec<Amount> =
            figures().map(|figures| figures.unwrap_or_default().at(moment)).collect();
        let at_sizes: Vec<u64> =
            figures().map(|figures| site_metric.of(&figures.unwrap_or_default())).collect();
        if grows_in_steps(self.sizes, &amounts, moment) {
            add(&mut self.steps, &at_sizes);
        } else if let Some(point) = stack.iter().flatten().next_back() {
            let none = || SiteRest { point, at_sizes: vec![0; at_sizes.len()] };
            let site = self.rest.entry(&point.site).or_insert_with(none);
            add(&mut site.at_sizes, &at_sizes);
        }
    }

    /// Returns the sites that are above a line, the furthest first.
    pub(crate) fn above_line(self) -> Vec<SuperlinearSite> {
        let sizes = self.sizes;
        let sites = self.rest.into_values().map(|site| site.compared_with_line(sizes));
        let mut sites: Vec<_> = sites.filter(|site| site.excess > 0).collect();
        sites.sort_by(|a, b| b.excess.cmp(&a.excess).then_with(|| a.site.cmp(&b.site)));
        sites
    }
}

impl SiteRest<'_> {
    fn compared_with_line(self, sizes: &[u64]) -> SuperlinearSite {
        let at_sizes = sizes.iter().zip(&self.at_sizes);
        let points: Vec<_> = at_sizes.map(|(&size, &figure)| SizePoint { size, figure }).collect();
        SuperlinearSite {
            site: self.point.site.clone(),
            place: self.point.place.clone(),
            excess: (0..points.len()).map(|at| excess_over_line(&points, at)).max().unwrap_or(0),
            at_sizes: self.at_sizes,
        }
    }
}

fn add(sums: &mut [u64], more: &[u64]) {
    for (sum, more) in sums.iter_mut().zip(more) {
        *sum = sum.saturating_add(*more);
    }
}
