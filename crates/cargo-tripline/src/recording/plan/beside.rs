//! Plans the limits of this build beside those of another one, under a `when` of its own.

use tripline_budget::{Budget, Finding, Percent, Verdict, judge};

use crate::recording::plan::fresh::fresh;
use crate::recording::plan::growth::share_tolerance;
use crate::recording::plan::set_limit::{ChangeCause, LimitsPlan, SetLimit};
use crate::recording::request::RecordingRequest;
use crate::recording::samples::Samples;

/// Plans a limit under `when` for each limit that this build does not hold, or holds with room. The others are of both.
pub(in crate::recording) fn beside(
    budget: &Budget,
    samples: &Samples,
    request: &RecordingRequest,
    when: &str,
    default_tolerance: Percent,
) -> LimitsPlan {
    let mut plan = LimitsPlan { keeps_ruler: true, ..LimitsPlan::default() };
    for finding in judge(budget, &samples.worst()).findings {
        if !is_moved(&finding) {
            continue;
        }
        let limit = &finding.limit;
        match (limit.when.as_deref(), limit.ceiling) {
            (Some(own), _) if own == when => continue,
            (Some(other), _) => {
                plan.refusals.push(format!(
                    "`{}` already stands under `{other}`, which holds in this build too",
                    limit.metric
                ));
                continue;
            }
            (None, _) => {}
        }
        match fresh(
            limit.metric.clone(),
            samples,
            request,
            default_tolerance,
            ChangeCause::Recorded,
        ) {
            Some(Ok(set)) => plan.sets.push(SetLimit { when: Some(when.to_owned()), ..set }),
            Some(Err(refusal)) => plan.refusals.push(refusal),
            None => {}
        }
    }
    share_tolerance(&mut plan.sets);
    plan
}

/// Returns `true` if the limit is not this build's.
pub(in crate::recording) fn is_moved(finding: &Finding) -> bool {
    matches!(finding.verdict, Verdict::Loose | Verdict::Over { .. })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recording::plan::testing::{budget, samples, show};

    fn planned(text: &str, key: &str, runs: &[u64]) -> String {
        let (samples, request) = (samples(key, runs), RecordingRequest::default());
        let percent = "3%".parse().unwrap();
        show(&beside(&budget(text), &samples, &request, "cfg(unix)", percent))
    }

    #[test]
    fn what_is_another_figure_here_gets_a_line_of_its_own() {
        let two = "[limits]\ntotal_blocks = 1_000\n\nmax_bytes = 900\n";
        insta::assert_snapshot!(planned(two, "max_bytes", &[500, 500]), @"max_bytes under cfg(unix): — → 500, recorded");
        insta::assert_snapshot!(planned(two, "max_bytes", &[950, 950]), @"max_bytes under cfg(unix): — → 950, recorded");
        assert_eq!(planned(two, "max_bytes", &[900, 900]), "");
    }

    #[test]
    fn what_stands_under_a_when_is_left_there() {
        let own = "[limits]\nmax_bytes = 1\n[when.'cfg(unix)'.limits]\nmax_bytes = 900\n";
        assert_eq!(planned(own, "max_bytes", &[500, 500]), "");
        let other = own.replace("unix", "not(windows)");
        insta::assert_snapshot!(planned(&other, "max_bytes", &[500, 500]), @"refused: `max_bytes` already stands under `cfg(not(windows))`, which holds in this build too");
    }
}
