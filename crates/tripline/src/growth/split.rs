//! One figure of several profiles, stack by stack: what comes in steps apart from the rest, by call site.

use std::collections::{BTreeMap, BTreeSet};

use tripline_budget::{DisplayScale, MetricKind, SizePoint, Unit, excess_over_line};
use tripline_profile::{Amount, Moment, ProgramPoint, SiteMetric};

use crate::growth::step_growth::come_in_steps;
use crate::render::{Rows, counted};

/// Sites that are shown.
const AT_MOST: usize = 4;

/// A profile's program points, by their stacks.
pub(crate) type Points = BTreeMap<String, ProgramPoint>;

/// A figure taken apart.
#[derive(Debug)]
pub(crate) struct Sifted<'a> {
    sizes: &'a [u64],
    question: SiteMetric,
    /// What comes in steps, of each size.
    pub(crate) steps: Vec<u64>,
    rest: BTreeMap<&'a str, Site<'a>>,
}

/// Takes one figure of the profiles of all `sizes` apart.
pub(crate) fn sift<'a>(
    sizes: &'a [u64],
    question: SiteMetric,
    profiles: &'a [Points],
) -> Sifted<'a> {
    let (steps, rest) = (vec![0; sizes.len()], BTreeMap::new());
    let mut sifted = Sifted { sizes, question, steps, rest };
    let stacks: BTreeSet<_> = profiles.iter().flat_map(BTreeMap::keys).collect();
    for stack in stacks {
        sifted.add(&profiles.iter().map(|points| points.get(stack)).collect::<Vec<_>>());
    }
    sifted
}

impl<'a> Sifted<'a> {
    /// Adds one stack, as it is in each profile.
    fn add(&mut self, stack: &[Option<&'a ProgramPoint>]) {
        let figures = || stack.iter().map(|point| point.map(|point| point.figures));
        let (question, moment) = (self.question, self.question.moment);
        let amounts: Vec<Amount> =
            figures().map(|figures| figures.unwrap_or_default().at(moment)).collect();
        let taken: Vec<u64> =
            figures().map(|figures| question.of(&figures.unwrap_or_default())).collect();
        if come_in_steps(self.sizes, &amounts, moment) {
            add(&mut self.steps, &taken);
        } else if let Some(point) = stack.iter().flatten().next_back() {
            let site = self.rest.entry(&point.site);
            add(&mut site.or_insert_with(|| Site::of(point, taken.len())).taken, &taken);
        }
    }

    /// The sites that are above a line, the furthest first.
    pub(crate) fn bent(self, heap: MetricKind) -> Rows {
        let sizes = self.sizes;
        let sites = self.rest.into_values().map(|site| (site.excess(sizes), site));
        let mut sites: Vec<_> = sites.filter(|(excess, _)| *excess > 0).collect();
        sites.sort_by(|(a, one), (b, other)| {
            b.cmp(a).then_with(|| one.point.site.cmp(&other.point.site))
        });
        let mut rows = Rows::below(&format!("what bends in `{}`, above a line", heap.key()));
        for (excess, site) in sites.iter().take(AT_MOST) {
            let amount = amount(heap.unit(), *excess);
            let amount = format!("+{amount}{}", when(self.question.moment));
            rows.add([amount, String::new()], &site.point.site, site.about(heap.unit()));
        }
        rows
    }
}

fn add(sums: &mut [u64], more: &[u64]) {
    for (sum, more) in sums.iter_mut().zip(more) {
        *sum = sum.saturating_add(*more);
    }
}

/// A call site, less what comes in steps.
#[derive(Debug)]
struct Site<'a> {
    point: &'a ProgramPoint,
    /// At each size.
    taken: Vec<u64>,
}

impl<'a> Site<'a> {
    fn of(point: &'a ProgramPoint, sizes: usize) -> Self {
        Self { point, taken: vec![0; sizes] }
    }

    /// How far above a line it is at most, at any size.
    fn excess(&self, sizes: &[u64]) -> u64 {
        let points: Vec<_> = sizes
            .iter()
            .zip(&self.taken)
            .map(|(&size, &figure)| SizePoint { size, figure })
            .collect();
        (0..points.len()).map(|at| excess_over_line(&points, at)).max().unwrap_or(0)
    }

    /// What it took at each size, and where it is.
    fn about(&self, unit: Unit) -> Vec<String> {
        let scale = DisplayScale::exact(unit);
        let taken: Vec<_> = self.taken.iter().map(|taken| scale.format(*taken)).collect();
        let place = self.point.place.as_ref().map(|place| format!("{}:{}", place.file, place.line));
        std::iter::once(taken.join(" → ")).chain(place).collect()
    }
}

fn amount(unit: Unit, amount: u64) -> String {
    match unit {
        Unit::Bytes => DisplayScale::exact(unit).format(amount),
        Unit::Count => counted(amount, "block"),
    }
}

const fn when(moment: Moment) -> &'static str {
    match moment {
        Moment::Total => "",
        Moment::Peak => " peak",
        Moment::End => " live",
    }
}
