//! `bench overhead`: how much longer programs take on an allocator that counts.
//!
//! In order: the [catalogue] says who is compared by which programs; the [sweep] runs each in processes of its
//! own, round by round; each process prints a line, which says what was counted, too; of each round the fastest
//! become [results], the results [tables], a [chart] and [goals].
//!
//! Deliberately absent: a limit. A time is a machine's, so what is shown is a ratio to the system's allocator in
//! the same round, for a person to see.

mod catalogue;
mod chart;
mod goals;
mod line;
mod results;
mod ruler;
mod sweep;
mod tables;

use std::path::Path;

use anyhow::Context as _;
use cargo_tripline::{Status, print};
use clap::Args;

use crate::bench::outputs::Outputs;
use crate::bench::overhead::results::Results;
use crate::bench::package::Package;
use crate::page::Page;

/// How often to measure, and where the figures go.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct OverheadArgs {
    /// How many ratios each figure is the median of.
    #[arg(long, value_name = "N", default_value_t = 7, value_parser = clap::value_parser!(u16).range(1..))]
    rounds: u16,

    /// Writes docs/overhead.md, .csv and .svg, instead of a CSV and a plot into the target folder.
    #[arg(long)]
    write: bool,
}

const NAME: &str = "overhead";

/// What is generated on the page.
const BLOCKS: [&str; 5] = ["plot", "ratios", "nanoseconds", "reports", "ruler"];

/// Generated, because these files are there only once the page has figures.
const PLOT: &str = "![Time beside the system's allocator, by program and allocator](overhead.svg)\n\n\
    Of every round the fastest run of each, with what it counted: [overhead.csv](overhead.csv).";

pub(super) fn overhead(args: OverheadArgs) -> anyhow::Result<Status> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("no workspace")?;
    let folder = root.join("crates/bench");
    let docs = Outputs::docs(root, NAME);
    if args.write {
        // A marker that is missing is better known before measuring than after.
        let page = Page::load(&docs.path("md"))?;
        BLOCKS.iter().try_for_each(|name| page.block(name).map(drop))?;
    }
    let package = Package::build(&folder, &["--bins"])?;
    let results = Results(sweep::sweep(&package, usize::from(args.rounds))?);
    print(&shown(&results));
    let outputs = if args.write { docs } else { Outputs::target(&package.target, NAME)? };
    publish(&outputs, &folder, &results, args.write)?;
    Ok(Status::Holds)
}

fn shown(results: &Results) -> String {
    format!(
        "time beside the system's allocator, median (and middle half) of the rounds: {}\n{}\n\
         nanoseconds for an allocation and its free, fastest round\n{}\n\
         what each reports, held to what the programs did\n{}\n\
         goals\n{}\n",
        results.rounds(),
        tables::ratios(results).text(),
        tables::nanoseconds(results).text(),
        tables::reports().text(),
        goals::goals(results),
    )
}

fn publish(
    outputs: &Outputs,
    package: &Path,
    results: &Results,
    with_page: bool,
) -> anyhow::Result<()> {
    let (runs, plot) = (tables::every_run(results), chart::chart(results)?);
    let page = if with_page { Some(page(&outputs.path("md"), package, results)?) } else { None };
    // The page last: it must not show figures that its plot does not.
    let files = [("csv", Some(runs)), ("svg", Some(plot)), ("md", page)];
    for (extension, text) in files {
        if let Some(text) = text {
            print(&format!("written   {}\n", outputs.write(extension, &text)?.display()));
        }
    }
    Ok(())
}

/// The page as it is now, prose and all, with the figures of `results`.
fn page(path: &Path, package: &Path, results: &Results) -> anyhow::Result<String> {
    let blocks = [
        PLOT.to_owned(),
        tables::ratios(results).markdown(),
        tables::nanoseconds(results).markdown(),
        tables::reports().markdown(),
        ruler::ruler(package, results)?.markdown(),
    ];
    let mut page = Page::load(path)?;
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
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let (docs, package) = (Outputs::docs(root, NAME), root.join("crates/bench"));
        let page = page(&docs.path("md"), &package, &results()).unwrap();
        for words in ["](overhead.svg)", "| stats_alloc | 1.50 (1.50–1.50) |", "| engine | turso "]
        {
            assert!(page.contains(words), "no {words} in\n{page}");
        }
    }

    #[test]
    fn what_is_shown_has_its_headings() {
        let text = shown(&results());
        let headings = text.lines().filter(|line| !line.is_empty() && !line.starts_with(' '));
        insta::assert_snapshot!(headings.collect::<Vec<_>>().join("\n"), @"
        time beside the system's allocator, median (and middle half) of the rounds: 3
        nanoseconds for an allocation and its free, fastest round
        what each reports, held to what the programs did
        goals
        ");
    }
}
