//! Feeds tables with generated payments.

use workload_agg::{Generator, Pipeline, Tables};

use crate::interrupt;
use crate::progress::Progress;

/// Takes in `events` payments, unless interrupted. Only the tables outlive it.
pub(crate) fn ingest(
    pipeline: &Pipeline,
    tables: &mut Tables<'_>,
    events: u64,
    progress: &mut Progress,
) -> anyhow::Result<()> {
    let mut generator = Generator::new(pipeline)?;
    let kind = generator.kind();
    for _ in 0..events {
        interrupt::check()?;
        tables.ingest(kind, &generator.next_event());
        progress.step();
    }
    Ok(())
}
