//! The workspace that xtask belongs to.

use std::path::{Path, PathBuf};

use anyhow::Context as _;

/// Returns the workspace's folder.
pub(crate) fn root() -> anyhow::Result<&'static Path> {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("xtask has no workspace")
}

/// Returns the folder of the benchmarked package, which is a workspace of its own.
pub(crate) fn bench_package() -> anyhow::Result<PathBuf> {
    Ok(root()?.join("crates/bench"))
}
