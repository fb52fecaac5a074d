//! Makes figures of readings: each metric's total under its key.

use std::collections::BTreeMap;
use std::mem;

use tripline_budget::{Blocks, Figures, FiguresAtSize, MetricKind};

use crate::error::UnreadFigure;
use crate::instruments::dhat_region::{BlockBalance, HeapFigures, PeakPrecision, Reading};
use crate::meter::notes::{Phase, ProbeNotes, Region};
use crate::meter::process;

/// The numbers of threads and descriptors of this process, where the platform can tell.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ProcessCounts {
    pub(crate) threads: Option<u64>,
    pub(crate) descriptors: Option<u64>,
}

impl ProcessCounts {
    pub(crate) fn read() -> Result<Self, UnreadFigure> {
        Ok(Self { threads: process::threads()?, descriptors: process::descriptors()? })
    }

    /// Reads them once no more threads are listed than now, or do not go away.
    pub(crate) fn read_again(self) -> Result<Self, UnreadFigure> {
        let threads = match self.threads {
            Some(threads) => process::settled_threads(threads)?,
            None => None,
        };
        Ok(Self { threads, descriptors: process::descriptors()? })
    }
}

/// Returns everything that was measured in the region and around it. The region must have ended.
///
/// The error is a figure that this platform has and that could not be read.
pub(crate) fn figures_of(
    notes: &mut ProbeNotes,
    before: ProcessCounts,
    after: ProcessCounts,
) -> Result<Figures, UnreadFigure> {
    let mut figures = Figures { entities: notes.entities.clone(), ..Figures::default() };
    match &mut notes.region {
        Region::Heap { measuring, phases, end: Some(end) } => {
            figures.engine = measuring.engine();
            figures.freed_before = freed_before(end);
            figures.counted =
                Blocks { blocks: end.ledger.total_blocks, bytes: end.ledger.total_bytes };
            insert_heap(&mut figures, end);
            if let Some(leaked) = measuring.leaked() {
                insert_leaked(&mut figures.metrics, leaked);
            }
            for phase in phases {
                insert_phase(&mut figures, phase);
            }
            insert_process_counts(&mut figures, before, after);
        }
        Region::Rss { start, end: Some(end) } => {
            let [start, end] = [start, end].map(|read| mem::replace(read, Ok(None)));
            insert_rss(&mut figures, start?, end?);
        }
        Region::Before | Region::Heap { end: None, .. } | Region::Rss { end: None, .. } => {}
    }
    for (label, length) in &notes.disk_lengths {
        figures.metrics.insert(MetricKind::DiskBytes.entry().key_of(label), *length);
    }
    for (name, value) in &notes.reports {
        figures.metrics.insert(MetricKind::Reported.entry().key_of(name), *value);
    }
    // The sizes that there are; what the others cost is not known here.
    figures.scale = notes
        .sizes
        .iter()
        .map(|&size| FiguresAtSize { size, ..FiguresAtSize::default() })
        .collect();
    Ok(figures)
}

fn insert_heap(figures: &mut Figures, end: &Reading) {
    let HeapFigures { total_blocks, total_bytes, live_blocks, live_bytes, max_blocks, max_bytes } =
        end.heap;
    let exact = [
        (MetricKind::TotalBlocks, total_blocks),
        (MetricKind::TotalBytes, total_bytes),
        (MetricKind::LiveBlocks, live_blocks),
        (MetricKind::LiveBytes, live_bytes),
    ];
    figures.metrics.extend(exact.map(|(kind, value)| (kind.key().to_owned(), value)));
    let peak = Blocks { blocks: max_blocks, bytes: max_bytes };
    insert_peak(figures, |kind| kind.key().to_owned(), peak, end.peak);
}

/// Inserts a peak under its keys, as far as it is known.
fn insert_peak(
    figures: &mut Figures,
    key: impl Fn(MetricKind) -> String,
    peak: Blocks,
    precision: PeakPrecision,
) {
    let max_bytes = key(MetricKind::MaxBytes);
    match precision {
        PeakPrecision::Exact => {
            figures.metrics.insert(key(MetricKind::MaxBlocks), peak.blocks);
        }
        PeakPrecision::TooHighBy(bytes) => {
            figures.too_high_by.insert(max_bytes.clone(), bytes);
        }
    }
    figures.metrics.insert(max_bytes, peak.bytes);
}

/// Inserts what leaked, if it is known. It is below zero, and so not known, where the counters took frees of other blocks
/// for frees of the region's.
fn insert_leaked(metrics: &mut BTreeMap<String, u64>, leaked: BlockBalance) {
    if let (Ok(blocks), Ok(bytes)) = (u64::try_from(leaked.blocks), u64::try_from(leaked.bytes)) {
        metrics.insert(MetricKind::LeakedBlocks.key().to_owned(), blocks);
        metrics.insert(MetricKind::LeakedBytes.key().to_owned(), bytes);
    }
}

fn insert_phase(figures: &mut Figures, phase: &Phase) {
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
    insert_peak(figures, key, phase_peak(start, end), end.phase_peak);
}

/// Returns the highest live heap within a phase.
///
/// dhat knows it only where the phase set a new peak of the region. Elsewhere the ledger knows it, less the blocks from
/// before the region that were freed by then. Those that were freed by the phase's end are an upper bound of them.
fn phase_peak(start: &Reading, end: &Reading) -> Blocks {
    if end.heap.max_bytes > start.heap.max_bytes {
        return Blocks { blocks: end.heap.max_blocks, bytes: end.heap.max_bytes };
    }
    let freed = end.freed_before();
    let blocks = end.ledger.peak_blocks.saturating_add(freed.blocks);
    let bytes = end.ledger.peak_bytes.saturating_add(freed.bytes);
    Blocks { blocks: clamp(blocks), bytes: clamp(bytes).min(end.heap.max_bytes) }
}

fn freed_before(end: &Reading) -> Blocks {
    let BlockBalance { blocks, bytes } = end.freed_before();
    Blocks { blocks: clamp(blocks), bytes: clamp(bytes) }
}

fn clamp(figure: i64) -> u64 {
    u64::try_from(figure).unwrap_or(0)
}

fn insert_process_counts(figures: &mut Figures, before: ProcessCounts, after: ProcessCounts) {
    let leaked = |before: Option<u64>, after: Option<u64>| Some(after?.saturating_sub(before?));
    insert(figures, MetricKind::LeakedThreads, leaked(before.threads, after.threads));
    insert(figures, MetricKind::LeakedFds, leaked(before.descriptors, after.descriptors));
}

fn insert_rss(figures: &mut Figures, start: Option<u64>, end: Option<u64>) {
    let growth = start.zip(end).map(|(start, end)| end.saturating_sub(start));
    insert(figures, MetricKind::RssMaxBytes, end);
    insert(figures, MetricKind::RssGrowthBytes, growth);
}

/// Inserts a figure, or the reason why this platform lacks it.
fn insert(figures: &mut Figures, kind: MetricKind, value: Option<u64>) {
    let key = kind.key().to_owned();
    match value {
        Some(value) => {
            figures.metrics.insert(key, value);
        }
        None => {
            let elsewhere = kind.entry().platforms.elsewhere().to_owned();
            figures.unsupported.insert(key, elsewhere);
        }
    }
}
