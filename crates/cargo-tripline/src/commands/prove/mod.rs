//! `prove`: plants the smallest breach of one limit after another, and expects each test to fail and name the limit.
//!
//! Deliberately absent: types, whose sizes are constants that nothing can move at run time, and figures that neither
//! the allocator nor the kernel moves (a program's own reports, resident memory): those are listed.

mod case;
mod proof;
mod table;
mod trial;

use crate::commands::prove::case::ProvenWorkload;
use crate::filter::Filter;
use crate::findings::BudgetFindings;
use crate::findings::workload_findings;
use crate::measuring::{MeasureOptions, measure};
use crate::outcome::Status;
use crate::output::Step;
use crate::output::Tool;
use crate::output::print;
use crate::reports::table as findings_table;
use crate::workspace::CargoArgs;
use crate::workspace::Project;
use crate::workspace::{SelectedSuite, Selection, names};
use clap::Args;

/// The workloads to prove.
#[derive(Args, Clone, Debug)]
pub struct ProveArgs {
    /// A part of `suite::path`.
    ///
    /// An ignored workload runs only if this is its whole name.
    #[arg(value_name = "FILTER")]
    filter: Option<String>,

    #[command(flatten)]
    cargo: CargoArgs,
}

pub(crate) fn prove(args: &ProveArgs, tool: Tool) -> anyhow::Result<Status> {
    let project = Project::load(&args.cargo)?;
    let _lock = project.lock()?;
    let suites = project.suites()?;
    let filter = Filter::new(args.filter.as_deref());
    let selection = Selection::new(&project, &suites, &filter);
    let is_empty = |selected: &SelectedSuite<'_>| selected.workloads.is_empty();
    if selection.suites.iter().all(is_empty) {
        return Err(filter.matches_nothing(&names(&project, &suites)));
    }
    let (mut cases, mut failing) = (Vec::new(), Vec::new());
    for selected in &selection.suites {
        let (holding, others) = begin(&project, selected, tool)?;
        cases.extend(trial::run(&project, selected.home, holding)?);
        failing.extend(others);
    }
    print(table::table(&cases).trim_start_matches('\n'));
    if !failing.is_empty() {
        print(&format!("\n{}", findings_table(&failing)));
    }
    let (text, status) = table::summary(&cases, failing.len());
    print(&format!("\n{text}\n"));
    Ok(status)
}

/// Splits the workloads into those that hold with nothing planted and the others. A test that trips by itself proves
/// nothing.
fn begin<'a>(
    project: &Project,
    selected: &SelectedSuite<'a>,
    tool: Tool,
) -> anyhow::Result<(Vec<ProvenWorkload<'a>>, Vec<BudgetFindings>)> {
    let home = selected.home;
    let step = Step::begin(format!("measuring {} with nothing planted", home.suite.suite));
    let measured = measure(project, home, &selected.workloads, MeasureOptions::default())?;
    drop(step);
    let (mut holding, mut failing) = (Vec::new(), Vec::new());
    for (registered, measured) in selected.workloads.iter().copied().zip(measured) {
        let group = workload_findings(home, registered, measured, tool);
        let limits = match home.load_budget(&registered.workload) {
            Ok(Some(budget)) if group.status() <= Status::Loose => budget.applies.limits,
            _ => {
                failing.extend(group.tripped());
                continue;
            }
        };
        holding.push(ProvenWorkload { home, registered, limits, proofs: Vec::new() });
    }
    Ok((holding, failing))
}
