//! From a workload's figures and its budget to what is to stand in its file. Pure: no file is read.

mod add;
mod growth;
mod record;
mod revise;
#[cfg(test)]
mod testing;

use tripline_budget::{DisplayScale, GrowthMetric, Heap, LimitValue, Metric, Percent, Quantity};

use crate::update::band::{Band, Range, WIDEST};
use crate::update::request::Request;
use crate::update::samples::Samples;

pub(super) use record::record;
pub(super) use revise::revise;

/// Why a line is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    Recorded,
    Added,
    Lowered,
    Raised,
    /// Not a limit: what it was measured with.
    Ruler,
}

impl Why {
    pub(super) const fn text(self) -> &'static str {
        match self {
            Self::Recorded => "recorded",
            Self::Added => "added",
            Self::Lowered => "lowered",
            Self::Raised => "raised",
            Self::Ruler => "the ruler",
        }
    }
}

/// A limit that is to stand anew, or otherwise than it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SetLimit {
    pub(super) metric: Metric,
    /// The `when` it stands under, or is to.
    pub(super) when: Option<String>,
    /// `None` where there was no such limit.
    pub(super) old: Option<Band>,
    pub(super) new: Band,
    /// `None` where an old one stays.
    pub(super) reason: Option<String>,
    pub(super) why: Why,
}

impl SetLimit {
    pub(super) fn value(&self) -> LimitValue {
        let Band { max, tolerance } = self.new;
        LimitValue { max, tolerance, ceiling: None, reason: self.reason.clone() }
    }
}

/// What is to become of a file. One refusal, and the file is left alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Plan {
    pub(super) sets: Vec<SetLimit>,
    pub(super) refusals: Vec<String>,
    /// What was left as it is, and why.
    pub(super) notes: Vec<String>,
}

/// A limit for what has none. Whoever leaks says why.
fn fresh(
    metric: Metric,
    samples: &Samples,
    request: &Request,
    usual: Percent,
    why: Why,
) -> Option<Result<SetLimit, String>> {
    let range = samples.range(&metric)?;
    let leaks = is_leak(&metric.quantity) && range.max > 0;
    let reason = request.reason.clone().filter(|_| leaks);
    if leaks && reason.is_none() {
        return Some(Err(format!(
            "`{metric}` is {}: a leak is recorded only with --reason \"...\"",
            range.max
        )));
    }
    let Some(new) = range.fresh(usual) else {
        return Some(Err(unsteady(&metric, range)));
    };
    let new = match metric.growth_metric().map(|of| growth::straight(of, new, samples, usual)) {
        Some(Ok(straight)) => straight,
        Some(Err(bends)) => return Some(Err(bends)),
        None => new,
    };
    Some(Ok(SetLimit { metric, when: None, old: None, new, reason, why }))
}

/// Why a figure gets no limit.
fn unsteady(metric: &Metric, range: Range) -> String {
    let scale = DisplayScale::exact(metric.unit());
    format!(
        "`{metric}` varies from {} to {}, by {} where a limit may tolerate {WIDEST}: find what makes it vary, \
         or write a limit by hand",
        scale.format(range.min),
        scale.format(range.max),
        range.spread(),
    )
}

const fn is_leak(quantity: &Quantity) -> bool {
    matches!(
        quantity,
        Quantity::Heap(Heap::LeakedBlocks | Heap::LeakedBytes)
            | Quantity::Growth(GrowthMetric::Heap(Heap::LeakedBlocks | Heap::LeakedBytes))
            | Quantity::LeakedThreads
            | Quantity::LeakedFds
    )
}
