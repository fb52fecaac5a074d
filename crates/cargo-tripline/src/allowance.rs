//! The most that a limit lets through.

use tripline_budget::{Finding, Tolerance};

/// `max` and what it tolerates, for `entities` of them (1 where it is not divided). A ceiling is
/// left out: it stands above both sides of every comparison that this is for.
pub(crate) fn with_tolerance(max: u64, tolerance: Option<Tolerance>, entities: u64) -> u128 {
    let tolerated = tolerance.map_or(0, |tolerance| tolerance.allowance(max, entities));
    (u128::from(max) * u128::from(entities)).saturating_add(tolerated)
}

/// The highest total that holds.
pub(crate) fn allowed(finding: &Finding) -> u128 {
    let limit = &finding.limit;
    let entities = finding.entities.unwrap_or(1);
    let most = with_tolerance(limit.max, limit.tolerance, entities);
    let ceiling = limit.ceiling.map(|ceiling| u128::from(ceiling) * u128::from(entities));
    ceiling.map_or(most, |ceiling| most.min(ceiling))
}
