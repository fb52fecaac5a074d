//! `--check`: compares the report that is there with a fresh one.

use std::path::Path;

use anyhow::Context;
use similar::TextDiff;

/// The most lines of a difference that are shown.
const LINES: usize = 40;

/// Fails with the difference, and with `command`, which writes the report again.
pub(crate) fn check(place: &Path, fresh: &str, command: &str) -> anyhow::Result<()> {
    let shown = place.display();
    let there = std::fs::read_to_string(place);
    let there = there.with_context(|| format!("failed to read {shown}"))?;
    if there == fresh {
        return Ok(());
    }
    let diff = TextDiff::from_lines(there.as_str(), fresh);
    let diff = diff.unified_diff().context_radius(0).header("there", "measured").to_string();
    anyhow::bail!("{shown} is stale\n\n{}\nwanted?   {command}", shortened(&diff))
}

fn shortened(diff: &str) -> String {
    let lines = diff.lines().count();
    let mut text: String = diff.split_inclusive('\n').take(LINES).collect();
    if lines > LINES {
        text += &format!("({} lines more)\n", lines - LINES);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_difference_is_cut_and_says_so() {
        let line = "+x\n";
        assert_eq!(shortened(&line.repeat(LINES)), line.repeat(LINES));
        assert_eq!(shortened(&line.repeat(LINES + 2)), line.repeat(LINES) + "(2 lines more)\n");
    }
}
