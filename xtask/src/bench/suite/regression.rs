//! What each way says of a regression that was seeded: one block more for each inserted row.

use cargo_tripline::Finished;

use crate::bench::suite::runs::Runs;
use crate::bench::suite::way::Way;

/// The workload that it is seeded in.
pub(super) const WORKLOAD: &str = "wal_insert";

/// The first lines are what a person reads.
const LINES: usize = 16;

/// What one way says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) way: Way,
    pub(super) fails: bool,
    /// Empty where it passes.
    pub(super) text: String,
}

pub(super) fn said(runs: &Runs, way: Way) -> anyhow::Result<Said> {
    let finished = runs.regressed(way, WORKLOAD)?;
    let text = if finished.success { String::new() } else { excerpt(&finished, runs) };
    Ok(Said { way, fails: !finished.success, text })
}

/// Printed lines, from the first that is about the failure. What a machine calls its folders is left out.
fn excerpt(finished: &Finished, runs: &Runs) -> String {
    let text = format!("{}\n{}", finished.stdout, finished.stderr);
    let [target, package] = [&runs.target, &runs.package].map(|path| path.display().to_string());
    let shown = |line: &str| line.replace(&target, "target").replace(&format!("{package}/"), "");
    let lines: Vec<_> = text.lines().map(shown).collect();
    let start = lines.iter().position(|line| is_about_the_failure(line)).unwrap_or_default();
    let shown = lines[start..].iter().take(LINES).map(|line| line.trim_end());
    shown.collect::<Vec<_>>().join("\n").trim_end().to_owned()
}

/// How the ways begin.
fn is_about_the_failure(line: &str) -> bool {
    ["TRIPPED ", "dhat: ", "gungraun::suite::"]
        .iter()
        .any(|beginning| line.trim_start().starts_with(beginning))
}

/// Each way with what it says, as Markdown.
pub(super) fn markdown(all: &[Said]) -> String {
    let section = |said: &Said| {
        let title = said.way.title();
        if said.fails {
            format!("**{title}**:\n\n```text\n{}\n```\n", said.text)
        } else {
            format!("**{title}**: passes.\n")
        }
    };
    all.iter().map(section).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs() -> Runs {
        Runs { package: "/w/bench".into(), target: "/t".into(), runner: None }
    }

    fn failed(stdout: &str) -> Finished {
        Finished { success: false, stdout: stdout.to_owned(), stderr: String::new() }
    }

    #[test]
    fn an_excerpt_begins_with_the_failure_and_names_no_folder_of_this_machine() {
        let printed = "running 1 test\ntest a ... FAILED\n\ndhat: assertion failed: x\n /w/bench/a.rs /t/b \n";
        assert_eq!(excerpt(&failed(printed), &runs()), "dhat: assertion failed: x\n a.rs target/b");
    }

    #[test]
    fn an_excerpt_has_an_end() {
        let printed = format!("TRIPPED a\n{}", "line\n".repeat(50));
        assert_eq!(excerpt(&failed(&printed), &runs()).lines().count(), LINES);
    }

    #[test]
    fn a_way_that_sees_nothing_says_so() {
        let silent = Said { way: Way::Plain, fails: false, text: String::new() };
        let loud = Said { way: Way::Count, fails: true, text: "TRIPPED a".to_owned() };
        assert_eq!(
            markdown(&[silent, loud]),
            "**plain tests**: passes.\n\n**tripline, count**:\n\n```text\nTRIPPED a\n```\n"
        );
    }
}
