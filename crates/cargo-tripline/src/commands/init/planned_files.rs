//! The files to write: texts in memory until all are known.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use crate::recording::Draft;

/// Files with their present and planned texts.
#[derive(Clone, Debug)]
pub(super) struct PlannedFiles {
    /// The folder that paths are shown from, and that a patch applies to.
    top: PathBuf,
    drafts: Vec<Draft>,
}

impl PlannedFiles {
    pub(super) fn new(top: PathBuf) -> Self {
        Self { top, drafts: Vec::new() }
    }

    pub(super) fn top(&self) -> &Path {
        &self.top
    }

    pub(super) fn shown(&self, path: &Path) -> String {
        path.strip_prefix(&self.top).unwrap_or(path).display().to_string().replace('\\', "/")
    }

    /// Returns the file's planned text; `None` if there is no such file.
    pub(super) fn text(&self, path: &Path) -> anyhow::Result<Option<String>> {
        match self.drafts.iter().find(|draft| draft.path == path) {
            Some(draft) => Ok(Some(draft.after.clone())),
            None => read(path),
        }
    }

    /// Plans this text for the file.
    pub(super) fn set(&mut self, path: &Path, text: String) -> anyhow::Result<()> {
        if let Some(draft) = self.drafts.iter_mut().find(|draft| draft.path == path) {
            draft.after = text;
            return Ok(());
        }
        let before = read(path)?;
        self.drafts.push(Draft::new(path.to_owned(), self.shown(path), before, text));
        Ok(())
    }

    /// Returns the files that change, sorted.
    pub(super) fn drafts(&self) -> Vec<Draft> {
        let changes = |draft: &&Draft| draft.before.as_ref() != Some(&draft.after);
        let mut drafts: Vec<Draft> = self.drafts.iter().filter(changes).cloned().collect();
        drafts.sort_by(|a, b| a.shown.cmp(&b.shown));
        drafts
    }
}

fn read(path: &Path) -> anyhow::Result<Option<String>> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("failed to read {}", path.display())),
    }
}
