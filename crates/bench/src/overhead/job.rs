//! A prepared program, run again and again, and its fastest time.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Barrier, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context as _, ensure};

/// Runs a program once, and keeps its time.
pub(super) type Work = Box<dyn Fn() -> anyhow::Result<Duration> + Send + Sync>;

/// A program that is ready to run on each of its threads.
///
/// A machine is slower whenever another program, or another machine on the same processor, is at work beside it. So a
/// program is short and runs often, and its fastest time is the one that least of that is in.
pub struct Job {
    threads: usize,
    work: Work,
    /// Every time begins with all threads.
    ready: Barrier,
    /// Of each time, in nanoseconds, what the thread took that took the longest. Has room for all of them, so that
    /// keeping time allocates nothing.
    times: Box<[AtomicU64]>,
    ran: AtomicU64,
    failure: Mutex<Option<anyhow::Error>>,
}

impl Job {
    pub(super) fn new(threads: usize, repeats: u64, work: Work) -> Self {
        Self {
            threads,
            work,
            ready: Barrier::new(threads),
            times: (0..repeats).map(|_| AtomicU64::new(0)).collect(),
            ran: AtomicU64::new(0),
            failure: Mutex::new(None),
        }
    }

    /// On how many threads at once it runs; one is the caller's.
    pub fn threads(&self) -> usize {
        self.threads
    }

    /// Runs it on all of its threads, every time.
    pub fn run(&self) {
        self.run_each(|work| work());
    }

    /// Runs it through `each` on all of its threads, for a measurement that is a thread's own.
    pub fn run_each(&self, each: impl Fn(&dyn Fn()) + Sync) {
        if self.threads == 1 {
            return each(&|| self.run_here());
        }
        std::thread::scope(|scope| {
            for _ in 0..self.threads {
                scope.spawn(|| each(&|| self.run_here()));
            }
        });
    }

    /// Runs it on this thread alone, every time, for a harness that starts the threads itself. Waits for the others.
    pub fn run_here(&self) {
        for slowest in &self.times {
            self.ready.wait();
            match (self.work)() {
                Ok(time) => slowest.fetch_max(nanoseconds(time), Relaxed),
                // And goes on: the others wait for this thread.
                Err(error) => {
                    let mut failure = self.failure.lock().unwrap_or_else(PoisonError::into_inner);
                    failure.get_or_insert(error);
                    continue;
                }
            };
            self.ran.fetch_add(1, Relaxed);
        }
    }

    /// The nanoseconds of the fastest time, once all have ended.
    pub(super) fn fastest(&self) -> anyhow::Result<u64> {
        let mut failure = self.failure.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(error) = failure.take() {
            return Err(error.context("the program failed"));
        }
        let (ran, expected) = (self.ran.load(Relaxed), self.times.len() * self.threads);
        ensure!(
            ran == expected as u64,
            "the program ran {ran} times, not {} on each of {} threads",
            self.times.len(),
            self.threads
        );
        self.times.iter().map(|time| time.load(Relaxed)).min().context("nothing ran")
    }
}

impl fmt::Debug for Job {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Job").field("threads", &self.threads).finish_non_exhaustive()
    }
}

/// No program runs for centuries.
fn nanoseconds(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes one nanosecond more each time, from 7 on.
    fn slower_each_time() -> Work {
        let runs = AtomicU64::new(0);
        Box::new(move || Ok(Duration::from_nanos(7 + runs.fetch_add(1, Relaxed))))
    }

    #[test]
    fn the_fastest_time_counts() {
        let job = Job::new(1, 3, slower_each_time());
        job.run();
        assert_eq!(job.fastest().ok(), Some(7));
    }

    #[test]
    fn of_two_threads_it_is_the_slower_ones() {
        let job = Job::new(2, 3, slower_each_time());
        job.run();
        assert_eq!(job.fastest().ok(), Some(8));
    }

    #[test]
    fn a_run_too_few_or_too_many_and_a_failure_are_errors() {
        let fine = || Job::new(1, 1, slower_each_time());
        let message = |job: Job| format!("{:#}", job.fastest().expect_err("it is wrong"));
        assert!(message(fine()).contains("ran 0 times"));
        let twice = fine();
        twice.run();
        twice.run();
        assert!(message(twice).contains("ran 2 times"));
        let failing = Job::new(2, 2, Box::new(|| anyhow::bail!("no disk")));
        failing.run();
        assert_eq!(message(failing), "the program failed: no disk");
    }
}
