//! The tokio runtime that an `async fn` workload runs on.
//!
//! A thread allocates while it starts. So the workers of a runtime of several threads have all started before the
//! workload begins: else a late one would start within the region, in some runs.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

/// The options of `#[tripline::test]`, in tokio's words.
#[derive(Clone, Copy, Debug)]
pub struct Runtime {
    pub multi_thread: bool,
    pub worker_threads: Option<usize>,
    pub start_paused: bool,
}

impl Runtime {
    pub(crate) fn build(self) -> io::Result<tokio::runtime::Runtime> {
        if !self.multi_thread {
            return self.started(tokio::runtime::Builder::new_current_thread());
        }
        // tokio's default, stated so that it is known.
        let workers = match self.worker_threads {
            Some(count) => count,
            None => thread::available_parallelism()?.get(),
        };
        let started = Arc::new(AtomicUsize::new(0));
        let mut builder = tokio::runtime::Builder::new_multi_thread();
        builder.worker_threads(workers).on_thread_start({
            let started = Arc::clone(&started);
            move || {
                started.fetch_add(1, Ordering::Relaxed);
            }
        });
        let runtime = self.started(builder)?;
        while started.load(Ordering::Relaxed) < workers {
            thread::sleep(Duration::from_micros(100));
        }
        Ok(runtime)
    }

    fn started(self, mut builder: tokio::runtime::Builder) -> io::Result<tokio::runtime::Runtime> {
        #[cfg(feature = "start-paused")]
        builder.start_paused(self.start_paused);
        builder.enable_all().build()
    }
}
