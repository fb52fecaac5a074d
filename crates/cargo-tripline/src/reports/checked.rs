//! All that a check found, as every output reads it.

use tripline_budget::{Ruler, SuiteDescription};

use crate::findings::Group;
use crate::reports::summary::Summary;

#[derive(Clone, Debug)]
pub(super) struct Checked {
    pub(super) suites: Vec<Measure>,
    pub(super) groups: Vec<Group>,
    pub(super) summary: Summary,
}

/// What a suite's figures were measured with.
#[derive(Clone, Debug)]
pub(super) struct Measure {
    pub(super) suite: String,
    pub(super) package: String,
    pub(super) ruler: Ruler,
}

impl Measure {
    pub(super) fn of(suite: &SuiteDescription) -> Self {
        let SuiteDescription { suite, package, ruler, .. } = suite.clone();
        Self { suite, package, ruler }
    }
}
