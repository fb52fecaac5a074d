//! The files that a workload is held to.

use std::io::ErrorKind;

use tripline_budget::protocol::file_names;
use tripline_budget::{Budget, BudgetFile, Config, Error, Ruler};

use crate::case::TestCase;
use crate::case::paths::WorkspacePaths;
use crate::case::registry::Suite;
use crate::case::ruler::{self, cfgs};
use crate::error::NotJudged;
use crate::instruments::alloc;

/// Reads `budgets/tripline.toml`; the defaults if there is no such file.
pub(super) fn config(case: &TestCase) -> Result<Config, NotJudged> {
    let Some(budgets) = case.paths.budgets() else {
        return Ok(Config::default());
    };
    let file = budgets.join(file_names::CONFIG);
    Ok(Config::load(&file, &case.paths.shown(&file))?)
}

/// Reads the budget as it is in this build; `None` if there is no file.
pub(super) fn budget(case: &TestCase, config: &Config) -> Result<Option<Budget>, NotJudged> {
    let file = match BudgetFile::load(case.budget(), &case.budget_shown()) {
        Err(Error::Unreadable { kind: ErrorKind::NotFound, .. }) => return Ok(None),
        file => file?,
    };
    let budget = file.resolve(config, &cfgs(case.suite)?);
    budget.map(Some).map_err(NotJudged::FileProblems)
}

/// Returns the ruler of this process.
pub(crate) fn ruler(suite: &Suite, paths: &WorkspacePaths) -> Ruler {
    ruler::ruler(suite, paths.workspace(), alloc::memory_name())
}
