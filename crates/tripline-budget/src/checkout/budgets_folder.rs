//! The folder of a package's budgets.

use std::path::{Path, PathBuf};

use crate::protocol::file_names::BUDGETS;

/// Returns the nearest `budgets/` from the package upwards, not beyond the workspace; `None` if there is none yet.
///
/// A package beside its workspace has its budgets in the workspace's own folder.
#[must_use]
pub fn budgets_folder(package: &Path, workspace: &Path) -> Option<PathBuf> {
    let within = package.ancestors().take_while(|folder| folder.starts_with(workspace));
    let beside = (!package.starts_with(workspace)).then_some(workspace);
    within.chain(beside).map(|folder| folder.join(BUDGETS)).find(|budgets| budgets.is_dir())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_within_the_workspace_counts() {
        let dir = tempfile::tempdir().unwrap();
        let [workspace, package] = ["ws", "ws/crates/a"].map(|path| dir.path().join(path));
        std::fs::create_dir_all(&package).unwrap();
        std::fs::create_dir(dir.path().join(BUDGETS)).unwrap();
        assert_eq!(budgets_folder(&package, &workspace), None);
        for nearer in ["ws/budgets", "ws/crates/budgets", "ws/crates/a/budgets"] {
            let nearer = dir.path().join(nearer);
            std::fs::create_dir(&nearer).unwrap();
            assert_eq!(budgets_folder(&package, &workspace), Some(nearer));
        }
    }

    #[test]
    fn a_package_beside_its_workspace_has_the_workspaces() {
        let dir = tempfile::tempdir().unwrap();
        let [workspace, package] = ["ws", "p"].map(|path| dir.path().join(path));
        std::fs::create_dir_all(package.join(BUDGETS)).unwrap();
        assert_eq!(budgets_folder(&package, &workspace), None);
        std::fs::create_dir_all(workspace.join(BUDGETS)).unwrap();
        assert_eq!(budgets_folder(&package, &workspace), Some(workspace.join(BUDGETS)));
    }
}
