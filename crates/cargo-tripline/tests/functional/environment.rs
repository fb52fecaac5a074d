//! The environment of the programs that tests start: a plain shell's, whatever the tests' own shell says.
//!
//! Colours, a language, CI, a log or a backtrace would change what is printed, and another run's variables what is done.
//! Deliberately absent: where things are (`PATH`, `HOME`, `TMPDIR`, rustup's and cargo's folders), which stays.

use std::ffi::OsStr;
use std::process::Command;

/// Variables that change what a program prints or does.
const FOREIGN: [&str; 22] = [
    "CARGO_TERM_COLOR",
    "CARGO_TERM_PROGRESS_WHEN",
    "CARGO_TERM_QUIET",
    "CARGO_TERM_VERBOSE",
    "CI",
    "CLICOLOR",
    "CLICOLOR_FORCE",
    "COLUMNS",
    "GITHUB_ACTIONS",
    "INSTA_FORCE_PASS",
    "INSTA_UPDATE",
    "LANG",
    "LANGUAGE",
    "LC_ALL",
    "LC_MESSAGES",
    "NO_COLOR",
    "RUST_BACKTRACE",
    "RUST_LIB_BACKTRACE",
    "RUST_LOG",
    "RUST_TEST_NOCAPTURE",
    "RUST_TEST_SHUFFLE",
    "RUST_TEST_THREADS",
];

/// Returns a command in a plain environment.
pub(crate) fn program(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    let own = std::env::vars_os().map(|(name, _)| name);
    own.filter(|name| name.to_string_lossy().starts_with("TRIPLINE_")).for_each(|name| {
        command.env_remove(name);
    });
    for name in FOREIGN {
        command.env_remove(name);
    }
    command
}
