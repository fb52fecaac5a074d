//! Reads the history from git.

use std::collections::{BTreeMap, BTreeSet};

use tripline_budget::protocol::file_names::BUDGETS;
use tripline_budget::relaxed::BudgetTree;

use crate::commands::history::budget_history::{BudgetHistory, CommitChanges};
use crate::repository::budgets;
use crate::repository::{BudgetScope, Commit, Git, TouchedFile, short};

/// Every commit that changed a budget, oldest first, and the history of each limit.
#[derive(Debug)]
pub(super) struct History {
    pub(super) commits: Vec<Commit>,
    pub(super) budgets: BudgetHistory,
    /// Files that cannot be read in some commit. They count as unchanged there.
    pub(super) unread: Vec<String>,
}

/// Reads the whole history.
pub(super) fn read(git: &Git) -> anyhow::Result<History> {
    let scope = budgets::scope_of_commit(git, &git.head()?)?;
    let commits = git.log(&format!(":(glob)**/{BUDGETS}/**/*.toml"))?;
    let touched = commits.iter().flat_map(|commit| &commit.touched);
    let touched = touched.filter(|touched| scope.find(&touched.path).is_some());
    let ids: BTreeSet<&str> = touched.filter_map(|touched| touched.id.as_deref()).collect();
    let blobs = git.blobs(&ids.into_iter().collect::<Vec<_>>())?;
    let mut reader = Reader { scope, blobs, names: BTreeMap::new(), unread: Vec::new() };
    let mut budgets = BudgetHistory::default();
    for (index, commit) in commits.iter().enumerate() {
        budgets.apply(&reader.changed(index, commit));
    }
    budgets.close();
    Ok(History { budgets, unread: reader.unread, commits })
}

struct Reader {
    scope: BudgetScope,
    blobs: BTreeMap<String, Vec<u8>>,
    /// The name that each existing path budgets.
    names: BTreeMap<String, String>,
    unread: Vec<String>,
}

impl Reader {
    fn changed(&mut self, index: usize, commit: &Commit) -> CommitChanges {
        let mut changed = CommitChanges { commit: index, ..CommitChanges::default() };
        let mut tree = BudgetTree::default();
        for touched in &commit.touched {
            if touched.id.is_none() {
                changed.gone.extend(self.names.remove(&touched.path));
            } else if self.add(&mut tree, touched).is_none() {
                self.unread.push(format!("{} in {}", touched.path, short(&commit.id)));
            }
        }
        for (name, file) in tree.files() {
            self.names.insert(file.file().to_owned(), name.to_owned());
            changed.files.insert(name.to_owned(), file.clone());
        }
        for config in tree.configs() {
            let reasons = config.reasons.0.iter();
            changed.reasons.extend(reasons.map(|(name, why)| (name.clone(), why.value.clone())));
        }
        changed
    }

    /// Adds a file if it is one of the workspace's budgets; `None` if it cannot be read.
    fn add(&self, tree: &mut BudgetTree, touched: &TouchedFile) -> Option<()> {
        let Some(found) = self.scope.find(&touched.path) else {
            return Some(());
        };
        let text = std::str::from_utf8(self.blobs.get(touched.id.as_deref()?)?).ok()?;
        tree.add(found.folder, found.path, text).ok()
    }
}
