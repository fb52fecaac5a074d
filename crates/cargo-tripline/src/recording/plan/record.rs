//! Plans a workload without a file.

use tripline_budget::{DefaultLimit, Metric, Percent, Quantity};

use crate::recording::plan::fresh::fresh;
use crate::recording::plan::growth::{is_fixed, share_tolerance};
use crate::recording::plan::set_limit::{ChangeCause, LimitsPlan};
use crate::recording::request::RecordingRequest;
use crate::recording::samples::Samples;

/// Plans the limits of every new file, and those that a person adds.
pub(in crate::recording) fn record(
    samples: &Samples,
    request: &RecordingRequest,
    default_tolerance: Percent,
) -> LimitsPlan {
    let mut plan = LimitsPlan::default();
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
        let may_go = is_fixed(&metric) && !request.add.contains(&metric);
        match fresh(metric, samples, request, default_tolerance, ChangeCause::Recorded) {
            Some(Ok(set)) => plan.sets.push(set),
            // The other limit of the line holds what each entity adds.
            Some(Err(varies)) if may_go => plan.notes.push(varies),
            Some(Err(refusal)) => plan.refusals.push(refusal),
            // Another workload has it.
            None => {}
        }
    }
    plan.notes.retain(|note| !plan.refusals.contains(note));
    share_tolerance(&mut plan.sets);
    plan
}

/// Returns the limit's metric for a measured total, if a new file limits it.
fn recorded(total: Metric, divide: bool) -> Option<Metric> {
    let limits = total.quantity.kind().entry().default_limits;
    let per_entity = match &total.quantity {
        Quantity::Phase { .. } => return None,
        Quantity::Growth(_) if divide && limits.contains(&DefaultLimit::Growth) => total.per_entity,
        Quantity::Growth(_) => return None,
        _ if limits.contains(&DefaultLimit::PerEntity) => divide,
        _ if limits.contains(&DefaultLimit::Total) => false,
        _ => return None,
    };
    Some(Metric { per_entity, ..total })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recording::plan::testing::{figures, samples, show};

    const MEASURED: [(&str, u64); 9] = [
        ("total_blocks", 12),
        ("live_bytes", 95),
        ("live_blocks", 3),
        ("leaked_blocks", 0),
        ("leaked_threads", 0),
        ("leaked_fds", 0),
        ("disk_bytes.db", 101),
        ("phase.run.max_bytes", 10),
        ("reported.cache_hits", 7),
    ];

    fn default_tolerance() -> Percent {
        "3%".parse().unwrap()
    }

    fn recorded(entities: Option<u64>, request: &RecordingRequest) -> String {
        let samples = Samples::new(figures(&MEASURED, entities)).unwrap();
        show(&record(&samples, request, default_tolerance()))
    }

    #[test]
    fn a_new_file_limits_a_few_metrics() {
        insta::assert_snapshot!(recorded(None, &RecordingRequest::default()), @"
        total_blocks: — → 12, recorded
        max_bytes: — → 100000, recorded
        live_bytes: — → 95, recorded
        leaked_blocks: — → 0, recorded
        leaked_threads: — → 0, recorded
        leaked_fds: — → 0, recorded
        disk_bytes.db: — → 101, recorded
        ");
    }

    #[test]
    fn what_grows_with_the_entities_is_divided_by_them() {
        insta::assert_snapshot!(recorded(Some(10), &RecordingRequest::default()), @"
        total_blocks: — → 12, recorded
        max_bytes: — → 100000, recorded
        live_bytes_per_entity: — → 10, recorded
        leaked_blocks: — → 0, recorded
        leaked_threads: — → 0, recorded
        leaked_fds: — → 0, recorded
        disk_bytes_per_entity.db: — → 11, recorded
        ");
    }

    #[test]
    fn what_is_asked_for_comes_beside_it_if_it_was_measured() {
        let add = ["live_blocks", "disk_bytes.log", "total_blocks"];
        let add = add.map(|key| key.parse().unwrap()).to_vec();
        let request = RecordingRequest { add, ..RecordingRequest::default() };
        insta::assert_snapshot!(recorded(None, &request), @"
        total_blocks: — → 12, recorded
        max_bytes: — → 100000, recorded
        live_blocks: — → 3, recorded
        live_bytes: — → 95, recorded
        leaked_blocks: — → 0, recorded
        leaked_threads: — → 0, recorded
        leaked_fds: — → 0, recorded
        disk_bytes.db: — → 101, recorded
        ");
    }

    #[test]
    fn runs_that_differ_make_a_band() {
        let plan = record(
            &samples("max_bytes", &[990, 1_000, 995]),
            &RecordingRequest::default(),
            default_tolerance(),
        );
        insta::assert_snapshot!(show(&plan), @"
        total_blocks: — → 1000, recorded
        max_bytes: — → 1000 + 3 %, recorded
        ");
    }

    #[test]
    fn a_leak_needs_a_reason_and_keeps_it() {
        let leaks = samples("leaked_blocks", &[1, 1, 1]);
        let plan = record(&leaks, &RecordingRequest::default(), default_tolerance());
        insta::assert_snapshot!(show(&plan), @r#"
        total_blocks: — → 1000, recorded
        max_bytes: — → 100000, recorded
        refused: `leaked_blocks` is 1: a leak is recorded only with --reason "..."
        "#);
        let reason = Some("one Arc stays".to_owned());
        let plan = record(
            &leaks,
            &RecordingRequest { reason, ..RecordingRequest::default() },
            default_tolerance(),
        );
        insta::assert_snapshot!(show(&plan), @"
        total_blocks: — → 1000, recorded
        max_bytes: — → 100000, recorded
        leaked_blocks: — → 1, recorded: one Arc stays
        ");
    }

    #[test]
    fn nothing_is_divided_by_nothing() {
        insta::assert_snapshot!(recorded(Some(0), &RecordingRequest::default()), @"refused: it declared 0 of `row`: nothing can be divided by it");
    }
}
