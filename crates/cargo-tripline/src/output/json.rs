//! Prints JSON on standard output.

use serde::Serialize;

use crate::output::escape;
use crate::output::print::print;

/// Prints a value, with characters escaped that a terminal would obey.
pub(crate) fn print_json(value: &impl Serialize) -> anyhow::Result<()> {
    let text = serde_json::to_string_pretty(value)?;
    print(&format!("{}\n", escape::in_json(&text)));
    Ok(())
}
