//! What runs right now, for a person who waits.
//!
//! On a terminal a spinner names it. Elsewhere a step that takes longer than two seconds gets a plain
//! line, so that a log shows where the time went.

use std::io::IsTerminal as _;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::time::Duration;

use indicatif::ProgressBar;

/// After which a step is worth a line.
const LONG: Duration = Duration::from_secs(2);
const TICK: Duration = Duration::from_millis(100);

/// A step that is under way until this is dropped.
#[derive(Debug)]
pub struct Step(Shown);

#[derive(Debug)]
enum Shown {
    Spinner(ProgressBar),
    /// Dropping the sender tells the thread on the other end that there is nothing to say.
    FigureLine {
        _ended: Sender<()>,
    },
}

impl Step {
    /// Shows that `what` runs: `measuring sql (2 of 3)`.
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
    Shown::FigureLine { _ended: ended }
}
