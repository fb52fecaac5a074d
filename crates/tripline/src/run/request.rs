//! What a tool asks of the tests it runs, beside the usual.

use tripline_budget::Engine;
use tripline_budget::protocol::variables::{ENGINE, PLANT, REPEATS};

const MOST_REPEATS: u32 = 1_000;

pub(crate) fn planted() -> Result<Option<usize>, String> {
    let Some(value) = std::env::var_os(PLANT) else { return Ok(None) };
    let number = value.to_str().and_then(|value| value.parse().ok());
    number.map(Some).ok_or_else(|| format!("{PLANT} is {value:?}, and can only be a number"))
}

/// The engine that measures whatever a budget says, if a tool asked for one.
pub(crate) fn engine() -> Result<Option<Engine>, String> {
    let Some(value) = std::env::var_os(ENGINE) else { return Ok(None) };
    let engine = value.to_str().and_then(Engine::named);
    engine.map(Some).ok_or_else(|| format!("{ENGINE} is {value:?}, and can only be dhat or count"))
}

/// How many runs to measure beside the one that is judged.
pub(crate) fn repeats() -> Result<u32, String> {
    let Some(value) = std::env::var_os(REPEATS) else { return Ok(0) };
    let number = value.to_str().and_then(|value| value.parse().ok());
    number.filter(|repeats| *repeats <= MOST_REPEATS).ok_or_else(|| {
        format!("{REPEATS} is {value:?}, and can only be a number up to {MOST_REPEATS}")
    })
}

/// Whether the variable is set, to 1.
pub(crate) fn asked_for(variable: &str) -> Result<bool, String> {
    match std::env::var(variable) {
        Ok(value) if value == "1" => Ok(true),
        Err(std::env::VarError::NotPresent) => Ok(false),
        other => Err(format!("{variable} is {other:?}, and can only be 1 or not set")),
    }
}
