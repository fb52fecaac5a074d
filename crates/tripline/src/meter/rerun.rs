//! Runs one test of this executable again, in a process of its own.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use crate::case::registry::Workload;
use crate::error::{FileAction, StandardError, SystemError};
use crate::meter::process::sleep_until_end;

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
    /// True if what it starts is this process's own child, not a runner's.
    pub(crate) is_child: bool,
}

/// Returns the command that runs a workload's test alone.
pub(crate) fn command(workload: &Workload, output: &OutputFiles) -> Result<Rerun, SystemError> {
    let file =
        |path: &Path| File::create(path).map_err(SystemError::file(FileAction::Create, path));
    let Rerun { mut command, is_child } = executable()?;
    command
        .arg(workload.test_path())
        .args(["--exact", "--nocapture", "--test-threads=1", "--include-ignored"])
        .stdin(Stdio::null())
        .stdout(file(&output.stdout)?)
        .stderr(file(&output.stderr)?);
    Ok(Rerun { command, is_child })
}

/// Returns the command that runs this executable again.
///
/// On Linux it names the kernel's link to it, which a rebuild during the run cannot break. A runner (an
/// emulator, say) would follow `/proc/self` to itself, so it gets this process's id.
fn executable() -> Result<Rerun, SystemError> {
    let path = |link: String| {
        if cfg!(target_os = "linux") {
            return Ok(PathBuf::from(link));
        }
        std::env::current_exe().map_err(SystemError::NoExecutable)
    };
    let Some(Runner { program, arguments }) = runner() else {
        let command = Command::new(path("/proc/self/exe".to_owned())?);
        return Ok(Rerun { command, is_child: true });
    };
    let mut command = Command::new(program);
    command.args(arguments);
    command.arg(path(format!("/proc/{}/exe", std::process::id()))?);
    Ok(Rerun { command, is_child: false })
}

/// A program that Cargo runs a target's tests with.
struct Runner {
    program: String,
    arguments: Vec<String>,
}

/// Returns Cargo's `CARGO_TARGET_<TRIPLE>_RUNNER`, split as Cargo splits it.
fn runner() -> Option<Runner> {
    let triple = env!("TRIPLINE_TARGET").to_uppercase().replace('-', "_");
    let runner = std::env::var(format!("CARGO_TARGET_{triple}_RUNNER")).ok()?;
    let mut words = runner.split_whitespace().map(str::to_owned);
    Some(Runner { program: words.next()?, arguments: words.collect() })
}

/// Waits for the process, or kills it after `timeout` and returns `None`.
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
            process.kill().and_then(|()| process.wait()).map_err(SystemError::Wait)?;
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
    let bytes = tail(file).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    let says_something = |line: &&str| !line.trim().is_empty() && *line != BACKTRACE_ADVICE;
    let lines: Vec<_> = text.lines().filter(says_something).collect();
    let skipped = lines.len().saturating_sub(SHOWN_LINES);
    let shown = lines[skipped..].iter().map(|&line| line.to_owned()).collect();
    StandardError { lines: shown, is_cut: skipped > 0 }
}
