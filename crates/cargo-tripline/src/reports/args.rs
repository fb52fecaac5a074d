//! The options that say how findings are told, and when they fail.

use clap::Args;
use tripline_budget::SuiteDescription;

use crate::findings::BudgetFindings;
use crate::outcome::Status;
use crate::reports::check_report::{CheckReport, SuiteRuler};
use crate::reports::outputs::OutputArgs;
use crate::reports::summary::Summary;
use crate::workspace::Project;

/// How what was found is told, and when it fails.
#[derive(Args, Clone, Debug)]
pub(crate) struct ReportArgs {
    /// Fails on loose limits, too: exit code 3 if nothing is worse.
    #[arg(long)]
    strict: bool,

    #[command(flatten)]
    outputs: OutputArgs,
}

impl ReportArgs {
    /// Finds out, before anything is measured, whether it can be told.
    pub(crate) fn probe(&self) -> anyhow::Result<()> {
        self.outputs.probe()
    }

    pub(crate) fn is_json(&self) -> bool {
        self.outputs.is_json()
    }

    /// Tells every group and what they come to.
    pub(crate) fn tell<'a>(
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
