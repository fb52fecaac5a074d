//! The commands that `cargo tripline` and `cargo xtask` share.

use std::process::ExitCode;

use clap::Subcommand;

use crate::commands::analyze::AnalyzeArgs;
use crate::commands::analyze::analyze;
use crate::commands::check::{CheckArgs, check};
use crate::commands::compare::CompareArgs;
use crate::commands::compare::compare;
use crate::commands::history::{HistoryArgs, history};
use crate::commands::init::InitArgs;
use crate::commands::init::init;
use crate::commands::layout::{LayoutArgs, layout};
use crate::commands::merge::{MergeArgs, merge};
use crate::commands::prove::{ProveArgs, prove};
use crate::commands::run::run_command;
use crate::commands::update::UpdateArgs;
use crate::commands::update::update;
use crate::outcome::Status;
use crate::output::Tool;
use crate::workspace::{StartArgs, start};

const CHECK_EXAMPLES: &str = "\
Examples:
  check                        a line for each workload that holds, every limit of the others
  check --all                  every limit of every workload
  check sql                    workloads with `sql` in their name, such as those of a suite
  check sql::sizes             the types of a suite
  check --base origin/main     in CI: fail if a limit was relaxed without a reason; compares files only
  check --strict               fail also if a limit could be lower
  check --json | jq .summary   for a program
  check --junit junit.xml --markdown \"$GITHUB_STEP_SUMMARY\"     in CI

Exit codes: 0 every limit holds, 1 one is crossed or missing (with --base: relaxed without a new
reason), 2 something could not be checked, 3 with --strict: one is loose. Of several
codes 2 counts before 1, and 1 before 3.";

const UPDATE_EXAMPLES: &str = "\
Examples:
  update-budgets                                       record new limits, lower loose ones
  update-budgets sql::wal --add max_blocks             one more limit in an existing file
  update-budgets sql::wal --raise total_blocks \\
      --reason \"each row carries its version now\"      accept growth
  update-budgets sql::sizes --raise 'turso::Value' \\
      --reason \"holds a decimal now\"                   accept a larger type
  update-budgets --ruler --reason \"rustc 1.96\"           a toolchain or a dependency moved
  update-budgets --check                               in CI: fail if anything would change
  update-budgets --dry-run | git apply                 look before it lands
  update-budgets --from macos/latest                   record what a job measured on a machine
                                                       you do not have, by its ruler

Exit codes: 0 done and every limit holds, 1 one is crossed, missing or refused (with --check: or
something would change), 2 something could not be checked.";

const PROVE_EXAMPLES: &str = "\
Examples:
  prove                                            every limit of every suite
  prove sql::wal                                   those of some workloads

Exit codes: 0 every exact limit trips, 1 one is loose or a workload does not hold, 2 a limit is crossed
and its test does not trip, or nothing could be planted.";

const MERGE_EXAMPLES: &str = "\
Examples:
  merge shards/*                                   one verdict on the parts of several machines
  merge shards/* --expect 4                        and fail unless there are four
  merge shards/* --output target/tripline/merged   with every profile and page in one folder

Each machine runs a part of the tests, such as `cargo nextest run --partition count:1/4`, and keeps its
`target/tripline/latest`. All must be at the commit of this checkout.
Exit codes: 0 every limit holds, 1 one is crossed or missing, 2 something is missing, or the shards
are not parts of one measurement.";

const HISTORY_EXAMPLES: &str = "\
Examples:
  history                                          every limit, newest commits first
  history sql::wal                                 those of one workload
  history --svg limits.svg                         a picture as well
  history --json                                   for a program

Merges count as one commit. Drift is since the nearest tag at or before HEAD, in percent.
Exit codes: 0 shown, 2 there is no repository, or no budget in it.";

const ANALYZE_EXAMPLES: &str = "\
Examples:
  analyze dhat-heap.json                           the largest sites at the global peak
  analyze dhat-heap.json --sort-by eb --stacks     what lived at exit, with its callers
  analyze dhat-heap.json --modules --top 5         the five largest modules
  analyze dhat-heap.json --filter pager --json     for a program

Rows, others and what the filter leaves out add up to the total in every column.
Exit codes: 0 done, 2 the file could not be read or nothing matches.";

const COMPARE_EXAMPLES: &str = "\
Examples:
  compare before.json after.json                   what changed at the global peak
  compare before.json after.json --sort-by tbk     by the number of blocks
  compare before.json after.json --filter pager --json

Rows, others, unchanged sites and what the filter leaves out add up to the total in every column.
Exit codes: 0 done, whatever grew, 2 a file could not be read or nothing matches.";

const LAYOUT_EXAMPLES: &str = "\
Examples:
  layout turso::Value                              its fields or variants: offset, size, padding
  layout Value                                     the same, if no other type has it in its name
  layout Value --json                              for a program

Exit codes: 0 shown, 2 there is no such type, or its debug information is missing.";

const INIT_EXAMPLES: &str = "\
Examples:
  init                                             in a package: its first suite, recorded
  init --path ../tripline/crates/tripline          tripline from a clone, not a registry
  init --package core --with-profile               one package of a workspace, and a profile that names call sites
  init --ci github                                 also a workflow that holds the budgets
  init --dry-run | git apply                       look before it lands; records nothing

It overwrites nothing without --force or your consent. If the tests do not build, every file is restored.
Exit codes: 0 done, 1 a limit is crossed or refused, 2 it was refused or could not be done.";

/// A command with its options.
#[derive(Clone, Debug, Subcommand)]
pub enum Command {
    /// Give a package its first budgets: a dependency, a test with an example, and its figures today.
    #[command(after_help = INIT_EXAMPLES)]
    Init(InitArgs),
    /// Run the suites and show each limit that does not hold.
    ///
    /// A workload whose limits all hold takes one line; --all shows every limit of it.
    #[command(after_help = CHECK_EXAMPLES)]
    Check(CheckArgs),
    /// Record workloads without a budget, and lower loose limits.
    ///
    /// Limits that hold stay. A limit is raised only if --raise names it, and a ceiling never. A new limit
    /// takes 20 runs, half of them with every core busy; one that moves takes three. Equal figures make an
    /// exact limit, others a band of at most 20 %.
    #[command(after_help = UPDATE_EXAMPLES)]
    UpdateBudgets(UpdateArgs),
    /// Plant a breach of every limit, one after another, and see the test trip.
    ///
    /// It plants the smallest breach: a block or a byte, one for each entity, a leaked block, a thread, a descriptor,
    /// a byte on disk, through the allocator or the kernel. A limit that does not trip is listed with how much more
    /// would hold.
    #[command(after_help = PROVE_EXAMPLES)]
    Prove(ProveArgs),
    /// Give one verdict on a measurement whose parts ran on several machines.
    ///
    /// It builds and measures nothing.
    #[command(after_help = MERGE_EXAMPLES)]
    Merge(MergeArgs),
    /// Show how each limit moved, commit by commit, and how far since the last release.
    #[command(after_help = HISTORY_EXAMPLES)]
    History(HistoryArgs),
    /// Show how a type that a suite lists in `sizes!` lies in memory.
    #[command(after_help = LAYOUT_EXAMPLES)]
    Layout(LayoutArgs),
    /// Show each allocation site of a DHAT profile.
    #[command(after_help = ANALYZE_EXAMPLES)]
    Analyze(AnalyzeArgs),
    /// Show how each allocation site changed between two DHAT profiles.
    #[command(after_help = COMPARE_EXAMPLES)]
    Compare(CompareArgs),
    /// Start an executable if it holds a suite. This program is Cargo's runner by it.
    #[command(hide = true)]
    StartSuite(StartArgs),
}

impl Command {
    /// Runs the command; remedies name `tool`, which a person typed for it.
    #[must_use]
    pub fn run(&self, tool: Tool) -> ExitCode {
        run_command(|| self.execute(tool))
    }

    fn execute(&self, tool: Tool) -> anyhow::Result<Status> {
        match self {
            Self::Init(args) => init(args, tool),
            Self::Check(args) => check(args, tool),
            Self::UpdateBudgets(args) => update(args, tool),
            Self::Prove(args) => prove(args, tool),
            Self::Merge(args) => merge(args, tool),
            Self::History(args) => history(args),
            Self::Layout(args) => layout(args),
            Self::Analyze(args) => analyze(args),
            Self::Compare(args) => compare(args),
            Self::StartSuite(args) => start(args).map(|()| Status::Holds),
        }
    }
}
