//! The parsed budget files of a commit or of the work tree.
//!
//! Every file is read: one that cannot be read is an error, because nobody knows what it would relax.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Context as _, bail};
use tripline_budget::MANIFEST;
use tripline_budget::relaxed::BudgetTree;

use crate::repository::git::{Git, short};
use crate::repository::objects::TreeEntry;
use crate::repository::scope;
use crate::repository::scope::{BudgetPath, BudgetScope};

/// Returns the budgets of the workspace at `root`, as they lie there now.
pub(crate) fn of_work_tree(git: &Git, root: &Path) -> anyhow::Result<BudgetTree> {
    let paths = git.paths()?;
    let read = |paths: &[&str]| {
        let mut texts = BTreeMap::new();
        for path in paths {
            match fs::read(root.join(path)) {
                Ok(bytes) => drop(texts.insert((*path).to_owned(), bytes)),
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => return Err(error).with_context(|| format!("failed to read {path}")),
            }
        }
        Ok(texts)
    };
    tree(&paths, &read, "the work tree")
}

/// Returns the budgets of the same workspace in `commit`. If it did not lie in this folder then, the whole repository
/// is read, so a workspace that moved is held to what it was.
pub(crate) fn of_commit(git: &Git, commit: &str) -> anyhow::Result<BudgetTree> {
    let here = git.entries(commit, false)?;
    let entries = if here.iter().any(|entry| entry.path == MANIFEST) {
        here
    } else {
        git.entries(commit, true)?
    };
    let paths: Vec<String> = entries.iter().map(|entry| entry.path.clone()).collect();
    let read = |paths: &[&str]| texts_of(git, &entries, paths);
    tree(&paths, &read, &format!("commit {}", short(commit)))
}

fn texts_of(git: &Git, entries: &[TreeEntry], paths: &[&str]) -> anyhow::Result<Texts> {
    let wanted: BTreeSet<&str> = paths.iter().copied().collect();
    let wanted: Vec<&TreeEntry> =
        entries.iter().filter(|entry| wanted.contains(entry.path.as_str())).collect();
    if let Some(link) = wanted.iter().find(|entry| entry.is_link) {
        bail!("{} is a symbolic link there, and those are not followed", link.path);
    }
    let ids: BTreeSet<&str> = wanted.iter().map(|entry| entry.id.as_str()).collect();
    let blobs = git.blobs(&ids.into_iter().collect::<Vec<_>>())?;
    let text = |entry: &&TreeEntry| Some((entry.path.clone(), blobs.get(&entry.id)?.clone()));
    Ok(wanted.iter().filter_map(text).collect())
}

/// The contents of files, by their paths.
type Texts = BTreeMap<String, Vec<u8>>;

fn tree(
    paths: &[String],
    read: &dyn Fn(&[&str]) -> anyhow::Result<Texts>,
    of: &str,
) -> anyhow::Result<BudgetTree> {
    let scope = scope(paths, read)?;
    let found: Vec<BudgetPath<'_>> = paths.iter().filter_map(|path| scope.find(path)).collect();
    let texts = read(&found.iter().map(|found| found.file).collect::<Vec<_>>())?;
    let mut tree = BudgetTree::default();
    let mut problems = Vec::new();
    for BudgetPath { file, folder, path } in found {
        // It is gone, and the deletion is not committed.
        let Some(bytes) = texts.get(file) else {
            continue;
        };
        match std::str::from_utf8(bytes) {
            Ok(text) => {
                let added = tree.add(folder, path, text);
                problems.extend(added.err().map(|error| error.to_string()));
            }
            Err(_) => problems.push(format!("{file} is not UTF-8")),
        }
    }
    if !problems.is_empty() {
        bail!("cannot read the budgets of {of}\n\n{}", problems.join("\n\n"));
    }
    Ok(tree)
}

/// Returns the scope of this workspace's budgets, by the packages of `commit`.
pub(crate) fn scope_of_commit(git: &Git, commit: &str) -> anyhow::Result<BudgetScope> {
    let entries = git.entries(commit, false)?;
    let paths: Vec<String> = entries.iter().map(|entry| entry.path.clone()).collect();
    scope(&paths, &|paths| texts_of(git, &entries, paths))
}

/// Returns the scope of this workspace's budgets among `paths`.
fn scope(
    paths: &[String],
    read: &dyn Fn(&[&str]) -> anyhow::Result<Texts>,
) -> anyhow::Result<BudgetScope> {
    let candidates = scope::manifests_in_question(paths);
    let texts = read(&candidates.into_iter().collect::<Vec<_>>())?;
    let others = scope::of_other_workspaces(&texts);
    Ok(BudgetScope::new(paths, others.into_iter()))
}
