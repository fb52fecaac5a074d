//! The recorded breakdown: an insta snapshot beside the test, `snapshots/<suite>__<workload>.snap`.
//!
//! A reviewer reads it, and later runs are compared with it.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use tripline_budget::protocol::file_names;
use tripline_profile::{Breakdown, Comparison, compare};

use crate::case::TestCase;
use crate::case::paths::WorkspacePaths;
use crate::case::registry::{Suite, Workload};
use crate::error::{NotJudged, SnapshotError};

/// The insta snapshot of a workload's breakdown, whether or not the file is there.
#[derive(Debug)]
pub(crate) struct BreakdownSnapshot {
    folder: PathBuf,
    name: String,
    /// The file of the test, as insta notes it.
    source: String,
}

/// The breakdown that a snapshot holds.
#[derive(Debug)]
pub(crate) struct RecordedBreakdown {
    pub(crate) text: String,
    pub(crate) breakdown: Breakdown,
}

impl RecordedBreakdown {
    /// Compares the total and the peak with a first meter's. Its end is what leaked, and the recorded one is not.
    pub(crate) fn compared_at_exit(&self, at_exit: &Breakdown) -> Comparison {
        compare(&self.breakdown.without_end(), &at_exit.without_end())
    }

    /// Compares all figures with a second meter's, which recorded the breakdown too.
    pub(crate) fn compared_at_region_end(&self, at_region_end: &Breakdown) -> Comparison {
        compare(&self.breakdown, at_region_end)
    }
}

impl BreakdownSnapshot {
    pub(crate) fn of_case(case: &TestCase) -> Self {
        Self::of(case.workload, case.suite, &case.paths)
    }

    pub(crate) fn of(workload: &Workload, suite: &Suite, paths: &WorkspacePaths) -> Self {
        let source = workload.file.replace('\\', "/");
        let beside = Path::new(&source).parent().unwrap_or(Path::new(""));
        Self {
            folder: paths.in_workspace(&beside.join(file_names::SNAPSHOTS)),
            name: file_names::snapshot_name(suite.name(), &workload.path()),
            source,
        }
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.folder.join(file_names::snapshot_file(&self.name))
    }

    /// Reads the recorded breakdown; `None` if there is no file.
    pub(crate) fn read(&self) -> Result<Option<RecordedBreakdown>, NotJudged> {
        self.parse().map_err(|error| NotJudged::Snapshot { file: self.file(), error })
    }

    fn parse(&self) -> Result<Option<RecordedBreakdown>, SnapshotError> {
        let file = match fs::read_to_string(self.file()) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            file => file.map_err(SnapshotError::Read)?.replace("\r\n", "\n"),
        };
        let (head, text) = split(&file).ok_or(SnapshotError::NotInsta)?;
        let breakdown = Breakdown::from_text(text)
            .map_err(|error| SnapshotError::Text(error.below(head.lines().count())))?;
        Ok(Some(RecordedBreakdown { text: text.to_owned(), breakdown }))
    }

    /// Returns the whole file that holds `text`, as insta writes it when it is accepted.
    pub(crate) fn holding(&self, text: &str) -> String {
        format!("---\nsource: {}\n---\n{}\n", self.source, text.trim_end())
    }
}

/// Splits a file into insta's own lines, from one `---` to the next, and the text after them.
fn split(file: &str) -> Option<(&str, &str)> {
    let rest = file.strip_prefix("---\n")?;
    let end = rest.find("\n---\n")?;
    Some(file.split_at("---\n".len() + end + "\n---\n".len()))
}

#[cfg(test)]
mod tests {
    use tripline_profile::{Amount, AmountUnit, Moment, Pairing, Site, SiteFigures, SiteMetric};

    use super::*;

    fn snapshot(folder: &Path) -> BreakdownSnapshot {
        let name = "sql__insert".to_owned();
        BreakdownSnapshot { folder: folder.to_owned(), name, source: "tests/sql.rs".to_owned() }
    }

    fn parse(file: &str) -> Result<Option<RecordedBreakdown>, SnapshotError> {
        let dir = tempfile::tempdir().map_err(SnapshotError::Read)?;
        let snapshot = snapshot(dir.path());
        fs::write(snapshot.file(), file).map_err(SnapshotError::Read)?;
        snapshot.parse()
    }

    #[test]
    fn what_is_written_is_read() {
        let text = Breakdown::default().to_text();
        let file = snapshot(Path::new("")).holding(&text);
        assert!(file.starts_with("---\nsource: tests/sql.rs\n---\n"), "{file}");
        let recorded = parse(&file).expect("a snapshot").expect("the file is there");
        assert_eq!(recorded.breakdown, Breakdown::default());
        assert_eq!(recorded.text, text);
    }

    /// A breakdown of 100 boxes and of a smaller site, both kept to the region's end.
    fn kept(keys: [&str; 2], bytes: u64, end: bool) -> Breakdown {
        let site = |key: &str, blocks| {
            let kept = Amount { blocks, bytes: blocks * bytes };
            let end = if end { kept } else { Amount::default() };
            let figures = SiteFigures { total: kept, peak: kept, end };
            Site { key: key.to_owned(), ..Site::folded(0, figures) }
        };
        let sites = [site(keys[0], 100), site(keys[1], 7)].to_vec();
        Breakdown { totals: sites.iter().map(|site| site.figures).sum(), sites }
    }

    fn recorded(breakdown: Breakdown) -> RecordedBreakdown {
        RecordedBreakdown { text: breakdown.to_text(), breakdown }
    }

    /// A block that the region keeps lives at its end, and is no leak.
    #[test]
    fn a_block_that_is_kept_has_one_growth_at_every_moment() {
        let recorded = recorded(kept(["a::f", "a::g"], 16, true));
        let at_exit = recorded.compared_at_exit(&kept(["a::f", "a::g"], 32, false));
        let at_region_end = recorded.compared_at_region_end(&kept(["a::f", "a::g"], 32, true));
        for (comparison, moment) in [
            (&at_exit, Moment::Total),
            (&at_exit, Moment::Peak),
            (&at_region_end, Moment::Peak),
            (&at_region_end, Moment::End),
        ] {
            let grown = comparison.grown_sites(SiteMetric::new(moment, AmountUnit::Bytes), 10);
            let classes: Vec<_> = grown.lines[0].classes.iter().map(ToString::to_string).collect();
            assert_eq!(classes, ["same blocks, each 2 × as large"], "{moment:?}");
        }
    }

    #[test]
    fn a_kept_block_is_recognised_by_its_figures() {
        let recorded = recorded(kept(["a::f", "a::g"], 16, true));
        let renamed = kept(["b::h", "a::g"], 16, false);
        let comparison = recorded.compared_at_exit(&renamed);
        let pairing = |name| {
            let mut changes = comparison.changes.iter();
            changes.find(|change| change.name() == name).map(|change| change.pairing)
        };
        assert_eq!(pairing("b::h"), Some(Pairing::Figures));
        assert_eq!(pairing("a::g"), Some(Pairing::Key));
        // A block fewer, and it is no rename beyond doubt.
        let other = kept(["b::h", "a::g"], 17, false);
        let changes = recorded.compared_at_exit(&other).changes;
        assert!(changes.iter().all(|change| change.pairing != Pairing::Figures));
    }

    #[test]
    fn what_is_no_snapshot_is_refused_with_its_line() {
        assert!(matches!(parse(""), Err(SnapshotError::NotInsta)));
        let merged = "---\nsource: tests/sql.rs\n---\n<<<<<<< HEAD\n";
        let Err(SnapshotError::Text(error)) = parse(merged) else { panic!("a conflict was read") };
        assert!(matches!(error, tripline_profile::Error::Breakdown { line: 4, .. }), "{error}");
    }

    #[test]
    fn a_missing_file_is_nothing_recorded() {
        assert!(snapshot(Path::new("/nowhere")).read().is_ok_and(|recorded| recorded.is_none()));
    }
}
