//! Writes all that the shards published as one folder, as if one machine had.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use tripline_budget::protocol::file_names;

use crate::published::Shard;

/// Writes the folder, whole or not at all: it gets its name when it is complete.
pub(super) fn write(shards: &[Shard], folder: &Path) -> anyhow::Result<()> {
    try_write(shards, folder).with_context(|| format!("failed to write {}", folder.display()))
}

fn try_write(shards: &[Shard], folder: &Path) -> anyhow::Result<()> {
    // `out` alone has no parent that could be opened.
    let folder = std::path::absolute(folder)?;
    if fs::symlink_metadata(&folder).is_ok() {
        bail!("it exists already: remove it, or name another");
    }
    let parent = folder.parent().context("it has no parent")?;
    fs::create_dir_all(parent)?;
    let parent = fs::canonicalize(parent)?;
    if let Some(shard) = shards.iter().find(|shard| parent.starts_with(&shard.canonical)) {
        bail!("it would lie in a shard, {}: name another", shard.shown());
    }
    let fresh = tempfile::Builder::new().prefix(".tripline-").tempdir_in(&parent)?;
    // Only the owner may open the temporary folder, so the result lies below it.
    let whole = fresh.path().join(file_names::LATEST);
    fs::create_dir(&whole)?;
    for (file, shard) in union(shards) {
        copy(&shard.latest.join(file), &whole.join(file))?;
    }
    fs::rename(&whole, &folder)?;
    Ok(())
}

fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(to.parent().unwrap_or(to))?;
    fs::copy(from, to).with_context(|| format!("failed to copy {}", from.display()))?;
    Ok(())
}

/// Returns every file with the shard to take it from. A workload's files are those of the shard that measured it; a
/// suite's are those of the first shard that has them.
fn union(shards: &[Shard]) -> BTreeMap<&Path, &Shard> {
    let measured = |shard: &Shard| -> BTreeSet<PathBuf> {
        let files = shard.files.iter().filter(|file| file.ends_with(file_names::MEASUREMENT));
        files.filter_map(|file| file.parent()).map(Path::to_owned).collect()
    };
    let measured: Vec<_> = shards.iter().map(measured).collect();
    let mut union = BTreeMap::new();
    for (index, shard) in shards.iter().enumerate() {
        let is_others = |folder: &Path| {
            let others = measured.iter().enumerate().filter(|(other, _)| *other != index);
            others.into_iter().any(|(_, folders)| folders.contains(folder))
        };
        for file in &shard.files {
            if !file.parent().is_some_and(is_others) {
                union.entry(file.as_path()).or_insert(shard);
            }
        }
    }
    union
}
