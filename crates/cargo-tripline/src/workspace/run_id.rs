//! The id of a run, by which a tool knows its files.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// Returns an id that no other run has, in this process or another.
#[must_use]
pub fn fresh_id() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let serial = NEXT.fetch_add(1, Ordering::Relaxed);
    format!("tool-{}-{}-{serial}", now.as_nanos(), std::process::id())
}

#[cfg(test)]
mod tests {
    use crate::workspace::run_id::fresh_id;

    #[test]
    fn no_two_ids_are_equal() {
        assert_ne!(fresh_id(), fresh_id());
    }
}
