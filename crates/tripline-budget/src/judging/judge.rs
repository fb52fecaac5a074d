//! The judgement of a workload's figures by its budget.

use crate::files::{Budget, Coherence, Limit};
use crate::judging::verdict::{coherent, compare};
use crate::judging::{CoherenceFinding, CoherenceVerdict, Finding, SuperlinearGrowth, Verdict};
use crate::metrics::{Metric, MetricKind, Quantity};
use crate::runs::Figures;

/// The verdicts of a budget on a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// One for each limit, in their order.
    pub findings: Vec<Finding>,
    /// One for each coherence, in their order.
    pub coherence: Vec<CoherenceFinding>,
    /// Problems with budget and run as a whole; each trips.
    pub problems: Vec<String>,
    /// The figures that grow faster than the entities, of those that `[growth]` holds to a line; each trips.
    pub superlinear: Vec<SuperlinearGrowth>,
}

impl Judgement {
    /// Returns `true` if the test fails.
    #[must_use]
    pub fn trips(&self) -> bool {
        !self.problems.is_empty()
            || !self.superlinear.is_empty()
            || self.findings.iter().any(|finding| finding.verdict.trips())
            || self.coherence.iter().any(|finding| finding.verdict.trips())
    }
}

/// Compares each limit and coherence of `budget` with `figures`.
#[must_use]
pub fn judge(budget: &Budget, figures: &Figures) -> Judgement {
    Judgement {
        findings: budget.limits.iter().map(|limit| judge_limit(limit, budget, figures)).collect(),
        coherence: budget.coherence.iter().map(|line| judge_coherence(line, figures)).collect(),
        problems: problems(budget, figures),
        superlinear: superlinear_growth(budget, figures),
    }
}

/// Returns the figures that grow faster than their line. A line has two limits with one tolerance. It is tested once.
fn superlinear_growth(budget: &Budget, figures: &Figures) -> Vec<SuperlinearGrowth> {
    let mut found: Vec<SuperlinearGrowth> = Vec::new();
    for limit in &budget.limits {
        let Quantity::Growth(of) = &limit.metric.quantity else { continue };
        if found.iter().all(|growth| growth.metric != *of)
            && let Some(growth) = figures.superlinear_growth(of, limit.tolerance)
        {
            found.push(SuperlinearGrowth { line: limit.line, ..growth });
        }
    }
    found
}

fn problems(budget: &Budget, figures: &Figures) -> Vec<String> {
    let mut problems = Vec::new();
    if budget.limits.is_empty() && budget.coherence.is_empty() {
        problems.push(format!("{} sets no limit at all", budget.file));
    }
    match (&budget.entity, &figures.entities) {
        (Some(entity), None) => problems.push(format!(
            "{}:{} counts by `{}`, but the workload never declared its entities: \
             call `probe.entities(\"{}\", count)`",
            budget.file, entity.line, entity.name, entity.name
        )),
        (Some(entity), Some(declared)) if entity.name != declared.name => problems.push(format!(
            "{}:{} counts by `{}`, but the workload declared `{}`: name one as the other",
            budget.file, entity.line, entity.name, declared.name
        )),
        _ => {}
    }
    if let Some(declared) = figures.entities.as_ref().filter(|declared| declared.count == 0) {
        problems.push(format!(
            "the workload declared 0 of `{}`: nothing can be divided by it",
            declared.name
        ));
    }
    problems
}

fn judge_limit(limit: &Limit, budget: &Budget, figures: &Figures) -> Finding {
    let finding =
        |measured, entities, verdict| Finding { limit: limit.clone(), measured, entities, verdict };
    let measured = match look_up(&limit.metric, figures) {
        Ok(measured) => measured,
        Err(verdict) => return finding(None, None, verdict.into()),
    };
    match divisor(&limit.metric, figures) {
        Ok(entities) => {
            let verdict = compare(limit, measured, entities.unwrap_or(1), budget.slack);
            finding(Some(measured), entities, verdict)
        }
        Err(why) => finding(Some(measured), None, Verdict::Missing(why)),
    }
}

fn judge_coherence(line: &Coherence, figures: &Figures) -> CoherenceFinding {
    let mut finding = CoherenceFinding {
        coherence: line.clone(),
        reported: None,
        total: None,
        entities: None,
        verdict: CoherenceVerdict::Within,
    };
    match (look_up(&line.reported, figures), look_up(&line.equals, figures)) {
        (Ok(reported), Ok(total)) => {
            finding.reported = Some(reported);
            finding.total = Some(total);
            match divisor(&line.equals, figures) {
                Ok(entities) => {
                    finding.entities = entities;
                    if !coherent(reported, entities.unwrap_or(1), total, line.within) {
                        finding.verdict = CoherenceVerdict::Apart;
                    }
                }
                Err(why) => finding.verdict = CoherenceVerdict::Missing(why),
            }
        }
        (reported, total) => {
            finding.reported = reported.as_ref().ok().copied();
            finding.total = total.as_ref().ok().copied();
            // What was never reported trips even where the other side cannot be measured.
            if let Some(absent) = reported.err().or(total.err()) {
                finding.verdict = absent.into();
            }
        }
    }
    finding
}

/// The reasons for which there is no figure.
enum NoFigure {
    NotMeasured(String),
    Unsupported(String),
}

impl From<NoFigure> for Verdict {
    fn from(absent: NoFigure) -> Self {
        match absent {
            NoFigure::NotMeasured(why) => Self::Missing(why),
            NoFigure::Unsupported(why) => Self::Unsupported(why),
        }
    }
}

impl From<NoFigure> for CoherenceVerdict {
    fn from(absent: NoFigure) -> Self {
        match absent {
            NoFigure::NotMeasured(why) => Self::Missing(why),
            NoFigure::Unsupported(why) => Self::Unsupported(why),
        }
    }
}

fn look_up(metric: &Metric, figures: &Figures) -> Result<u64, NoFigure> {
    let key = metric.measured_key();
    if let Some(measured) = figures.metrics.get(&key) {
        return Ok(*measured);
    }
    Err(match figures.unsupported.get(&key) {
        Some(why) => NoFigure::Unsupported(why.clone()),
        None => NoFigure::NotMeasured(not_measured(&metric.quantity, figures)),
    })
}

fn not_measured(quantity: &Quantity, figures: &Figures) -> String {
    match quantity {
        Quantity::Growth(_) if figures.scale.is_empty() => {
            "was not measured: the workload has one size (call `probe.scale([…])`)".to_owned()
        }
        Quantity::Growth(of) => format!("was not measured: not every size has `{of}`"),
        Quantity::Labelled { kind: MetricKind::Reported, label } => {
            format!("was not reported (call `probe.report(\"{label}\", value)`)")
        }
        Quantity::Labelled { label, .. } => format!(
            "was not measured: no disk label `{label}` (call `probe.disk(\"{label}\", path)`)"
        ),
        Quantity::Phase { name, .. } => {
            format!("was not measured: no phase `{name}` (call `probe.phase(\"{name}\")`)")
        }
        Quantity::Region(_) => "was not measured".to_owned(),
    }
}

/// Returns the number of entities that `metric` is divided by, if it is divided.
fn divisor(metric: &Metric, figures: &Figures) -> Result<Option<u64>, String> {
    if !metric.per_entity {
        return Ok(None);
    }
    match &figures.entities {
        Some(entities) if entities.count > 0 => Ok(Some(entities.count)),
        Some(entities) => Err(format!("cannot be divided by 0 of `{}`", entities.name)),
        None => Err("cannot be divided: the workload declared no entities".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builds::Cfgs;
    use crate::files::{BudgetFile, Config};
    use crate::runs::Entities;

    fn budget(text: &str) -> Budget {
        let file = BudgetFile::parse("budgets/sql/insert.toml", text).unwrap();
        file.resolve(&Config::default(), &Cfgs::default()).unwrap()
    }

    fn figures(metrics: &[(&str, u64)], rows: Option<u64>) -> Figures {
        Figures {
            entities: rows.map(|count| Entities { name: "row".into(), count }),
            metrics: metrics.iter().map(|(key, figure)| ((*key).to_owned(), *figure)).collect(),
            ..Figures::default()
        }
    }

    fn missing(text: &str, figures: &Figures) -> String {
        match judge(&budget(text), figures).findings.remove(0).verdict {
            Verdict::Missing(why) => why,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_limit_is_judged() {
        let budget = budget(
            "entity = 'row'\n[limits]\ntotal_blocks = 10\nmax_bytes = 20\nlive_bytes_per_entity = 3",
        );
        let figures =
            figures(&[("total_blocks", 10), ("max_bytes", 21), ("live_bytes", 20)], Some(10));
        let judgement = judge(&budget, &figures);
        let verdicts: Vec<_> =
            judgement.findings.iter().map(|finding| finding.verdict.clone()).collect();
        assert_eq!(verdicts, [Verdict::Within, Verdict::Over { allowed: 20 }, Verdict::Loose]);
        assert_eq!(judgement.findings[2].entities, Some(10));
        assert_eq!(judgement.problems, Vec::<String>::new());
        assert!(judgement.trips());
    }

    #[test]
    fn a_limit_on_what_was_not_measured_trips_and_says_what_to_call() {
        let nothing = figures(&[], None);
        for (key, why) in [
            ("total_blocks", "was not measured"),
            (
                "disk_bytes.db",
                "was not measured: no disk label `db` (call `probe.disk(\"db\", path)`)",
            ),
            (
                "phase.run.max_bytes",
                "was not measured: no phase `run` (call `probe.phase(\"run\")`)",
            ),
            ("reported.hits", "was not reported (call `probe.report(\"hits\", value)`)"),
        ] {
            assert_eq!(missing(&format!("[limits]\n{key} = 1"), &nothing), why);
        }
        let measured = figures(&[("total_blocks", 1)], None);
        assert!(!judge(&budget("[limits]\ntotal_blocks = 1"), &measured).trips());
    }

    const GROWTH: &str = "entity = 'row'\n[growth]\nlive_bytes = { fixed = 30, per_entity = 9 }\n";

    fn scaled(bytes: [u64; 3]) -> Figures {
        let mut measured = figures(&[("live_bytes", bytes[2])], Some(40));
        let at = |(size, bytes): (u64, u64)| figures(&[("live_bytes", bytes)], None).at_size(size);
        measured.set_scale([10, 20, 40].into_iter().zip(bytes).map(at).collect());
        measured
    }

    #[test]
    fn a_line_is_held_to_what_is_fixed_and_to_what_each_entity_adds() {
        let judgement = judge(&budget(GROWTH), &scaled([131, 231, 431]));
        let judged = |finding: &Finding| {
            let metric = finding.limit.metric.to_string();
            (metric, finding.measured_in_unit(), finding.verdict.clone())
        };
        assert_eq!(
            judgement.findings.iter().map(judged).collect::<Vec<_>>(),
            [
                ("growth.live_bytes.fixed".into(), Some(31), Verdict::Over { allowed: 30 }),
                ("growth.live_bytes.per_entity".into(), Some(10), Verdict::Over { allowed: 360 }),
            ]
        );
        assert!(judgement.superlinear.is_empty());
        assert!(!judge(&budget(GROWTH), &scaled([120, 210, 390])).trips());
    }

    #[test]
    fn superlinear_growth_trips_though_each_limit_holds_and_once() {
        let judgement = judge(&budget(GROWTH), &scaled([4, 16, 64]));
        assert!(judgement.findings.iter().all(|finding| !finding.verdict.trips()));
        assert_eq!((judgement.superlinear.len(), judgement.superlinear[0].line), (1, 3));
        assert!(judgement.trips());
        let band = GROWTH.replace(" }", ", tolerance = '40%' }");
        assert!(!judge(&budget(&band), &scaled([4, 16, 64])).trips());
    }

    #[test]
    fn a_line_needs_sizes_and_each_its_figure() {
        let one = figures(&[("live_bytes", 1)], Some(40));
        assert_eq!(
            missing(GROWTH, &one),
            "was not measured: the workload has one size (call `probe.scale([…])`)"
        );
        let text = GROWTH.replace("live_bytes", "disk_bytes.db");
        assert_eq!(
            missing(&text, &scaled([1, 2, 3])),
            "was not measured: not every size has `disk_bytes.db`"
        );
    }

    #[test]
    fn without_entities_nothing_is_divided() {
        let text = "entity = 'row'\n[limits]\nlive_bytes_per_entity = 3";
        let undeclared = figures(&[("live_bytes", 20)], None);
        assert_eq!(
            missing(text, &undeclared),
            "cannot be divided: the workload declared no entities"
        );
        assert_eq!(
            judge(&budget(text), &undeclared).problems,
            ["budgets/sql/insert.toml:1 counts by `row`, but the workload never declared its \
              entities: call `probe.entities(\"row\", count)`"]
        );
        let none = figures(&[("live_bytes", 20)], Some(0));
        assert_eq!(missing(text, &none), "cannot be divided by 0 of `row`");
        assert_eq!(
            judge(&budget(text), &none).problems,
            ["the workload declared 0 of `row`: nothing can be divided by it"]
        );
    }

    #[test]
    fn file_and_workload_count_by_one_entity() {
        let figures = figures(&[("total_blocks", 1)], Some(5));
        assert_eq!(
            judge(&budget("entity = 'order'\n[limits]\ntotal_blocks = 1"), &figures).problems,
            ["budgets/sql/insert.toml:1 counts by `order`, but the workload declared `row`: name \
              one as the other"]
        );
        // A file without limits per entity need not name what the workload declares.
        assert!(!judge(&budget("[limits]\ntotal_blocks = 1"), &figures).trips());
    }

    #[test]
    fn a_budget_without_any_limit_trips() {
        let judgement = judge(&budget(""), &figures(&[], None));
        assert_eq!(judgement.problems, ["budgets/sql/insert.toml sets no limit at all"]);
        assert!(judgement.trips());
    }

    #[test]
    fn what_the_platform_cannot_measure_is_no_breach() {
        let mut figures = figures(&[("reported.rss", 1)], None);
        figures.unsupported.insert("rss_max_bytes".into(), "only on Linux".into());
        let text = "[limits]\nrss_max_bytes = 1\n[coherence]\nreported.rss = { equals = 'rss_max_bytes', within = '5%' }";
        let judgement = judge(&budget(text), &figures);
        assert_eq!(judgement.findings[0].verdict, Verdict::Unsupported("only on Linux".into()));
        assert_eq!(
            judgement.coherence[0].verdict,
            CoherenceVerdict::Unsupported("only on Linux".into())
        );
        assert!(!judgement.trips());
    }

    #[test]
    fn coherence_is_judged_like_a_limit() {
        let text = "entity = 'row'\n[coherence]\nreported.row_bytes = { equals = 'live_bytes_per_entity', within = '5%' }";
        let verdict = |figures: &Figures| judge(&budget(text), figures).coherence.remove(0).verdict;
        let reported =
            |bytes| figures(&[("live_bytes", 1000), ("reported.row_bytes", bytes)], Some(10));
        assert_eq!(verdict(&reported(105)), CoherenceVerdict::Within);
        assert_eq!(verdict(&reported(106)), CoherenceVerdict::Apart);
        assert_eq!(
            verdict(&figures(&[("live_bytes", 1000)], Some(10))),
            CoherenceVerdict::Missing(
                "was not reported (call `probe.report(\"row_bytes\", value)`)".into()
            )
        );
        assert_eq!(
            verdict(&figures(&[("live_bytes", 1000), ("reported.row_bytes", 100)], None)),
            CoherenceVerdict::Missing(
                "cannot be divided: the workload declared no entities".into()
            )
        );
        assert!(judge(&budget(text), &reported(106)).trips());
        assert!(!judge(&budget(text), &reported(105)).trips());
    }
}
