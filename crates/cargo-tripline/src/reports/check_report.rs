//! All that a check found, as every output reads it.

use tripline_budget::{Ruler, SuiteDescription};

use crate::findings::BudgetFindings;
use crate::reports::summary::Summary;

#[derive(Clone, Debug)]
pub(super) struct CheckReport {
    pub(super) suites: Vec<SuiteRuler>,
    pub(super) groups: Vec<BudgetFindings>,
    pub(super) summary: Summary,
}

/// What a suite's figures were measured with.
#[derive(Clone, Debug)]
pub(super) struct SuiteRuler {
    pub(super) suite: String,
    pub(super) package: String,
    pub(super) ruler: Ruler,
}

impl SuiteRuler {
    pub(super) fn of(suite: &SuiteDescription) -> Self {
        let SuiteDescription { suite, package, ruler, .. } = suite.clone();
        Self { suite, package, ruler }
    }
}
