//! `budgets/tripline.toml`: the defaults of every workload.

use std::time::Duration;

use crate::error::Sink;
use crate::error::{Problem, Problems};
use crate::files::reasons::read_default_reasons;
use crate::files::settings::{Settings, percent};
use crate::files::{Budget, Reasons};
use crate::runs::Engine;
use crate::text::Spanned;
use crate::text::toml::{TomlEntry, entries, parse_document};
use crate::values::Percent;

/// The version of the budget files' format. A file with another is refused.
const SCHEMA: i64 = 1;

/// The default settings. They hold where a workload's own file states none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    pub engine: Engine,
    /// The time after which a meter counts as hanging.
    pub timeout: Duration,
    /// True if call sites are recorded and compared.
    pub breakdown: bool,
    /// The tolerance that a tool writes into a new band. A call site may grow so far if no limit is on its figure.
    /// It never applies to a limit that states none.
    pub tolerance: Percent,
    /// The distance from which a limit counts as loose; by default each limit's own tolerance.
    pub slack: Option<Percent>,
    /// The variables that a workload sees beside those that every workload sees.
    pub env: Vec<String>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            engine: Engine::Dhat,
            timeout: Duration::from_secs(120),
            breakdown: true,
            tolerance: Percent::from_parts_per_million(30_000),
            slack: None,
            env: Vec::new(),
        }
    }
}

const KEYS: [&str; 8] =
    ["schema", "engine", "timeout", "breakdown", "tolerance", "slack", "env", "reasons"];

/// The file `tripline.toml`: its [`Config`], the places where a default is stated, and reasons.
#[derive(Clone, Debug, Default)]
pub struct ConfigFile {
    pub config: Config,
    /// The reasons for files that are gone, by `suite::workload`, and for settings.
    pub reasons: Reasons<String>,
    pub(crate) breakdown: Option<Spanned<bool>>,
    pub(crate) tolerance: Option<Spanned<Percent>>,
    pub(crate) text: String,
}

impl ConfigFile {
    /// Reads the text of `tripline.toml`. `file` is its name in errors.
    ///
    /// # Errors
    ///
    /// Every problem of the file, a missing or newer `schema` among them.
    pub fn parse(file: &str, text: &str) -> Result<Self, Problems> {
        let document = parse_document(file, text)?;
        let entries = entries(document.as_table());
        check_schema(file, text, &entries)?;
        let mut sink = Sink::default();
        let mut settings = Settings::default();
        let mut read = Self { text: text.to_owned(), ..Self::default() };
        for entry in entries {
            match entry.name {
                "schema" => {}
                "tolerance" => read.tolerance = percent(&entry, &mut sink),
                "reasons" => read.reasons = read_default_reasons(&entry, &mut sink),
                _ if settings.take(&entry, &mut sink) => {}
                _ => entry.unknown("the defaults", &KEYS, &mut sink),
            }
        }
        if let Some(tolerance) = &read.tolerance {
            read.config.tolerance = tolerance.value;
        }
        read.breakdown = settings.breakdown.clone();
        read.config.set(settings);
        sink.finish(file, text, read)
    }
}

impl Config {
    /// Reads the defaults from the text of `tripline.toml`. `file` is its name in errors.
    ///
    /// # Errors
    ///
    /// Every problem of the file, a missing or newer `schema` among them.
    pub fn parse(file: &str, text: &str) -> Result<Self, Problems> {
        ConfigFile::parse(file, text).map(|read| read.config)
    }

    /// Returns the time after which a meter counts as hanging: the budget's, or the default where there is no budget.
    #[must_use]
    pub fn timeout_of(&self, budget: Option<&Budget>) -> Duration {
        budget.map_or(self.timeout, |budget| budget.timeout)
    }

    /// Returns the variables that a workload sees beside the usual ones, as [`timeout_of`](Self::timeout_of) does the time.
    #[must_use]
    pub fn env_of<'a>(&'a self, budget: Option<&'a Budget>) -> &'a [String] {
        budget.map_or(&self.env, |budget| &budget.env)
    }

    fn set(&mut self, settings: Settings) {
        if let Some(engine) = settings.engine {
            self.engine = engine.value;
        }
        if let Some(timeout) = settings.timeout {
            self.timeout = timeout.value;
        }
        if let Some(breakdown) = settings.breakdown {
            self.breakdown = breakdown.value;
        }
        self.slack = settings.slack.map(|slack| slack.value);
        if let Some(env) = settings.env {
            self.env = env.value;
        }
    }
}

/// Comes first and alone: with another schema everything else may mean something else.
fn check_schema(file: &str, text: &str, entries: &[TomlEntry<'_>]) -> Result<(), Problems> {
    let mut sink = Sink::default();
    match entries.iter().find(|entry| entry.name == "schema") {
        Some(entry) => match entry.item.as_integer() {
            Some(SCHEMA) => {}
            Some(other) => sink.push(other_schema(entry, other)),
            None => entry.mismatch("a whole number", &mut sink),
        },
        None => {
            let label = format!("add `schema = {SCHEMA}` here");
            sink.push(Problem::new(0..0, "`schema` is missing", label));
        }
    }
    sink.finish(file, text, ())
}

fn other_schema(entry: &TomlEntry<'_>, schema: i64) -> Problem {
    let title = format!("schema {schema} is not one that this tripline reads");
    let label = format!("this tripline reads schema {SCHEMA}");
    Problem::new(entry.value_span(), title, label)
        .help("update tripline to the version that wrote this file")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_is_the_default() {
        assert_eq!(Config::parse("tripline.toml", "schema = 1"), Ok(Config::default()));
        let text = "schema = 1\nengine = 'count'\ntimeout = '2m'\nbreakdown = false\ntolerance = '5%'\nslack = '1%'\nenv = ['DATABASE_URL', 'RUST_LOG']";
        let config = Config {
            engine: Engine::Count,
            timeout: Duration::from_secs(120),
            breakdown: false,
            tolerance: "5%".parse().unwrap(),
            slack: Some("1%".parse().unwrap()),
            env: vec!["DATABASE_URL".to_owned(), "RUST_LOG".to_owned()],
        };
        assert_eq!(Config::parse("tripline.toml", text), Ok(config));
    }

    #[test]
    fn the_default_tolerance_is_three_percent() {
        assert_eq!(Config::default().tolerance.to_string(), "3 %");
    }
}
