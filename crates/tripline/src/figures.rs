//! From readings to figures: what a meter writes under each metric's key.

use std::collections::BTreeMap;

use tripline_budget::{Blocks, Figures, Scaled};

use crate::probe::{Notes, Phase, Region};
use crate::recording::{Reading, Stats};

/// Threads and descriptors of this process, where the platform can tell.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Census {
    pub(crate) threads: Option<u64>,
    pub(crate) descriptors: Option<u64>,
}

/// Everything the region and its surroundings measured. The region must have ended.
pub(crate) fn of(notes: &Notes, before: Census, after: Census) -> Figures {
    let mut figures = Figures { entities: notes.entities.clone(), ..Figures::default() };
    match &notes.region {
        Region::Dhat { recording, phases, end: Some(end) } => {
            figures.freed_before = freed_before(end);
            figures.counted =
                Blocks { blocks: end.ledger.total_blocks, bytes: end.ledger.total_bytes };
            heap(&mut figures.metrics, end, recording.leaked());
            for phase in phases {
                phase_heap(&mut figures.metrics, phase);
            }
            census(&mut figures, before, after);
        }
        Region::Rss { start, end, .. } => rss(&mut figures, *start, *end),
        Region::Before | Region::Dhat { end: None, .. } => {}
    }
    for (label, length) in &notes.disk_lengths {
        figures.metrics.insert(format!("disk_bytes.{label}"), *length);
    }
    for (name, value) in &notes.reports {
        figures.metrics.insert(format!("reported.{name}"), *value);
    }
    // Which sizes there are; what the others cost is not known here.
    figures.scale = notes.sizes.iter().map(|&size| Scaled { size, ..Scaled::default() }).collect();
    figures
}

fn heap(metrics: &mut BTreeMap<String, u64>, end: &Reading, leaked: Option<Stats>) {
    let Stats { total_blocks, total_bytes, live_blocks, live_bytes, max_blocks, max_bytes } =
        end.dhat;
    let figures = [
        ("total_blocks", total_blocks),
        ("total_bytes", total_bytes),
        ("max_blocks", max_blocks),
        ("max_bytes", max_bytes),
        ("live_blocks", live_blocks),
        ("live_bytes", live_bytes),
    ];
    metrics.extend(figures.map(|(key, value)| (key.to_owned(), value)));
    if let Some(leaked) = leaked {
        metrics.insert("leaked_blocks".to_owned(), leaked.live_blocks);
        metrics.insert("leaked_bytes".to_owned(), leaked.live_bytes);
    }
}

fn phase_heap(metrics: &mut BTreeMap<String, u64>, phase: &Phase) {
    let Some(end) = &phase.end else { return };
    let start = &phase.start;
    let (max_blocks, max_bytes) = phase_peak(start, end);
    let figures = [
        ("total_blocks", end.dhat.total_blocks - start.dhat.total_blocks),
        ("total_bytes", end.dhat.total_bytes - start.dhat.total_bytes),
        ("max_blocks", max_blocks),
        ("max_bytes", max_bytes),
        ("live_blocks", end.dhat.live_blocks),
        ("live_bytes", end.dhat.live_bytes),
    ];
    metrics.extend(figures.map(|(key, value)| (format!("phase.{}.{key}", phase.name), value)));
}

/// The highest live heap within a phase, as blocks and bytes.
///
/// dhat knows it only where the phase set a new peak of the region. Elsewhere the ledger does, short of
/// what the region had freed from before itself by then; by the phase's end is an upper bound.
fn phase_peak(start: &Reading, end: &Reading) -> (u64, u64) {
    if end.dhat.max_bytes > start.dhat.max_bytes {
        return (end.dhat.max_blocks, end.dhat.max_bytes);
    }
    let (freed_blocks, freed_bytes) = end.freed_before();
    let blocks = end.ledger.peak_blocks.saturating_add(freed_blocks);
    let bytes = end.ledger.peak_bytes.saturating_add(freed_bytes);
    (clamp(blocks), clamp(bytes).min(end.dhat.max_bytes))
}

fn freed_before(end: &Reading) -> Blocks {
    let (blocks, bytes) = end.freed_before();
    Blocks { blocks: clamp(blocks), bytes: clamp(bytes) }
}

fn clamp(figure: i64) -> u64 {
    u64::try_from(figure).unwrap_or(0)
}

fn census(figures: &mut Figures, before: Census, after: Census) {
    let leaked = |before: Option<u64>, after: Option<u64>| Some(after?.saturating_sub(before?));
    let unsupported = "counted on Linux only";
    insert(figures, "leaked_threads", leaked(before.threads, after.threads), unsupported);
    insert(figures, "leaked_fds", leaked(before.descriptors, after.descriptors), unsupported);
}

fn rss(figures: &mut Figures, start: Option<u64>, end: Option<u64>) {
    let growth = start.zip(end).map(|(start, end)| end.saturating_sub(start));
    let unsupported = "resident memory is read on Linux only";
    insert(figures, "rss_max_bytes", end, unsupported);
    insert(figures, "rss_growth_bytes", growth, unsupported);
}

fn insert(figures: &mut Figures, key: &str, value: Option<u64>, unsupported: &str) {
    match value {
        Some(value) => drop(figures.metrics.insert(key.to_owned(), value)),
        None => drop(figures.unsupported.insert(key.to_owned(), unsupported.to_owned())),
    }
}
