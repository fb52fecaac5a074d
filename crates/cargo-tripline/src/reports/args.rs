//! The options of a report, and when it fails.

use clap::Args;
use tripline_budget::SuiteDescription;

use crate::findings::BudgetFindings;
use crate::outcome::Status;
use crate::reports::check_report::{CheckReport, SuiteRuler};
use crate::reports::outputs::OutputArgs;
use crate::reports::summary::Summary;
use crate::workspace::Project;

/// The options of a report, and when it fails.
#[derive(Args, Clone, Debug)]
pub(crate) struct ReportArgs {
    /// Fails on loose limits, too: exit code 3 if nothing is worse.
    #[arg(long)]
    strict: bool,

    #[command(flatten)]
    outputs: OutputArgs,
}

impl ReportArgs {
    /// Checks before anything is measured that every output can be written.
    pub(crate) fn probe(&self) -> anyhow::Result<()> {
        self.outputs.probe()
    }

    pub(crate) fn is_json(&self) -> bool {
        self.outputs.is_json()
    }

    /// Writes the report and returns its status.
    pub(crate) fn write<'a>(
        &self,
        project: &Project,
        suites: impl Iterator<Item = &'a SuiteDescription>,
        groups: Vec<BudgetFindings>,
    ) -> anyhow::Result<Status> {
        let summary = Summary::of(&groups, self.strict);
        let checked = CheckReport { suites: suites.map(SuiteRuler::of).collect(), groups, summary };
        self.outputs.write(&checked, project)?;
        Ok(checked.summary.exit())
    }
}
