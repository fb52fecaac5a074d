//! The output of each method for a seeded regression: one more block for each inserted row.

use cargo_tripline::Finished;

use crate::bench::suite::method::Method;
use crate::bench::suite::method_runner::MethodRunner;

/// The workload with the regression.
pub(super) const WORKLOAD: &str = "wal_insert";

/// The lines of output that are shown.
const LINES: usize = 16;

/// The output of one method.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RegressionOutput {
    pub(super) method: Method,
    pub(super) fails: bool,
    /// Empty if it passes.
    pub(super) text: String,
}

/// Runs one method on the workload with the regression.
pub(super) fn run(runner: &MethodRunner, method: Method) -> anyhow::Result<RegressionOutput> {
    let finished = runner.run_regressed(method, WORKLOAD)?;
    let text = if finished.success { String::new() } else { excerpt(&finished, runner) };
    Ok(RegressionOutput { method, fails: !finished.success, text })
}

/// Returns lines from the first that is about the failure. The machine's own folders are left out.
fn excerpt(finished: &Finished, runner: &MethodRunner) -> String {
    let text = format!("{}\n{}", finished.stdout, finished.stderr);
    let [target, package] =
        [&runner.target, &runner.package].map(|path| path.display().to_string());
    let shown = |line: &str| line.replace(&target, "target").replace(&format!("{package}/"), "");
    let lines: Vec<_> = text.lines().map(shown).collect();
    let start = lines.iter().position(|line| is_about_the_failure(line)).unwrap_or_default();
    let shown = lines[start..].iter().take(LINES).map(|line| line.trim_end());
    shown.collect::<Vec<_>>().join("\n").trim_end().to_owned()
}

/// Returns `true` if a method's failure begins so.
fn is_about_the_failure(line: &str) -> bool {
    ["TRIPPED ", "dhat: ", "gungraun::suite::"]
        .iter()
        .any(|beginning| line.trim_start().starts_with(beginning))
}

/// Returns each method and its output as Markdown.
pub(super) fn markdown(outputs: &[RegressionOutput]) -> String {
    let section = |output: &RegressionOutput| {
        let title = output.method.title();
        if output.fails {
            format!("**{title}**:\n\n```text\n{}\n```\n", output.text)
        } else {
            format!("**{title}**: passes.\n")
        }
    };
    outputs.iter().map(section).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runner() -> MethodRunner {
        MethodRunner { package: "/w/bench".into(), target: "/t".into(), gungraun: None }
    }

    fn failed(stdout: &str) -> Finished {
        Finished { success: false, stdout: stdout.to_owned(), stderr: String::new() }
    }

    #[test]
    fn an_excerpt_begins_with_the_failure_and_names_no_folder_of_this_machine() {
        let printed = "running 1 test\ntest a ... FAILED\n\ndhat: assertion failed: x\n /w/bench/a.rs /t/b \n";
        assert_eq!(
            excerpt(&failed(printed), &runner()),
            "dhat: assertion failed: x\n a.rs target/b"
        );
    }

    #[test]
    fn an_excerpt_has_an_end() {
        let printed = format!("TRIPPED a\n{}", "line\n".repeat(50));
        assert_eq!(excerpt(&failed(&printed), &runner()).lines().count(), LINES);
    }

    #[test]
    fn a_method_that_passes_says_so() {
        let passes = RegressionOutput { method: Method::Plain, fails: false, text: String::new() };
        let fails =
            RegressionOutput { method: Method::Count, fails: true, text: "TRIPPED a".to_owned() };
        assert_eq!(
            markdown(&[passes, fails]),
            "**plain tests**: passes.\n\n**tripline, count**:\n\n```text\nTRIPPED a\n```\n"
        );
    }
}
