//! The cost of one row more and of one connection more: the last point of a sweep less its first.

use anyhow::Context as _;

use crate::mvcc_cost::figures::{FIELDS, SweepPoint};
use crate::mvcc_cost::sweep::{JournalMode, Sweep};

/// Returns a line for each sweep and field: WAL, MVCC and the difference.
pub(super) fn table(points: &[SweepPoint]) -> anyhow::Result<String> {
    let mut text = String::from(
        "| one more | adds | WAL | MVCC | MVCC less WAL |\n|---|---|---:|---:|---:|\n",
    );
    for sweep in Sweep::ALL {
        let points = sweep.of(points);
        for (index, field) in FIELDS.iter().enumerate() {
            let slope = |mode| slope(&points, sweep, mode, index);
            let (wal, mvcc) = (slope(JournalMode::Wal)?, slope(JournalMode::Mvcc)?);
            let [wal, mvcc, difference] = [wal, mvcc, mvcc - wal].map(|slope| number(slope, sweep));
            let (unit, title) = (sweep.unit(), field.title);
            text.push_str(&format!("| {unit} | {title} | {wal} | {mvcc} | {difference} |\n"));
        }
    }
    Ok(text)
}

fn slope(
    points: &[&SweepPoint],
    sweep: Sweep,
    mode: JournalMode,
    field: usize,
) -> anyhow::Result<f64> {
    let mut of_mode = points.iter().filter(|point| point.load.mode == mode);
    let ends = of_mode.next().zip(of_mode.next_back());
    let (first, last) = ends.with_context(|| format!("{mode:?} has fewer than 2 points"))?;
    let size = |point: &SweepPoint| sweep.size(&point.load) as f64;
    let median = |point: &SweepPoint| point.figures[field].median as f64;
    Ok((median(last) - median(first)) / (size(last) - size(first)))
}

/// Formats a slope. A row costs little, so its decimals count; a connection's do not.
fn number(slope: f64, sweep: Sweep) -> String {
    let decimals = match sweep {
        Sweep::Rows => 1,
        Sweep::Connections => 0,
    };
    let text = format!("{slope:.decimals$}");
    // A rounded zero has no sign.
    if text.trim_start_matches('-').chars().all(|c| c == '0' || c == '.') {
        return text.trim_start_matches('-').to_owned();
    }
    text.replacen('-', "−", 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mvcc_cost::figures::MedianFigure;
    use crate::mvcc_cost::sweep::InsertLoad;

    fn point(mode: JournalMode, rows: u64, median: u64) -> SweepPoint {
        let load = InsertLoad { mode, rows, connections: 4 };
        SweepPoint { load, figures: [MedianFigure { median, spread: 0 }; FIELDS.len()] }
    }

    #[test]
    fn a_slope_is_last_less_first_over_the_distance_between() {
        let points = [
            point(JournalMode::Wal, 1_000, 500),
            point(JournalMode::Mvcc, 1_000, 5_000),
            point(JournalMode::Mvcc, 2_000, 1),
            point(JournalMode::Mvcc, 5_000, 25_000),
            point(JournalMode::Wal, 5_000, 100),
        ];
        let points: Vec<_> = points.iter().collect();
        assert_eq!(slope(&points, Sweep::Rows, JournalMode::Mvcc, 0).unwrap(), 5.0);
        assert_eq!(slope(&points, Sweep::Rows, JournalMode::Wal, 0).unwrap(), -0.1);
    }

    #[test]
    fn one_point_has_no_slope() {
        let point = point(JournalMode::Wal, 1_000, 500);
        let error = slope(&[&point], Sweep::Rows, JournalMode::Wal, 0).unwrap_err();
        assert_eq!(error.to_string(), "Wal has fewer than 2 points");
    }

    #[test]
    fn a_slope_is_written_with_a_minus_sign_and_never_as_minus_zero() {
        assert_eq!(number(-12.34, Sweep::Rows), "−12.3");
        assert_eq!(number(-0.04, Sweep::Rows), "0.0");
        assert_eq!(number(1_234.5, Sweep::Connections), "1234");
    }
}
