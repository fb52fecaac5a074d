//! `bench suite`: the cost of limiting memory in a test suite, by five methods on the same five workloads. One
//! method is plain tests, which limit nothing.
//!
//! In order: each [method] is run once, which builds it and shows that it passes; the methods run in turn for
//! some rounds ([method_runner]); each run has the time of the whole command and the [times](region_times) that
//! the workloads wrote; these become [results] and [tables]; then a [regression] is seeded, and the output of
//! each method is kept.
//!
//! The page's prose is written by hand. With `--write` the blocks between its markers, the plot and the CSV file
//! are replaced; without it, plot and CSV file go into the target folder.
//!
//! Deliberately absent: a limit. Times depend on the machine, so they are for a person to judge.

mod chart;
mod gungraun;
mod method;
mod method_runner;
mod region_times;
mod regression;
mod results;
mod ruler;
mod source_lines;
mod tables;

use std::path::Path;

use cargo_tripline::{Status, Step, print};
use clap::Args;

use crate::bench::outputs::Outputs;
use crate::bench::rounds::in_turn;
use crate::bench::suite::method::Method;
use crate::bench::suite::method_runner::MethodRunner;
use crate::bench::suite::regression::RegressionOutput;
use crate::bench::suite::results::{MethodTimes, SuiteResults};
use crate::bench::suite::ruler::TimingRuler;
use crate::bench::suite::source_lines::SourceLines;
use crate::generated_page::GeneratedPage;
use crate::{bench, workspace};

/// The arguments of `bench suite`.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct SuiteArgs {
    /// Rounds; each figure is their median.
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..))]
    rounds: u16,

    /// Writes docs/suite.md, .csv and .svg. Without it, CSV and plot go to the target folder.
    #[arg(long)]
    write: bool,
}

const NAME: &str = "suite";

/// The page's generated blocks.
const BLOCKS: [&str; 4] = ["methods", "workloads", "regression", "ruler"];

/// Measures, prints the results and writes the files.
pub(super) fn suite(args: SuiteArgs) -> anyhow::Result<Status> {
    let docs = Outputs::docs(workspace::root()?, NAME);
    if args.write {
        GeneratedPage::load_with(&docs.path("md"), &BLOCKS)?;
    }
    let package = workspace::bench_package()?;
    let target = bench::build_release(&package, "--tests")?.target_folder()?.to_owned();
    let ruler = TimingRuler::of(&package, args.rounds)?;
    let (gungraun, left_out) = match gungraun::runner(&ruler.gungraun, &target) {
        Ok(runner) => (Some(runner), None),
        Err(reason) => (None, Some(format!("{} is left out: {reason}", Method::Gungraun.title()))),
    };
    let runner = MethodRunner { package, target, gungraun };
    let methods = runner.methods();
    let report = SuiteReport {
        results: run_rounds(&runner, &methods, usize::from(args.rounds))?,
        lines: of_each(&methods, |method| SourceLines::of(&runner.package, method))?,
        outputs: of_each(&methods, |method| seed_regression(&runner, method))?,
        left_out,
        ruler,
    };
    report.publish(args.write.then_some(docs), &runner.target)?;
    Ok(Status::Holds)
}

/// Runs every round of every method. Each method runs once before, because the first run builds.
fn run_rounds(
    runner: &MethodRunner,
    methods: &[Method],
    rounds: usize,
) -> anyhow::Result<SuiteResults> {
    for method in methods {
        let _step = Step::begin(format!("building and trying {}", method.title()));
        runner.run(*method)?;
    }
    let mut all: Vec<_> = methods.iter().map(|method| MethodTimes::new(*method)).collect();
    for round in 0..rounds {
        let _step = Step::begin(format!("round {} of {rounds}", round + 1));
        run_round(runner, &mut all, round)?;
    }
    Ok(SuiteResults::new(all))
}

/// Runs one round. The methods take turns until each has had all its runs.
fn run_round(runner: &MethodRunner, all: &mut [MethodTimes], round: usize) -> anyhow::Result<()> {
    let indexes: Vec<_> = (0..all.len()).collect();
    let most_runs = all.iter().map(|times| times.method.runs()).max().unwrap_or_default();
    for run in 0..most_runs {
        for index in in_turn(&indexes, round + run) {
            let times = &mut all[*index];
            if run < times.method.runs() {
                times.add(round, runner.run(times.method)?);
            }
        }
    }
    Ok(())
}

fn seed_regression(runner: &MethodRunner, method: Method) -> anyhow::Result<RegressionOutput> {
    let _step = Step::begin(format!("seeding a regression for {}", method.title()));
    regression::run(runner, method)
}

fn of_each<T>(
    methods: &[Method],
    value: impl Fn(Method) -> anyhow::Result<T>,
) -> anyhow::Result<Vec<T>> {
    methods.iter().map(|method| value(*method)).collect()
}

/// All that the benchmark prints and writes.
#[derive(Debug)]
struct SuiteReport {
    results: SuiteResults,
    lines: Vec<SourceLines>,
    outputs: Vec<RegressionOutput>,
    /// The method that could not run, with the reason.
    left_out: Option<String>,
    ruler: TimingRuler,
}

impl SuiteReport {
    fn publish(&self, docs: Option<Outputs>, target: &Path) -> anyhow::Result<()> {
        print(&self.text());
        let page = docs.as_ref().map(|docs| self.page(&docs.path("md"))).transpose()?;
        let outputs = docs.map_or_else(|| Outputs::target(target, NAME), Ok)?;
        let csv = outputs.write("csv", &tables::every_time(&self.results))?;
        let svg = outputs.write("svg", &chart::chart(&self.results))?;
        // The page last: it must not show figures that its plot does not.
        let page = page.map(|page| outputs.write("md", &page)).transpose()?;
        for path in [Some(csv), Some(svg), page].into_iter().flatten() {
            print(&format!("written   {}\n", path.display()));
        }
        Ok(())
    }

    /// Returns the text for the terminal.
    fn text(&self) -> String {
        let left_out = self.left_out.as_ref().map(|reason| format!("  {reason}\n"));
        format!(
            "{}{}\nmeasured part, ms\n{}\n{}\n",
            tables::methods(&self.results, &self.lines).text(),
            left_out.unwrap_or_default(),
            tables::workloads(&self.results).text(),
            regression::markdown(&self.outputs),
        )
    }

    /// Returns the page with all its generated blocks replaced.
    fn page(&self, path: &Path) -> anyhow::Result<GeneratedPage> {
        let left_out = self.left_out.as_ref().map(|reason| format!("\n{reason}\n"));
        let plot = "\n![The whole run and the measured part of each method](suite.svg)\n";
        let methods = tables::methods(&self.results, &self.lines).markdown();
        let methods = methods + &left_out.unwrap_or_default() + plot;
        let page = GeneratedPage::load(path)?.replaced("methods", &methods)?;
        let page = page.replaced("workloads", &tables::workloads(&self.results).markdown())?;
        let page = page.replaced("regression", &regression::markdown(&self.outputs))?;
        page.replaced("ruler", &self.ruler.table().markdown())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_block_of_the_page_is_there_to_be_written() {
        let passes = RegressionOutput { method: Method::Plain, fails: false, text: String::new() };
        let report = SuiteReport {
            results: results::testing::results(),
            lines: vec![SourceLines { method: Method::Plain, count: 20 }],
            outputs: vec![passes],
            left_out: Some("gungraun, DHAT is left out: valgrind is not installed".to_owned()),
            ruler: TimingRuler::of(&workspace::bench_package().unwrap(), 2).unwrap(),
        };
        let docs = Outputs::docs(workspace::root().unwrap(), NAME);
        let page = report.page(&docs.path("md")).unwrap();
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
