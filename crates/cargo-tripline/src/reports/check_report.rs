//! The findings of a check, as every output reads them.

use tripline_budget::{Ruler, SuiteDescription};

use crate::findings::BudgetFindings;
use crate::reports::summary::Summary;

#[derive(Clone, Debug)]
pub(super) struct CheckReport {
    pub(super) suites: Vec<SuiteRuler>,
    pub(super) groups: Vec<BudgetFindings>,
    pub(super) summary: Summary,
}

/// A suite and the ruler that measured it.
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
