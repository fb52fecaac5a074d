//! `--junit`: a JUnit suite for each suite, and in it a test case for each limit.

use anyhow::Context as _;
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use crate::findings::RowVerdict;
use crate::outcome::Status;
use crate::output::harmless;
use crate::reports::check_report::CheckReport;
use crate::reports::entry::{ReportEntry, entries};
use crate::reports::summary::Summary;

/// Returns the whole file.
pub(super) fn junit(checked: &CheckReport) -> anyhow::Result<String> {
    let mut suites: Vec<TestSuite> = Vec::new();
    for entry in entries(&checked.groups) {
        let name = harmless(entry.group.suite());
        let index = suites.iter().position(|suite| suite.name.as_str() == name);
        let index = index.unwrap_or_else(|| {
            suites.push(TestSuite::new(name));
            suites.len() - 1
        });
        suites[index].add_test_case(case(&entry, &checked.summary));
    }
    let mut report = Report::new("tripline");
    report.add_test_suites(suites);
    report.to_string().context("failed to write JUnit's XML")
}

fn case(entry: &ReportEntry<'_>, summary: &Summary) -> TestCase {
    let mut case = TestCase::new(entry.label(), status(entry, summary));
    case.set_classname(harmless(&entry.group.name));
    case.extra.insert("file".into(), entry.place().into());
    if let Some(line) = entry.row.and_then(|row| row.line) {
        case.extra.insert("line".into(), line.to_string().into());
    }
    case
}

fn status(entry: &ReportEntry<'_>, summary: &Summary) -> TestCaseStatus {
    let mut status = match entry.status() {
        Status::Unknown => TestCaseStatus::non_success(NonSuccessKind::Error),
        status if summary.fails(status) => TestCaseStatus::non_success(NonSuccessKind::Failure),
        _ if was_skipped(entry) => TestCaseStatus::skipped(),
        _ => return TestCaseStatus::success(),
    };
    status
        .set_type(entry.word())
        .set_message(entry.summary_line())
        .set_description(entry.full_text());
    status
}

/// Returns `true` if no figure was held to a limit.
fn was_skipped(entry: &ReportEntry<'_>) -> bool {
    entry.is_skipped() || entry.row.is_some_and(|row| row.verdict == RowVerdict::Unsupported)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reports::testing::checked;

    #[test]
    fn a_case_for_each_limit_and_its_failure_is_what_the_table_says() {
        insta::assert_snapshot!(junit(&checked(false)).unwrap());
    }

    #[test]
    fn what_is_loose_fails_only_where_that_is_asked_for() {
        let failures = |strict| junit(&checked(strict)).unwrap().matches("<failure").count();
        assert_eq!(failures(true), failures(false) + 1);
    }
}
