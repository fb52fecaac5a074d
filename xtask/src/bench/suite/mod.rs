//! `bench suite`: what holding memory costs a test suite, five ways on the same five workloads.
//!
//! In order: each [way] is run once, which builds it and shows that it passes; the ways run in turn for some rounds
//! ([runs]); of each reading there are the whole run and what the [workloads themselves timed](times); these become
//! [results] and [tables]; then a [regression] is seeded, and what each way says of it is kept.
//!
//! The page's prose is written by hand. What stands between its markers, the plot and the CSV file are replaced
//! with `--write`; else they go into the target folder.
//!
//! Deliberately absent: a limit. Times depend on the machine, and goals are for a person to see.

mod chart;
mod lines;
mod regression;
mod results;
mod ruler;
mod runs;
mod tables;
mod times;
mod tools;
mod way;

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use cargo_tripline::{Status, Step, print};
use clap::Args;

use crate::bench::outputs::Outputs;
use crate::bench::package::Package;
use crate::bench::rounds::in_turn;
use crate::bench::suite::results::Results;
use crate::bench::suite::ruler::Ruler;
use crate::bench::suite::runs::{Reading, Runs};
use crate::bench::suite::way::Way;
use crate::page::Page;

/// How often, and where the results go.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct SuiteArgs {
    /// How many readings each figure is the median of.
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..))]
    rounds: u16,

    /// Writes docs/suite.md, .csv and .svg; without it the table is printed, and the rest goes to the target folder.
    #[arg(long)]
    write: bool,
}

/// What is generated on the page.
const BLOCKS: [&str; 4] = ["ways", "workloads", "regression", "ruler"];

/// The package that the ways are in.
fn package() -> anyhow::Result<PathBuf> {
    Ok(root()?.join("crates/bench"))
}

fn root() -> anyhow::Result<&'static Path> {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("no workspace")
}

pub(super) fn suite(args: SuiteArgs) -> anyhow::Result<Status> {
    let docs = Outputs::docs(root()?, "suite");
    if args.write {
        // A marker that is missing is better known before measuring than after.
        let page = Page::load(&docs.path("md"))?;
        BLOCKS.iter().try_for_each(|name| page.block(name).map(drop))?;
    }
    let package = package()?;
    let target = Package::build(&package, &["--tests"])?.target;
    let ruler = Ruler::of(&package, args.rounds)?;
    let (runner, absent) = match tools::runner(&ruler.gungraun, &target) {
        Ok(runner) => (Some(runner), None),
        Err(why) => (None, Some(format!("{} is left out: {why}", Way::Gungraun.title()))),
    };
    let ways: Vec<_> =
        Way::ALL.into_iter().filter(|way| *way != Way::Gungraun || runner.is_some()).collect();
    let runs = Runs { package, target, runner };
    let outcome = Outcome {
        results: read(&runs, &ways, usize::from(args.rounds))?,
        lines: count(&runs, &ways)?,
        said: ways.iter().map(|way| said(&runs, *way)).collect::<anyhow::Result<_>>()?,
        absent,
        ruler,
    };
    outcome.publish(args.write.then_some(docs), &runs.target)?;
    Ok(Status::Holds)
}

/// Every round of every way. Each runs once before, because the first run builds.
fn read(runs: &Runs, ways: &[Way], rounds: usize) -> anyhow::Result<Results> {
    let mut columns: Vec<_> = ways.iter().map(|way| (*way, Vec::with_capacity(rounds))).collect();
    let most = ways.iter().map(|way| way.runs()).max().unwrap_or_default();
    for way in ways {
        let _step = Step::begin(format!("building and trying {}", way.title()));
        runs.read(*way)?;
    }
    for round in 0..rounds {
        for run in 0..most {
            for way in in_turn(ways, round + run).filter(|way| run < way.runs()) {
                let title = way.title();
                let run_of = format!("run {} of {}", run + 1, way.runs());
                let _step =
                    Step::begin(format!("round {} of {rounds}: {title}, {run_of}", round + 1));
                let reading = runs.read(*way)?;
                let column = columns.iter_mut().find(|(of, _)| of == way);
                let readings = &mut column.context("a way without a column")?.1;
                keep(readings, round, reading);
            }
        }
    }
    Ok(Results::new(columns))
}

/// One reading a round, of the fastest of everything.
fn keep(readings: &mut Vec<Reading>, round: usize, reading: Reading) {
    match readings.get_mut(round) {
        Some(kept) => *kept = kept.faster(reading),
        None => readings.push(reading),
    }
}

fn count(runs: &Runs, ways: &[Way]) -> anyhow::Result<Vec<tables::Lines>> {
    ways.iter().map(|way| Ok((*way, lines::of_way(&runs.package, *way)?))).collect()
}

fn said(runs: &Runs, way: Way) -> anyhow::Result<regression::Said> {
    let _step = Step::begin(format!("seeding a regression for {}", way.title()));
    regression::said(runs, way)
}

/// All that is told.
#[derive(Debug)]
struct Outcome {
    results: Results,
    lines: Vec<tables::Lines>,
    said: Vec<regression::Said>,
    absent: Option<String>,
    ruler: Ruler,
}

impl Outcome {
    fn publish(&self, docs: Option<Outputs>, target: &Path) -> anyhow::Result<()> {
        print(&self.text());
        let page = docs.as_ref().map(|docs| self.page(&docs.path("md"))).transpose()?;
        let outputs = docs.map_or_else(|| Outputs::target(target, "suite"), Ok)?;
        let csv = outputs.write("csv", &tables::readings(&self.results))?;
        let svg = outputs.write("svg", &chart::chart(&self.results))?;
        // The page last: it must not show figures that its plot does not.
        let page = page.map(|page| outputs.write("md", &page)).transpose()?;
        for path in [Some(csv), Some(svg), page].into_iter().flatten() {
            print(&format!("written: {}\n", path.display()));
        }
        Ok(())
    }

    fn text(&self) -> String {
        let absent = self.absent.as_ref().map(|why| format!("  {why}\n"));
        format!(
            "{}{}\nmeasured part, ms\n{}\n{}\n",
            tables::ways(&self.results, &self.lines).text(),
            absent.unwrap_or_default(),
            tables::workloads(&self.results).text(),
            regression::markdown(&self.said),
        )
    }

    /// The page with what follows from this.
    fn page(&self, path: &Path) -> anyhow::Result<Page> {
        let absent = self.absent.as_ref().map(|why| format!("\n{why}\n")).unwrap_or_default();
        let plot = "\n![The whole run and the measured part of each way](suite.svg)\n";
        let ways = tables::ways(&self.results, &self.lines).markdown() + &absent + plot;
        let page = Page::load(path)?.replaced("ways", &ways)?;
        let page = page.replaced("workloads", &tables::workloads(&self.results).markdown())?;
        let page = page.replaced("regression", &regression::markdown(&self.said))?;
        page.replaced("ruler", &self.ruler.table().markdown())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_round_has_one_reading_of_the_fastest_of_everything() {
        let reading = |whole, region| Reading {
            whole: Duration::from_secs(whole),
            regions: [Duration::from_secs(region); 5],
        };
        let mut readings = Vec::new();
        for (round, read) in [(0, reading(9, 2)), (0, reading(8, 3)), (1, reading(9, 4))] {
            keep(&mut readings, round, read);
        }
        assert_eq!(readings, [reading(8, 2), reading(9, 4)]);
    }

    #[test]
    fn every_block_of_the_page_is_there_to_be_written() {
        let outcome = Outcome {
            results: results::testing::results(),
            lines: vec![(Way::Plain, 20)],
            said: vec![regression::Said { way: Way::Plain, fails: false, text: String::new() }],
            absent: Some("gungraun, DHAT is left out: valgrind is not installed".to_owned()),
            ruler: Ruler::of(&package().unwrap(), 2).unwrap(),
        };
        let page = outcome.page(&Outputs::docs(root().unwrap(), "suite").path("md")).unwrap();
        for words in [
            "| plain tests | 1500 (1250 – 1750) |",
            "is left out: valgrind",
            "](suite.svg)",
            "| dhat by hand | 165.0 |",
            "**plain tests**: passes.",
            "| engine | turso ",
        ] {
            assert!(page.contains(words), "no {words} in\n{}", &*page);
        }
    }
}
