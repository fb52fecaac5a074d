//! What one row more and one connection more cost: the last point of a sweep less its first.

use anyhow::Context as _;

use crate::mvcc_cost::figure::{METRICS, Point};
use crate::mvcc_cost::sweep::{Job, Mode, by_connections, by_rows};

/// Where on a sweep's axis a job is.
type Place = fn(&Job) -> u64;

/// A line for each sweep and metric: WAL, MVCC and the difference.
pub(super) fn table(points: &[Point]) -> anyhow::Result<String> {
    let mut text = String::from(
        "| one more | adds | WAL | MVCC | MVCC less WAL |\n|---|---|---:|---:|---:|\n",
    );
    let sweeps: [(_, _, Place); 2] = [
        ("row", by_rows(points), |job| job.rows),
        ("connection", by_connections(points), |job| job.connections),
    ];
    for (one, points, place) in sweeps {
        for (index, metric) in METRICS.iter().enumerate() {
            let slope = |mode| slope(&points, mode, place, index);
            let (wal, mvcc) = (slope(Mode::Wal)?, slope(Mode::Mvcc)?);
            let [wal, mvcc, difference] = [wal, mvcc, mvcc - wal].map(|slope| number(slope, one));
            text.push_str(&format!(
                "| {one} | {} | {wal} | {mvcc} | {difference} |\n",
                metric.title
            ));
        }
    }
    Ok(text)
}

fn slope(points: &[&Point], mode: Mode, place: Place, metric: usize) -> anyhow::Result<f64> {
    let mut of_mode = points.iter().filter(|point| point.job.mode == mode);
    let at = |point: &Point| (place(&point.job) as f64, point.figures[metric].median as f64);
    let first = of_mode.next().map(|point| at(point));
    let last = of_mode.next_back().map(|point| at(point));
    let both = first.zip(last);
    let ((x0, y0), (x1, y1)) = both.with_context(|| format!("{mode:?} has fewer than 2 points"))?;
    Ok((y1 - y0) / (x1 - x0))
}

/// A row costs little, so its decimals count; a connection's do not.
fn number(slope: f64, one: &str) -> String {
    let decimals = if one == "row" { 1 } else { 0 };
    let text = format!("{slope:.decimals$}");
    // A rounded nought has no sign.
    if text.trim_start_matches('-').chars().all(|c| c == '0' || c == '.') {
        return text.trim_start_matches('-').to_owned();
    }
    text.replacen('-', "−", 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mvcc_cost::figure::Figure;

    fn point(mode: Mode, rows: u64, median: u64) -> Point {
        let job = Job { mode, rows, connections: 4 };
        Point { job, figures: [Figure { median, spread: 0 }; METRICS.len()] }
    }

    #[test]
    fn a_slope_is_last_less_first_over_the_way_between() {
        let points = [
            point(Mode::Wal, 1_000, 500),
            point(Mode::Mvcc, 1_000, 5_000),
            point(Mode::Mvcc, 2_000, 1),
            point(Mode::Mvcc, 5_000, 25_000),
            point(Mode::Wal, 5_000, 100),
        ];
        let points: Vec<_> = points.iter().collect();
        assert_eq!(slope(&points, Mode::Mvcc, |job| job.rows, 0).unwrap(), 5.0);
        assert_eq!(slope(&points, Mode::Wal, |job| job.rows, 0).unwrap(), -0.1);
    }

    #[test]
    fn one_point_has_no_slope() {
        let point = point(Mode::Wal, 1_000, 500);
        let error = slope(&[&point], Mode::Wal, |job| job.rows, 0).unwrap_err();
        assert_eq!(error.to_string(), "Wal has fewer than 2 points");
    }

    #[test]
    fn a_slope_is_written_with_a_minus_sign_and_never_as_minus_nought() {
        assert_eq!(number(-12.34, "row"), "−12.3");
        assert_eq!(number(-0.04, "row"), "0.0");
        assert_eq!(number(1_234.5, "connection"), "1234");
    }
}
