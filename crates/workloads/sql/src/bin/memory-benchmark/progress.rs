//! The progress of a run: the measured process counts, this process draws.

use indicatif::{ProgressBar, ProgressStyle};
use workload_sql::Phase;

use crate::job::Job;

/// Counts the batches of the job's workload, the mark and the end included. Without connections a
/// profile makes no items for its run, so counting is cheap.
pub(crate) fn batches(job: &Job) -> anyhow::Result<u64> {
    let mut profile = job.profile()?;
    let mut batches = 1;
    while profile.next_batch(0).0 != Phase::Done {
        batches += 1;
    }
    Ok(batches)
}

/// Returns a bar on standard error if that is a terminal, else nothing.
pub(crate) fn bar(length: u64) -> ProgressBar {
    let bar = ProgressBar::new(length);
    let style = ProgressStyle::with_template("{msg:>14} {wide_bar} {percent:>3} %  {eta} left");
    bar.set_style(style.expect("the template is a constant"));
    bar
}
