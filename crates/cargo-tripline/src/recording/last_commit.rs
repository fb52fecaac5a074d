//! The last commit's source on this checkout's ruler, where code and ruler both moved: the ruler moved whatever
//! differs from the recorded figures.

use std::fs;
use std::path::PathBuf;

use anyhow::Context as _;
use tripline_budget::SuiteDescription;
use tripline_budget::protocol::file_names;

use crate::published::budgets_of;
use crate::recording::uncommitted::UncommittedChanges;
use crate::repository::{Git, Worktree};
use crate::workspace::{CargoArgs, Project};

#[derive(Debug)]
pub(super) struct LastCommitSource {
    pub(super) project: Project,
    _worktree: Worktree,
}

impl LastCommitSource {
    /// Checks the commit out below the target folder, with this checkout's ruler.
    pub(super) fn check_out(
        project: &Project,
        cargo: &CargoArgs,
        moved: &UncommittedChanges,
    ) -> anyhow::Result<Self> {
        let git = Git::open(project.root())?;
        let repository = git.root()?;
        let target = project.folders().target();
        let folder = file_names::output_folder(target).join("old-source");
        let worktree = Worktree::add(&repository, &git.head()?, &folder)?;
        for path in &moved.ruler {
            give(&repository.join(path), &folder.join(path))?;
        }
        // The same one as here, for the same packages.
        let manifest = fs::canonicalize(project.manifest()).unwrap_or_else(|_| project.manifest());
        let there = manifest.strip_prefix(&repository).ok().map(|within| folder.join(within));
        let root = project.root().strip_prefix(&repository).unwrap_or(project.root());
        let of_root = || folder.join(root).join("Cargo.toml");
        let manifest_path = Some(there.filter(|it| it.is_file()).unwrap_or_else(of_root));
        // A folder of its own to build in. Cargo names what it builds of a workspace's members by their place in
        // it: in one folder the tests of one source would be taken for those of the other.
        let target_dir = Some(file_names::output_folder(target).join("old-target"));
        let args = CargoArgs { manifest_path, target_dir, ..cargo.clone() };
        Ok(Self { project: Project::load(&args)?, _worktree: worktree })
    }

    /// Returns its suites, with the budgets that they have in `project`.
    pub(super) fn suites(&self, project: &Project) -> anyhow::Result<Vec<SuiteDescription>> {
        let suites = self.project.suites();
        let mut suites = suites.context("the last commit's source does not build on this ruler")?;
        for suite in &mut suites {
            suite.budgets = budgets_of(project, suite).map(|folder| folder.display().to_string());
        }
        Ok(suites)
    }
}

/// Copies a file, or removes it if it is gone here.
fn give(from: &PathBuf, to: &PathBuf) -> anyhow::Result<()> {
    let given = match from.exists() {
        true => to
            .parent()
            .map_or(Ok(()), fs::create_dir_all)
            .and_then(|()| fs::copy(from, to).map(drop)),
        false => fs::remove_file(to),
    };
    given.with_context(|| format!("failed to write {}", to.display()))
}
