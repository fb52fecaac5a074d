//! A prepared program, and the clock around it.

use std::fmt;
use std::sync::{Barrier, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::{Context as _, ensure};

pub(super) type Work = Box<dyn Fn() -> anyhow::Result<()> + Send + Sync>;

/// A program that is ready to run, once on each of its threads.
pub struct Job {
    threads: usize,
    work: Work,
    /// Of each thread; has room for all of them, so that keeping time allocates nothing.
    times: Mutex<Vec<Duration>>,
    failure: Mutex<Option<anyhow::Error>>,
}

impl Job {
    pub(super) fn new(threads: usize, work: Work) -> Self {
        let times = Mutex::new(Vec::with_capacity(threads));
        Self { threads, work, times, failure: Mutex::new(None) }
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
        let start = processor_time();
        let outcome = (self.work)();
        let time = processor_time().saturating_sub(start);
        lock(&self.times).push(time);
        if let Err(error) = outcome {
            lock(&self.failure).get_or_insert(error);
        }
    }

    /// Of the thread that took the longest, once all have ended.
    pub(super) fn elapsed(&self) -> anyhow::Result<Duration> {
        if let Some(error) = lock(&self.failure).take() {
            return Err(error.context("the program failed"));
        }
        let times = lock(&self.times);
        let (ran, threads) = (times.len(), self.threads);
        ensure!(
            ran == threads,
            "the program ran {ran} times, not once on each of {threads} threads"
        );
        times.iter().max().copied().context("nothing ran")
    }
}

impl fmt::Debug for Job {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Job").field("threads", &self.threads).finish_non_exhaustive()
    }
}

/// What the processor has spent on this thread. Not the time of day: what a machine does meanwhile for others, or
/// another machine on the same processor, is nobody's here.
fn processor_time() -> Duration {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: it writes to the one argument that is a pointer, which is valid.
    let failed = unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &raw mut time) };
    assert_eq!(failed, 0, "the kernel keeps no processor time");
    Duration::new(time.tv_sec.unsigned_abs(), time.tv_nsec as u32)
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
