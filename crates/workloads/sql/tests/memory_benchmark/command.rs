//! Runs the command in a folder of its own.

use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

/// A folder to run in, and one for the database, so that left-over files show.
pub(crate) struct Place {
    pub(crate) cwd: TempDir,
    pub(crate) tmp: TempDir,
}

impl Place {
    pub(crate) fn new() -> Self {
        let folder = || TempDir::new().expect("a folder can be made");
        Self { cwd: folder(), tmp: folder() }
    }

    pub(crate) fn command(&self, args: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_memory-benchmark"));
        command.args(args.split_whitespace());
        command.current_dir(&self.cwd).env("TMPDIR", self.tmp.path()).env_remove("RUST_BACKTRACE");
        command
    }

    pub(crate) fn run(&self, args: &str) -> Output {
        self.command(args).output().expect("the command can be run")
    }

    /// Returns the output of a run that must succeed.
    pub(crate) fn report(&self, args: &str) -> String {
        let output = self.run(args);
        assert!(output.status.success(), "{args}: {}", text(&output.stderr));
        assert_eq!(files(self.tmp.path()), [""; 0], "the database was not removed");
        text(&output.stdout)
    }

    /// Returns the error of a run that must fail with `code`.
    pub(crate) fn failure(&self, args: &str, code: i32) -> String {
        let output = self.run(args);
        assert_eq!(output.status.code(), Some(code), "{args}: {}", text(&output.stderr));
        assert_eq!(text(&output.stdout), "");
        text(&output.stderr)
    }
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("the command writes UTF-8")
}

/// Returns the names in a folder, sorted.
pub(crate) fn files(folder: &Path) -> Vec<String> {
    let entries = folder.read_dir().expect("the folder is there");
    let name = |entry: std::io::Result<std::fs::DirEntry>| {
        entry.expect("the folder can be read").file_name().to_string_lossy().into_owned()
    };
    let mut names: Vec<_> = entries.map(name).collect();
    names.sort();
    names
}
