//! Starts a meter and waits for it: the one place where a workload can crash, hang or lie.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use tripline_budget::{Measurement, Outcome};

use crate::meter::{FOLDER, INSTRUMENT, MEASUREMENT, Meter, PARENT, PROFILE};
use crate::probe::Instrument;
use crate::registry::Workload;

/// How much of a failed meter's standard error is shown.
const SHOWN_LINES: usize = 20;
/// How much of it is read to find them.
const SHOWN_BYTES: u64 = 64 << 10;

/// Has a meter of its own run `workload` in `folder`.
pub(crate) fn measure(
    workload: &Workload,
    folder: &Path,
    instrument: Instrument,
    timeout: Duration,
) -> Outcome {
    attempt(workload, folder, instrument, timeout).unwrap_or_else(Outcome::Failed)
}

/// Where a meter that was to save its profile did so.
pub(crate) fn profile(folder: &Path, instrument: Instrument) -> PathBuf {
    folder.join(instrument.variable()).join(PROFILE)
}

fn attempt(
    workload: &Workload,
    folder: &Path,
    instrument: Instrument,
    timeout: Duration,
) -> Result<Outcome, String> {
    let folder = folder.join(instrument.variable());
    fs::create_dir(&folder)
        .map_err(|error| format!("failed to create {}: {error}", folder.display()))?;
    let temporary = short_temporary_folder()?;
    let errors = folder.join("stderr");
    let output = [folder.join("stdout"), errors.clone()];
    let start = Instant::now();
    let mut meter = command(workload, &folder, instrument, temporary.path(), &output)?
        .spawn()
        .map_err(|error| format!("failed to start the meter: {error}"))?;
    let Some(status) = wait(&mut meter, timeout)? else {
        return Err(with_errors(&timed_out(timeout), &errors));
    };
    let measurement = fs::read_to_string(folder.join(MEASUREMENT));
    match measurement {
        Ok(text) if status.success() => read(&text),
        Ok(_) => {
            let reason = format!("the process was measured and then {}", ended(status));
            Err(with_errors(&reason, &errors))
        }
        Err(_) if !Meter::was_claimed(&folder) => {
            let path = workload.test_path();
            let reason = format!(
                "the test binary did not run `{path}` when asked to ({})\n\n  \
                 a workload must be a test of the harness that `cargo test` uses by default",
                ended(status)
            );
            Err(with_errors(&reason, &errors))
        }
        Err(_) => Err(with_errors(&died(status, start.elapsed()), &errors)),
    }
}

fn read(text: &str) -> Result<Outcome, String> {
    let measurement = Measurement::from_json(text)
        .map_err(|error| format!("failed to read the meter's {MEASUREMENT}: {error}"))?;
    Ok(measurement.outcome)
}

fn command(
    workload: &Workload,
    folder: &Path,
    instrument: Instrument,
    temporary: &Path,
    [stdout, stderr]: &[PathBuf; 2],
) -> Result<Command, String> {
    let file = |path: &Path| {
        File::create(path).map_err(|error| format!("failed to create {}: {error}", path.display()))
    };
    let (mut command, is_child) = executable()?;
    command
        .arg(workload.test_path())
        .args(["--exact", "--nocapture", "--test-threads=1", "--include-ignored"])
        .stdin(Stdio::null())
        .stdout(file(stdout)?)
        .stderr(file(stderr)?)
        .env(FOLDER, folder)
        .env(INSTRUMENT, instrument.variable())
        // Bytes depend on these: a `TMPDIR` 60 characters longer moves the totals of a database by
        // hundreds, and a backtrace or a log line allocates.
        .env("TMPDIR", temporary)
        .env("RUST_BACKTRACE", "0")
        .env("RUST_LIB_BACKTRACE", "0")
        .env("RUST_LOG", "off")
        .env("TOKIO_WORKER_THREADS", "2");
    if is_child {
        command.env(PARENT, std::process::id().to_string());
    }
    Ok(command)
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

/// A folder whose path is short and of constant length, wherever the judge's `TMPDIR` is.
fn short_temporary_folder() -> Result<TempDir, String> {
    let base = if cfg!(unix) { PathBuf::from("/tmp") } else { std::env::temp_dir() };
    let create =
        |base: &Path| tempfile::Builder::new().prefix("tripline-").rand_bytes(8).tempdir_in(base);
    create(&base).map_err(|error| {
        format!("failed to create a temporary folder in {}: {error}", base.display())
    })
}

/// Waits for the meter, or kills it after `timeout` and answers `None`.
///
/// By looking, at first every 0.1 ms and never more rarely than every 10 ms: a thread that waits could
/// not be the one that started the meter, whose death is the meter's.
fn wait(meter: &mut Child, timeout: Duration) -> Result<Option<ExitStatus>, String> {
    let failed = |error| format!("failed to wait for the meter: {error}");
    let start = Instant::now();
    loop {
        if let Some(status) = meter.try_wait().map_err(failed)? {
            return Ok(Some(status));
        }
        let elapsed = start.elapsed();
        if elapsed >= timeout {
            meter.kill().and_then(|()| meter.wait()).map_err(failed)?;
            return Ok(None);
        }
        let nap = (elapsed / 20).clamp(Duration::from_micros(100), Duration::from_millis(10));
        std::thread::sleep(nap.min(timeout - elapsed));
    }
}

fn timed_out(timeout: Duration) -> String {
    format!(
        "the workload was still running after {timeout:?} and was killed

  likely     it waits for something that does not come: a lock, a channel, a thread that was not told to stop
  or         it is slow: dhat adds 1.5 to 3 µs to an allocation. Make it smaller, or raise `timeout` in its budget file
  or         it captures a backtrace (the `backtrace` crate, or an error type that does): under dhat that can deadlock"
    )
}

fn died(status: ExitStatus, after: Duration) -> String {
    if status.success() {
        return "the workload ended its process (exit status 0) before it was measured\n\n  \
                a workload must return; it cannot call `std::process::exit`"
            .to_owned();
    }
    // libtest's own exit status for a failed test.
    if status.code() == Some(101) {
        return "the workload panicked".to_owned();
    }
    format!("the workload's process {} after {:.1} s", ended(status), after.as_secs_f64())
}

fn ended(status: ExitStatus) -> String {
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

fn with_errors(reason: &str, errors: &Path) -> String {
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
