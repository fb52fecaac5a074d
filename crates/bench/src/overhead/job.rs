//! Runs a prepared program again and again, and keeps its fastest time.

use std::any::Any;
use std::fmt;
use std::panic::{self, AssertUnwindSafe};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Barrier, Mutex, MutexGuard, PoisonError};

use anyhow::{Context as _, anyhow, ensure};

use crate::overhead::clock::Span;

/// Runs a program once, and returns its span.
pub(super) type Work = Box<dyn Fn() -> anyhow::Result<Span> + Send + Sync>;

/// A program that is ready to run on each of its threads.
///
/// A machine is slower while another program, or another machine on the same processor, is at work beside it. So a
/// program is short and runs often, and its fastest time is the least disturbed one.
pub struct Job {
    threads: usize,
    work: Work,
    /// Lets all threads begin a run together.
    ready: Barrier,
    /// The spans of the runs. Allocated before the first, so that timing allocates nothing.
    spans: Box<[Mutex<Option<Span>>]>,
    /// Runs that ended, each thread's counted.
    finished: AtomicU64,
    failure: Mutex<Option<anyhow::Error>>,
}

impl Job {
    pub(super) fn new(threads: usize, repeats: u64, work: Work) -> Self {
        Self {
            threads,
            work,
            ready: Barrier::new(threads),
            spans: (0..repeats).map(|_| Mutex::new(None)).collect(),
            finished: AtomicU64::new(0),
            failure: Mutex::new(None),
        }
    }

    /// Returns the threads that run at once. A single one is the caller's.
    pub fn threads(&self) -> usize {
        self.threads
    }

    /// Runs every repeat on all threads.
    pub fn run(&self) {
        self.run_each(|work| work());
    }

    /// Runs every repeat on all threads. `measure` runs the work of one thread, for an allocator that counts each
    /// thread by itself.
    pub fn run_each(&self, measure: impl Fn(&dyn Fn()) + Sync) {
        if self.threads == 1 {
            return measure(&|| self.run_here());
        }
        std::thread::scope(|scope| {
            for _ in 0..self.threads {
                scope.spawn(|| measure(&|| self.run_here()));
            }
        });
    }

    /// Runs every repeat on this thread, for a harness that starts the threads itself. Waits for the others.
    pub fn run_here(&self) {
        for span in &self.spans {
            self.ready.wait();
            match panic::catch_unwind(AssertUnwindSafe(&self.work)).unwrap_or_else(panicked) {
                Ok(of_thread) => {
                    let mut span = lock(span);
                    *span = Some(span.map_or(of_thread, |others| others.and(of_thread)));
                    self.finished.fetch_add(1, Relaxed);
                }
                // This thread goes on, because the others wait for it.
                Err(error) => {
                    lock(&self.failure).get_or_insert(error);
                }
            }
        }
    }

    /// Returns the nanoseconds of the fastest run in which all threads ran at once, if there was one. Call it once all
    /// threads have ended.
    pub(super) fn fastest(&self) -> anyhow::Result<Option<u64>> {
        if let Some(error) = lock(&self.failure).take() {
            return Err(error.context("the program failed"));
        }
        let (finished, repeats) = (self.finished.load(Relaxed), self.spans.len());
        let threads = self.threads;
        ensure!(
            finished == (repeats * threads) as u64,
            "the program ran {finished} times, not {repeats} on each of {threads} threads"
        );
        let spans =
            self.spans.iter().filter_map(|span| *lock(span)).filter(|span| span.is_at_once());
        let fastest = spans.map(Span::length).min();
        fastest
            .map(|time| u64::try_from(time.as_nanos()).context("the program took centuries"))
            .transpose()
    }
}

impl fmt::Debug for Job {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Job").field("threads", &self.threads).finish_non_exhaustive()
    }
}

/// Makes an error of a panic, which must not unwind: the other threads wait for this one.
fn panicked(_: Box<dyn Any + Send>) -> anyhow::Result<Span> {
    Err(anyhow!("the thread panicked"))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;
    use crate::overhead::clock::tests::span;

    /// Returns work that takes 9, then 7, then 8 nanoseconds on each thread, at once.
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

    /// Returns two threads that run at once the first `at_once` times, then in turn and faster.
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
        assert_eq!(message(panicking), "the program failed: the thread panicked");
    }
}
