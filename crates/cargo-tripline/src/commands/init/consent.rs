//! Asks a person, if one is there.

use std::io::IsTerminal as _;
use std::sync::mpsc;
use std::time::Duration;

use anyhow::bail;

use crate::commands::init::args::InitArgs;
use crate::output::print_to_stderr;
use crate::system::interrupt;

/// Asks questions, or answers each with its default: no.
#[derive(Clone, Copy, Debug)]
pub(super) struct Consent {
    asks: bool,
    force: bool,
}

impl Consent {
    pub(super) fn new(args: &InitArgs) -> Self {
        let person = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
        Self { asks: person && !args.yes && !args.dry_run, force: args.force }
    }

    /// Returns `true` if the answer is yes.
    pub(super) fn to(self, question: &str) -> anyhow::Result<bool> {
        if !self.asks {
            return Ok(false);
        }
        print_to_stderr(&format!("{question} [y/N] "));
        Ok(matches!(answer()?.trim(), "y" | "Y" | "yes"))
    }

    /// Returns `true` if it may go on in spite of a problem.
    pub(super) fn to_go_on(self, problem: &str) -> anyhow::Result<bool> {
        Ok(self.force || self.to(&format!("{problem}\n\nGo on all the same?"))?)
    }

    /// Fails unless the file may be overwritten.
    pub(super) fn to_overwrite(self, shown: &str, what: &str) -> anyhow::Result<()> {
        if self.force || self.to(&format!("{shown} exists already, {what}. Overwrite it?"))? {
            return Ok(());
        }
        bail!("{shown} exists already, {what}: --force overwrites it; nothing was written");
    }
}

/// Returns a line of standard input. Ctrl-c ends the command also while this waits.
fn answer() -> anyhow::Result<String> {
    let (send, answers) = mpsc::channel();
    std::thread::spawn(move || {
        let mut line = String::new();
        let read = std::io::stdin().read_line(&mut line);
        // Nobody receives it if the command was stopped.
        let _ = send.send(read.map(|_| line));
    });
    loop {
        match answers.recv_timeout(Duration::from_millis(50)) {
            Ok(line) => return Ok(line?),
            Err(mpsc::RecvTimeoutError::Timeout) => interrupt::check()?,
            Err(mpsc::RecvTimeoutError::Disconnected) => return Ok(String::new()),
        }
    }
}
