//! `budgets/<suite>/<workload>.toml`: what one workload may cost.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::builds::cfg::check_expression;
use crate::error::Sink;
use crate::error::{Problem, Problems};
use crate::files::reasons::read_budget_reasons;
use crate::files::recorded_ruler::{self as ruler, check_stated_once, read_ruler};
use crate::files::settings::Settings;
use crate::files::{BudgetReasonKey, Reasons, RecordedRuler, Section};
use crate::runs::Engine;
use crate::text::Spanned;
use crate::text::toml::{TomlEntry, entries, not_blank, parse_document};
use crate::values::Percent;

/// A budget file as it stands, whatever build it is read for.
///
/// Two are equal if they state the same; the files' names and layouts do not count.
#[derive(Clone, Debug, Default)]
pub struct BudgetFile {
    /// The entity that per-entity limits divide by.
    pub entity: Option<Spanned<String>>,
    pub engine: Option<Spanned<Engine>>,
    pub timeout: Option<Spanned<Duration>>,
    pub breakdown: Option<Spanned<bool>>,
    pub slack: Option<Spanned<Percent>>,
    /// The variables that the workload sees beside those that every workload sees.
    pub env: Option<Spanned<Vec<String>>>,
    /// The section that always applies.
    pub base: Section,
    /// The sections that apply under a cfg, by the key as written: `cfg(…)`. Spans are those of the keys.
    pub whens: BTreeMap<String, Spanned<Section>>,
    /// The reasons for limits that are gone, and for settings.
    pub reasons: Reasons<BudgetReasonKey>,
    pub ruler: RecordedRuler,
    pub(crate) file: String,
    pub(crate) text: String,
}

impl PartialEq for BudgetFile {
    fn eq(&self, other: &Self) -> bool {
        self.entity == other.entity
            && self.engine == other.engine
            && self.timeout == other.timeout
            && self.breakdown == other.breakdown
            && self.slack == other.slack
            && self.env == other.env
            && self.base == other.base
            && self.whens == other.whens
            && self.reasons == other.reasons
            && self.ruler == other.ruler
    }
}

impl Eq for BudgetFile {}

const KEYS: [&str; 12] = [
    "entity",
    "engine",
    "timeout",
    "breakdown",
    "slack",
    "env",
    "limits",
    "growth",
    "coherence",
    "when",
    "reasons",
    ruler::KEY,
];

impl BudgetFile {
    /// Reads a budget file's text. `file` is its name in errors.
    ///
    /// # Errors
    ///
    /// Every problem of the file, each at its place.
    pub fn parse(file: &str, text: &str) -> Result<Self, Problems> {
        let document = parse_document(file, text)?;
        let mut sink = Sink::default();
        let mut settings = Settings::default();
        let mut budget = Self { file: file.to_owned(), text: text.to_owned(), ..Self::default() };
        for entry in entries(document.as_table()) {
            if !settings.take(&entry, &mut sink) {
                budget.read(&entry, &mut sink);
            }
        }
        budget.set(settings);
        check_stated_once(document.as_table(), &mut sink);
        budget.check_entities(document.contains_key("entity"), &mut sink);
        sink.finish(file, text, budget)
    }

    fn read(&mut self, entry: &TomlEntry<'_>, sink: &mut Sink) {
        match entry.name {
            "entity" => self.entity = entry.string("the name of an entity", sink, not_blank),
            "limits" => {
                if let Some(table) = entry.section("[limits]", sink) {
                    self.base.read_limits(table, "[limits]", &self.text, sink);
                }
            }
            "growth" => {
                if let Some(table) = entry.section("[growth]", sink) {
                    self.base.read_growth(table, "[growth]", &self.text, sink);
                }
            }
            "coherence" => {
                if let Some(table) = entry.section("[coherence]", sink) {
                    self.base.read_coherence(table, "[coherence]", &self.text, sink);
                }
            }
            "when" => self.read_whens(entry, sink),
            "reasons" => self.reasons = read_budget_reasons(entry, &self.text, sink),
            ruler::KEY | ruler::OLDER_KEY => self.ruler = read_ruler(entry, sink),
            _ => entry.unknown("a budget file", &KEYS, sink),
        }
    }

    fn set(&mut self, settings: Settings) {
        self.engine = settings.engine;
        self.timeout = settings.timeout;
        self.breakdown = settings.breakdown;
        self.slack = settings.slack;
        self.env = settings.env;
    }

    fn read_whens(&mut self, whens: &TomlEntry<'_>, sink: &mut Sink) {
        let Some(table) = whens.section("[when.'cfg(…)'.limits]", sink) else {
            return;
        };
        for entry in entries(table) {
            if !check_when(&entry, sink) {
                continue;
            }
            let section = self.read_when(&entry, sink);
            let section = Spanned::new(section, entry.key_span());
            self.whens.insert(entry.name.to_owned(), section);
        }
    }

    fn read_when(&self, when: &TomlEntry<'_>, sink: &mut Sink) -> Section {
        let mut section = Section::default();
        let header = |name: &str| format!("[when.'{}'.{name}]", when.shown);
        let Some(table) = when.section(&header("limits"), sink) else {
            return section;
        };
        for entry in entries(table) {
            let header = header(entry.name);
            match entry.name {
                "limits" => {
                    if let Some(table) = entry.section(&header, sink) {
                        section.read_limits(table, &header, &self.text, sink);
                    }
                }
                "growth" => {
                    if let Some(table) = entry.section(&header, sink) {
                        section.read_growth(table, &header, &self.text, sink);
                    }
                }
                "coherence" => {
                    if let Some(table) = entry.section(&header, sink) {
                        section.read_coherence(table, &header, &self.text, sink);
                    }
                }
                _ => entry.unknown("a `when`", &["limits", "growth", "coherence"], sink),
            }
        }
        section
    }

    /// A limit per entity says nothing unless the file says of what.
    fn check_entities(&self, has_entity: bool, sink: &mut Sink) {
        if has_entity {
            return;
        }
        let whens = self.whens.values().map(|section| &section.value);
        for section in std::iter::once(&self.base).chain(whens) {
            for (metric, limit) in
                section.limits.iter().filter(|(metric, _)| metric.counts_entities())
            {
                sink.push(without_entity(&metric.to_string(), limit.span.clone()));
            }
            for line in section.coherence.values().filter(|line| line.equals.per_entity) {
                sink.push(without_entity(&line.equals.to_string(), line.span.clone()));
            }
        }
    }
}

/// Returns `true` if a `when` key is a cfg expression at all; its names are only known of a build.
pub(crate) fn check_when(when: &TomlEntry<'_>, sink: &mut Sink) -> bool {
    let error = match check_expression(when.name) {
        Ok(()) => return true,
        Err(error) => error,
    };
    let title = format!("`{}` is not a cfg", when.shown);
    let problem = Problem::new(when.key_span(), title, error.to_string());
    sink.push(problem.help("write, for example, `[when.'cfg(target_os = \"linux\")'.limits]`"));
    false
}

fn without_entity(metric: &str, at: std::ops::Range<usize>) -> Problem {
    let title = format!("`{metric}` needs an `entity`");
    Problem::new(at, title, "per entity, but the file names none").help(
        "write `entity = \"row\"` at the top of the file, with the name that the workload \
         passes to `probe.entities`",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::LimitValue;
    use crate::values::Tolerance;

    /// The example of the design.
    const TEXT: &str = r#"entity = "row"

[limits]
total_blocks = 323_224               # a whole number is exact: one block more trips

max_bytes = { max = "267 KiB", tolerance = "3%" }

live_bytes_per_entity = { max = 12, ceiling = 64 }   # a ceiling is a design limit

leaked_blocks = { max = 1, reason = "the engine keeps one Arc, 456 B, per process" }

[ruler]
rustc = "1.95.0"
target = "x86_64-unknown-linux-gnu"
profile = "opt 1, debug-assertions"
"#;

    #[test]
    fn a_whole_file_reads() {
        let budget = BudgetFile::parse("budgets/sql/insert.toml", TEXT).unwrap();
        assert_eq!(budget.entity, Some("row".to_owned().into()));
        let limits: Vec<(String, LimitValue)> = budget
            .base
            .limits
            .iter()
            .map(|(metric, limit)| (metric.to_string(), limit.value.clone()))
            .collect();
        let band = LimitValue {
            tolerance: Some(Tolerance::Percent("3%".parse().unwrap())),
            ..LimitValue::exact(273_408)
        };
        let each = LimitValue { ceiling: Some(64), ..LimitValue::exact(12) };
        let leak = LimitValue {
            reason: Some("the engine keeps one Arc, 456 B, per process".into()),
            ..LimitValue::exact(1)
        };
        let expected = [
            ("total_blocks".to_owned(), LimitValue::exact(323_224)),
            ("max_bytes".to_owned(), band),
            ("live_bytes_per_entity".to_owned(), each),
            ("leaked_blocks".to_owned(), leak),
        ];
        assert_eq!(limits, expected);
        assert_eq!(budget.ruler.parts().next(), Some(("rustc", "1.95.0")));
    }

    #[test]
    fn every_spelling_of_a_key_means_the_same() {
        let spellings = [
            "[limits]\nphase.run.max_bytes = 12",
            "[limits]\n\"phase.run.max_bytes\" = 12",
            "[limits]\n\"phase.run\".max_bytes = 12",
            "[limits]\nphase . 'run'.\"max_bytes\" = { max = 12 }",
            "[limits]\nphase.run.max_bytes.max = 12",
            "[limits.phase]\nrun.max_bytes = 12",
            "[limits.phase.run]\nmax_bytes = '12 B'",
            "[limits.phase.run.max_bytes]\nmax = 12",
            "[limits.\"phase.run.max_bytes\"]\nmax = 12",
        ];
        let first = BudgetFile::parse("a.toml", spellings[0]).unwrap();
        assert_eq!(first.base.limits.len(), 1);
        for spelling in spellings {
            assert_eq!(BudgetFile::parse("b.toml", spelling).as_ref(), Ok(&first), "{spelling}");
        }
    }

    #[test]
    fn an_empty_file_reads() {
        assert_eq!(BudgetFile::parse("empty.toml", ""), Ok(BudgetFile::default()));
    }
}
