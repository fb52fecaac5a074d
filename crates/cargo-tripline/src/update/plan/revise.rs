//! A workload with a file: what is loose goes down, what was asked for goes up, the rest stays.

use tripline_budget::{Budget, Finding, Percent, Unit, Verdict, judge};

use super::add::add;
use super::{Plan, SetLimit, Why};
use crate::report::{above_ceiling, exact};
use crate::update::band::{Band, Range};
use crate::update::request::Request;
use crate::update::samples::Samples;

/// Plans by what the test itself would say of the worst run.
pub(in crate::update) fn revise(
    budget: &Budget,
    samples: &Samples,
    request: &Request,
    usual: Percent,
) -> Plan {
    let mut plan = Plan::default();
    for finding in judge(budget, &samples.worst()).findings {
        let Some(range) = samples.range(&finding.limit.metric) else { continue };
        match finding.verdict {
            Verdict::Loose => lower(&mut plan, &finding, range, usual),
            Verdict::Over { .. } if request.raises(&finding.limit.metric) => {
                raise(&mut plan, &finding, range, usual, request.reason.clone());
            }
            _ => {}
        }
    }
    add(&mut plan, budget, samples, request, usual);
    plan
}

/// Never lets more through than before: where the runs differ so much that the band around them
/// would, the limit stays.
fn lower(plan: &mut Plan, finding: &Finding, range: Range, usual: Percent) {
    let limit = &finding.limit;
    let old = Band { max: limit.max, tolerance: limit.tolerance };
    let new = range.revised(limit.tolerance, usual);
    let entities = finding.entities.unwrap_or(1);
    if new.allows(entities) > old.allows(entities) {
        plan.notes.push(left_alone(finding, range));
        return;
    }
    plan.sets.push(set(finding, new, None, Why::Lowered));
}

fn left_alone(finding: &Finding, range: Range) -> String {
    let metric = &finding.limit.metric;
    let unit: Unit = metric.unit();
    format!(
        "`{metric}` is loose but varies from {} to {}: a band around that would allow more, so it \
         stays",
        exact(unit, range.min),
        exact(unit, range.max)
    )
}

fn raise(plan: &mut Plan, finding: &Finding, range: Range, usual: Percent, reason: Option<String>) {
    let limit = &finding.limit;
    let new = range.revised(limit.tolerance, usual);
    match limit.ceiling {
        Some(ceiling) if new.max > ceiling => {
            let unit = limit.metric.unit();
            plan.refusals.push(format!(
                "`{}` measures {}, above its ceiling of {}: {}",
                limit.metric,
                exact(unit, new.max),
                exact(unit, ceiling),
                above_ceiling(&limit.metric.to_string())
            ));
        }
        _ => plan.sets.push(set(finding, new, reason, Why::Raised)),
    }
}

fn set(finding: &Finding, new: Band, reason: Option<String>, why: Why) -> SetLimit {
    let limit = &finding.limit;
    SetLimit {
        metric: limit.metric.clone(),
        when: limit.when.clone(),
        old: Some(Band { max: limit.max, tolerance: limit.tolerance }),
        new,
        reason,
        why,
    }
}
