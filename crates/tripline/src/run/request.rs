//! Requests of a tool to the tests that it runs, as variables of the environment.

use std::env;
use std::ffi::OsString;

use tripline_budget::Engine;
use tripline_budget::protocol::variables;

use crate::error::{Expected, NotJudged};

/// Extra work of a run, if a tool requests it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RequestedExtra {
    /// Measures resident memory, though no budget limits it yet.
    Rss,
    /// Measures the breakdown by call site, though the snapshot may hold it.
    Breakdown,
    /// Reads the layout of every type.
    Layouts,
}

/// The most runs that a tool may ask for beside the one that is judged.
const MOST_REPEATS: u32 = 1_000;

impl RequestedExtra {
    const fn variable(self) -> &'static str {
        match self {
            Self::Rss => variables::MEASURE_RSS,
            Self::Breakdown => variables::BREAKDOWN,
            Self::Layouts => variables::LAYOUTS,
        }
    }

    /// Returns `true` if a tool asked for it.
    pub(crate) fn is_requested(self) -> Result<bool, NotJudged> {
        let one = |value: &str| (value == "1").then_some(());
        Ok(parse(self.variable(), Expected::One, one)?.is_some())
    }
}

/// Returns the limit to plant a breach for, if a tool asked for one.
pub(crate) fn planted_limit() -> Result<Option<usize>, NotJudged> {
    parse(variables::PLANT, Expected::Number, |value| value.parse().ok())
}

/// Returns the engine that measures whatever a budget says, if a tool asked for one.
pub(crate) fn engine() -> Result<Option<Engine>, NotJudged> {
    parse(variables::ENGINE, Expected::Engine, Engine::named)
}

/// Returns how many runs to measure beside the one that is judged.
pub(crate) fn repeats() -> Result<u32, NotJudged> {
    let number = |value: &str| value.parse().ok().filter(|repeats| *repeats <= MOST_REPEATS);
    Ok(parse(variables::REPEATS, Expected::NumberUpTo(MOST_REPEATS), number)?.unwrap_or(0))
}

fn parse<T>(
    name: &'static str,
    expected: Expected,
    read: impl FnOnce(&str) -> Option<T>,
) -> Result<Option<T>, NotJudged> {
    let Some(value) = env::var_os(name) else { return Ok(None) };
    match value.to_str().and_then(read) {
        Some(parsed) => Ok(Some(parsed)),
        None => Err(refused(name, value, expected)),
    }
}

fn refused(name: &'static str, value: OsString, expected: Expected) -> NotJudged {
    NotJudged::Variable { name, value, expected }
}
