//! The start of executables by Cargo: only of those that hold a suite.
//!
//! Cargo chooses targets by kind and name. Where it would choose one along that holds no suite, this program becomes its
//! runner: Cargo hands it each executable, and it starts those that bear the mark, by the runner that the user has.
//! Elsewhere nothing stands between Cargo and a test.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, bail};
use clap::Args;
use toml_edit::{Array, Value};
use tripline_budget::CargoTarget;

use crate::workspace::binary;
use crate::workspace::mark;
use crate::workspace::runner::{self, Runner, UnknownRunner};
use crate::workspace::twins::Twin;

/// The name of the hidden command.
const COMMAND: &str = "start-suite";

/// The way in which Cargo starts the executables of suites.
#[derive(Debug, Default)]
pub(super) struct Starter {
    /// The options that choose others as well.
    shared: BTreeSet<Vec<String>>,
    /// The setting that makes this program the runner, if there are any.
    setting: Option<String>,
}

impl Starter {
    /// Returns the one that leaves `twins` alone.
    ///
    /// # Errors
    ///
    /// If there are some, and the user's own runner is not known.
    pub(super) fn new(twins: &[Twin]) -> anyhow::Result<Self> {
        if twins.is_empty() {
            return Ok(Self::default());
        }
        let runner = match runner::find()? {
            Ok(runner) => runner,
            Err(unknown) => bail!("{}", refusal(twins, &unknown)),
        };
        let shared = twins.iter().map(|twin| twin.suite.options().to_owned()).collect();
        Ok(Self { shared, setting: Some(setting(&runner)?) })
    }

    /// Appends `chosen` to a `cargo test`, and what keeps it from starting anything else.
    pub(super) fn append_to(&self, command: &mut Command, chosen: &BTreeSet<&[String]>) {
        if chosen.iter().any(|options| self.shared.contains(*options))
            && let Some(setting) = &self.setting
        {
            command.arg("--config").arg(setting);
        }
        command.args(chosen.iter().copied().flatten());
    }
}

/// Returns the setting by which this program starts what Cargo hands to `runner`.
fn setting(runner: &Runner) -> anyhow::Result<String> {
    let program = std::env::current_exe().context("failed to find the path of this program")?;
    let Some(program) = program.to_str() else {
        bail!("the path of this program is no UTF-8: {}", program.display());
    };
    let mut words: Array = [program, COMMAND].into_iter().collect();
    words.push(runner.words.len().to_string());
    words.extend(&runner.words);
    Ok(format!("target.{}.runner={words}", Value::from(&runner.triple)))
}

fn refusal(twins: &[Twin], unknown: &UnknownRunner) -> String {
    let mut text =
        "Cargo would start a test that holds no suite, by the name that it shares with one\n"
            .to_owned();
    for Twin { package, target, suite } in twins {
        let twin = binary::shown(target, package);
        let _ = write!(text, "\n  {twin}   chosen along with {}", suite.shown());
    }
    let UnknownRunner { file, key } = unknown;
    let _ = write!(
        text,
        "\n\n  cause     `{key}` in {}: to leave it out tripline is Cargo's runner, and must know yours\n",
        file.display()
    );
    let packages: BTreeSet<_> = twins.iter().map(|twin| twin.package.as_str()).collect();
    let packages: Vec<_> = packages.into_iter().collect();
    let _ = write!(text, "  leave out `--workspace --exclude {}`", packages.join(" --exclude "));
    if twins.iter().any(|twin| twin.target != CargoTarget::Lib) {
        text.push_str("\n  or        give one of the two targets another name");
    }
    text
}

/// An executable that Cargo hands to its runner.
#[derive(Args, Clone, Debug)]
pub struct StartArgs {
    /// The number of words of the user's own runner.
    words: usize,
    /// These words, the executable's path, and its arguments.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, required = true)]
    command: Vec<OsString>,
}

/// Becomes the executable if it holds a suite, and returns if it does not.
///
/// # Errors
///
/// If it cannot be read or started.
pub(crate) fn start(args: &StartArgs) -> anyhow::Result<()> {
    let executable = args.command.get(args.words).context("no executable is named")?;
    let executable = Path::new(executable);
    let is_suite = mark::is_suite(executable);
    if !is_suite.with_context(|| format!("failed to read {}", executable.display()))? {
        return Ok(());
    }
    let [program, arguments @ ..] = &*args.command else { bail!("no program is named") };
    let error = became(Command::new(program).args(arguments));
    Err(error).with_context(|| format!("failed to start {}", Path::new(program).display()))
}

/// Becomes `command`, or returns the reason why it cannot.
#[cfg(unix)]
fn became(command: &mut Command) -> std::io::Error {
    std::os::unix::process::CommandExt::exec(command)
}

/// Runs `command` and ends as it does, where no process can become another.
#[cfg(not(unix))]
fn became(command: &mut Command) -> std::io::Error {
    match command.status() {
        Ok(status) => std::process::exit(status.code().unwrap_or(1)),
        Err(error) => error,
    }
}
