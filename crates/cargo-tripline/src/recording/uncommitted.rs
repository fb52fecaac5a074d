//! The uncommitted changes: of the ruler, the code, or both.

use std::path::{Path, PathBuf};

use anyhow::bail;

use tripline_budget::protocol::file_names::BUDGETS;

use crate::repository::Git;
use crate::workspace::Project;

/// Changed files by kind; paths from the repository's root.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct UncommittedChanges {
    /// The files that decide the compiler, its options and the dependencies.
    pub(super) ruler: Vec<PathBuf>,
    pub(super) code: Vec<PathBuf>,
    budgets: Vec<PathBuf>,
}

impl UncommittedChanges {
    /// Finds the changed files.
    ///
    /// # Errors
    ///
    /// If budgets differ, too: the ruler is recorded over those of the last commit.
    pub(super) fn find(project: &Project) -> anyhow::Result<Self> {
        let mut moved = Self::default();
        for path in Git::open(project.root())?.changed()? {
            moved.sort(path);
        }
        if let Some(first) = moved.budgets.first() {
            bail!(
                "{} differs from the last commit: commit or take back what was recorded, and then record the ruler",
                first.display()
            );
        }
        Ok(moved)
    }

    fn sort(&mut self, path: PathBuf) {
        let list = match () {
            () if is_budget(&path) => &mut self.budgets,
            () if is_ruler(&path) => &mut self.ruler,
            () if path.extension().is_some_and(|extension| extension == "md") => return,
            () => &mut self.code,
        };
        list.push(path);
    }
}

fn is_budget(path: &Path) -> bool {
    let folder = path.parent().into_iter().flat_map(Path::components);
    let is_in_budgets = folder.into_iter().any(|part| part.as_os_str() == BUDGETS);
    is_in_budgets && path.extension().is_some_and(|extension| extension == "toml")
}

fn is_ruler(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let is_config = path.parent().is_some_and(|folder| folder.ends_with(".cargo"));
    matches!(&*name, "Cargo.lock" | "Cargo.toml" | "rust-toolchain" | "rust-toolchain.toml")
        || is_config && matches!(&*name, "config" | "config.toml")
}

#[cfg(test)]
mod tests {
    use crate::recording::uncommitted::UncommittedChanges;

    #[test]
    fn a_path_is_of_the_ruler_of_the_code_or_a_budget() {
        let mut moved = UncommittedChanges::default();
        let paths = [
            "Cargo.lock",
            "a/Cargo.toml",
            "rust-toolchain.toml",
            "a/.cargo/config.toml",
            "a/config.toml",
            "src/lib.rs",
            "README.md",
            "budgets/sql/a.toml",
            "budgets.toml",
        ];
        paths.into_iter().for_each(|path| moved.sort(path.into()));
        let count = (moved.ruler.len(), moved.code.len(), moved.budgets.len());
        assert_eq!(count, (4, 3, 1), "{moved:#?}");
    }
}
