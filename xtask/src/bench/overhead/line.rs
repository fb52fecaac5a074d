//! What a process printed about its run.

use anyhow::{Context as _, ensure};
use serde::Deserialize;

use crate::bench::overhead::catalogue::Reports;

/// One run, as `crates/bench` prints it: one line of JSON.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub(super) struct Line {
    program: String,
    /// Of each thread, each time.
    pub(super) iterations: u64,
    pub(super) repeats: u64,
    pub(super) threads: u64,
    /// The fastest time; none where its threads never ran at once.
    pub(super) nanoseconds: Option<u64>,
    pub(super) counted: Counted,
}

/// What was counted, which the process has held to what its program did.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub(super) struct Counted {
    pub(super) blocks: Option<u64>,
    pub(super) bytes: Option<u64>,
    pub(super) peak: Option<u64>,
    pub(super) live: Option<u64>,
}

impl Line {
    /// The line of a process that was to run so many iterations of `program` so often, and to report so much.
    pub(super) fn read(
        text: &str,
        program: &str,
        (iterations, repeats): (u64, u64),
        reports: Reports,
    ) -> anyhow::Result<Self> {
        let line: Self = serde_json::from_str(text.trim())
            .with_context(|| format!("it printed no line of a run, but `{}`", text.trim()))?;
        let ran = (&*line.program, line.iterations, line.repeats);
        ensure!(
            ran == (program, iterations, repeats),
            "it ran {} iterations of {} {} times, not {iterations} of {program} {repeats} times",
            ran.1,
            ran.0,
            ran.2,
        );
        ensure!(line.nanoseconds != Some(0), "it took no time");
        let said = line.counted.reports();
        ensure!(said == reports, "it reported {said:?}, and is listed with {reports:?}");
        Ok(line)
    }

    /// Nanoseconds an iteration. Threads work at once, so an iteration of each counts as one.
    pub(super) fn pace(&self) -> Option<f64> {
        Some(self.nanoseconds? as f64 / self.iterations as f64)
    }
}

impl Counted {
    fn reports(self) -> Reports {
        Reports {
            blocks: self.blocks.is_some(),
            bytes: self.bytes.is_some(),
            peak: self.peak.is_some(),
            live: self.live.is_some(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"{"program":"deep","iterations":4,"repeats":2,"threads":1,"nanoseconds":90,
        "counted":{"blocks":4,"bytes":64,"peak":null,"live":0}}"#;
    const REPORTS: Reports = Reports { blocks: true, bytes: true, peak: false, live: true };

    fn message(text: &str) -> String {
        format!("{:#}", Line::read(text, "deep", (4, 2), REPORTS).unwrap_err())
    }

    #[test]
    fn a_line_is_read() {
        let line = Line::read(TEXT, "deep", (4, 2), REPORTS).unwrap();
        assert_eq!(line.pace(), Some(22.5));
        assert_eq!(line.counted.bytes, Some(64));
    }

    #[test]
    fn a_line_without_a_time_is_one() {
        let line = Line::read(&TEXT.replace("90", "null"), "deep", (4, 2), REPORTS).unwrap();
        assert_eq!(line.pace(), None);
    }

    #[test]
    fn nonsense_is_an_error_that_shows_it() {
        insta::assert_snapshot!(message("fast!\n"), @"it printed no line of a run, but `fast!`: expected ident at line 1 column 3");
        insta::assert_snapshot!(message(""), @"it printed no line of a run, but ``: EOF while parsing a value at line 1 column 0");
        assert!(message(&TEXT.replace("null", "-1")).contains("invalid value: integer `-1`"));
        assert!(message(&TEXT.replace("peak", "peek")).contains("unknown field `peek`"));
    }

    #[test]
    fn another_run_than_was_asked_for_is_an_error() {
        insta::assert_snapshot!(message(&TEXT.replace("deep", "one-thread")), @"it ran 4 iterations of one-thread 2 times, not 4 of deep 2 times");
        insta::assert_snapshot!(message(&TEXT.replace(":4,\"repeats", ":5,\"repeats")), @"it ran 5 iterations of deep 2 times, not 4 of deep 2 times");
        assert!(message(&TEXT.replace(":2,\"threads", ":3,\"threads")).contains("of deep 3 times"));
        assert_eq!(message(&TEXT.replace("90", "0")), "it took no time");
    }

    #[test]
    fn what_is_listed_and_not_counted_is_an_error() {
        insta::assert_snapshot!(message(&TEXT.replace("64", "null")), @"it reported Reports { blocks: true, bytes: false, peak: false, live: true }, and is listed with Reports { blocks: true, bytes: true, peak: false, live: true }");
    }
}
