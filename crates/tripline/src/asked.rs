//! What a tool asks of the tests it runs, beside the usual.

/// Resident memory, which no budget limits yet.
pub(crate) const RSS: &str = "TRIPLINE_MEASURE_RSS";
/// The breakdown, though the snapshot may hold it.
pub(crate) const BREAKDOWN: &str = "TRIPLINE_BREAKDOWN";
/// Every type's layout.
pub(crate) const LAYOUTS: &str = "TRIPLINE_LAYOUTS";

/// Whether the variable is set, to 1.
pub(crate) fn asked_for(variable: &str) -> Result<bool, String> {
    match std::env::var(variable) {
        Ok(value) if value == "1" => Ok(true),
        Err(std::env::VarError::NotPresent) => Ok(false),
        other => Err(format!("{variable} is {other:?}, and can only be 1 or not set")),
    }
}
