//! `mvcc-cost`: the heap that MVCC takes beside WAL, per row and per connection.
//!
//! In order: the [sweep] lists the loads; `memory-benchmark` [measures](memory_benchmark) each several
//! times; its reports become [figures], the figures [tables](table), [slopes](slope) and a
//! [chart]; these go between the markers of a [page](crate::generated_page) whose prose is written by hand.
//!
//! `--check` does the same, and compares instead of writing. Figures are kept in the page's tables only,
//! so the check reads them back, and the plot must follow from them.
//!
//! Deliberately absent: a fitted model. A slope is the last point less the first, no more.

mod chart;
mod check;
mod figures;
mod memory_benchmark;
mod ruler;
mod slope;
mod sweep;
mod table;

use std::path::{Path, PathBuf};

use cargo_tripline::{Status, Step, print};
use clap::Args;

use crate::generated_page::GeneratedPage;
use crate::mvcc_cost::figures::SweepPoint;
use crate::mvcc_cost::memory_benchmark::MemoryBenchmark;
use crate::mvcc_cost::ruler::SweepRuler;
use crate::mvcc_cost::sweep::Sweep;
use crate::{whole_file, workspace};

/// The arguments of `mvcc-cost`.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct MvccCostArgs {
    /// Writes nothing; fails if fresh figures differ from the page's.
    #[arg(long)]
    check: bool,

    /// Runs of each load; the median counts.
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..))]
    runs: u32,
}

/// The page's generated blocks.
const BLOCKS: [&str; 4] = ["slopes", "by rows", "by connections", "ruler"];

/// Writes `docs/mvcc-cost.md` and `docs/mvcc-cost.svg`, or checks them.
pub(crate) fn mvcc_cost(args: MvccCostArgs) -> anyhow::Result<Status> {
    let files = PageFiles::of_workspace()?;
    let page = GeneratedPage::load_with(&files.page, &BLOCKS)?;
    let benchmark = MemoryBenchmark::build(files.root)?;
    let ruler = SweepRuler::here(files.root, &benchmark, args.runs)?;
    if args.check {
        return check::check(&files, &page, &ruler, || measure(&benchmark, args.runs));
    }
    let points = measure(&benchmark, args.runs)?;
    // The prose may have been edited while this measured.
    let page = with_figures(GeneratedPage::load(&files.page)?, &points)?;
    let page = page.replaced("ruler", &ruler.table())?;
    // The plot first: a page must not show figures that its plot does not.
    whole_file::write(&files.plot, &chart::chart(&points)?)?;
    whole_file::write(&files.page, &page)?;
    print("docs/mvcc-cost.md and docs/mvcc-cost.svg written\n");
    Ok(Status::Holds)
}

/// The page and its plot, in the workspace at `root`.
#[derive(Debug)]
struct PageFiles {
    root: &'static Path,
    page: PathBuf,
    plot: PathBuf,
}

impl PageFiles {
    fn of_workspace() -> anyhow::Result<Self> {
        let root = workspace::root()?;
        let docs = root.join("docs");
        Ok(Self { root, page: docs.join("mvcc-cost.md"), plot: docs.join("mvcc-cost.svg") })
    }
}

/// Returns `page` with everything that follows from `points`.
fn with_figures(page: GeneratedPage, points: &[SweepPoint]) -> anyhow::Result<GeneratedPage> {
    let page = page.replaced("slopes", &slope::table(points)?)?;
    let page = page.replaced("by rows", &table::table(&Sweep::Rows.of(points)))?;
    page.replaced("by connections", &table::table(&Sweep::Connections.of(points)))
}

fn measure(benchmark: &MemoryBenchmark, runs: u32) -> anyhow::Result<Vec<SweepPoint>> {
    let loads = sweep::loads();
    let mut points = Vec::with_capacity(loads.len());
    for (index, load) in loads.iter().enumerate() {
        let number = format!("{} of {}", index + 1, loads.len());
        let _step = Step::begin(format!("measuring {load} ({number}, {runs} runs)"));
        let figures: anyhow::Result<Vec<_>> = (0..runs).map(|_| benchmark.measure(load)).collect();
        points.push(SweepPoint::new(*load, &figures?)?);
    }
    Ok(points)
}
