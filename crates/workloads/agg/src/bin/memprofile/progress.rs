//! The progress of a long run.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A shorter run shows nothing.
const PATIENCE: Duration = Duration::from_secs(2);

/// The events between two looks at the clock.
const EVERY: u64 = 256;

/// A bar on standard error if that is a terminal and the run is long, else nothing.
#[derive(Debug)]
pub(crate) struct Progress {
    bar: ProgressBar,
    started: Instant,
    done: u64,
}

impl Progress {
    pub(crate) fn new(length: u64) -> Self {
        let bar = ProgressBar::with_draw_target(Some(length), ProgressDrawTarget::hidden());
        let style = ProgressStyle::with_template("{wide_bar} {percent:>3} %  {eta} left");
        bar.set_style(style.expect("the template is a constant"));
        Self { bar, started: Instant::now(), done: 0 }
    }

    /// Counts one more event.
    pub(crate) fn step(&mut self) {
        self.done += 1;
        if !self.done.is_multiple_of(EVERY) || self.started.elapsed() < PATIENCE {
            return;
        }
        if self.bar.is_hidden() {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.set_position(self.done);
    }

    /// Removes the bar.
    pub(crate) fn end(self) {
        self.bar.finish_and_clear();
    }
}
