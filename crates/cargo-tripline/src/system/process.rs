//! Runs another program to its end.

use std::process::{Child, Command, Output, Stdio};

use anyhow::Context as _;

use crate::system::interrupt;

/// A program that has ended, with its output.
#[derive(Clone, Debug)]
pub struct Finished {
    pub success: bool,
    pub stdout: String,
    /// Empty if it was shown instead.
    pub stderr: String,
}

/// Runs `command` with its output captured.
///
/// # Errors
///
/// If it cannot be started, or a signal stops this program meanwhile. A command that fails is no error.
pub fn run(command: &mut Command) -> anyhow::Result<Finished> {
    run_with(command, Stdio::piped())
}

/// Runs `command` like [`run`], and shows its standard error as it comes.
pub(crate) fn run_shown(command: &mut Command) -> anyhow::Result<Finished> {
    run_with(command, Stdio::inherit())
}

fn run_with(command: &mut Command, stderr: Stdio) -> anyhow::Result<Finished> {
    let output = output(command, Stdio::null(), stderr)?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ok(Finished {
        success: output.status.success(),
        stdout: text(&output.stdout),
        stderr: text(&output.stderr),
    })
}

/// Runs `command` on `stdin` and returns its raw output.
pub(crate) fn output(command: &mut Command, stdin: Stdio, stderr: Stdio) -> anyhow::Result<Output> {
    forget_outer_package(command);
    command.stdin(stdin).stdout(Stdio::piped()).stderr(stderr);
    lead_group(command);
    let child = interrupt::start_child(|| spawn(command))?;
    let output = child.wait_with_output();
    interrupt::child_ended()?;
    output.with_context(|| format!("failed to wait for {}", shown(command)))
}

fn spawn(command: &mut Command) -> anyhow::Result<(u32, Child)> {
    let child = command.spawn().with_context(|| format!("failed to run {}", shown(command)))?;
    Ok((child.id(), child))
}

#[cfg(unix)]
fn lead_group(command: &mut Command) {
    std::os::unix::process::CommandExt::process_group(command, 0);
}

#[cfg(not(unix))]
fn lead_group(_command: &mut Command) {}

fn shown(command: &Command) -> String {
    command.get_program().to_string_lossy().into_owned()
}

/// Removes the variables that cargo sets for the package that it runs. A child would take them for its own package's:
/// `CARGO_MANIFEST_DIR` decides where a test looks for its budgets.
fn forget_outer_package(command: &mut Command) {
    const ABOUT_THE_PACKAGE: [&str; 7] = [
        "CARGO_BIN_NAME",
        "CARGO_CRATE_NAME",
        "CARGO_MANIFEST_DIR",
        "CARGO_MANIFEST_PATH",
        "CARGO_PRIMARY_PACKAGE",
        "CARGO_TARGET_TMPDIR",
        "OUT_DIR",
    ];
    let set_here = |name: &std::ffi::OsStr| {
        command.get_envs().any(|(key, value)| key == name && value.is_some())
    };
    let outer: Vec<_> = std::env::vars_os()
        .map(|(name, _)| name)
        .filter(|name| {
            let text = name.to_string_lossy();
            text.starts_with("CARGO_PKG_") || ABOUT_THE_PACKAGE.contains(&text.as_ref())
        })
        .filter(|name| !set_here(name))
        .collect();
    for name in outer {
        command.env_remove(name);
    }
}
