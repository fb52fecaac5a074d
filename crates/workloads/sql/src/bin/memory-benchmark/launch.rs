//! Starts this executable again to measure one pass.

use std::io::{self, Read};
use std::process::{Command, ExitStatus, Stdio};
use std::thread;

use anyhow::Context;
use indicatif::ProgressBar;

use crate::interrupt;
use crate::job::Job;
use crate::outcome::Outcome;
use crate::ticker::TICK;

/// Does `job` in a process of its own and returns its findings.
pub(crate) fn launch(job: &Job, bar: &ProgressBar) -> anyhow::Result<Outcome> {
    interrupt::check()?;
    let executable = std::env::current_exe().context("failed to find this executable")?;
    let mut command = Command::new(executable);
    command.arg("--measure").arg(serde_json::to_string(job)?);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    // A terminal's Ctrl-C then reaches this process alone, which ends the other one. If it reached
    // both, this process could see the other's end before its cause.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let mut child = command.spawn().context("failed to run this executable again")?;
    let output = child.stdout.take().context("the process has no output")?;
    let errors = child.stderr.take().context("the process has no standard error")?;
    interrupt::watch(child);
    let errors = thread::spawn(move || io::read_to_string(errors));
    let text = read(output, bar).context("failed to read what was measured")?;
    let status = interrupt::wait().context("failed to wait for the measured process")?;
    interrupt::check()?;
    if status.success() {
        return serde_json::from_slice(&text).context("failed to understand what was measured");
    }
    let errors = errors.join().ok().and_then(Result::ok).unwrap_or_default();
    Err(failure(status, &errors))
}

/// Reads to the end, moving the bar by one for every tick, and returns the rest.
fn read(mut output: impl Read, bar: &ProgressBar) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let length = output.read(&mut buffer)?;
        if length == 0 {
            return Ok(text);
        }
        let mut rest = &buffer[..length];
        if text.is_empty() {
            let ticks = rest.iter().take_while(|byte| **byte == TICK).count();
            bar.inc(ticks as u64);
            rest = &rest[ticks..];
        }
        text.extend_from_slice(rest);
    }
}

/// Returns the measured process's own error if it wrote one, else how it ended.
fn failure(status: ExitStatus, errors: &str) -> anyhow::Error {
    let words = errors.lines().find_map(|line| line.strip_prefix("error: "));
    match words {
        Some(words) => anyhow::anyhow!("{words}"),
        None => anyhow::anyhow!("the measured process ended with {status}\n{}", errors.trim_end()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_move_the_bar_and_dots_in_the_outcome_do_not() {
        let bar = ProgressBar::hidden();
        let text = read(&b"...{\"a\":1.5}"[..], &bar).expect("a slice can be read");
        assert_eq!(text, b"{\"a\":1.5}");
        assert_eq!(bar.position(), 3);
    }
}
