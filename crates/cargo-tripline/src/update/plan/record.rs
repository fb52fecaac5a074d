//! A workload without a file.

use tripline_budget::{Heap, Metric, Percent, Quantity};

use super::{Plan, Why, fresh};
use crate::update::request::Request;
use crate::update::samples::Samples;

/// What every new file limits, and what was asked for beside it.
pub(in crate::update) fn record(samples: &Samples, request: &Request, usual: Percent) -> Plan {
    let mut plan = Plan::default();
    if let Some(none) = samples.entities().filter(|entities| entities.count == 0) {
        let refusal = format!("it declared 0 of `{}`: nothing can be divided by it", none.name);
        plan.refusals.push(refusal);
        return plan;
    }
    let divide = samples.entities().is_some();
    let mut metrics: Vec<Metric> =
        samples.metrics().into_iter().filter_map(|metric| recorded(metric, divide)).collect();
    metrics.extend(request.add.iter().cloned());
    metrics.sort();
    metrics.dedup();
    for metric in metrics {
        match fresh(metric, samples, request, usual, Why::Recorded) {
            Some(Ok(set)) => plan.sets.push(set),
            Some(Err(refusal)) => plan.refusals.push(refusal),
            // Asked for, but not of this workload: another has it.
            None => {}
        }
    }
    plan
}

/// As what a measured total is limited in a new file, if it is.
fn recorded(total: Metric, divide: bool) -> Option<Metric> {
    let per_entity = match &total.quantity {
        Quantity::Heap(Heap::TotalBlocks | Heap::MaxBytes | Heap::LeakedBlocks)
        | Quantity::LeakedThreads
        | Quantity::LeakedFds => false,
        Quantity::Heap(Heap::LiveBytes) | Quantity::Disk(_) => divide,
        _ => return None,
    };
    Some(Metric { per_entity, ..total })
}
