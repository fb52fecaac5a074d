//! A temporary repository with budgets, and the tool run in it. Names, dates and settings are fixed, so
//! that commits have the same ids everywhere. No test is in it: what is tried here builds nothing.

use std::cell::Cell;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

use crate::environment::program;

/// Nothing of the person's own configuration, and nobody's name.
const ENVIRONMENT: [(&str, &str); 8] = [
    ("GIT_CONFIG_GLOBAL", "/dev/null"),
    ("GIT_CONFIG_NOSYSTEM", "1"),
    ("GIT_AUTHOR_NAME", "tripline"),
    ("GIT_AUTHOR_EMAIL", "tripline@localhost"),
    ("GIT_COMMITTER_NAME", "tripline"),
    ("GIT_COMMITTER_EMAIL", "tripline@localhost"),
    ("CARGO_NET_OFFLINE", "true"),
    ("NO_COLOR", "1"),
];

pub(crate) struct Repository {
    folder: TempDir,
    /// The next commit's.
    day: Cell<u32>,
}

impl Repository {
    /// A workspace without members or commits.
    pub(crate) fn new() -> Self {
        let folder = TempDir::with_prefix("tripline-").unwrap();
        let repository = Self { folder, day: Cell::new(1) };
        repository.git(&["init", "--quiet", "--object-format=sha1", "--initial-branch=main"]);
        repository.write("Cargo.toml", "[workspace]\nresolver = \"3\"\n");
        repository
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    pub(crate) fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).unwrap();
    }

    /// Moves a file.
    pub(crate) fn rename(&self, from: &str, to: &str) {
        let text = self.read(from);
        self.remove(from);
        self.write(to, &text);
    }

    /// Replaces what must stand in a file.
    pub(crate) fn replace(&self, path: &str, old: &str, new: &str) {
        let text = self.read(path);
        assert!(text.contains(old), "{path} has no {old}");
        self.write(path, &text.replace(old, new));
    }

    pub(crate) fn append(&self, path: &str, text: &str) {
        self.write(path, &format!("{}{text}", self.read(path)));
    }

    /// Commits everything, a day after the commit before.
    pub(crate) fn commit(&self, subject: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "--message", subject]);
    }

    /// Runs git, which must succeed.
    pub(crate) fn git(&self, arguments: &[&str]) -> String {
        let output = self.try_git(arguments);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "git {arguments:?}: {stderr}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs git, a day later if it commits.
    pub(crate) fn try_git(&self, arguments: &[&str]) -> Output {
        let day = self.day.get();
        if ["commit", "merge"].contains(&arguments[0]) {
            self.day.set(day + 1);
        }
        let date = format!(
            "{}-{:02}-{:02}T12:00:00+0000",
            2026 + day / 300,
            1 + day / 25 % 12,
            1 + day % 25
        );
        self.isolated(program("git"))
            .args(arguments)
            .envs([("GIT_AUTHOR_DATE", &date), ("GIT_COMMITTER_DATE", &date)])
            .output()
            .unwrap()
    }

    /// Makes the commits that a stream of `git fast-import` has.
    pub(crate) fn import(&self, stream: &str) {
        let mut git = self.isolated(program("git"));
        let mut git = git.args(["fast-import", "--quiet"]).stdin(Stdio::piped()).spawn().unwrap();
        git.stdin.take().unwrap().write_all(stream.as_bytes()).unwrap();
        assert!(git.wait().unwrap().success());
    }

    /// Begins anew from `branch`, with nothing left in the work tree.
    pub(crate) fn reset(&self, branch: &str) {
        self.git(&["checkout", "--quiet", "--force", "-B", "work", branch]);
        self.git(&["clean", "--quiet", "-d", "--force"]);
    }

    /// Returns the output of the tool, and its exit code.
    pub(crate) fn run(&self, arguments: &[&str]) -> String {
        self.run_from(self.command(), arguments)
    }

    /// The same with `PATH` set to `path`.
    pub(crate) fn run_with_path(&self, path: &str, arguments: &[&str]) -> String {
        let mut command = self.command();
        command.env("PATH", path).env("CARGO", env!("CARGO"));
        self.run_from(command, arguments)
    }

    fn command(&self) -> Command {
        self.isolated(program(env!("CARGO_BIN_EXE_cargo-tripline")))
    }

    fn run_from(&self, mut command: Command, arguments: &[&str]) -> String {
        let output = command.args(arguments).output().unwrap();
        let mut text = format!("$ cargo tripline {}\n", arguments.join(" "));
        text.push_str(&String::from_utf8(output.stdout).unwrap());
        for line in String::from_utf8(output.stderr).unwrap().lines() {
            writeln!(text, "stderr| {line}").unwrap();
        }
        writeln!(text, "exit {}\n", output.status.code().unwrap()).unwrap();
        let root = fs::canonicalize(self.folder.path()).unwrap();
        let text = text.replace(root.to_str().unwrap(), "[ROOT]");
        text.replace(self.folder.path().to_str().unwrap(), "[ROOT]")
    }

    fn isolated(&self, mut command: Command) -> Command {
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("GIT_") {
                command.env_remove(name);
            }
        }
        command.current_dir(self.folder.path()).envs(ENVIRONMENT);
        command
    }
}
