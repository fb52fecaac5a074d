//! `mvcc-cost`: what MVCC costs in heap beside WAL, per row and per connection.
//!
//! In order: the [sweep] says which loads; `memory-benchmark` [measures](benchmark) each several
//! times; the readings become [figures](figure), the figures [tables](table), [slopes](slope) and a
//! [chart]; these go between the markers of a [page](crate::page) whose prose is written by hand.
//!
//! `--check` takes the same way and compares instead of writing. The page's tables are the only place
//! where figures are kept, so the check reads them back, and the plot must follow from them.
//!
//! Deliberately absent: a fitted model. A slope is last point less first, no more.

mod benchmark;
mod chart;
mod check;
mod figure;
mod json;
mod ruler;
mod scale;
mod slope;
mod sweep;
mod table;

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use cargo_tripline::{Status, Step, print};
use clap::Args;

use crate::mvcc_cost::benchmark::Benchmark;
use crate::mvcc_cost::figure::Point;
use crate::mvcc_cost::ruler::Ruler;
use crate::page::Page;
use crate::publish;

/// Whether to write the page or to hold it to fresh figures.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct MvccCostArgs {
    /// Writes nothing; fails if the page's figures are no longer what is measured.
    #[arg(long)]
    check: bool,

    /// How often each load is measured; the median counts.
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..))]
    runs: u32,
}

/// What is generated on the page.
const BLOCKS: [&str; 4] = ["slopes", "by rows", "by connections", "ruler"];

/// Writes `docs/mvcc-cost.md` and `docs/mvcc-cost.svg`, or checks them.
pub(crate) fn mvcc_cost(args: MvccCostArgs) -> anyhow::Result<Status> {
    let files = Files::of_workspace()?;
    let page = Page::load(&files.page)?;
    // A marker that is missing is better known before measuring than after.
    for name in BLOCKS {
        page.block(name)?;
    }
    let benchmark = Benchmark::build(&files.root)?;
    let ruler = Ruler::here(&files.root, &benchmark, args.runs)?;
    if args.check {
        return check::check(&files, &page, &ruler, || measure(&benchmark, args.runs));
    }
    let points = measure(&benchmark, args.runs)?;
    // Measuring takes minutes, in which somebody may have written on the prose.
    let page = with_figures(Page::load(&files.page)?, &points)?;
    let page = page.replaced("ruler", &ruler.table())?;
    // The plot first: a page must not show figures that its plot does not.
    publish::write(&files.plot, &chart::chart(&points)?)?;
    publish::write(&files.page, &page)?;
    print("docs/mvcc-cost.md and docs/mvcc-cost.svg written\n");
    Ok(Status::Holds)
}

/// What is read and written.
#[derive(Debug)]
struct Files {
    root: PathBuf,
    page: PathBuf,
    plot: PathBuf,
}

impl Files {
    fn of_workspace() -> anyhow::Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("no workspace")?;
        let docs = root.join("docs");
        Ok(Self {
            root: root.to_owned(),
            page: docs.join("mvcc-cost.md"),
            plot: docs.join("mvcc-cost.svg"),
        })
    }
}

/// `page` with everything that follows from `points`.
fn with_figures(page: Page, points: &[Point]) -> anyhow::Result<Page> {
    let page = page.replaced("slopes", &slope::table(points)?)?;
    let page = page.replaced("by rows", &table::table(&sweep::by_rows(points)))?;
    page.replaced("by connections", &table::table(&sweep::by_connections(points)))
}

fn measure(benchmark: &Benchmark, runs: u32) -> anyhow::Result<Vec<Point>> {
    let jobs = sweep::jobs();
    let mut points = Vec::with_capacity(jobs.len());
    for (index, job) in jobs.iter().enumerate() {
        let _step =
            Step::begin(format!("measuring {job} ({} of {}, {runs} runs)", index + 1, jobs.len()));
        let readings: anyhow::Result<Vec<_>> = (0..runs).map(|_| benchmark.read(job)).collect();
        points.push(Point::new(*job, &readings?)?);
    }
    Ok(points)
}
