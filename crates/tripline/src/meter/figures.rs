//! From readings to figures: what a meter writes under each metric's key.

use std::collections::BTreeMap;

use tripline_budget::{Blocks, Figures, FiguresAtSize, MetricKind};

use crate::instruments::recording::{Certainty, Reading, Stats};
use crate::meter::probe::{Notes, Phase, Region};

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
        Region::Heap { measuring, phases, end: Some(end) } => {
            figures.engine = measuring.engine();
            figures.freed_before = freed_before(end);
            figures.counted =
                Blocks { blocks: end.ledger.total_blocks, bytes: end.ledger.total_bytes };
            heap(&mut figures, end);
            if let Some(leaked) = measuring.leaked() {
                insert_leaked(&mut figures.metrics, leaked);
            }
            for phase in phases {
                phase_heap(&mut figures, phase);
            }
            census(&mut figures, before, after);
        }
        Region::Rss { start, end, .. } => rss(&mut figures, *start, *end),
        Region::Before | Region::Heap { end: None, .. } => {}
    }
    for (label, length) in &notes.disk_lengths {
        figures.metrics.insert(MetricKind::DiskBytes.entry().key_of(label), *length);
    }
    for (name, value) in &notes.reports {
        figures.metrics.insert(MetricKind::Reported.entry().key_of(name), *value);
    }
    // Which sizes there are; what the others cost is not known here.
    figures.scale = notes
        .sizes
        .iter()
        .map(|&size| FiguresAtSize { size, ..FiguresAtSize::default() })
        .collect();
    figures
}

fn heap(figures: &mut Figures, end: &Reading) {
    let Stats { total_blocks, total_bytes, live_blocks, live_bytes, max_blocks, max_bytes } =
        end.heap;
    let exact = [
        (MetricKind::TotalBlocks, total_blocks),
        (MetricKind::TotalBytes, total_bytes),
        (MetricKind::LiveBlocks, live_blocks),
        (MetricKind::LiveBytes, live_bytes),
    ];
    figures.metrics.extend(exact.map(|(kind, value)| (kind.key().to_owned(), value)));
    let key = |kind: MetricKind| kind.key().to_owned();
    peak(figures, key, (max_blocks, max_bytes), end.peak);
}

/// A peak under its keys, as far as it is known.
fn peak(
    figures: &mut Figures,
    key: impl Fn(MetricKind) -> String,
    (blocks, bytes): (u64, u64),
    certainty: Certainty,
) {
    let max_bytes = key(MetricKind::MaxBytes);
    match certainty {
        Certainty::Exact => drop(figures.metrics.insert(key(MetricKind::MaxBlocks), blocks)),
        Certainty::TooHighBy(apart) => drop(figures.too_high_by.insert(max_bytes.clone(), apart)),
    }
    figures.metrics.insert(max_bytes, bytes);
}

/// What leaked, if it is known: counters that saw more freed than there was took blocks for the region's.
fn insert_leaked(metrics: &mut BTreeMap<String, u64>, (blocks, bytes): (i64, i64)) {
    if let (Ok(blocks), Ok(bytes)) = (u64::try_from(blocks), u64::try_from(bytes)) {
        metrics.insert(MetricKind::LeakedBlocks.key().to_owned(), blocks);
        metrics.insert(MetricKind::LeakedBytes.key().to_owned(), bytes);
    }
}

fn phase_heap(figures: &mut Figures, phase: &Phase) {
    let Some(end) = &phase.end else { return };
    let start = &phase.start;
    let exact = [
        (MetricKind::TotalBlocks, end.heap.total_blocks - start.heap.total_blocks),
        (MetricKind::TotalBytes, end.heap.total_bytes - start.heap.total_bytes),
        (MetricKind::LiveBlocks, end.heap.live_blocks),
        (MetricKind::LiveBytes, end.heap.live_bytes),
    ];
    figures.metrics.extend(exact.map(|(kind, value)| (kind.key_in_phase(&phase.name), value)));
    let key = |kind: MetricKind| kind.key_in_phase(&phase.name);
    peak(figures, key, phase_peak(start, end), end.phase_peak);
}

/// The highest live heap within a phase, as blocks and bytes.
///
/// dhat knows it only where the phase set a new peak of the region. Elsewhere the ledger does, short of
/// what the region had freed from before itself by then; by the phase's end is an upper bound.
fn phase_peak(start: &Reading, end: &Reading) -> (u64, u64) {
    if end.heap.max_bytes > start.heap.max_bytes {
        return (end.heap.max_blocks, end.heap.max_bytes);
    }
    let (freed_blocks, freed_bytes) = end.freed_before();
    let blocks = end.ledger.peak_blocks.saturating_add(freed_blocks);
    let bytes = end.ledger.peak_bytes.saturating_add(freed_bytes);
    (clamp(blocks), clamp(bytes).min(end.heap.max_bytes))
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
    insert(figures, MetricKind::LeakedThreads, leaked(before.threads, after.threads));
    insert(figures, MetricKind::LeakedFds, leaked(before.descriptors, after.descriptors));
}

fn rss(figures: &mut Figures, start: Option<u64>, end: Option<u64>) {
    let growth = start.zip(end).map(|(start, end)| end.saturating_sub(start));
    insert(figures, MetricKind::RssMaxBytes, end);
    insert(figures, MetricKind::RssGrowthBytes, growth);
}

fn insert(figures: &mut Figures, kind: MetricKind, value: Option<u64>) {
    let (key, elsewhere) = (kind.key().to_owned(), kind.entry().platforms.elsewhere());
    match value {
        Some(value) => drop(figures.metrics.insert(key, value)),
        None => drop(figures.unsupported.insert(key, elsewhere.to_owned())),
    }
}
