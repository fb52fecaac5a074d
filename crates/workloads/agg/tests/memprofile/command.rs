//! Runs the command in a folder of its own.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

pub(crate) struct Place(TempDir);

impl Place {
    pub(crate) fn new() -> Self {
        Self(TempDir::new().expect("a folder can be made"))
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).expect("it can be written");
    }

    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).expect("it is there")
    }

    /// Returns the names in the folder, sorted.
    pub(crate) fn files(&self) -> Vec<String> {
        let entries = self.0.path().read_dir().expect("the folder is there");
        let names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
        let mut names: Vec<_> = names.collect();
        names.sort();
        names
    }

    pub(crate) fn command(&self, args: &str) -> Command {
        command(self.0.path(), args)
    }

    /// Returns the output of a run that must succeed.
    pub(crate) fn report(&self, args: &str) -> String {
        let output = run(&mut self.command(args));
        assert!(output.status.success(), "{args}: {}", text(&output.stderr));
        text(&output.stdout)
    }

    /// Returns the error of a run that must fail with `code`.
    pub(crate) fn failure(&self, args: &str, code: i32) -> String {
        let output = run(&mut self.command(args));
        assert_eq!(output.status.code(), Some(code), "{args}: {}", text(&output.stderr));
        assert_eq!(text(&output.stdout), "");
        text(&output.stderr)
    }
}

pub(crate) fn command(folder: &Path, args: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_memprofile"));
    command.args(args.split_whitespace()).current_dir(folder).env_remove("RUST_BACKTRACE");
    command
}

pub(crate) fn run(command: &mut Command) -> Output {
    command.output().expect("the command can be run")
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("the command writes UTF-8")
}

pub(crate) fn interrupt(child: &std::process::Child) {
    kill_process(Pid::from_child(child), Signal::INT).expect("the command is running");
}
