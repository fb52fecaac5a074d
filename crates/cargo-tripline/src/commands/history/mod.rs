//! `history`: shows how each limit moved, commit by commit, and how far since the last release.
//!
//! In order: `read` follows HEAD's first parents and parses the budgets that each commit changed; a
//! `BudgetHistory` keeps the moves of each limit, through renames; `drift` compares it with the last tag; `table`,
//! `json` and `plot` only show it.
//!
//! A merge counts as one commit, so the moves of a limit join up from one line to the next. Deliberately absent: a
//! verdict, which `check --base` gives, and uncommitted changes.

mod budget_history;
mod drift;
mod json;
mod plot;
mod read;
mod table;

use std::path::PathBuf;

use anyhow::{Context as _, bail};
use clap::Args;

use crate::filter::Filter;
use crate::outcome::Status;
use crate::output::{Step, print, print_json, print_to_stderr, shown};
use crate::repository::Git;
use crate::system::replace;
use crate::workspace::{CargoArgs, Project};
use drift::Drifts;

/// The limits to follow, and the form to show them in.
#[derive(Args, Clone, Debug)]
pub struct HistoryArgs {
    /// A part of `suite::path`, or of a former one; `suite::sizes` stands for the suite's types.
    #[arg(value_name = "FILTER")]
    filter: Option<String>,

    /// Also draws each limit over the commits.
    #[arg(long, value_name = "FILE.svg")]
    svg: Option<PathBuf>,

    /// Prints JSON instead; its `schema` is 1.
    #[arg(long)]
    json: bool,

    /// The workspace's or package's Cargo.toml.
    #[arg(long, value_name = "PATH")]
    manifest_path: Option<PathBuf>,
}

/// Reads the history and prints it.
pub(crate) fn history(args: &HistoryArgs) -> anyhow::Result<Status> {
    let cargo = CargoArgs { manifest_path: args.manifest_path.clone(), ..CargoArgs::default() };
    let git = Git::open(Project::load(&cargo)?.root())?;
    let step = Step::begin("reading the history".to_owned());
    let mut history = read::read(&git)?;
    drop(step);
    if history.budgets.workloads.is_empty() {
        bail!("no commit here has a budget");
    }
    history.budgets.retain(&Filter::new(args.filter.as_deref()))?;
    let drifts = Drifts::read(&git, &history.budgets)?;
    if let Some(file) = &args.svg {
        let text = plot::history_plot(&history, &drifts);
        replace(file, &text).with_context(|| format!("failed to write {}", file.display()))?;
    }
    match args.json {
        true => print_json(&json::history_json(&history, &drifts))?,
        false => print(&table::history_table(&history, &drifts)),
    }
    for unread in &history.unread {
        print_to_stderr(&format!("left out, because it cannot be read: {}\n", shown(unread)));
    }
    if git.is_shallow()? {
        let why = "this clone is shallow, so earlier commits are missing: `git fetch --unshallow`";
        print_to_stderr(&format!("{why}\n"));
    }
    Ok(Status::Holds)
}
