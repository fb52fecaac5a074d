//! The report that a process prints about its run.

use anyhow::{Context as _, ensure};
use serde::Deserialize;

use crate::bench::overhead::catalogue::ReportedFigures;

/// One run, as `crates/bench` prints it: a line of JSON.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub(super) struct ProcessReport {
    program: String,
    /// Iterations of each thread in one run.
    pub(super) iterations: u64,
    pub(super) repeats: u64,
    pub(super) threads: u64,
    /// The fastest run. There is none if the threads never ran at once.
    pub(super) nanoseconds: Option<u64>,
    pub(super) counted: CountedFigures,
}

/// The figures that were counted. The process has compared them with what its program did.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub(super) struct CountedFigures {
    pub(super) blocks: Option<u64>,
    pub(super) bytes: Option<u64>,
    pub(super) peak: Option<u64>,
    pub(super) live: Option<u64>,
}

/// The run that a process is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RunRequest {
    pub(super) program: &'static str,
    pub(super) iterations: u64,
    pub(super) repeats: u64,
}

impl RunRequest {
    /// Returns the arguments that ask for it.
    pub(super) fn arguments(self) -> [String; 3] {
        [self.program.to_owned(), self.iterations.to_string(), self.repeats.to_string()]
    }
}

impl ProcessReport {
    /// Reads a report. Fails if it is of another run than was asked for, or does not have the figures that
    /// the catalogue lists.
    pub(super) fn read(
        text: &str,
        request: RunRequest,
        listed: ReportedFigures,
    ) -> anyhow::Result<Self> {
        let report: Self = serde_json::from_str(text.trim())
            .with_context(|| format!("the process printed no report, but `{}`", text.trim()))?;
        let RunRequest { program, iterations, repeats } = request;
        ensure!(
            report.program == program
                && report.iterations == iterations
                && report.repeats == repeats,
            "the process ran {} iterations of {} {} times, not {iterations} of {program} {repeats} times",
            report.iterations,
            report.program,
            report.repeats,
        );
        ensure!(report.nanoseconds != Some(0), "the process took no time");
        let reported = report.counted.reported();
        ensure!(
            reported == listed,
            "the process reported {reported:?}, and is listed with {listed:?}"
        );
        Ok(report)
    }

    /// Returns the nanoseconds an iteration. Threads work at once, so an iteration of each counts as one.
    pub(super) fn nanoseconds_per_iteration(&self) -> Option<f64> {
        Some(self.nanoseconds? as f64 / self.iterations as f64)
    }
}

impl CountedFigures {
    fn reported(self) -> ReportedFigures {
        ReportedFigures {
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
    const REQUEST: RunRequest = RunRequest { program: "deep", iterations: 4, repeats: 2 };
    const LISTED: ReportedFigures =
        ReportedFigures { blocks: true, bytes: true, peak: false, live: true };

    fn message(text: &str) -> String {
        format!("{:#}", ProcessReport::read(text, REQUEST, LISTED).unwrap_err())
    }

    #[test]
    fn a_report_is_read() {
        let report = ProcessReport::read(TEXT, REQUEST, LISTED).unwrap();
        assert_eq!(report.nanoseconds_per_iteration(), Some(22.5));
        assert_eq!(report.counted.bytes, Some(64));
    }

    #[test]
    fn a_report_may_lack_a_time() {
        let text = TEXT.replace("90", "null");
        let report = ProcessReport::read(&text, REQUEST, LISTED).unwrap();
        assert_eq!(report.nanoseconds_per_iteration(), None);
    }

    #[test]
    fn nonsense_is_an_error_that_shows_it() {
        insta::assert_snapshot!(message("fast!\n"), @"the process printed no report, but `fast!`: expected ident at line 1 column 3");
        insta::assert_snapshot!(message(""), @"the process printed no report, but ``: EOF while parsing a value at line 1 column 0");
        assert!(message(&TEXT.replace("null", "-1")).contains("invalid value: integer `-1`"));
        assert!(message(&TEXT.replace("peak", "peek")).contains("unknown field `peek`"));
    }

    #[test]
    fn another_run_than_was_asked_for_is_an_error() {
        insta::assert_snapshot!(message(&TEXT.replace("deep", "one-thread")), @"the process ran 4 iterations of one-thread 2 times, not 4 of deep 2 times");
        insta::assert_snapshot!(message(&TEXT.replace(":4,\"repeats", ":5,\"repeats")), @"the process ran 5 iterations of deep 2 times, not 4 of deep 2 times");
        assert!(message(&TEXT.replace(":2,\"threads", ":3,\"threads")).contains("of deep 3 times"));
        assert_eq!(message(&TEXT.replace("90", "0")), "the process took no time");
    }

    #[test]
    fn a_listed_figure_that_is_not_counted_is_an_error() {
        insta::assert_snapshot!(message(&TEXT.replace("64", "null")), @"the process reported ReportedFigures { blocks: true, bytes: false, peak: false, live: true }, and is listed with ReportedFigures { blocks: true, bytes: true, peak: false, live: true }");
    }
}
