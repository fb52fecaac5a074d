//! Runs that are small enough for many tests.

use std::future::Future;
use std::path::Path;

use tempfile::TempDir;
use workload_sql::{Bench, Config, Error, Load, Profile, Tally};

/// A small load, enough for several transactions on every connection.
pub(crate) const LOAD: Load = Load { iterations: 3, batch_size: 20, seed_rows: 150, seed: 7 };

pub(crate) const CONNECTIONS: usize = 4;

pub(crate) fn on_one_thread<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime.expect("a runtime can be built").block_on(work)
}

pub(crate) fn on_threads<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(CONNECTIONS).build();
    runtime.expect("a runtime can be built").block_on(work)
}

pub(crate) fn folder() -> TempDir {
    TempDir::new().expect("a folder can be made")
}

pub(crate) async fn tally(
    path: &Path,
    config: &Config,
    profile: &mut dyn Profile,
) -> Result<Tally, Error> {
    let mut bench = Bench::open(path, config).await?;
    bench.run(profile).await?;
    bench.verify().await?;
    Ok(bench.tally())
}
