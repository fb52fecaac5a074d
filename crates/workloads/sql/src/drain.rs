//! Frees memory that the engine has handed to the epoch collector.

/// Each round frees at most eight bags of 64 deferred calls each, and only calls that every
/// thread has left behind two epochs ago. A run of a million row versions needs 2 000.
const ROUNDS: usize = 4_096;

/// Runs the deferred frees that MVCC's skip lists leave behind.
///
/// Call it when the database *and* the runtime are dropped: a live thread keeps its own
/// garbage, and a pinned one keeps everybody's. Without it, blocks that nothing refers to
/// any more are still allocated, thousands after a short run. A few blocks remain: the
/// collector's own. Draining allocates, so read totals before.
pub fn drain_epoch_garbage() {
    for _ in 0..ROUNDS {
        crossbeam_epoch::pin().flush();
    }
}
