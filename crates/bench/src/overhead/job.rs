//! A prepared program, and the clock around it.

use std::fmt;
use std::sync::{Barrier, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};

pub(super) type Work = Box<dyn Fn() -> anyhow::Result<()> + Send + Sync>;

/// A program that is ready to run, once on each of its threads.
pub struct Job {
    threads: usize,
    work: Work,
    /// Of each thread; has room for all of them, so that keeping time allocates nothing.
    spans: Mutex<Vec<(Instant, Instant)>>,
    failure: Mutex<Option<anyhow::Error>>,
}

impl Job {
    pub(super) fn new(threads: usize, work: Work) -> Self {
        let spans = Mutex::new(Vec::with_capacity(threads));
        Self { threads, work, spans, failure: Mutex::new(None) }
    }

    /// On how many threads at once it runs; one is the caller's.
    pub fn threads(&self) -> usize {
        self.threads
    }

    /// Runs it on all of its threads.
    pub fn run(&self) {
        self.run_each(|work| work());
    }

    /// Runs it through `each` on all of its threads, for a measurement that is a thread's own.
    pub fn run_each(&self, each: impl Fn(&dyn Fn()) + Sync) {
        if self.threads == 1 {
            return each(&|| self.run_here());
        }
        let ready = Barrier::new(self.threads);
        std::thread::scope(|scope| {
            for _ in 0..self.threads {
                scope.spawn(|| {
                    ready.wait();
                    each(&|| self.run_here());
                });
            }
        });
    }

    /// Runs it on this thread alone, for a harness that starts the threads itself.
    pub fn run_here(&self) {
        let start = Instant::now();
        let outcome = (self.work)();
        let end = Instant::now();
        lock(&self.spans).push((start, end));
        if let Err(error) = outcome {
            lock(&self.failure).get_or_insert(error);
        }
    }

    /// From the first thread's start to the last one's end, once all have ended.
    pub(super) fn elapsed(&self) -> anyhow::Result<Duration> {
        if let Some(error) = lock(&self.failure).take() {
            return Err(error.context("the program failed"));
        }
        let spans = lock(&self.spans);
        let (ran, threads) = (spans.len(), self.threads);
        ensure!(
            ran == threads,
            "the program ran {ran} times, not once on each of {threads} threads"
        );
        let start = spans.iter().map(|(start, _)| *start).min();
        let end = spans.iter().map(|(_, end)| *end).max();
        Ok(end.zip(start).context("nothing ran")?).map(|(end, start)| end - start)
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
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[test]
    fn it_runs_once_on_each_thread() {
        static RUNS: AtomicU32 = AtomicU32::new(0);
        let count = || {
            RUNS.fetch_add(1, Ordering::Relaxed);
            Ok(())
        };
        let job = Job::new(2, Box::new(count));
        job.run();
        job.elapsed().expect("it ran");
        assert_eq!(RUNS.load(Ordering::Relaxed), 2);
    }

    #[test]
    fn a_run_too_few_or_too_many_and_a_failure_are_errors() {
        let fine = || Job::new(1, Box::new(|| Ok(())));
        let message = |job: Job| format!("{:#}", job.elapsed().expect_err("it is wrong"));
        assert!(message(fine()).contains("ran 0 times"));
        let twice = fine();
        twice.run();
        twice.run();
        assert!(message(twice).contains("ran 2 times"));
        let failing = Job::new(1, Box::new(|| anyhow::bail!("no disk")));
        failing.run();
        assert_eq!(message(failing), "the program failed: no disk");
    }
}
