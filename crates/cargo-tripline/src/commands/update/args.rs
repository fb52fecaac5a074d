//! The command line of `update-budgets`.

use std::path::PathBuf;

use clap::Args;
use tripline_budget::{Metric, shell_word};

use crate::recording::{
    RaiseKey, RecordingMode, RecordingRequest, WriteMode, split_keys, when_key,
};
use crate::workspace::CargoArgs;

/// The limits to record, lower, add and raise.
#[derive(Args, Clone, Debug)]
pub struct UpdateArgs {
    /// A part of `suite::path`; `suite::sizes` stands for the suite's types.
    ///
    /// An ignored workload runs only if this is its whole name.
    #[arg(value_name = "FILTER")]
    pub(super) filter: Option<String>,

    /// Adds limits to files that exist, separated by commas: `max_blocks,disk_bytes.db`.
    #[arg(long, value_name = "KEYS", value_delimiter = ',')]
    add: Vec<Metric>,

    /// Raises limits to the measured figures, separated by commas: `total_blocks`, or a type as `sizes!` names it.
    #[arg(long, value_name = "KEYS", requires = "reason")]
    raise: Vec<String>,

    /// States why a limit is raised or a leak accepted. The file keeps it.
    #[arg(long, value_name = "TEXT", value_parser = not_blank)]
    reason: Option<String>,

    /// Records what this build needs beside the limits of another one, under a `when` of its own:
    /// `not(debug_assertions)`.
    #[arg(
        long,
        value_name = "CFG",
        value_parser = when_key,
        conflicts_with_all = ["add", "raise", "shrink", "ruler"]
    )]
    when: Option<String>,

    /// Only lowers loose limits.
    #[arg(long, conflicts_with_all = ["add", "raise", "reason", "ruler"])]
    shrink: bool,

    /// Only records that the toolchain or a dependency moved, and which figures it moved.
    ///
    /// If the code has moved since the last commit as well, the last commit's source is measured on the new ruler,
    /// in a git worktree: it records what the ruler moved and leaves what the code moved to --raise.
    #[arg(long, requires = "reason", conflicts_with_all = ["add", "raise", "shrink", "from"])]
    pub(super) ruler: bool,

    /// Removes the budgets and breakdowns that belong to no test of this build; without it, they are named.
    #[arg(long, conflicts_with_all = ["shrink", "ruler", "from"])]
    pub(super) remove_orphans: bool,

    /// Takes what other machines measured, from folders `<target>/tripline/latest`; builds and runs nothing.
    ///
    /// They must be of the checked-out commit. The job that measures sets TRIPLINE_REPEATS=19 and
    /// TRIPLINE_BREAKDOWN=1, so that `cargo test` measures as often and as much as recording needs.
    #[arg(
        long,
        value_name = "DIR",
        num_args = 1..,
        conflicts_with_all = ["packages", "features", "all_features", "no_default_features", "profile"]
    )]
    pub(super) from: Vec<PathBuf>,

    /// Writes nothing: fails if anything would change, and says what.
    #[arg(long, conflicts_with = "dry_run")]
    check: bool,

    /// Writes nothing: prints the change as a patch.
    #[arg(long)]
    dry_run: bool,

    #[command(flatten)]
    pub(super) cargo: CargoArgs,
}

impl UpdateArgs {
    pub(super) fn mode(&self) -> WriteMode {
        match (self.check, self.dry_run) {
            (true, _) => WriteMode::Check,
            (_, true) => WriteMode::DryRun,
            _ => WriteMode::Write,
        }
    }

    /// Returns `true` if it does nothing but lower limits.
    pub(super) fn shrinks(&self) -> bool {
        self.shrink
    }

    /// Returns the options that say what is recorded, as a person types them, with a space before each.
    pub(super) fn typed_request(&self) -> String {
        let mut words = Vec::new();
        let add: Vec<_> = self.add.iter().map(Metric::to_string).collect();
        words.extend((!add.is_empty()).then(|| format!("--add {}", add.join(","))));
        words.extend(self.raise.iter().map(|keys| format!("--raise {}", shell_word(keys))));
        words.extend(self.reason.iter().map(|reason| format!("--reason {}", shell_word(reason))));
        words.extend(self.when.iter().map(|when| format!("--when {}", shell_word(when))));
        for (is_given, name) in [
            (self.shrink, "--shrink"),
            (self.ruler, "--ruler"),
            (self.remove_orphans, "--remove-orphans"),
        ] {
            words.extend(is_given.then(|| name.to_owned()));
        }
        words.iter().map(|word| format!(" {word}")).collect()
    }

    pub(super) fn request(&self) -> RecordingRequest {
        let keys = self.raise.iter().flat_map(|keys| split_keys(keys));
        RecordingRequest {
            add: self.add.clone(),
            raise: keys.map(|key| RaiseKey::parse(&key)).collect(),
            reason: self.reason.clone(),
            when: self.when.clone(),
            mode: match (self.shrink, self.ruler) {
                (true, _) => RecordingMode::OnlyLower,
                (_, true) => RecordingMode::OnlyRuler,
                _ => RecordingMode::Everything,
            },
        }
    }
}

fn not_blank(text: &str) -> Result<String, &'static str> {
    match text.trim() {
        "" => Err("a reason cannot be blank"),
        text => Ok(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        update: UpdateArgs,
    }

    #[test]
    fn what_is_to_be_recorded_is_typed_as_it_was_given() {
        for (given, typed) in [
            (vec!["--check"], ""),
            (vec!["sql", "--dry-run", "--shrink"], " --shrink"),
            (
                vec![
                    "--add",
                    "max_blocks,disk_bytes.db",
                    "--raise",
                    "A<'a>,B",
                    "--reason",
                    "a cache",
                ],
                " --add max_blocks,disk_bytes.db --raise 'A<'\\''a>,B' --reason 'a cache'",
            ),
            (vec!["--when", "not(unix)"], " --when 'cfg(not(unix))'"),
            (vec!["--ruler", "--reason", "x", "--profile", "release"], " --reason x --ruler"),
            (vec!["--check", "--remove-orphans"], " --remove-orphans"),
        ] {
            let line = Line::parse_from([&["tool"], &given[..]].concat());
            assert_eq!(line.update.typed_request(), typed, "{given:?}");
        }
    }
}
