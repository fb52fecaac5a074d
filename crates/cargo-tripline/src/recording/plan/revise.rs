//! Plans a workload with a file: lowers loose limits, raises named ones, leaves the rest.

use tripline_budget::{Budget, DisplayScale, Finding, Percent, Unit, Verdict, judge};

use crate::recording::band::{Band, MeasuredRange};
use crate::recording::plan::add::add;
use crate::recording::plan::fresh::unsteady;
use crate::recording::plan::growth::share_tolerance;
use crate::recording::plan::set_limit::{ChangeCause, LimitsPlan, SetLimit};
use crate::recording::request::RecordingRequest;
use crate::recording::samples::Samples;

/// Plans by the test's own verdicts on the worst run.
pub(in crate::recording) fn revise(
    budget: &Budget,
    samples: &Samples,
    request: &RecordingRequest,
    default_tolerance: Percent,
) -> LimitsPlan {
    let mut plan = LimitsPlan::default();
    for finding in judge(budget, &samples.worst()).findings {
        let Some(range) = samples.range(&finding.limit.metric) else { continue };
        match finding.verdict {
            Verdict::Loose => lower(&mut plan, &finding, range, default_tolerance),
            Verdict::Over { .. } if request.raises(&finding.limit.metric) => {
                raise(&mut plan, &finding, range, default_tolerance, request.reason.clone());
            }
            _ => {}
        }
    }
    add(&mut plan, budget, samples, request, default_tolerance);
    share_tolerance(&mut plan.sets);
    plan
}

/// Lowers a limit. A limit whose new band would allow more than before stays.
fn lower(
    plan: &mut LimitsPlan,
    finding: &Finding,
    range: MeasuredRange,
    default_tolerance: Percent,
) {
    let limit = &finding.limit;
    let old = Band { max: limit.max, tolerance: limit.tolerance };
    let entities = finding.entities.unwrap_or(1);
    // The line's other limit has the same tolerance.
    let is_alone = |new: &Band| !limit.metric.is_growth() || new.tolerance == old.tolerance;
    let tighter = |new: &Band| new.allows(entities) <= old.allows(entities) && is_alone(new);
    match range.revised(limit.tolerance, default_tolerance).filter(tighter) {
        Some(new) => plan.sets.push(set(finding, new, None, ChangeCause::Lowered)),
        None => plan.notes.push(left_alone(finding, range)),
    }
}

fn left_alone(finding: &Finding, range: MeasuredRange) -> String {
    let metric = &finding.limit.metric;
    let unit: Unit = metric.unit();
    format!(
        "`{metric}` is loose but varies from {} to {}: a band around that would allow more, so it \
         stays",
        DisplayScale::exact(unit).format(range.min),
        DisplayScale::exact(unit).format(range.max)
    )
}

fn raise(
    plan: &mut LimitsPlan,
    finding: &Finding,
    range: MeasuredRange,
    default_tolerance: Percent,
    reason: Option<String>,
) {
    let limit = &finding.limit;
    let Some(new) = range.revised(limit.tolerance, default_tolerance) else {
        plan.refusals.push(unsteady(&limit.metric, range));
        return;
    };
    match limit.ceiling {
        Some(ceiling) if new.max > ceiling => {
            let unit = limit.metric.unit();
            plan.refusals.push(format!(
                "`{}` was not raised: {} is above its ceiling of {}",
                limit.metric,
                DisplayScale::exact(unit).format(new.max),
                DisplayScale::exact(unit).format(ceiling)
            ));
        }
        _ => plan.sets.push(set(finding, new, reason, ChangeCause::Raised)),
    }
}

fn set(finding: &Finding, new: Band, reason: Option<String>, why: ChangeCause) -> SetLimit {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recording::keys::RaiseKey;
    use crate::recording::plan::testing::{budget, samples, show};

    fn revised(text: &str, (key, runs): (&str, &[u64]), request: &RecordingRequest) -> String {
        let plan = revise(&budget(text), &samples(key, runs), request, "3%".parse().unwrap());
        show(&plan)
    }

    fn raise(key: &str) -> RecordingRequest {
        let reason = Some("why not".to_owned());
        RecordingRequest {
            raise: vec![RaiseKey::parse(key)],
            reason,
            ..RecordingRequest::default()
        }
    }

    fn nothing() -> RecordingRequest {
        RecordingRequest::default()
    }

    const EXACT: &str = "[limits]\nmax_bytes = 1_000\n";
    const BAND: &str = "[limits]\nmax_bytes = { max = 1_000, tolerance = \"5%\" }\n";

    #[test]
    fn what_holds_is_left_alone() {
        assert_eq!(revised(EXACT, ("max_bytes", &[1_000]), &nothing()), "");
        assert_eq!(revised(BAND, ("max_bytes", &[960]), &nothing()), "");
        assert_eq!(revised(BAND, ("max_bytes", &[1_040]), &nothing()), "");
    }

    #[test]
    fn what_is_loose_goes_down() {
        let lowered = revised(EXACT, ("max_bytes", &[900, 900, 900]), &nothing());
        insta::assert_snapshot!(lowered, @"max_bytes: 1000 → 900, lowered");
        let varies = revised(EXACT, ("max_bytes", &[900, 890, 880]), &nothing());
        insta::assert_snapshot!(varies, @"max_bytes: 1000 → 900 + 3 %, lowered");
        let band = revised(BAND, ("max_bytes", &[900, 900, 900]), &nothing());
        insta::assert_snapshot!(band, @"max_bytes: 1000 + 5 % → 900 + 5 %, lowered");
        let wider = revised(BAND, ("max_bytes", &[900, 800, 810]), &nothing());
        insta::assert_snapshot!(wider, @"max_bytes: 1000 + 5 % → 900 + 12 %, lowered");
    }

    #[test]
    fn what_varies_too_much_is_not_raised() {
        let runs = ("max_bytes", &[1_100, 2_000, 1_100][..]);
        insta::assert_snapshot!(revised(EXACT, runs, &raise("max_bytes")), @"refused: `max_bytes` varies from 1 100 B to 2 000 B, by 45 % where a limit may tolerate 20 %: find what makes it vary, or write a limit by hand");
    }

    #[test]
    fn no_lowered_limit_allows_more_than_before() {
        let runs = ("max_bytes", &[990, 980, 985][..]);
        insta::assert_snapshot!(revised(EXACT, runs, &nothing()), @"note: `max_bytes` is loose but varies from 980 B to 990 B: a band around that would allow more, so it stays");
    }

    /// One run of three is at the limit, so it is not loose.
    #[test]
    fn the_worst_run_counts() {
        assert_eq!(revised(EXACT, ("max_bytes", &[900, 1_000, 900]), &nothing()), "");
    }

    #[test]
    fn what_is_over_goes_up_only_if_it_is_named() {
        let runs = ("max_bytes", &[1_100, 1_100, 1_100][..]);
        assert_eq!(revised(EXACT, runs, &nothing()), "");
        assert_eq!(revised(EXACT, runs, &raise("total_blocks")), "");
        insta::assert_snapshot!(revised(EXACT, runs, &raise("max_bytes")), @"max_bytes: 1000 → 1100, raised: why not");
        insta::assert_snapshot!(revised(BAND, runs, &raise("max_bytes")), @"max_bytes: 1000 + 5 % → 1100 + 5 %, raised: why not");
        let varies = ("max_bytes", &[1_100, 1_000, 1_100][..]);
        insta::assert_snapshot!(revised(EXACT, varies, &raise("max_bytes")), @"max_bytes: 1000 → 1100 + 10 %, raised: why not");
    }

    #[test]
    fn a_ceiling_stays() {
        let text = "[limits]\nmax_bytes = { max = 900, ceiling = 1_000 }\n";
        let below = revised(text, ("max_bytes", &[1_000, 1_000, 1_000]), &raise("max_bytes"));
        insta::assert_snapshot!(below, @"max_bytes: 900 → 1000, raised: why not");
        let above = revised(text, ("max_bytes", &[1_001, 1_001, 1_001]), &raise("max_bytes"));
        insta::assert_snapshot!(above, @"refused: `max_bytes` was not raised: 1 001 B is above its ceiling of 1 000 B");
    }

    #[test]
    fn a_limit_per_entity_is_in_its_own_unit() {
        let text = "entity = \"row\"\n[limits]\nlive_bytes_per_entity = 20\n";
        let loose = revised(text, ("live_bytes", &[101, 95, 99]), &nothing());
        insta::assert_snapshot!(loose, @"live_bytes_per_entity: 20 → 11 + 10 %, lowered");
        let equal = revised(text, ("live_bytes", &[101, 109, 105]), &nothing());
        insta::assert_snapshot!(equal, @"live_bytes_per_entity: 20 → 11, lowered");
    }

    #[test]
    fn a_limit_is_changed_where_it_stands() {
        let text = "[limits]\nmax_bytes = 10\n[when.'cfg(unix)'.limits]\nmax_bytes = 1_000\n";
        let lowered = revised(text, ("max_bytes", &[900, 900, 900]), &nothing());
        insta::assert_snapshot!(lowered, @"max_bytes under cfg(unix): 1000 → 900, lowered");
    }

    #[test]
    fn what_is_added_is_new_and_stands_where_the_file_does() {
        let metrics = ["max_bytes", "total_blocks", "disk_bytes.db"];
        let add = metrics.map(|key| key.parse().unwrap()).to_vec();
        let request = RecordingRequest { add, ..RecordingRequest::default() };
        let runs = ("max_bytes", &[1_000, 1_000, 1_000][..]);
        insta::assert_snapshot!(revised(EXACT, runs, &request), @"total_blocks: — → 1000, added");
        let when = "[when.'cfg(unix)'.limits]\nmax_bytes = 1_000\n";
        insta::assert_snapshot!(revised(when, runs, &request), @"total_blocks under cfg(unix): — → 1000, added");
    }
}
