//! The suites and workloads that a filter matches.

use tripline_budget::protocol::file_names::SIZES;
use tripline_budget::{SuiteDescription, WorkloadDescription};

use crate::filter::Filter;
use crate::workspace::home::SuiteHome;
use crate::workspace::project::Project;

/// The suites and workloads that a command works on.
#[derive(Clone, Debug)]
pub struct Selection<'a> {
    pub suites: Vec<SelectedSuite<'a>>,
}

/// A suite with its selected workloads.
#[derive(Clone, Debug)]
pub struct SelectedSuite<'a> {
    pub home: SuiteHome<'a>,
    pub workloads: Vec<&'a WorkloadDescription>,
    /// Ignored workloads that the filter does not name exactly.
    pub skipped: Vec<&'a WorkloadDescription>,
    pub types: bool,
}

impl<'a> Selection<'a> {
    #[must_use]
    pub fn new(project: &'a Project, suites: &'a [SuiteDescription], filter: &Filter) -> Self {
        let selected =
            suites.iter().map(|suite| SelectedSuite::new(SuiteHome::new(project, suite), filter));
        Self { suites: selected.filter(|suite| !suite.is_empty()).collect() }
    }
}

impl<'a> SelectedSuite<'a> {
    fn new(home: SuiteHome<'a>, filter: &Filter) -> Self {
        let name = |workload: &WorkloadDescription| home.name(&workload.workload);
        let matching =
            home.suite.workloads.iter().filter(|workload| filter.matches(&name(workload)));
        let (skipped, workloads) =
            matching.partition(|workload| workload.ignored && !filter.is(&name(workload)));
        let types = has_types(home) && filter.matches(&home.name(SIZES));
        Self { home, workloads, skipped, types }
    }

    fn is_empty(&self) -> bool {
        self.workloads.is_empty() && self.skipped.is_empty() && !self.types
    }
}

/// Returns `true` if the suite has types or a file of sizes: either without the other is wrong.
fn has_types(home: SuiteHome<'_>) -> bool {
    !home.suite.types.is_empty() || home.budget(SIZES).exists()
}

/// Returns every name that a filter can match.
pub(crate) fn names(project: &Project, suites: &[SuiteDescription]) -> Vec<String> {
    let mut names = Vec::new();
    for suite in suites {
        let home = SuiteHome::new(project, suite);
        names.extend(suite.workloads.iter().map(|workload| home.name(&workload.workload)));
        names.extend(has_types(home).then(|| home.name(SIZES)));
    }
    names
}
