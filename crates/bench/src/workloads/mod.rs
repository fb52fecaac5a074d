//! Five workloads that a memory budget would be put on, each written once and run by every way to measure.
//!
//! A function here sets one up; [`Workload::run`] is the region, and what the region made lives until the
//! workload is dropped. Only the region is timed, and the time goes to a [`Clock`]'s file, because some of the
//! ways swallow what a test prints.
//!
//! Deliberately absent: measuring memory, which is what each way does its own way.

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

/// How many of what the workloads are sized by: rows inserted, statements run, events taken in.
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

    /// The region. To be called once. A function of its own in every build, because a profile is cut at it.
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
