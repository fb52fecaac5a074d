//! The shown sites as JSON.

use serde::Serialize;
use tripline_profile::Stack;

use crate::commands::analyze::args::AnalyzeArgs;
use crate::commands::analyze::view::{AnalyzedProfile, AnalyzedRow, RestOfSites};
use crate::profiles::{FiguresJson, OpenedProfile, SCHEMA, SiteJson, SitePattern};

#[derive(Debug, Serialize)]
pub(super) struct AnalysisJson<'a> {
    schema: u32,
    file: &'a str,
    command: &'a str,
    sort_by: &'static str,
    filter: Option<&'a str>,
    totals: RestOfSitesJson,
    #[serde(skip_serializing_if = "Option::is_none")]
    sites: Option<Vec<AnalyzedRowJson<SiteJson<'a>>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    modules: Option<Vec<AnalyzedRowJson<ModuleJson<'a>>>>,
    /// Sites, or modules.
    others: RestOfSitesJson,
    /// Sites.
    unmatched: RestOfSitesJson,
}

#[derive(Debug, Serialize)]
struct RestOfSitesJson {
    count: usize,
    #[serde(flatten)]
    figures: FiguresJson,
}

#[derive(Debug, Serialize)]
struct ModuleJson<'a> {
    module: &'a str,
    sites: usize,
    #[serde(flatten)]
    figures: FiguresJson,
}

/// A row, with its stacks if `--stacks` is given.
#[derive(Debug, Serialize)]
struct AnalyzedRowJson<T> {
    #[serde(flatten)]
    row: T,
    #[serde(skip_serializing_if = "Option::is_none")]
    stacks: Option<Vec<StackJson>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    more_stacks: Option<RestOfSitesJson>,
}

#[derive(Debug, Serialize)]
struct StackJson {
    site: String,
    #[serde(flatten)]
    figures: FiguresJson,
    /// From the innermost out.
    frames: Vec<String>,
}

pub(super) fn analysis_json<'a>(
    args: &AnalyzeArgs,
    read: &'a OpenedProfile,
    pattern: &'a SitePattern,
    view: &'a AnalyzedProfile,
) -> AnalysisJson<'a> {
    let module = |row: &'a AnalyzedRow| ModuleJson {
        module: &row.name,
        sites: row.sites.len(),
        figures: row.figures.into(),
    };
    let modules = || view.rows.iter().map(|row| with_stacks(args, row, module(row))).collect();
    let site = |row: &'a AnalyzedRow| Some(with_stacks(args, row, row.sites.first()?.into()));
    AnalysisJson {
        schema: SCHEMA,
        file: &read.file,
        command: &read.command,
        sort_by: args.sort_by.key(),
        filter: pattern.text(),
        totals: RestOfSites { count: view.sites, figures: view.totals }.into(),
        sites: (!args.modules).then(|| view.rows.iter().filter_map(site).collect()),
        modules: args.modules.then(modules),
        others: view.others.into(),
        unmatched: view.unmatched.into(),
    }
}

fn with_stacks<T>(args: &AnalyzeArgs, row: &AnalyzedRow, shown: T) -> AnalyzedRowJson<T> {
    let stack = |stack: &Stack| StackJson {
        site: stack.key.clone(),
        figures: stack.figures.into(),
        frames: stack.frames.clone(),
    };
    AnalyzedRowJson {
        row: shown,
        stacks: args.stacks.then(|| row.stacks.iter().map(stack).collect()),
        more_stacks: args.stacks.then(|| row.more_stacks.into()),
    }
}

impl From<RestOfSites> for RestOfSitesJson {
    fn from(rest: RestOfSites) -> Self {
        Self { count: rest.count, figures: rest.figures.into() }
    }
}
