//! The reasons why a test has no verdict on its limits.
//!
//! A reason is a fragment that fits a failure's first line, and more below it.

use std::path::Path;

use tripline_budget::format_count;
use tripline_budget::protocol::{file_names, variables};

use crate::case::TestCase;
use crate::error::{
    ChildProcess, Error, Expected, FileAction, NotJudged, NotMeasured, NotPlanted, Runner,
    SnapshotError, StandardError, SystemError, SystemFigure, UnreadCause, UnreadFigure,
    UnseenVariables,
};
use crate::render::misuse::{SAME_SIZES, misuse};
use crate::render::process::{ended, quoted};
use crate::render::{headline, place_of};

const NO_ALLOCATOR: &str = "  `suite!(allocator = none)` leaves it to the crate, whose global allocator did not see a planted allocation.
  write     #[global_allocator]
            static ALLOC: tripline::Alloc = tripline::Alloc::new();
  or        tripline::suite!();   which installs it";

const LIKELY_TIMEOUTS: &str = "  likely     it waits for something that does not come: a lock, a channel, a thread that was not told to stop
  or         it is slow: dhat adds 1.5 to 3 µs to an allocation. Make it smaller, or raise `timeout` in its budget file
  or         it captures a backtrace (the `backtrace` crate, or an error type that does): under dhat that can deadlock";

/// A reason, ready to be laid out.
struct Reason {
    what: String,
    /// Whole lines; none if it is empty.
    more: String,
}

impl Reason {
    fn short(what: impl Into<String>) -> Self {
        Self { what: what.into(), more: String::new() }
    }

    fn with(what: impl Into<String>, more: impl Into<String>) -> Self {
        Self { what: what.into(), more: more.into() }
    }

    fn and(self, stderr: &StandardError) -> Self {
        let separator = if self.more.is_empty() { "" } else { "\n\n" };
        Self { more: format!("{}{separator}{}", self.more, quoted(stderr)), ..self }
    }

    /// Reads a reason that another process laid out.
    fn laid_out(text: &str) -> Self {
        let (what, more) = text.split_once('\n').unwrap_or((text, ""));
        Self::with(what, more.trim_matches('\n'))
    }

    fn text(&self) -> String {
        if self.more.is_empty() {
            return self.what.clone();
        }
        format!("{}\n\n{}", self.what, self.more)
    }
}

/// Lays out the failure of a workload that could not be measured or judged.
pub(crate) fn failed(case: &TestCase, error: &Error) -> String {
    match error {
        // A file's problems name their own places.
        Error::NotJudged(NotJudged::FileProblems(problems)) => {
            let what = "its budget cannot be read";
            let head = headline("FAILED", &case.name(), what, &case.budget_shown());
            format!("{head}{}\n", problems.to_string().trim_end())
        }
        Error::NotMeasured(reason) => failed_measurement(case, reason),
        Error::NotJudged(reason) => failed_for(case, &judged_reason(reason, Some(case))),
        Error::System(error) => failed_for(case, &system_reason(error)),
    }
}

/// Lays out the failure of a workload that could not be measured.
pub(crate) fn failed_measurement(case: &TestCase, reason: &NotMeasured) -> String {
    failed_for(case, &measured_reason(reason))
}

/// Lays out an error that is no workload's.
pub(crate) fn error(error: &Error) -> String {
    match error {
        Error::NotMeasured(reason) => not_measured(reason),
        Error::NotJudged(reason) => not_judged(reason),
        Error::System(error) => system_reason(error).text(),
    }
}

/// Lays out a reason as measurements state it.
pub(crate) fn not_measured(reason: &NotMeasured) -> String {
    measured_reason(reason).text()
}

/// Lays out a reason without its workload.
pub(super) fn not_judged(reason: &NotJudged) -> String {
    judged_reason(reason, None).text()
}

fn failed_for(case: &TestCase, Reason { what, more }: &Reason) -> String {
    let head = headline("FAILED", &case.name(), what, &place_of(case));
    if more.is_empty() { head } else { format!("{head}{more}\n") }
}

fn measured_reason(reason: &NotMeasured) -> Reason {
    match reason {
        NotMeasured::NoAllocator => Reason::with(
            "tripline's allocator is not installed, so nothing can be measured",
            NO_ALLOCATOR,
        ),
        NotMeasured::Runtime(error) => {
            Reason::short(format!("failed to build the tokio runtime: {error}"))
        }
        NotMeasured::Returned(error) => Reason::with(
            "the workload returned an error",
            format!("  | {}", error.replace('\n', "\n  | ")),
        ),
        NotMeasured::Misused(misuses) => match misuses.as_slice() {
            [one] => Reason::short(misuse(one)),
            several => {
                let lines: Vec<_> = several.iter().map(misuse).collect();
                let lines = format!("  {}", lines.join("\n  "));
                Reason::with("the workload misused its probe", lines)
            }
        },
        NotMeasured::Unread(unread) => unread_reason(unread),
        NotMeasured::MeterSays(text) => Reason::laid_out(text),
        NotMeasured::TimedOut { timeout, stderr } => {
            let what = format!("the workload was still running after {timeout:?} and was killed");
            Reason::with(what, LIKELY_TIMEOUTS).and(stderr)
        }
        NotMeasured::Panicked { stderr, unseen } => {
            Reason::with("the workload panicked", unseen_text(unseen)).and(stderr)
        }
        NotMeasured::Exited { stderr } => Reason::with(
            "the workload ended its process (exit status 0) before it was measured",
            "  a workload must return; it cannot call `std::process::exit`",
        )
        .and(stderr),
        NotMeasured::Died { status, after, stderr } => {
            let (ended, seconds) = (ended(*status), after.as_secs_f64());
            Reason::short(format!("the workload's process {ended} after {seconds:.1} s"))
                .and(stderr)
        }
        NotMeasured::DiedAfterMeasuring { status, stderr } => {
            Reason::short(format!("the process was measured and then {}", ended(*status)))
                .and(stderr)
        }
        NotMeasured::NotRun { test, runner, status, stderr } => Reason::with(
            format!("the test binary did not run `{test}` when asked to ({})", ended(*status)),
            not_run_text(runner.as_deref()),
        )
        .and(stderr),
        NotMeasured::AtSize { size, cause } => {
            let Reason { what, more } = measured_reason(cause);
            Reason::with(format!("at a size of {}, {what}", format_count(*size)), more)
        }
        NotMeasured::OtherSizes => {
            Reason::short(format!("`probe.scale` was given other sizes: {SAME_SIZES}"))
        }
        NotMeasured::Contradicts(sentences) => Reason::with(
            "the measurement contradicts itself",
            format!("  {}", sentences.join("\n  ")),
        ),
        NotMeasured::System(error) => system_reason(error),
    }
}

fn not_run_text(runner: Option<&Runner>) -> String {
    match runner {
        Some(runner) => format!(
            "  it was started by a runner, which must start the program that it is given\n  {}",
            stated(runner)
        ),
        None => "  likely     it has a harness of its own (`harness = false`); a workload needs the one that `cargo test` uses
  or         it ended before its tests began, or a runner that Cargo's configuration names stands between"
            .to_owned(),
    }
}

fn stated(Runner { program, arguments, variable }: &Runner) -> String {
    let words: Vec<_> = std::iter::once(program).chain(arguments).map(String::as_str).collect();
    format!("runner     {variable}={}", words.join(" "))
}

fn unseen_text(unseen: &UnseenVariables) -> String {
    let (likely, passed) = match unseen {
        UnseenVariables::None => return String::new(),
        UnseenVariables::Named(names) => {
            let quoted: Vec<_> = names.iter().map(|name| format!("\"{name}\"")).collect();
            let needs = names.join(", ");
            (format!("it needs {needs}, which is set here and which no workload sees"), quoted)
        }
        UnseenVariables::Unnamed => {
            let likely =
                "it needs a variable that no workload sees: only the usual ones are passed";
            (likely.to_owned(), vec!["\"NAME\"".to_owned()])
        }
    };
    let passed = passed.join(", ");
    format!(
        "  likely     {likely}\n  write      env = [{passed}]        at the top of its budget file"
    )
}

fn unread_reason(UnreadFigure { figure, file, cause }: &UnreadFigure) -> Reason {
    let figure = match figure {
        SystemFigure::Threads => "count the process's threads",
        SystemFigure::Descriptors => "count the process's open descriptors",
        SystemFigure::ResidentMemory => "read the process's resident memory",
        SystemFigure::PeakOfResidentMemory => "read the peak of the process's resident memory",
    };
    let cause = match cause {
        UnreadCause::Io(error) => error.to_string(),
        UnreadCause::NoLine(key) => format!("it has no line `{key}`"),
        UnreadCause::NoSize(key) => format!("its line `{key}` states no size"),
    };
    Reason::with(
        format!("failed to {figure}: {file}: {cause}"),
        "  This system states the figure, so the workload cannot pass without it.",
    )
}

fn judged_reason(reason: &NotJudged, case: Option<&TestCase>) -> Reason {
    match reason {
        NotJudged::NoSuite { crate_name, workload, file, line } => Reason::with(
            format!("FAILED {crate_name}::{workload}: this crate is no suite        {file}:{line}"),
            format!(
                "  `suite!` installs the allocator that measures; without it nothing can be.\n  \
                 add       tripline::suite!();        at the root of the crate `{crate_name}`\n"
            ),
        ),
        NotJudged::NameClash(clash) => Reason::laid_out(&clash.to_string()),
        NotJudged::ReservedName => Reason::short(
            "no workload can be called `sizes`: `sizes.toml` holds the suite's type sizes",
        ),
        NotJudged::Stray { test } => Reason::with(
            "a workload started a tripline test",
            format!(
                "  `{test}` was run by a process that a measured workload started, or that inherited its environment.\n  \
                 A workload is measured in a process of its own; it cannot run others."
            ),
        ),
        NotJudged::File(error) => Reason::short(error.to_string()),
        NotJudged::FileProblems(problems) => Reason::short(problems.to_string()),
        NotJudged::Cfgs(error) => {
            Reason::short(format!("failed to read this build's cfgs: {error}"))
        }
        NotJudged::Profile(error) => Reason::short(error.to_string()),
        NotJudged::Snapshot { file, error } => unreadable_snapshot(file, error, case),
        NotJudged::SnapshotRefused { file } => {
            let file = shown(file, case);
            Reason::short(format!(
                "insta does not accept {file} as what it holds: is it a snapshot of text?"
            ))
        }
        NotJudged::InstaTimedOut { stderr } => {
            Reason::short("insta was still comparing the breakdown after a minute").and(stderr)
        }
        NotJudged::InstaFailed { status, stderr } => {
            Reason::short(format!("insta could not compare the breakdown: it {}", ended(*status)))
                .and(stderr)
        }
        NotJudged::Variable { name, value, expected } => Reason::short(format!(
            "{name} is {value:?}, and can only be {}",
            expected_text(*expected)
        )),
        NotJudged::Planted(reason) => not_planted(reason),
    }
}

fn unreadable_snapshot(file: &Path, error: &SnapshotError, case: Option<&TestCase>) -> Reason {
    let error = match error {
        SnapshotError::Read(error) => error.to_string(),
        SnapshotError::NotInsta => "it is no snapshot of insta's".to_owned(),
        SnapshotError::Text(error) => error.to_string(),
    };
    let record = case.map(|case| {
        let update = case.paths.update_budgets(case.name());
        format!("\n\n  record    {update}        after the file is deleted")
    });
    let more = format!("  {}: {error}{}", shown(file, case), record.unwrap_or_default());
    Reason::with("its recorded breakdown cannot be read", more)
}

fn shown(file: &Path, case: Option<&TestCase>) -> String {
    case.map_or_else(|| file.display().to_string(), |case| case.paths.shown(file))
}

fn expected_text(expected: Expected) -> String {
    match expected {
        Expected::One => "1 or not set".to_owned(),
        Expected::Number => "a number".to_owned(),
        Expected::NumberUpTo(most) => format!("a number up to {most}"),
        Expected::Engine => "dhat or count".to_owned(),
    }
}

fn not_planted(reason: &NotPlanted) -> Reason {
    let what = match reason {
        NotPlanted::NoSuchLimit => "there is no such limit".to_owned(),
        NotPlanted::NotPlantable(metric) => format!("nothing can be planted for `{metric}`"),
        NotPlanted::Held(metric) => {
            format!("the breach that was planted for `{metric}` slipped through")
        }
    };
    let more = format!(
        "  {} is set, with which `prove` has breaches planted. Such a run never passes.\n  unset     it",
        variables::PLANT
    );
    Reason::with(what, more)
}

fn system_reason(error: &SystemError) -> Reason {
    match error {
        SystemError::File { action, path, source } => {
            let action = match action {
                FileAction::Create => "create",
                FileAction::List => "list",
                FileAction::Read => "read",
                FileAction::Remove => "remove",
                FileAction::Write => "write",
            };
            Reason::short(format!("failed to {action} {}: {source}", path.display()))
        }
        SystemError::CreateIn { folder, source } => {
            Reason::short(format!("failed to create a folder in {}: {source}", folder.display()))
        }
        SystemError::NoExecutable(error) => {
            Reason::short(format!("failed to find this test's executable: {error}"))
        }
        SystemError::Start { process, program, runner, source } => {
            let process = match process {
                ChildProcess::Meter => "the meter",
                ChildProcess::Scribe => "the process that insta runs in",
            };
            let what = format!("failed to start {process}: {}: {source}", program.display());
            Reason::with(
                what,
                runner
                    .as_deref()
                    .map_or_else(String::new, |runner| format!("  {}", stated(runner))),
            )
        }
        SystemError::Wait(error) => {
            Reason::short(format!("failed to wait for the process: {error}"))
        }
        SystemError::Measurement(error) => Reason::short(format!(
            "failed to read the meter's {}: {error}",
            file_names::MEASUREMENT
        )),
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::io;

    use super::*;

    #[test]
    fn a_figure_that_could_not_be_read_is_named_with_its_file_and_the_cause() {
        let text = |figure, file, cause| {
            not_measured(&NotMeasured::Unread(UnreadFigure { figure, file, cause }))
        };
        let all_used_up = UnreadCause::Io(io::Error::from_raw_os_error(24));
        let shown = [
            text(SystemFigure::Descriptors, "/proc/self/fd", all_used_up),
            text(SystemFigure::ResidentMemory, "/proc/self/status", UnreadCause::NoLine("VmRSS:")),
            text(
                SystemFigure::PeakOfResidentMemory,
                "/proc/self/status",
                UnreadCause::NoSize("VmHWM:"),
            ),
        ];
        insta::assert_snapshot!(shown.join("\n\n"), @r"
        failed to count the process's open descriptors: /proc/self/fd: Too many open files (os error 24)

          This system states the figure, so the workload cannot pass without it.

        failed to read the process's resident memory: /proc/self/status: it has no line `VmRSS:`

          This system states the figure, so the workload cannot pass without it.

        failed to read the peak of the process's resident memory: /proc/self/status: its line `VmHWM:` states no size

          This system states the figure, so the workload cannot pass without it.
        ");
    }
}
