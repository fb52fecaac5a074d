//! Asks a person, where there is one.

use std::io::IsTerminal as _;
use std::sync::mpsc;
use std::time::Duration;

use anyhow::bail;

use crate::commands::init::args::InitArgs;
use crate::output::print_to_stderr;
use crate::system::interrupt;

/// Whether questions are asked, or have their default answer: no.
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

    /// Whether the answer is yes.
    pub(super) fn to(self, question: &str) -> anyhow::Result<bool> {
        if !self.asks {
            return Ok(false);
        }
        print_to_stderr(&format!("{question} [y/N] "));
        Ok(matches!(answer()?.trim(), "y" | "Y" | "yes"))
    }

    /// Fails unless the file may be overwritten.
    pub(super) fn to_overwrite(self, shown: &str, what: &str) -> anyhow::Result<()> {
        if self.force || self.to(&format!("{shown} is there already, {what}. Overwrite it?"))? {
            return Ok(());
        }
        bail!("{shown} is there already, {what}: --force overwrites it; nothing was written");
    }
}

/// A line of standard input. Waiting for it does not keep ctrl-c from ending the command.
fn answer() -> anyhow::Result<String> {
    let (send, answers) = mpsc::channel();
    std::thread::spawn(move || {
        let mut line = String::new();
        let read = std::io::stdin().read_line(&mut line);
        // Nobody listens any longer where the command was stopped.
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
