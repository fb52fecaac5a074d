//! Five workloads that deserve a memory budget. Each is written once and run by every method to measure.
//!
//! A function here sets one up; [`Workload::run`] is the region. The region's data lives until the workload is
//! dropped. Only the region is timed. The time goes to a [`Clock`]'s file, because some methods swallow the output
//! of a test.
//!
//! Deliberately absent: measuring memory, which each method does by itself.

mod agg;
mod clock;
mod insert;
mod sql;

use std::fmt;

pub use agg::agg_users;
use clock::Clock;
pub use clock::TIMES;
pub use insert::REGRESSED;
pub use sql::{mvcc_insert, wal_insert, wal_mixed, wal_read};

/// Sizes of the workloads: rows inserted, statements run, events taken in.
pub mod entities {
    pub use super::agg::EVENTS;
    pub use super::sql::{INSERTS, STATEMENTS};
}

/// A workload whose set-up is done.
pub struct Workload {
    clock: Clock,
    region: Box<dyn FnMut()>,
}

impl Workload {
    fn new(name: &'static str, region: impl FnMut() + 'static) -> Self {
        Self { clock: Clock::new(name), region: Box::new(region) }
    }

    /// Runs the region. Call it once. It is never inlined, because a profile is cut at this function.
    #[inline(never)]
    pub fn run(&mut self) {
        let Self { clock, region } = self;
        clock.time(region);
    }
}

impl fmt::Debug for Workload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Workload").field("clock", &self.clock).finish_non_exhaustive()
    }
}
