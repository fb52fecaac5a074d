//! A commit's files in a folder of their own.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use crate::repository::git::Git;

/// A worktree; removed when it is dropped.
#[derive(Debug)]
pub(crate) struct Worktree {
    git: Git,
    pub(crate) folder: PathBuf,
}

impl Worktree {
    /// Checks `commit` out in `folder`, and removes an old checkout that a killed process left there.
    pub(crate) fn add(repository: &Path, commit: &str, folder: &Path) -> anyhow::Result<Self> {
        let git = Git::open(repository)?;
        let worktree = Self { git, folder: folder.to_owned() };
        worktree.remove()?;
        let shown = folder.display().to_string();
        worktree.git.answer(&["worktree", "add", "--quiet", "--detach", &shown, commit])?;
        Ok(worktree)
    }

    fn remove(&self) -> anyhow::Result<()> {
        if self.folder.exists() {
            fs::remove_dir_all(&self.folder)
                .with_context(|| format!("failed to remove {}", self.folder.display()))?;
        }
        self.git.answer(&["worktree", "prune"]).map(drop)
    }
}

impl Drop for Worktree {
    fn drop(&mut self) {
        // The next one removes what stays.
        let _ = self.remove();
    }
}
