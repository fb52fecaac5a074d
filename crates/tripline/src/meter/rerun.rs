//! Runs one test of this executable again, in a process of its own.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use crate::case::registry::Workload;
use crate::error::{ChildProcess, FileAction, Runner, StandardError, SystemError};
use crate::meter::process::{kill_family, sleep_until_end};

/// The exit status of libtest for a failed test.
pub(crate) const TEST_FAILED: i32 = 101;

/// The most lines of a failed process's standard error that are shown.
const SHOWN_LINES: usize = 20;
/// The most bytes that are read to find them.
const SHOWN_BYTES: u64 = 64 << 10;

/// The files that take a process's output.
///
/// They are files, not pipes: a grandchild that inherits a pipe keeps it open, and the judge would wait for it.
#[derive(Debug)]
pub(crate) struct OutputFiles {
    pub(crate) stdout: PathBuf,
    pub(crate) stderr: PathBuf,
}

/// A command that runs one test again.
#[derive(Debug)]
pub(crate) struct Rerun {
    pub(crate) command: Command,
    /// The runner that starts the test; without one it is this process's own child.
    pub(crate) runner: Option<Box<Runner>>,
}

impl Rerun {
    /// Starts it.
    pub(crate) fn start(&mut self, process: ChildProcess) -> Result<Child, SystemError> {
        let child = self.command.spawn();
        child.map_err(|source| {
            let program = self.command.get_program().into();
            SystemError::Start { process, program, runner: self.runner.clone(), source }
        })
    }
}

/// Returns the command that runs a workload's test alone.
pub(crate) fn command(workload: &Workload, output: &OutputFiles) -> Result<Rerun, SystemError> {
    let file =
        |path: &Path| File::create(path).map_err(SystemError::file(FileAction::Create, path));
    let Rerun { mut command, runner } = executable()?;
    command
        .arg(workload.test_path())
        .args(["--exact", "--nocapture", "--test-threads=1", "--include-ignored"])
        .stdin(Stdio::null())
        .stdout(file(&output.stdout)?)
        .stderr(file(&output.stderr)?);
    Ok(Rerun { command, runner })
}

/// Returns the command that runs this executable again.
///
/// On Linux it names the kernel's link to it, which a rebuild during the run cannot break. A runner gets the path: by
/// such a link it would find itself, or, in a namespace of its own, another process's.
fn executable() -> Result<Rerun, SystemError> {
    let path = std::env::current_exe().map_err(SystemError::NoExecutable);
    let Some(runner) = Runner::stated() else {
        let program = if links_here(&path) { PathBuf::from(LINK) } else { path? };
        return Ok(Rerun { command: Command::new(program), runner: None });
    };
    let mut command = Command::new(&runner.program);
    command.args(&runner.arguments).arg(path?);
    Ok(Rerun { command, runner: Some(Box::new(runner)) })
}

/// The kernel's link to the executable of whoever opens it.
const LINK: &str = "/proc/self/exe";

/// Returns `true` if the kernel's link leads to this executable.
///
/// It leads to the interpreter instead where one runs this process and answers for its path alone, as valgrind does. A
/// path that leads nowhere is that of an executable that was built anew.
fn links_here(path: &Result<PathBuf, SystemError>) -> bool {
    let Some(linked) = file_id(Path::new(LINK)) else { return false };
    path.as_ref().ok().and_then(|path| file_id(path)).is_none_or(|here| here == linked)
}

/// Returns the numbers by which the system knows a file.
#[cfg(target_os = "linux")]
fn file_id(path: &Path) -> Option<(u64, u64)> {
    use std::os::linux::fs::MetadataExt;
    path.metadata().ok().map(|file| (file.st_dev(), file.st_ino()))
}

#[cfg(not(target_os = "linux"))]
fn file_id(_path: &Path) -> Option<(u64, u64)> {
    None
}

impl Runner {
    /// Returns Cargo's `CARGO_TARGET_<TRIPLE>_RUNNER`, split as Cargo splits it.
    fn stated() -> Option<Self> {
        let triple = env!("TRIPLINE_TARGET").to_uppercase().replace('-', "_");
        let variable = format!("CARGO_TARGET_{triple}_RUNNER");
        let runner = std::env::var(&variable).ok()?;
        let mut words = runner.split_whitespace().map(str::to_owned);
        Some(Self { program: words.next()?, arguments: words.collect(), variable })
    }
}

/// Waits for the process, or kills it and all that it started after `timeout`, and returns `None`.
///
/// The calling thread waits, and no other: a meter dies with the thread that started it, and the thread that kills it
/// must know that it is still there.
pub(crate) fn wait(
    process: &mut Child,
    timeout: Duration,
) -> Result<Option<ExitStatus>, SystemError> {
    let start = Instant::now();
    let mut slept = false;
    loop {
        if let Some(status) = process.try_wait().map_err(SystemError::Wait)? {
            return Ok(Some(status));
        }
        let elapsed = start.elapsed();
        if elapsed >= timeout {
            kill_family(process).and_then(|()| process.wait()).map_err(SystemError::Wait)?;
            return Ok(None);
        }
        // Under a debugger a process may have ended, and not for its parent: then every other look is a nap's.
        slept = !slept && sleep_until_end(process, timeout - elapsed);
        if !slept {
            nap(elapsed, timeout);
        }
    }
}

/// Sleeps where the system wakes nobody up: at first for 0.1 ms and never for longer than 10 ms.
fn nap(elapsed: Duration, timeout: Duration) {
    let nap = (elapsed / 20).clamp(Duration::from_micros(100), Duration::from_millis(10));
    std::thread::sleep(nap.min(timeout - elapsed));
}

/// Reads the end of a file, however long it is.
fn tail(file: &Path) -> io::Result<Vec<u8>> {
    let mut file = File::open(file)?;
    let start = file.metadata()?.len().saturating_sub(SHOWN_BYTES);
    file.seek(SeekFrom::Start(start))?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// std's advice below a panic. It would be in vain: a backtrace allocates, so a meter never makes one.
const BACKTRACE_ADVICE: &str =
    "note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace";

/// Reads the end of what a process wrote to standard error.
pub(crate) fn standard_error(file: &Path) -> StandardError {
    let bytes = match tail(file) {
        Ok(bytes) => bytes,
        Err(error) => {
            return StandardError { lines: Vec::new(), is_cut: false, unread: Some(error) };
        }
    };
    let text = String::from_utf8_lossy(&bytes);
    let says_something = |line: &&str| !line.trim().is_empty() && *line != BACKTRACE_ADVICE;
    let lines: Vec<_> = text.lines().filter(says_something).collect();
    let skipped = lines.len().saturating_sub(SHOWN_LINES);
    let shown = lines[skipped..].iter().map(|&line| line.to_owned()).collect();
    StandardError { lines: shown, is_cut: skipped > 0, unread: None }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn the_link_is_taken_unless_it_leads_elsewhere() {
        assert!(links_here(&std::env::current_exe().map_err(SystemError::NoExecutable)));
        assert!(links_here(&Ok("/built anew (deleted)".into())));
        assert!(!links_here(&Ok("/bin/sh".into())), "an interpreter runs it");
    }

    #[test]
    fn what_cannot_be_read_is_not_told_as_nothing_written() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(standard_error(&folder.path().join("missing")).unread.is_some());
        std::fs::write(folder.path().join("stderr"), "").expect("written");
        assert!(standard_error(&folder.path().join("stderr")).unread.is_none());
    }
}
