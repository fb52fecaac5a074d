//! Writes reports as lines of figures in MB.

use crate::report::Report;

const COLUMNS: &str = "mode,workload,iterations,batch_size,connections,baseline_mb,rss_peak_mb,rss_final_mb,rss_growth_mb,\
                       heap_current_mb,heap_peak_mb,total_allocs,total_bytes_mb,db_mb,wal_mb,log_mb\n";

/// Returns a header, then one line for each report. A figure that was not measured is empty.
pub(crate) fn render(reports: &[Report]) -> String {
    let mut text = COLUMNS.to_owned();
    for report in reports {
        text += &line(report);
    }
    text
}

fn line(report: &Report) -> String {
    let mut cells = vec![
        report.mode.clone(),
        report.workload.clone(),
        report.iterations.to_string(),
        report.batch_size.to_string(),
        report.connections.to_string(),
    ];
    cells.extend(report.figures().map(|(key, value)| cell(key, value)));
    cells.join(",") + "\n"
}

fn cell(key: &str, value: Option<i64>) -> String {
    match value {
        None => String::new(),
        Some(count) if key == "total_allocs" => count.to_string(),
        Some(bytes) => mb(bytes),
    }
}

/// Formats bytes as MB; 1 MB is 1 000 000 bytes.
#[expect(clippy::cast_precision_loss, reason = "two decimals of a megabyte are printed")]
fn mb(bytes: i64) -> String {
    format!("{:.2}", bytes as f64 / 1e6)
}
