//! The part of a budget file that applies to one build.

use std::time::Duration;

use crate::builds::Cfgs;
use crate::builds::when::{EffectiveLine, matching, merge};
use crate::error::{Problems, Sink};
use crate::files::{
    BudgetFile, Coherence, CoherenceValue, Config, Limit, LimitValue, RecordedRuler,
};
use crate::metrics::Metric;
use crate::runs::Engine;
use crate::text::spanned::line_of;
use crate::values::Percent;

/// The budget of a workload in one build.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Budget {
    pub file: String,
    pub entity: Option<BudgetEntity>,
    pub engine: Engine,
    pub timeout: Duration,
    pub breakdown: bool,
    pub slack: Option<Percent>,
    pub env: Vec<String>,
    /// In the order of their metrics.
    pub limits: Vec<Limit>,
    /// In the order of the reported figures.
    pub coherence: Vec<Coherence>,
    pub ruler: RecordedRuler,
}

/// The entity that per-entity limits divide by, and the line that names it, counted from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BudgetEntity {
    pub name: String,
    pub line: usize,
}

impl BudgetFile {
    /// Returns the budget under `cfgs`: the base, with each line that a matching `when` states in its
    /// place.
    ///
    /// # Errors
    ///
    /// A `when` on a cfg that was not captured, or two that match and state one key differently.
    pub fn resolve(&self, config: &Config, cfgs: &Cfgs) -> Result<Budget, Problems> {
        let mut sink = Sink::default();
        let whens = matching(&self.whens, cfgs, &mut sink);
        let limits = whens.iter().map(|(when, section)| (*when, &section.limits));
        let limits = merge(&self.base.limits, limits, &mut sink);
        let coherence = whens.iter().map(|(when, section)| (*when, &section.coherence));
        let coherence = merge(&self.base.coherence, coherence, &mut sink);
        let budget = Budget {
            file: self.file.clone(),
            entity: self.entity.as_ref().map(|entity| BudgetEntity {
                name: entity.value.clone(),
                line: line_of(&self.text, entity.span.start),
            }),
            engine: self.engine.as_ref().map_or(config.engine, |engine| engine.value),
            timeout: self.timeout.as_ref().map_or(config.timeout, |timeout| timeout.value),
            breakdown: self.breakdown.as_ref().map_or(config.breakdown, |on| on.value),
            slack: self.slack.as_ref().map_or(config.slack, |slack| Some(slack.value)),
            env: self.env.as_ref().map_or_else(|| config.env.clone(), |env| env.value.clone()),
            limits: limits.into_iter().map(|line| self.limit(&line)).collect(),
            coherence: coherence.into_iter().map(|line| self.coherence(&line)).collect(),
            ruler: self.ruler.clone(),
        };
        sink.finish(&self.file, &self.text, budget)
    }

    /// Returns `true` if anything in the file applies under `cfgs`, so that a workload must exist for it.
    ///
    /// # Errors
    ///
    /// A `when` on a cfg that was not captured.
    pub fn applies(&self, cfgs: &Cfgs) -> Result<bool, Problems> {
        let mut sink = Sink::default();
        let whens = matching(&self.whens, cfgs, &mut sink);
        let applies = !self.base.is_empty() || whens.iter().any(|(_, section)| !section.is_empty());
        sink.finish(&self.file, &self.text, applies)
    }

    fn limit(&self, line: &EffectiveLine<'_, Metric, LimitValue>) -> Limit {
        let LimitValue { max, tolerance, ceiling, reason } = line.value.value.clone();
        Limit {
            metric: line.key.clone(),
            max,
            tolerance,
            ceiling,
            reason,
            when: line.when.map(str::to_owned),
            line: line_of(&self.text, line.value.span.start),
        }
    }

    fn coherence(&self, line: &EffectiveLine<'_, Metric, CoherenceValue>) -> Coherence {
        let CoherenceValue { equals, within } = line.value.value.clone();
        Coherence {
            reported: line.key.clone(),
            equals,
            within,
            when: line.when.map(str::to_owned),
            line: line_of(&self.text, line.value.span.start),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"entity = "row"
timeout = "5m"

[limits]
total_blocks = 10

max_bytes = 20

[when.'cfg(unix)'.limits]
max_bytes = { max = 30, reason = "larger pages" }

[when.'cfg(windows)'.limits]
leaked_fds = 1

[when.'cfg(unix)'.coherence]
reported.x = { equals = "live_bytes", within = "5%" }
"#;

    fn unix() -> Cfgs {
        Cfgs::parse(&["unix", "!windows"]).unwrap()
    }

    fn parse(text: &str) -> BudgetFile {
        BudgetFile::parse("budgets/sql/insert.toml", text).unwrap()
    }

    #[test]
    fn a_matching_when_replaces_the_lines_that_it_states() {
        let budget = parse(TEXT).resolve(&Config::default(), &unix()).unwrap();
        let limits: Vec<_> = budget
            .limits
            .iter()
            .map(|limit| (limit.metric.to_string(), limit.max, limit.when.as_deref(), limit.line))
            .collect();
        let expected = [
            ("total_blocks".to_owned(), 10, None, 5),
            ("max_bytes".to_owned(), 30, Some("cfg(unix)"), 10),
        ];
        assert_eq!(limits, expected);
        assert_eq!(budget.limits[1].reason.as_deref(), Some("larger pages"));
        assert_eq!(budget.coherence[0].line, 16);
        assert_eq!(budget.coherence[0].when.as_deref(), Some("cfg(unix)"));
        assert_eq!(budget.entity, Some(BudgetEntity { name: "row".into(), line: 1 }));
    }

    #[test]
    fn what_the_file_leaves_out_the_defaults_say() {
        let config = Config {
            timeout: Duration::from_secs(7),
            breakdown: false,
            slack: Some("1%".parse().unwrap()),
            ..Config::default()
        };
        let budget = parse(TEXT).resolve(&config, &unix()).unwrap();
        assert_eq!(budget.timeout, Duration::from_secs(300));
        assert!(!budget.breakdown);
        assert_eq!(budget.slack, config.slack);
        let budget = parse("breakdown = true\nslack = '2%'\nengine = 'count'");
        let budget = budget.resolve(&config, &unix()).unwrap();
        assert!(budget.breakdown);
        assert_eq!(budget.slack, Some("2%".parse().unwrap()));
        assert_eq!(budget.engine, Engine::Count);
        assert_eq!(budget.timeout, config.timeout);
    }

    #[test]
    fn equal_lines_of_two_whens_do_not_conflict() {
        let text = "[when.'cfg(unix)'.limits]\nmax_bytes = 1\n[when.'cfg(not(windows))'.limits]\nmax_bytes = '1 B'";
        let budget = parse(text).resolve(&Config::default(), &unix()).unwrap();
        assert_eq!(budget.limits.len(), 1);
    }

    #[test]
    fn a_file_applies_where_it_states_something() {
        let applies = |text: &str| parse(text).applies(&unix()).unwrap();
        assert!(applies("[limits]\nmax_bytes = 1"));
        assert!(applies("[when.'cfg(unix)'.limits]\nmax_bytes = 1"));
        assert!(applies("[coherence]\nreported.x = { equals = 'live_bytes', within = '5%' }"));
        assert!(!applies("[when.'cfg(windows)'.limits]\nmax_bytes = 1"));
        assert!(!applies("[when.'cfg(unix)'.limits]"));
        assert!(!applies("entity = 'row'"));
        let unknown = parse("[when.'cfg(feature = \"z\")'.limits]\nmax_bytes = 1");
        assert!(unknown.applies(&unix()).is_err());
    }
}
