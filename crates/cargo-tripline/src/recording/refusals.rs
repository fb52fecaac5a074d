//! Refuses keys that match nothing.

use anyhow::bail;
use tripline_budget::{Metric, TypeFinding, TypeVerdict, Verdict, judge, judge_types};

use crate::recording::candidate::{TypesCandidate, WorkloadCandidate};
use crate::recording::keys::{RaiseKey, is_same_type};
use crate::recording::request::RecordingRequest;

/// Refuses such keys before anything is measured again.
pub(super) fn refuse_unmatched(
    request: &RecordingRequest,
    workloads: &[WorkloadCandidate<'_>],
    types: &[TypesCandidate<'_>],
) -> anyhow::Result<()> {
    for metric in &request.add {
        check_added(metric, workloads)?;
    }
    for key in &request.raise {
        match key {
            RaiseKey::Metric(metric) => check_raised(metric, workloads)?,
            RaiseKey::Type(name) => check_raised_type(name, types)?,
        }
    }
    Ok(())
}

fn check_added(metric: &Metric, workloads: &[WorkloadCandidate<'_>]) -> anyhow::Result<()> {
    let mut refusal = format!("`{metric}` cannot be added: no workload that was measured matches");
    for candidate in workloads {
        match candidate.addable(metric) {
            Ok(()) => return Ok(()),
            Err(why) => refusal = why,
        }
    }
    bail!(refusal)
}

fn check_raised(metric: &Metric, workloads: &[WorkloadCandidate<'_>]) -> anyhow::Result<()> {
    let mut refusal = format!("`{metric}` cannot be raised: nothing that matches limits it");
    for candidate in workloads {
        let Some(budget) = &candidate.budget else { continue };
        let findings = judge(&budget.applies, &candidate.samples.worst()).findings;
        let Some(finding) = findings.into_iter().find(|finding| finding.limit.metric == *metric)
        else {
            continue;
        };
        if matches!(finding.verdict, Verdict::Over { .. }) {
            return Ok(());
        }
        let place = format!("{}:{}", budget.shown, finding.limit.line);
        refusal = format!("`{metric}` cannot be raised: it is not over its limit in {place}");
    }
    bail!(refusal)
}

fn check_raised_type(name: &str, types: &[TypesCandidate<'_>]) -> anyhow::Result<()> {
    let findings =
        types.iter().flat_map(|candidate| judge_types(&candidate.sizes, candidate.layouts()));
    let named: Vec<TypeFinding> =
        findings.filter(|finding| is_same_type(&finding.name, name)).collect();
    let over =
        |finding: &TypeFinding| finding.is_misaligned() || finding.verdict == TypeVerdict::Over;
    if named.iter().any(over) {
        return Ok(());
    }
    match (named.first(), name.parse::<Metric>()) {
        (Some(finding), _) => {
            bail!("`{}` cannot be raised: it is not over its limit", finding.name)
        }
        (None, Err(error)) => {
            bail!("`{name}` is neither a metric nor a type that matches ({error})")
        }
        (None, Ok(_)) => bail!("`{name}` cannot be raised: no type of this name matches"),
    }
}
