//! The error of executables that hold a suite and do not describe it.

use std::fmt::Write as _;
use std::time::Duration;

use tripline_budget::protocol::test_names;

use crate::system::process::Finished;
use crate::workspace::binary::Binary;

/// The time in which all suites describe themselves. None runs a workload for that.
pub(super) const LIMIT: Duration = Duration::from_secs(120);

/// The most lines that are shown of what was written.
const SHOWN_LINES: usize = 20;

/// Returns the error of `silent`, which is not empty.
pub(super) fn error(silent: &[&Binary], finished: &Finished, timed_out: bool) -> anyhow::Error {
    let within = match timed_out {
        true => format!(" within {} s", LIMIT.as_secs()),
        false => String::new(),
    };
    let mut text = format!("a suite gave no answer{within} when it was asked what it holds\n");
    for binary in silent {
        let _ = write!(text, "\n  {}   {}", binary.shown(), binary.executable.display());
    }
    let output = format!("{}\n{}", finished.stdout, finished.stderr);
    let lines: Vec<_> = output.lines().filter(|line| !line.trim().is_empty()).collect();
    text.push_str("\n\n");
    for line in &lines[lines.len().saturating_sub(SHOWN_LINES)..] {
        let _ = writeln!(text, "  | {line}");
    }
    let _ = write!(
        text,
        "\n  likely    its target says `harness = false`, and its `main` runs no test `{}`\n",
        test_names::BUDGETS
    );
    if timed_out {
        text.push_str("  or        another cargo works in the same target folder\n");
    }
    let packages: Vec<_> = silent.iter().map(|binary| binary.package()).collect();
    let _ = write!(text, "  leave out `--workspace --exclude {}`", packages.join(" --exclude "));
    anyhow::anyhow!(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_binary_is_named_with_what_it_wrote() {
        let binary = Binary::of_test("e2e", "p", "/target/debug/deps/e2e-0123".as_ref());
        let finished = Finished {
            success: false,
            stdout: "hello\n\n".to_owned(),
            stderr: "     Running tests/e2e.rs\n".to_owned(),
        };
        let text = |timed_out| error(&[&binary], &finished, timed_out).to_string();
        assert_eq!(
            text(true),
            "a suite gave no answer within 120 s when it was asked what it holds\n\n  \
             test target `e2e` of package `p`   /target/debug/deps/e2e-0123\n\n  \
             | hello\n  |      Running tests/e2e.rs\n\n  \
             likely    its target says `harness = false`, and its `main` runs no test `tripline_suite::budgets`\n  \
             or        another cargo works in the same target folder\n  \
             leave out `--workspace --exclude p`"
        );
        assert!(
            text(false).starts_with("a suite gave no answer when it was asked what it holds\n")
        );
        assert!(!text(false).contains("another cargo"));
    }
}
