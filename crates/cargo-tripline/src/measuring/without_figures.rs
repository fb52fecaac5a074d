//! Reasons why a workload has no figures.

use std::fmt;

use crate::system::process::Finished;

/// A reason why a workload has no figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WithoutFigures {
    /// The measurement failed, for its own reason.
    Failed(String),
    /// A breach of this limit was planted.
    Planted { limit: String },
    /// The test failed before it published anything; its own words.
    TestFailed(String),
    /// The test published nothing and said nothing; the end of the whole run's output.
    NothingPublished { test: String, output: String },
    /// None of the merged shards holds it.
    NoShard,
    /// It published one run where more were needed.
    OneRunOnly,
    /// Its breakdown has no place in this checkout.
    BreakdownMisplaced(String),
}

/// The most lines that are shown of a run that did not reach its tests.
const SHOWN_LINES: usize = 20;

impl WithoutFigures {
    /// Returns the reason why a test published nothing.
    pub(crate) fn unpublished(test: &str, finished: &Finished) -> Self {
        if let Some(failure) = failure_of(test, &finished.stdout) {
            return Self::TestFailed(failure);
        }
        let all = format!("{}\n{}", finished.stdout, finished.stderr);
        let lines: Vec<&str> = all.lines().filter(|line| !line.trim().is_empty()).collect();
        let output = lines[lines.len().saturating_sub(SHOWN_LINES)..].join("\n");
        Self::NothingPublished { test: test.to_owned(), output }
    }
}

impl fmt::Display for WithoutFigures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed(reason) | Self::TestFailed(reason) | Self::BreakdownMisplaced(reason) => {
                f.write_str(reason)
            }
            Self::Planted { limit } => {
                write!(f, "a breach of `{limit}` was planted in it, so it says nothing else")
            }
            Self::NothingPublished { test, output } => {
                let output = output.replace('\n', "\n  | ");
                write!(f, "the test `{test}` published nothing\n\n  | {output}")
            }
            Self::NoShard => f.write_str("no shard measured it"),
            Self::OneRunOnly => f.write_str("it was measured once only"),
        }
    }
}

impl std::error::Error for WithoutFigures {}

/// Returns the output of a failed test, as the harness prints it.
pub(super) fn failure_of(test: &str, stdout: &str) -> Option<String> {
    let (_, after) = stdout.split_once(&format!("---- {test} stdout ----\n"))?;
    let own = after
        .lines()
        .take_while(|line| !(line.starts_with("---- ") || *line == "failures:"))
        .collect::<Vec<_>>()
        .join("\n");
    let own = own.trim();
    (!own.is_empty()).then(|| own.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTPUT: &str = "\
running 2 tests
failures:

---- a stdout ----

FAILED s::a: its budget cannot be read

error: invalid TOML

---- b stdout ----
other

failures:
    a
    b
";

    #[test]
    fn a_failure_is_what_the_test_itself_wrote() {
        assert_eq!(
            failure_of("a", OUTPUT).unwrap(),
            "FAILED s::a: its budget cannot be read\n\nerror: invalid TOML"
        );
        assert_eq!(failure_of("b", OUTPUT).unwrap(), "other");
        assert_eq!(failure_of("c", OUTPUT), None);
    }

    #[test]
    fn a_run_without_the_test_shows_its_end() {
        let finished = Finished {
            success: false,
            stdout: String::new(),
            stderr: "error: no such runner\n".to_owned(),
        };
        assert_eq!(
            WithoutFigures::unpublished("a", &finished).to_string(),
            "the test `a` published nothing\n\n  | error: no such runner"
        );
    }
}
