//! `check --base REV`: shows each limit that the files relax against the merge base, with its reason.
//!
//! It compares the files on disk, committed or not, with the commit at which REV and HEAD parted. It builds and
//! measures nothing: a plain `check` says if limits hold. `tripline-budget` defines what is relaxed, and what is a
//! reason.

mod table;

use anyhow::bail;
use tripline_budget::format_count;
use tripline_budget::relaxed::{BudgetTree, Relaxation, relaxed};

use crate::filter::Filter;
use crate::outcome::Status;
use crate::output::{counted, print};
use crate::repository::{Git, budgets, short};
use crate::workspace::Project;

/// Compares the files and prints every relaxed line.
pub(super) fn check(project: &Project, rev: &str, filter: &Filter) -> anyhow::Result<Status> {
    let git = Git::open(project.root())?;
    let base = git.merge_base(rev)?;
    let old = budgets::of_commit(&git, &base)?;
    let new = budgets::of_work_tree(&git, project.root())?;
    if old.is_empty() && new.is_empty() {
        bail!("there is no budget here, and there was none at the merge base {}", short(&base));
    }
    refuse_unmatched(filter, &old, &new)?;
    let mut found = relaxed(&old, &new);
    found.retain(|line| matches_filter(line, filter));
    if !found.is_empty() {
        print(&format!("{}\n", table::relaxation_table(&found)));
    }
    print(&format!("{}\n", summary(&found, &base, &old, &new)));
    let unexplained = found.iter().any(|line| line.reason.is_none());
    Ok(if unexplained { Status::Breach } else { Status::Holds })
}

fn refuse_unmatched(filter: &Filter, old: &BudgetTree, new: &BudgetTree) -> anyhow::Result<()> {
    let mut names: Vec<String> =
        old.files().chain(new.files()).map(|(name, _)| name.to_owned()).collect();
    names.sort();
    names.dedup();
    if names.iter().any(|name| filter.matches(name)) {
        return Ok(());
    }
    Err(filter.matches_nothing(&names))
}

/// Returns `true` if the filter matches a name of the file, old or new; the defaults always match.
fn matches_filter(line: &Relaxation, filter: &Filter) -> bool {
    line.name == line.file || filter.matches(&line.name) || filter.matches(&line.old)
}

fn summary(found: &[Relaxation], base: &str, old: &BudgetTree, new: &BudgetTree) -> String {
    let since = format!("since the merge base {}", short(base));
    if old.is_empty() {
        let limits = counted(new.limits(), "limit");
        return format!("there was no budget at the merge base {}: {limits}, all new", short(base));
    }
    if found.is_empty() {
        let limits = counted(old.limits(), "limit");
        return format!("nothing is relaxed {since}: {limits} compared");
    }
    let accepted = found.iter().filter(|line| line.reason.is_some()).count();
    let count = |count: usize| format_count(count as u64);
    let without = found.len() - accepted;
    format!(
        "{} relaxed {since}: {} without a new reason, {} with one",
        count(found.len()),
        count(without),
        count(accepted)
    )
}
