//! Files that were written and can be restored.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};

use tripline_budget::protocol::file_names;
use tripline_budget::shell_word;

use crate::outcome::Failure;
use crate::recording::{Draft, patch, write};
use crate::system::replace;

/// The files of a running `init`.
#[derive(Debug)]
pub(super) struct WrittenFiles {
    drafts: Vec<Draft>,
    lock: LockFile,
    top: PathBuf,
}

/// Cargo.lock, which cargo writes.
#[derive(Debug)]
struct LockFile {
    path: PathBuf,
    before: Option<String>,
}

impl WrittenFiles {
    /// Writes all files, or none.
    pub(super) fn write(drafts: Vec<Draft>, workspace: &Path, top: &Path) -> anyhow::Result<Self> {
        let lock = workspace.join("Cargo.lock");
        let before = fs::read_to_string(&lock).ok();
        let lock = LockFile { path: lock, before };
        let written = Self { drafts, lock, top: top.to_owned() };
        if let Err(error) = write(&written.drafts) {
            return Err(written.take_back(error));
        }
        Ok(written)
    }

    /// Gives a written file another text.
    pub(super) fn rewrite(&mut self, path: &Path, text: &str) -> anyhow::Result<()> {
        for draft in self.drafts.iter_mut().filter(|draft| draft.path == path) {
            replace(path, text).with_context(|| format!("failed to write {}", draft.shown))?;
            draft.after = text.to_owned();
        }
        Ok(())
    }

    /// Restores everything because of `error`. Changes that others made meanwhile stay.
    pub(super) fn take_back(self, error: anyhow::Error) -> anyhow::Error {
        let LockFile { path: lock, before: locked } = &self.lock;
        let left: Vec<&Draft> = self.drafts.iter().filter(|draft| !restore(draft)).collect();
        // Cargo repairs a lock file by itself, so a failure to restore it does not matter.
        let _ = match locked {
            Some(text) if fs::read_to_string(lock).is_ok_and(|now| now != *text) => {
                replace(lock, text)
            }
            Some(_) => Ok(()),
            None => fs::remove_file(lock).map_err(anyhow::Error::from),
        };
        if !left.is_empty() {
            let left: Vec<&str> = left.iter().map(|draft| draft.shown.as_str()).collect();
            return anyhow!("{error:#}\n\nthese files could not be restored: {}", left.join(", "));
        }
        // The text of an interruption says so itself.
        let restored = "\n\nevery written file was restored: no file is changed";
        Failure::from(error).explain(restored)
    }

    /// Returns the command that goes back later: it reverses a patch, in a file that nothing else needs.
    pub(super) fn way_back(&self, target: &Path) -> anyhow::Result<String> {
        let file = file_names::output_folder(target).join("init.patch");
        replace(&file, &patch(&self.drafts)).context("failed to write the way back")?;
        let shown = |path: &Path| shell_word(&path.display().to_string());
        Ok(format!("git -C {} apply --reverse {}", shown(&self.top), shown(&file)))
    }
}

/// Restores a file; returns `true` if it is what it was before.
fn restore(draft: &Draft) -> bool {
    let now = fs::read_to_string(&draft.path).ok();
    if now == draft.before {
        return true;
    }
    if now.as_ref() != Some(&draft.after) {
        return false;
    }
    match &draft.before {
        Some(before) => replace(&draft.path, before).is_ok(),
        None => {
            let removed = fs::remove_file(&draft.path).is_ok();
            // Its folders too, if they are empty.
            let folders = draft.path.ancestors().skip(1);
            let _ = folders.take_while(|folder| fs::remove_dir(folder).is_ok()).count();
            removed
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(path: PathBuf, before: Option<&str>, after: &str) -> Draft {
        let shown = path.file_name().unwrap().to_string_lossy().into_owned();
        Draft::new(path, shown, before.map(str::to_owned), after.to_owned())
    }

    #[test]
    fn what_was_written_is_taken_back_whole() {
        let dir = tempfile::tempdir().unwrap();
        let (old, new) = (dir.path().join("Cargo.toml"), dir.path().join("tests/a/budgets.rs"));
        let lock = dir.path().join("Cargo.lock");
        fs::write(&old, "before").unwrap();
        fs::write(&lock, "locked").unwrap();
        let drafts = vec![draft(old.clone(), Some("before"), "after"), draft(new, None, "new")];
        let written = WrittenFiles::write(drafts, dir.path(), dir.path()).unwrap();
        fs::write(&lock, "cargo's").unwrap();
        let error = written.take_back(anyhow!("it does not build"));
        assert_eq!(
            error.to_string(),
            "it does not build\n\nevery written file was restored: no file is changed"
        );
        assert!(matches!(Failure::from(error), Failure::NotDone(_)));
        assert_eq!(fs::read_to_string(&old).unwrap(), "before");
        assert_eq!(fs::read_to_string(&lock).unwrap(), "locked");
        assert_eq!(dir.path().read_dir().unwrap().count(), 2);
    }

    #[test]
    fn what_somebody_changed_meanwhile_stays_and_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let new = dir.path().join("budgets.rs");
        let drafts = vec![draft(new.clone(), None, "new")];
        let written = WrittenFiles::write(drafts, dir.path(), dir.path()).unwrap();
        fs::write(&new, "by hand").unwrap();
        let error = written.take_back(anyhow!("it does not build"));
        assert_eq!(
            error.to_string(),
            "it does not build\n\nthese files could not be restored: budgets.rs"
        );
        assert_eq!(fs::read_to_string(&new).unwrap(), "by hand");
    }

    #[test]
    fn one_file_that_cannot_be_written_keeps_all_from_staying() {
        let dir = tempfile::tempdir().unwrap();
        let (first, file) = (dir.path().join("first"), dir.path().join("file"));
        fs::write(&file, "no folder").unwrap();
        let drafts = vec![draft(first.clone(), None, "a"), draft(file.join("below"), None, "b")];
        assert!(WrittenFiles::write(drafts, dir.path(), dir.path()).is_err());
        assert!(!first.exists());
    }
}
