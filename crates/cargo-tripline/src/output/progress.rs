//! Shows a person who waits what runs right now.
//!
//! On a terminal a spinner names it. Elsewhere a step that takes longer than two seconds gets a plain line, so a log
//! shows where the time went.

use std::io::IsTerminal as _;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::time::Duration;

use indicatif::ProgressBar;

/// The least time of a step that gets a line.
const LONG: Duration = Duration::from_secs(2);
const TICK: Duration = Duration::from_millis(100);

/// A running step, until it is dropped.
#[derive(Debug)]
pub struct Step(Shown);

#[derive(Debug)]
enum Shown {
    Spinner(ProgressBar),
    /// Dropping the sender tells the receiving thread that the step has ended.
    Line {
        _ended: Sender<()>,
    },
}

impl Step {
    /// Starts a step and shows its name: `measuring sql (2 of 3)`.
    #[must_use]
    pub fn begin(what: String) -> Self {
        if !is_terminal() {
            return Self(line(what));
        }
        let spinner = ProgressBar::new_spinner();
        spinner.set_message(what);
        spinner.enable_steady_tick(TICK);
        Self(Shown::Spinner(spinner))
    }
}

impl Drop for Step {
    fn drop(&mut self) {
        if let Shown::Spinner(spinner) = &self.0 {
            spinner.finish_and_clear();
        }
    }
}

pub(crate) fn is_terminal() -> bool {
    std::io::stderr().is_terminal()
}

fn line(what: String) -> Shown {
    let (ended, ends) = mpsc::channel::<()>();
    std::thread::spawn(move || {
        if ends.recv_timeout(LONG) == Err(RecvTimeoutError::Timeout) {
            crate::output::print::print_to_stderr(&format!("{what}\n"));
        }
    });
    Shown::Line { _ended: ended }
}
