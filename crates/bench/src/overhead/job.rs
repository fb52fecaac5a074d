//! A prepared program, run again and again, and its fastest time.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Barrier, Mutex, MutexGuard, PoisonError};

use anyhow::{Context as _, ensure};

use crate::overhead::clock::Span;

/// Runs a program once, and says when.
pub(super) type Work = Box<dyn Fn() -> anyhow::Result<Span> + Send + Sync>;

/// A program that is ready to run on each of its threads.
///
/// A machine is slower whenever another program, or another machine on the same processor, is at work beside it. So a
/// program is short and runs often, and its fastest time is the one that least of that is in.
pub struct Job {
    threads: usize,
    work: Work,
    /// Every time begins with all threads.
    ready: Barrier,
    /// Of each time, once a thread is done. Made before, so that keeping time allocates nothing.
    times: Box<[Mutex<Option<Span>>]>,
    ran: AtomicU64,
    failure: Mutex<Option<anyhow::Error>>,
}

impl Job {
    pub(super) fn new(threads: usize, repeats: u64, work: Work) -> Self {
        Self {
            threads,
            work,
            ready: Barrier::new(threads),
            times: (0..repeats).map(|_| Mutex::new(None)).collect(),
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
        for time in &self.times {
            self.ready.wait();
            match (self.work)() {
                Ok(span) => {
                    let mut time = lock(time);
                    *time = Some(time.map_or(span, |others| others.and(span)));
                    self.ran.fetch_add(1, Relaxed);
                }
                // And goes on: the others wait for this thread.
                Err(error) => {
                    lock(&self.failure).get_or_insert(error);
                }
            }
        }
    }

    /// The nanoseconds of the fastest time, once all have ended.
    pub(super) fn fastest(&self) -> anyhow::Result<u64> {
        if let Some(error) = lock(&self.failure).take() {
            return Err(error.context("the program failed"));
        }
        let (ran, times) = (self.ran.load(Relaxed), self.times.len());
        let threads = self.threads;
        ensure!(
            ran == (times * threads) as u64,
            "the program ran {ran} times, not {times} on each of {threads} threads"
        );
        let lengths = self.times.iter().filter_map(|time| Some(lock(time).as_ref()?.length()));
        let fastest = lengths.min().context("nothing ran")?;
        u64::try_from(fastest.as_nanos()).context("it took centuries")
    }
}

impl fmt::Debug for Job {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Job").field("threads", &self.threads).finish_non_exhaustive()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;
    use crate::overhead::clock::tests::span;

    /// Takes one nanosecond more each time, from 7 on, one after the other.
    fn slower_each_time() -> Work {
        let (epoch, state) = (Instant::now(), Mutex::new((0, 7)));
        Box::new(move || {
            let mut state = lock(&state);
            let (start, length) = *state;
            *state = (start + length, length + 1);
            Ok(span(epoch, [start, start + length]))
        })
    }

    #[test]
    fn the_fastest_time_counts() {
        let job = Job::new(1, 3, slower_each_time());
        job.run();
        assert_eq!(job.fastest().ok(), Some(7));
    }

    #[test]
    fn of_two_threads_it_is_both() {
        let job = Job::new(2, 3, slower_each_time());
        job.run();
        assert_eq!(job.fastest().ok(), Some(7 + 8));
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
