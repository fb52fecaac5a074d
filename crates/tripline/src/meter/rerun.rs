//! Runs one test of this executable again, in a process of its own.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use crate::case::registry::Workload;
use crate::meter::process::sleep_until_end;

/// How much of a failed process's standard error is shown.
const SHOWN_LINES: usize = 20;
/// How much of it is read to find them.
const SHOWN_BYTES: u64 = 64 << 10;

/// The command that runs a workload's test alone, and whether what it starts is this process's own child.
pub(crate) fn command(
    workload: &Workload,
    [stdout, stderr]: &[PathBuf; 2],
) -> Result<(Command, bool), String> {
    let file = |path: &Path| {
        File::create(path).map_err(|error| format!("failed to create {}: {error}", path.display()))
    };
    let (mut command, is_child) = executable()?;
    command
        .arg(workload.test_path())
        .args(["--exact", "--nocapture", "--test-threads=1", "--include-ignored"])
        .stdin(Stdio::null())
        .stdout(file(stdout)?)
        .stderr(file(stderr)?);
    Ok((command, is_child))
}

/// How to run this executable again, and whether what runs is this process's own child.
///
/// On Linux by the kernel's link to it, which a rebuild during the run cannot break. A runner (an
/// emulator, say) would follow `/proc/self` to itself, so it gets this process's id.
fn executable() -> Result<(Command, bool), String> {
    let linux = cfg!(target_os = "linux");
    let path = |link: String| {
        if linux {
            return Ok(PathBuf::from(link));
        }
        std::env::current_exe()
            .map_err(|error| format!("failed to find this test's executable: {error}"))
    };
    let Some((runner, arguments)) = runner() else {
        return Ok((Command::new(path("/proc/self/exe".to_owned())?), true));
    };
    let mut command = Command::new(runner);
    command.args(arguments);
    command.arg(path(format!("/proc/{}/exe", std::process::id()))?);
    Ok((command, false))
}

/// Cargo's `CARGO_TARGET_<TRIPLE>_RUNNER`, split as Cargo splits it.
fn runner() -> Option<(String, Vec<String>)> {
    let triple = env!("TRIPLINE_TARGET").to_uppercase().replace('-', "_");
    let runner = std::env::var(format!("CARGO_TARGET_{triple}_RUNNER")).ok()?;
    let mut words = runner.split_whitespace().map(str::to_owned);
    Some((words.next()?, words.collect()))
}

/// Waits for the process, or kills it after `timeout` and answers `None`.
///
/// Not in a thread that waits: a meter dies with the thread that started it, and the one that kills it must know
/// that it is still there.
pub(crate) fn wait(process: &mut Child, timeout: Duration) -> Result<Option<ExitStatus>, String> {
    let failed = |error| format!("failed to wait for the process: {error}");
    let start = Instant::now();
    let mut slept = false;
    loop {
        if let Some(status) = process.try_wait().map_err(failed)? {
            return Ok(Some(status));
        }
        let elapsed = start.elapsed();
        if elapsed >= timeout {
            process.kill().and_then(|()| process.wait()).map_err(failed)?;
            return Ok(None);
        }
        // Under a debugger a process may have ended, and not for its parent: then every other look is a nap's.
        slept = !slept && sleep_until_end(process, timeout - elapsed);
        if !slept {
            nap(elapsed, timeout);
        }
    }
}

/// Where the system wakes nobody up: at first for 0.1 ms and never for longer than 10 ms.
fn nap(elapsed: Duration, timeout: Duration) {
    let nap = (elapsed / 20).clamp(Duration::from_micros(100), Duration::from_millis(10));
    std::thread::sleep(nap.min(timeout - elapsed));
}

pub(crate) fn ended(status: ExitStatus) -> String {
    match status.code() {
        Some(code) => format!("ended with exit status {code}"),
        // `signal: 6 (SIGABRT)`, with a note where a core was dumped.
        None => format!("was killed by {}", status.to_string().replace(" (core dumped)", "")),
    }
}

/// The last of a file, however long it is.
fn tail(file: &Path) -> io::Result<Vec<u8>> {
    let mut file = File::open(file)?;
    let start = file.metadata()?.len().saturating_sub(SHOWN_BYTES);
    file.seek(SeekFrom::Start(start))?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// A reason, and the last that the process wrote to standard error.
pub(crate) fn with_errors(reason: &str, errors: &Path) -> String {
    let bytes = tail(errors).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    let lines: Vec<_> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    if lines.is_empty() {
        return format!("{reason}\n\n  it wrote nothing to standard error");
    }
    let skipped = lines.len().saturating_sub(SHOWN_LINES);
    let which = if skipped == 0 {
        "standard error".to_owned()
    } else {
        format!("the last {SHOWN_LINES} lines of standard error")
    };
    let shown = lines[skipped..].join("\n  | ");
    format!("{reason}\n\n  {which}\n  | {shown}")
}
