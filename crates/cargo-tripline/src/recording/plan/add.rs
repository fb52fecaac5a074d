//! Limits that a person adds to a file.

use tripline_budget::{Budget, Metric, Percent};

use crate::recording::plan::fresh::fresh;
use crate::recording::plan::growth::fit_in;
use crate::recording::plan::set_limit::{ChangeCause, LimitsPlan, SetLimit};
use crate::recording::request::RecordingRequest;
use crate::recording::samples::Samples;

/// Adds each metric that was measured and has no limit yet.
pub(super) fn add(
    plan: &mut LimitsPlan,
    budget: &Budget,
    samples: &Samples,
    request: &RecordingRequest,
    default_tolerance: Percent,
) {
    let stands = |metric: &Metric| budget.limits.iter().any(|limit| limit.metric == *metric);
    for metric in request.add.iter().filter(|metric| !stands(metric)) {
        match fresh(metric.clone(), samples, request, default_tolerance, ChangeCause::Added) {
            Some(Ok(set)) => match fit_in(set, budget) {
                Ok(set) => plan.sets.push(SetLimit { when: only_when(budget), ..set }),
                Err(refusal) => plan.refusals.push(refusal),
            },
            Some(Err(refusal)) => plan.refusals.push(refusal),
            // Another workload has it.
            None => {}
        }
    }
}

/// Returns the `when` that a whole file stands under: an added limit must not apply to more builds.
fn only_when(budget: &Budget) -> Option<String> {
    let mut whens = budget.limits.iter().map(|limit| limit.when.as_ref());
    let first = whens.next()??;
    whens.all(|when| when == Some(first)).then(|| first.clone())
}
