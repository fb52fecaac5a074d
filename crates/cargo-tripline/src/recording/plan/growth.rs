//! The limits of `[growth]`: two share a line and its tolerance, and the figures must lie on a line.

use tripline_budget::{Budget, DisplayScale, GrowthMetric, Metric, Percent, Tolerance};

use crate::recording::band::{Band, WIDEST};
use crate::recording::plan::set_limit::SetLimit;
use crate::recording::samples::Samples;

/// Returns the band of a line's limit, wide enough for the line as well; the error is the reason why there is none.
pub(super) fn straight(
    of: &GrowthMetric,
    band: Band,
    samples: &Samples,
    default_tolerance: Percent,
) -> Result<Band, String> {
    let bends = samples.bends(of).map_err(|bend| {
        let unit = DisplayScale::exact(of.part(false).unit());
        format!(
            "{bend}; it is {} above, where a line may tolerate {WIDEST}: find what bends it, or write its line by hand",
            unit.format(bend.excess())
        )
    })?;
    let needed = bends.map(|bends| Tolerance::Percent(bends.max(default_tolerance)));
    Ok(Band { tolerance: wider(band.tolerance, needed), ..band })
}

/// Gives each of a line's limits the widest tolerance of any: the line states one.
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

/// Gives a new limit the tolerance of its line.
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

/// Returns `true` if the limit may be left out because its figure varies: a fixed part is small beside the figures it
/// comes from.
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
