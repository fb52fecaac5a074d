//! A prepared program, run again and again, and its fastest time.

use std::any::Any;
use std::fmt;
use std::panic::{self, AssertUnwindSafe};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Barrier, Mutex, MutexGuard, PoisonError};

use anyhow::{Context as _, anyhow, ensure};

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
            match panic::catch_unwind(AssertUnwindSafe(&self.work)).unwrap_or_else(panicked) {
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

    /// The nanoseconds of the fastest time at which all threads ran at once, if there was one. Once all have ended.
    pub(super) fn fastest(&self) -> anyhow::Result<Option<u64>> {
        if let Some(error) = lock(&self.failure).take() {
            return Err(error.context("the program failed"));
        }
        let (ran, times) = (self.ran.load(Relaxed), self.times.len());
        let threads = self.threads;
        ensure!(
            ran == (times * threads) as u64,
            "the program ran {ran} times, not {times} on each of {threads} threads"
        );
        let spans =
            self.times.iter().filter_map(|time| *lock(time)).filter(|span| span.is_at_once());
        let fastest = spans.map(Span::length).min();
        fastest.map(|time| u64::try_from(time.as_nanos()).context("it took centuries")).transpose()
    }
}

impl fmt::Debug for Job {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Job").field("threads", &self.threads).finish_non_exhaustive()
    }
}

/// The other thread waits for this one, whatever becomes of it.
fn panicked(_: Box<dyn Any + Send>) -> anyhow::Result<Span> {
    Err(anyhow!("it panicked"))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;
    use crate::overhead::clock::tests::span;

    /// Takes 9, then 7, then 8 nanoseconds on each thread, at once.
    fn fastest_second(threads: usize) -> Work {
        let (epoch, runs) = (Instant::now(), AtomicU64::new(0));
        Box::new(move || {
            let run = runs.fetch_add(1, Relaxed) as usize / threads;
            Ok(span(epoch, [0, [9, 7, 8][run]]))
        })
    }

    #[test]
    fn the_fastest_time_counts() {
        for threads in [1, 2] {
            let job = Job::new(threads, 3, fastest_second(threads));
            job.run();
            assert_eq!(job.fastest().expect("it ran"), Some(7));
        }
    }

    /// Two threads, at once the first `at_once` times, in turn from then on and faster.
    fn in_turn_from(at_once: u64) -> Job {
        let (epoch, runs) = (Instant::now(), AtomicU64::new(0));
        let work = move || {
            let run = runs.fetch_add(1, Relaxed);
            Ok(span(epoch, if run < 2 * at_once { [0, 9] } else { [run, run + 1] }))
        };
        Job::new(2, 2, Box::new(work))
    }

    #[test]
    fn a_time_at_which_threads_took_turns_does_not_count() {
        for (at_once, fastest) in [(1, Some(9)), (0, None)] {
            let job = in_turn_from(at_once);
            job.run();
            assert_eq!(job.fastest().expect("it ran"), fastest);
        }
    }

    #[test]
    fn a_run_too_few_or_too_many_and_a_failure_are_errors() {
        let fine = || Job::new(1, 1, fastest_second(1));
        let message = |job: Job| format!("{:#}", job.fastest().expect_err("it is wrong"));
        assert!(message(fine()).contains("ran 0 times"));
        let twice = fine();
        twice.run();
        twice.run();
        assert!(message(twice).contains("ran 2 times"));
        let failing = Job::new(2, 2, Box::new(|| anyhow::bail!("no disk")));
        failing.run();
        assert_eq!(message(failing), "the program failed: no disk");
        let panicking = Job::new(2, 2, Box::new(|| panic!("no disk")));
        panicking.run();
        assert_eq!(message(panicking), "the program failed: it panicked");
    }
}
