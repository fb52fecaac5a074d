//! What looks like more than a line: what comes in steps is taken out of the question, and whoever bends is
//! named. Takes each size once more with its profile, so it runs only where a figure bends.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use tripline_budget::{
    Budget, Config, Figures, Grown, Heap, Outcome, Quantity, Scale, Unit, above_line,
};
use tripline_profile::{Moment, ProgramPoint, Question};

use crate::asked::{self, asked_for};
use crate::child::Order;
use crate::composition::question;
use crate::probe::{Instrument, Saved};
use crate::registry::Workload;
use crate::render::{Rows, counted};
use crate::steps::come_in_steps;
use crate::{breakdown, child};

/// Whom to blame for a bend, as rows.
pub(crate) type Bent = BTreeMap<Grown, Rows>;

/// Sites that are shown.
const AT_MOST: usize = 4;

type Points = BTreeMap<String, ProgramPoint>;

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
            for (heap, question) in of_this {
                let rows = sift(figures, *heap, *question, &profiles);
                bent.insert(Grown::Heap(*heap), rows);
            }
        }
        Ok(bent)
    }

    /// The heap's figures that bend and are asked not to; all that bend where a tool asked for sites.
    fn suspects(self, figures: &Figures) -> Result<Vec<(Heap, Question)>, String> {
        let all = asked_for(asked::BREAKDOWN)?;
        let limited = |of: &Grown| {
            let limits = self.budget.into_iter().flat_map(|budget| &budget.limits);
            limits.into_iter().find(|limit| limit.metric.quantity == Quantity::Growth(of.clone()))
        };
        let bends = |heap: &Heap| {
            let of = Grown::Heap(*heap);
            match limited(&of) {
                Some(limit) => figures.bend(&of, limit.tolerance).is_some(),
                None => all && figures.bend(&of, None).is_some(),
            }
        };
        let suspects = Heap::ALL.into_iter().filter(bends);
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
                Outcome::Failed(reason) => Err(reason),
            }
        };
        figures.scale.iter().map(|scaled| profile(scaled.size)).collect()
    }
}

/// What a profile has to end with to answer for a figure.
fn saves(heap: Heap) -> Saved {
    if heap.is_leaked() { Saved::AtExit } else { Saved::AtRegionEnd }
}

/// What leaked is what is left at the exit.
fn asked_of(heap: Heap) -> Question {
    let left = if heap == Heap::LeakedBlocks { Heap::LiveBlocks } else { Heap::LiveBytes };
    question(heap).or_else(|| question(left)).unwrap_or(Question::ALL[0])
}

/// Takes what comes in steps out of one figure, size by size, and shows what bends of the rest.
fn sift(figures: &mut Figures, heap: Heap, question: Question, profiles: &[Points]) -> Rows {
    let sizes: Vec<u64> = figures.scale.iter().map(|scaled| scaled.size).collect();
    let mut steps = vec![0_u64; sizes.len()];
    let mut rest: BTreeMap<&str, Site<'_>> = BTreeMap::new();
    let stacks = profiles.iter().flat_map(BTreeMap::keys).collect::<BTreeSet<_>>();
    for stack in stacks {
        let at: Vec<_> = profiles.iter().map(|points| points.get(stack)).collect();
        let amount = |point: &Option<&ProgramPoint>| {
            point.map(|point| point.figures.at(question.moment)).unwrap_or_default()
        };
        let of =
            |point: &Option<&ProgramPoint>| point.map_or(0, |point| question.of(&point.figures));
        let amounts: Vec<_> = at.iter().map(amount).collect();
        let taken: Vec<_> = at.iter().map(of).collect();
        if come_in_steps(&sizes, &amounts, question.moment) {
            add(&mut steps, &taken);
        } else if let Some(point) = at.iter().flatten().next_back() {
            rest.entry(&point.site).or_insert_with(|| Site::of(point, sizes.len())).add(&taken);
        }
    }
    let key = heap.key().to_owned();
    for (scaled, steps) in figures.scale.iter_mut().zip(steps) {
        scaled.in_steps.insert(key.clone(), steps);
    }
    rows(&sizes, heap, question.moment, rest)
}

fn add(sums: &mut [u64], more: &[u64]) {
    for (sum, more) in sums.iter_mut().zip(more) {
        *sum = sum.saturating_add(*more);
    }
}

/// A call site, less what comes in steps: what it took at each size.
struct Site<'a> {
    point: &'a ProgramPoint,
    taken: Vec<u64>,
}

impl<'a> Site<'a> {
    fn of(point: &'a ProgramPoint, sizes: usize) -> Self {
        Self { point, taken: vec![0; sizes] }
    }

    fn add(&mut self, taken: &[u64]) {
        add(&mut self.taken, taken);
    }

    /// How far above a line it is at most, at any size.
    fn excess(&self, sizes: &[u64]) -> u64 {
        let points: Vec<_> = sizes.iter().copied().zip(self.taken.iter().copied()).collect();
        (0..points.len()).map(|at| above_line(&points, at)).max().unwrap_or(0)
    }
}

/// Those that are above a line, the furthest first.
fn rows(sizes: &[u64], heap: Heap, moment: Moment, rest: BTreeMap<&str, Site<'_>>) -> Rows {
    let mut sites: Vec<_> = rest.into_values().map(|site| (site.excess(sizes), site)).collect();
    sites.retain(|(excess, _)| *excess > 0);
    sites.sort_by(|(a, one), (b, other)| {
        b.cmp(a).then_with(|| one.point.site.cmp(&other.point.site))
    });
    let scale = Scale::exact(heap.unit());
    let mut rows = Rows::below(&format!("what bends in `{}`, above a line", heap.key()));
    for (excess, site) in sites.iter().take(AT_MOST) {
        let taken: Vec<_> = site.taken.iter().map(|taken| scale.format(*taken)).collect();
        let place = site.point.place.as_ref().map(|place| format!("{}:{}", place.file, place.line));
        let about = std::iter::once(taken.join(" → ")).chain(place).collect();
        let amount = format!("+{}{}", amount(heap.unit(), *excess), when(moment));
        rows.add([amount, String::new()], &site.point.site, about);
    }
    rows
}

fn amount(unit: Unit, amount: u64) -> String {
    match unit {
        Unit::Bytes => Scale::exact(unit).format(amount),
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
