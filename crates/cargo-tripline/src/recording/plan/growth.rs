//! What is particular about the limits of `[growth]`: two share a line and its tolerance, and a line has to be one.

use tripline_budget::{Budget, DisplayScale, GrowthMetric, Metric, Percent, Tolerance};

use crate::recording::band::{Band, WIDEST};
use crate::recording::plan::set_limit::SetLimit;
use crate::recording::samples::Samples;

/// The band of a limit of a line, wide enough for the line as well; the error says why there is none.
pub(super) fn straight(
    of: &GrowthMetric,
    band: Band,
    samples: &Samples,
    usual: Percent,
) -> Result<Band, String> {
    let bends = samples.bends(of).map_err(|bend| {
        let unit = DisplayScale::exact(of.part(false).unit());
        format!(
            "{bend}; it is {} above, where a line may tolerate {WIDEST}: find what bends it, or write its line by hand",
            unit.format(bend.excess())
        )
    })?;
    let needed = bends.map(|bends| Tolerance::Percent(bends.max(usual)));
    Ok(Band { tolerance: wider(band.tolerance, needed), ..band })
}

/// Of a line's limits each gets the widest tolerance of any: the line states one.
pub(super) fn share_tolerance(sets: &mut [SetLimit]) {
    let of_lines: Vec<_> = sets
        .iter()
        .filter_map(|set| Some((set.metric.growth_metric()?.clone(), set.new.tolerance)))
        .collect();
    for set in sets {
        let same = of_lines.iter().filter(|(of, _)| set.metric.growth_metric() == Some(of));
        set.new.tolerance = same.fold(set.new.tolerance, |widest, (_, own)| wider(widest, *own));
    }
}

/// Keeps to the tolerance of the line that stands there already.
pub(super) fn fit_in(set: SetLimit, budget: &Budget) -> Result<SetLimit, String> {
    let Some(of) = set.metric.growth_metric() else { return Ok(set) };
    let line = budget.limits.iter().find(|limit| limit.metric.growth_metric() == Some(of));
    let Some(tolerance) = line.map(|limit| limit.tolerance) else { return Ok(set) };
    if wider(tolerance, set.new.tolerance) != tolerance {
        return Err(format!(
            "`{}` cannot be added: it takes a wider tolerance than its line states",
            set.metric
        ));
    }
    Ok(SetLimit { new: Band { tolerance, ..set.new }, ..set })
}

/// Whether a limit may be left out because its figure varies: what is fixed is small beside what it is told from.
pub(super) fn is_fixed(metric: &Metric) -> bool {
    metric.is_growth() && !metric.per_entity
}

fn wider(one: Option<Tolerance>, other: Option<Tolerance>) -> Option<Tolerance> {
    match (one, other) {
        (Some(Tolerance::Percent(a)), Some(Tolerance::Percent(b))) => {
            Some(Tolerance::Percent(a.max(b)))
        }
        (one, other) => one.or(other),
    }
}
