//! The commands that `cargo tripline` and `cargo xtask` have in common.

use std::process::ExitCode;

use clap::Subcommand;

use crate::check::{CheckArgs, check};
use crate::status::{Status, run_command};
use crate::tool::Tool;
use crate::update::{UpdateArgs, update};

const CHECK_EXAMPLES: &str = "\
Examples:
  check                        every limit of every suite
  check sql                    those of one suite, or whatever else has `sql` in its name
  check sql::sizes             the types of a suite

Exit codes: 0 every limit holds, 1 one is crossed or missing, 2 something could not be checked.";

const UPDATE_EXAMPLES: &str = "\
Examples:
  update-budgets                                       record what is new, lower what is loose
  update-budgets sql::wal --add max_blocks             one more limit in an existing file
  update-budgets sql::wal --raise total_blocks \\
      --reason \"each row carries its version now\"      accept growth
  update-budgets sql::sizes --raise 'turso::Value' \\
      --reason \"holds a decimal now\"                   accept a larger type
  update-budgets --check                               in CI: fail if anything would change
  update-budgets --dry-run | git apply                 look before it lands

Exit codes: 0 done and every limit holds, 1 one is crossed, missing or refused (with --check: or
something would change), 2 something could not be checked.";

/// A command, with what it takes.
#[derive(Clone, Debug, Subcommand)]
pub enum Command {
    /// Run the suites and show every limit: budget, measured, headroom, verdict.
    #[command(after_help = CHECK_EXAMPLES)]
    Check(CheckArgs),
    /// Record workloads that have no budget, and lower limits that are loose.
    ///
    /// Nothing that holds is touched, nothing is raised unless --raise names it, and a ceiling
    /// never. Whatever is recorded or changed is measured three times: equal figures make an exact
    /// limit, others a band.
    #[command(after_help = UPDATE_EXAMPLES)]
    UpdateBudgets(UpdateArgs),
}

impl Command {
    /// Runs it; `tool` is what a person typed for it.
    #[must_use]
    pub fn run(&self, tool: Tool) -> ExitCode {
        run_command(|| self.execute(tool))
    }

    fn execute(&self, tool: Tool) -> anyhow::Result<Status> {
        match self {
            Self::Check(args) => check(args, tool),
            Self::UpdateBudgets(args) => update(args, tool),
        }
    }
}
