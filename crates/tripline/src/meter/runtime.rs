//! The tokio runtime that an `async fn` workload runs on.

use std::io;

/// The options of `#[tripline::test]`, in tokio's words.
#[derive(Clone, Copy, Debug)]
pub struct Runtime {
    pub multi_thread: bool,
    pub worker_threads: Option<usize>,
    pub start_paused: bool,
}

impl Runtime {
    pub(crate) fn build(self) -> io::Result<tokio::runtime::Runtime> {
        let mut builder = if self.multi_thread {
            tokio::runtime::Builder::new_multi_thread()
        } else {
            tokio::runtime::Builder::new_current_thread()
        };
        if let Some(count) = self.worker_threads {
            builder.worker_threads(count);
        }
        #[cfg(feature = "start-paused")]
        builder.start_paused(self.start_paused);
        builder.enable_all().build()
    }
}
