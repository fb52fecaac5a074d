//! The history as a picture: a row for each limit, its line over the commits.
//!
//! A limit's line runs between its least and its most, which stand beside it: above zero the moves of most limits
//! would not show. Commits stand at equal distances. All coordinates are whole pixels, so one history gives one file.

use tripline_budget::DisplayScale;

use crate::commands::history::budget_history::{LimitTrack, WorkloadHistory};
use crate::commands::history::drift::{Drift, Drifts};
use crate::commands::history::read::History;
use crate::commands::history::table::since;
use crate::output::{Svg, shorten, shown};
use crate::repository::{Commit, short};

const WIDTH: u64 = 1_000;
/// The left end of each line.
const LEFT: u64 = 330;
const RIGHT: u64 = 720;
const TOP: u64 = 60;
const ROW: u64 = 36;
/// The height of a line within its row.
const REACH: u64 = 22;

/// Characters of a limit's name that fit before its line.
const NAME: usize = 42;

const STYLE: &str = "
text { font: 12px system-ui, sans-serif; fill: #1f2328; }
.title { font-weight: 600; }
.end { text-anchor: end; }
.quiet { fill: #59636e; }
.ground { fill: #ffffff; }
.grid { stroke: #d1d9e0; }
.line { fill: none; stroke: #0969da; stroke-width: 2; stroke-linecap: square; }
@media (prefers-color-scheme: dark) {
text { fill: #f0f6fc; }
.quiet { fill: #9198a1; }
.ground { fill: #0d1117; }
.grid { stroke: #3d444d; }
.line { stroke: #58a6ff; }
}
";

/// Returns the whole file.
pub(super) fn history_plot(history: &History, drifts: &Drifts) -> String {
    let workloads = &history.budgets.workloads;
    let rows: usize = workloads.iter().map(|workload| workload.tracks.len() + 1).sum();
    let height = TOP + ROW * rows as u64 + 10;
    let mut plot = Plot { svg: Svg::default(), commits: &history.commits, y: TOP };
    plot.head(height, &since(&drifts.since));
    for (workload, drifts) in workloads.iter().zip(&drifts.limits) {
        plot.workload(workload, drifts);
    }
    plot.svg.finish()
}

struct Plot<'a> {
    svg: Svg,
    commits: &'a [Commit],
    /// The top of the next row.
    y: u64,
}

impl Plot<'_> {
    fn head(&mut self, height: u64, since: &str) {
        self.svg = Svg::drawing([WIDTH as f64, height as f64], "Limits over commits", STYLE);
        self.words("title", 20, 30, "Limits over commits");
        let commits = self.commits;
        if let (Some(first), Some(last)) = (commits.first(), commits.last()) {
            self.words("quiet", LEFT, 50, &named(first));
            self.words("quiet end", RIGHT, 50, &named(last));
        }
        self.words("quiet end", WIDTH - 20, 30, since);
    }

    fn workload(&mut self, workload: &WorkloadHistory, drifts: &[Drift]) {
        self.words("title", 20, self.y + 24, &workload.name);
        self.y += ROW;
        for (track, drift) in workload.tracks.iter().zip(drifts) {
            self.track(track, *drift);
            self.y += ROW;
        }
    }

    fn track(&mut self, track: &LimitTrack, drift: Drift) {
        let (top, base) = (self.y + 4, self.y + 4 + REACH);
        let amounts = track.moves.iter().filter_map(|step| step.new.as_ref());
        let amounts: Vec<u64> = amounts.map(|value| value.amount).collect();
        let (Some(least), Some(most)) = (amounts.iter().min(), amounts.iter().max()) else {
            return;
        };
        let scale = DisplayScale::exact(track.unit);
        self.words("", 40, self.y + 20, &shorten(&track.name(), NAME));
        for y in [top, base] {
            let [x1, x2, y] = [LEFT, RIGHT, y].map(|place| place.to_string());
            let ends = [("x1", &*x1), ("x2", &*x2), ("y1", &*y), ("y2", &*y)];
            self.svg.empty("line", &[&[("class", "grid")], &ends[..]].concat());
        }
        let place = |amount: u64| base - part(amount - least, most - least, REACH);
        for points in self.lines(track, place) {
            self.svg.empty("polyline", &[("class", "line"), ("points", &points)]);
        }
        if least == most {
            self.words("quiet", RIGHT + 10, self.y + 20, &scale.format(*most));
        } else {
            self.words("quiet", RIGHT + 10, top + 6, &scale.format(*most));
            self.words("quiet", RIGHT + 10, base + 4, &scale.format(*least));
        }
        let now = drift.now.map_or_else(|| "gone".to_owned(), |_| drift.percent());
        self.words("end", WIDTH - 20, self.y + 20, &now);
    }

    /// Returns a line of steps for each time that the limit existed.
    fn lines(&self, track: &LimitTrack, place: impl Fn(u64) -> u64) -> Vec<String> {
        let last = self.commits.len().saturating_sub(1) as u64;
        let across = |commit: usize| LEFT + part(commit as u64, last, RIGHT - LEFT);
        let mut lines = Vec::new();
        let mut points = Vec::new();
        let mut height = None;
        for step in &track.moves {
            let x = across(step.commit);
            points.extend(height.map(|y: u64| format!("{x},{y}")));
            height = step.new.as_ref().map(|value| place(value.amount));
            match height {
                Some(y) => points.push(format!("{x},{y}")),
                None => lines.push(std::mem::take(&mut points).join(" ")),
            }
        }
        if let Some(y) = height {
            points.push(format!("{RIGHT},{y}"));
            lines.push(points.join(" "));
        }
        lines
    }

    fn words(&mut self, class: &str, x: u64, y: u64, text: &str) {
        let (x, y) = (x.to_string(), y.to_string());
        self.svg.leaf("text", &[("class", class), ("x", &x), ("y", &y)], &shown(text));
    }
}

/// Returns the part of `of` that `amount` is of `all`; half of it if `all` is 0.
fn part(amount: u64, all: u64, of: u64) -> u64 {
    match all {
        0 => of / 2,
        _ => u64::try_from(u128::from(amount) * u128::from(of) / u128::from(all)).unwrap_or(of),
    }
}

fn named(commit: &Commit) -> String {
    format!("{} {}", short(&commit.id), commit.date)
}
