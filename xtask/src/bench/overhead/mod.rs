//! `bench overhead`: the time that programs take on allocators that count, beside the system's.
//!
//! In order: the [catalogue] lists allocators and programs; the [sweep] runs each pair in processes of its own,
//! round by round; each process prints a [report](process_report) with its time and its counts; the fastest
//! process of each round goes into the [results], the results into [tables], a [chart] and [goals].
//!
//! Deliberately absent: a limit. A time is a machine's, so the benchmark shows ratios to the system's allocator
//! in the same round, for a person to judge.

mod catalogue;
mod chart;
mod goals;
mod process_report;
mod results;
mod ruler;
mod sweep;
mod tables;

use std::path::Path;

use cargo_tripline::{Status, print};
use clap::Args;

use crate::bench;
use crate::bench::outputs::Outputs;
use crate::bench::overhead::results::OverheadResults;
use crate::generated_page::GeneratedPage;
use crate::workspace;

/// The arguments of `bench overhead`.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct OverheadArgs {
    /// Rounds; each figure is the median of their ratios.
    #[arg(long, value_name = "N", default_value_t = 7, value_parser = clap::value_parser!(u16).range(1..))]
    rounds: u16,

    /// Writes docs/overhead.md, .csv and .svg, instead of a CSV and a plot into the target folder.
    #[arg(long)]
    write: bool,
}

const NAME: &str = "overhead";

/// The page's generated blocks.
const BLOCKS: [&str; 5] = ["plot", "ratios", "nanoseconds", "reports", "ruler"];

/// The links to plot and CSV. They are generated, because the files exist only once the page has figures.
const PLOT: &str = "![Time beside the system's allocator, by program and allocator](overhead.svg)\n\n\
    The fastest run of each in every round, with its counts: [overhead.csv](overhead.csv).";

/// Measures, prints the results and writes the files.
pub(super) fn overhead(args: OverheadArgs) -> anyhow::Result<Status> {
    let package = workspace::bench_package()?;
    let docs = Outputs::docs(workspace::root()?, NAME);
    if args.write {
        GeneratedPage::load_with(&docs.path("md"), &BLOCKS)?;
    }
    let build = bench::build_release(&package, "--bins")?;
    let results = OverheadResults(sweep::sweep(&build, usize::from(args.rounds))?);
    print(&summary(&results));
    let outputs = if args.write { docs } else { Outputs::target(build.target_folder()?, NAME)? };
    let page = args.write.then(|| page(&outputs.path("md"), &package, &results)).transpose()?;
    write(&outputs, &results, page)?;
    Ok(Status::Holds)
}

fn summary(results: &OverheadResults) -> String {
    format!(
        "time beside the system's allocator, median (and middle half) of the rounds: {}\n{}\n\
         nanoseconds for an allocation and its free, fastest round\n{}\n\
         figures that each reports, checked against the programs\n{}\n\
         goals\n{}\n",
        results.rounds(),
        tables::ratios(results).text(),
        tables::nanoseconds(results).text(),
        tables::reports().text(),
        goals::goals(results),
    )
}

fn write(outputs: &Outputs, results: &OverheadResults, page: Option<String>) -> anyhow::Result<()> {
    let (runs, plot) = (tables::every_run(results), chart::chart(results)?);
    // The page last: it must not show figures that its plot does not.
    let files = [("csv", Some(runs)), ("svg", Some(plot)), ("md", page)];
    for (extension, text) in files {
        if let Some(text) = text {
            print(&format!("written   {}\n", outputs.write(extension, &text)?.display()));
        }
    }
    Ok(())
}

/// Returns the page with the prose that it has now and the figures of `results`.
fn page(path: &Path, package: &Path, results: &OverheadResults) -> anyhow::Result<String> {
    let blocks = [
        PLOT.to_owned(),
        tables::ratios(results).markdown(),
        tables::nanoseconds(results).markdown(),
        tables::reports().markdown(),
        ruler::ruler(package, results)?.markdown(),
    ];
    let mut page = GeneratedPage::load(path)?;
    for (name, block) in BLOCKS.iter().zip(blocks) {
        page = page.replaced(name, &block)?;
    }
    Ok((*page).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::overhead::results::tests::results;

    #[test]
    fn every_block_of_the_page_is_there_to_be_written() {
        let docs = Outputs::docs(workspace::root().unwrap(), NAME);
        let package = workspace::bench_package().unwrap();
        let page = page(&docs.path("md"), &package, &results()).unwrap();
        for words in ["](overhead.svg)", "| stats_alloc | 1.50 (1.50–1.50) |", "| engine | turso "]
        {
            assert!(page.contains(words), "no {words} in\n{page}");
        }
    }

    #[test]
    fn the_summary_has_its_headings() {
        let text = summary(&results());
        let headings = text.lines().filter(|line| !line.is_empty() && !line.starts_with(' '));
        insta::assert_snapshot!(headings.collect::<Vec<_>>().join("\n"), @"
        time beside the system's allocator, median (and middle half) of the rounds: 3
        nanoseconds for an allocation and its free, fastest round
        figures that each reports, checked against the programs
        goals
        ");
    }
}
