//! Runs the tests again and again, each time with a breach of another limit planted.

use anyhow::Context as _;

use crate::commands::prove::case::ProvenWorkload;
use crate::commands::prove::proof::Proof;
use crate::measuring::measure_planted;
use crate::output::Step;
use crate::workspace::{Project, SuiteHome};

/// Runs the first limit of every workload, then the second, and so on.
pub(super) fn run<'a>(
    project: &Project,
    home: SuiteHome<'a>,
    mut cases: Vec<ProvenWorkload<'a>>,
) -> anyhow::Result<Vec<ProvenWorkload<'a>>> {
    let rounds = cases.iter().map(|case| case.limits.len()).max().unwrap_or(0);
    for at in 0..rounds {
        let suite = &home.suite.suite;
        let _step = Step::begin(format!("proving {suite} (limit {} of up to {rounds})", at + 1));
        let mut due: Vec<_> = cases.iter_mut().filter(|case| at < case.limits.len()).collect();
        let workloads: Vec<_> = due.iter().map(|case| case.registered).collect();
        let runs = measure_planted(project, home, &workloads, at)?;
        for (case, run) in due.iter_mut().zip(runs) {
            let budget = home.load_budget(&case.registered.workload).map_err(anyhow::Error::msg)?;
            let budget = budget.context("a budget was removed while this ran")?;
            case.proofs.push(Proof::of(&budget.applies, at, &run));
        }
    }
    Ok(cases)
}
