//! The limit of a figure that has none.

use tripline_budget::{DisplayScale, Metric, Percent};

use crate::recording::band::{MeasuredRange, WIDEST};
use crate::recording::plan::growth::straight;
use crate::recording::plan::set_limit::{ChangeCause, SetLimit};
use crate::recording::request::RecordingRequest;
use crate::recording::samples::Samples;

/// Returns a limit for a figure that has none. A leak needs a reason.
pub(super) fn fresh(
    metric: Metric,
    samples: &Samples,
    request: &RecordingRequest,
    default_tolerance: Percent,
    why: ChangeCause,
) -> Option<Result<SetLimit, String>> {
    let range = samples.range(&metric)?;
    let leaks = metric.is_leak() && range.max > 0;
    let reason = request.reason.clone().filter(|_| leaks);
    if leaks && reason.is_none() {
        return Some(Err(format!(
            "`{metric}` is {}: a leak is recorded only with --reason \"...\"",
            range.max
        )));
    }
    let Some(new) = range.fresh(default_tolerance) else {
        return Some(Err(unsteady(&metric, range)));
    };
    let new = match metric.growth_metric().map(|of| straight(of, new, samples, default_tolerance)) {
        Some(Ok(straight)) => straight,
        Some(Err(bends)) => return Some(Err(bends)),
        None => new,
    };
    Some(Ok(SetLimit { metric, when: None, old: None, new, reason, why }))
}

/// Returns the reason why a figure gets no limit.
pub(super) fn unsteady(metric: &Metric, range: MeasuredRange) -> String {
    let scale = DisplayScale::exact(metric.unit());
    format!(
        "`{metric}` varies from {} to {}, by {} where a limit may tolerate {WIDEST}: find what makes it vary, \
         or write a limit by hand",
        scale.format(range.min),
        scale.format(range.max),
        range.spread(),
    )
}
