//! The budgets of other machines' suites, as this checkout has them.

use std::collections::BTreeMap;
use std::path::PathBuf;

use tripline_budget::protocol::file_names::BUDGETS;
use tripline_budget::{SuiteDescription, budgets_folder};

use crate::published::disagreement::Disagreement;
use crate::published::shard::Shard;
use crate::workspace::Project;

/// Returns each suite once, sorted by name. A path that another machine stated is not read.
pub(super) fn suites(
    project: &Project,
    shards: &[Shard],
) -> Result<Vec<SuiteDescription>, Disagreement> {
    let (mut suites, mut homeless) = (BTreeMap::new(), Vec::new());
    for suite in shards.iter().flat_map(|shard| &shard.suites) {
        match budgets_of(project, suite) {
            Some(budgets) => {
                let budgets = Some(budgets.display().to_string());
                suites.insert(&suite.suite, SuiteDescription { budgets, ..suite.clone() });
            }
            None => homeless.push((suite.suite.clone(), format!("of package `{}`", suite.package))),
        }
    }
    if homeless.is_empty() { Ok(suites.into_values().collect()) } else { Err(unknown(homeless)) }
}

/// Returns the folder of the suite's budgets as its tests find it; without one, where the first would be written.
pub(crate) fn budgets_of(project: &Project, suite: &SuiteDescription) -> Option<PathBuf> {
    let package = project.packages().iter().find(|package| *package.name == suite.package)?;
    let folder = package.manifest_path.as_std_path().parent()?;
    let nearest = budgets_folder(folder, project.root());
    Some(nearest.unwrap_or_else(|| project.root().join(BUDGETS)).join(&suite.suite))
}

fn unknown(mut places: Vec<(String, String)>) -> Disagreement {
    places.dedup();
    Disagreement {
        reason: "a suite is of no package of this workspace".to_owned(),
        places,
        remedy: ("run", "this in the workspace whose tests the shards ran"),
    }
}
