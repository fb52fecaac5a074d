//! Invariants: statements that are true of every run's figures, whatever its budget.

use std::collections::BTreeSet;

use crate::metrics::MetricKind;
use crate::runs::Figures;
use crate::values::format_count;

/// Returns each broken invariant as one sentence with its figures; none for a sound measurement.
///
/// A broken invariant means that the instruments are wrong, not the workload.
#[must_use]
pub fn invariants(figures: &Figures) -> Vec<String> {
    let mut broken = Vec::new();
    for (small, large) in ORDERED {
        broken.extend(exceeds(figures, small.key(), large.key()));
    }
    broken.extend(disagreement(figures, MetricKind::TotalBlocks, figures.counted.blocks));
    broken.extend(disagreement(figures, MetricKind::TotalBytes, figures.counted.bytes));
    for phase in phases(figures) {
        let key = |kind: MetricKind| kind.key_in_phase(phase);
        broken.extend(exceeds(figures, &key(MetricKind::LiveBytes), &key(MetricKind::MaxBytes)));
    }
    broken.extend(phases_exceed(figures, MetricKind::TotalBlocks));
    broken.extend(phases_exceed(figures, MetricKind::TotalBytes));
    broken.extend(off_the_line(figures));
    broken
}

/// Returns a sentence for each figure of growth that is not on the line through the sizes.
fn off_the_line(figures: &Figures) -> Vec<String> {
    let contradiction = |(key, figure): (String, u64)| match figures.metrics.get(&key) {
        Some(stated) if *stated == figure => None,
        stated => Some(format!(
            "`{key}` is {}, but the line through its sizes says {}",
            stated.map_or_else(|| "absent".to_owned(), |stated| format_count(*stated)),
            format_count(figure)
        )),
    };
    figures.growth_figures().into_iter().filter_map(contradiction).collect()
}

/// Pairs of which the first can never exceed the second. `max_blocks` is the blocks at the byte
/// peak, so that more blocks may be live at the end: only the total bounds both.
const ORDERED: [(MetricKind, MetricKind); 4] = [
    (MetricKind::LiveBytes, MetricKind::MaxBytes),
    (MetricKind::MaxBytes, MetricKind::TotalBytes),
    (MetricKind::LiveBlocks, MetricKind::TotalBlocks),
    (MetricKind::MaxBlocks, MetricKind::TotalBlocks),
];

fn exceeds(figures: &Figures, small: &str, large: &str) -> Option<String> {
    let (low, high) = (*figures.metrics.get(small)?, *figures.metrics.get(large)?);
    (low > high).then(|| {
        format!("`{small}` is {}, above `{large}`, {}", format_count(low), format_count(high))
    })
}

/// tripline's counter of a total must agree with dhat's exactly; one without the other does not.
fn disagreement(figures: &Figures, kind: MetricKind, counted: u64) -> Option<String> {
    let key = kind.key();
    let counted_text = format_count(counted);
    match figures.metrics.get(key) {
        Some(measured) if *measured == counted => None,
        Some(measured) => Some(format!(
            "`{key}` is {} by dhat, but {counted_text} by tripline's own counters",
            format_count(*measured)
        )),
        None => Some(format!("`{key}` is absent, but tripline's own counters have {counted_text}")),
    }
}

fn phases(figures: &Figures) -> BTreeSet<&str> {
    let phase = |key| -> Option<&str> {
        let (phase, _) = str::strip_prefix(key, "phase.")?.split_once('.')?;
        Some(phase)
    };
    figures.metrics.keys().filter_map(|key| phase(key.as_str())).collect()
}

fn phases_exceed(figures: &Figures, kind: MetricKind) -> Option<String> {
    let key = kind.key();
    let total = *figures.metrics.get(key)?;
    let sum = phases(figures)
        .into_iter()
        .filter_map(|phase| figures.metrics.get(&kind.key_in_phase(phase)))
        .fold(0, |sum: u64, figure| sum.saturating_add(*figure));
    (sum > total).then(|| {
        let (sum, total) = (format_count(sum), format_count(total));
        format!("the phases' `{key}` add up to {sum}, above the region's {total}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runs::Blocks;

    const SOUND: [(&str, u64); 14] = [
        ("total_blocks", 1000),
        ("total_bytes", 50_000),
        ("max_blocks", 100),
        ("max_bytes", 9000),
        ("live_blocks", 110),
        ("live_bytes", 8000),
        ("leaked_blocks", 0),
        ("leaked_bytes", 0),
        ("phase.load.total_blocks", 600),
        ("phase.load.total_bytes", 20_000),
        ("phase.load.max_bytes", 9000),
        ("phase.load.live_bytes", 7000),
        ("phase.run.total_blocks", 400),
        ("phase.run.total_bytes", 30_000),
    ];

    fn figures() -> Figures {
        Figures {
            metrics: SOUND.iter().map(|(key, figure)| ((*key).to_owned(), *figure)).collect(),
            counted: Blocks { blocks: 1000, bytes: 50_000 },
            ..Figures::default()
        }
    }

    #[test]
    fn a_sound_measurement_breaks_none() {
        assert_eq!(invariants(&figures()), Vec::<String>::new());
    }

    #[test]
    fn each_is_one_sentence_with_its_figures() {
        for (key, figure, sentence) in [
            ("live_bytes", 9001, "`live_bytes` is 9 001, above `max_bytes`, 9 000"),
            ("max_bytes", 50_001, "`max_bytes` is 50 001, above `total_bytes`, 50 000"),
            ("live_blocks", 1001, "`live_blocks` is 1 001, above `total_blocks`, 1 000"),
            ("max_blocks", 1001, "`max_blocks` is 1 001, above `total_blocks`, 1 000"),
            (
                "phase.load.live_bytes",
                9001,
                "`phase.load.live_bytes` is 9 001, above `phase.load.max_bytes`, 9 000",
            ),
            (
                "phase.run.total_blocks",
                401,
                "the phases' `total_blocks` add up to 1 001, above the region's 1 000",
            ),
            (
                "phase.run.total_bytes",
                30_001,
                "the phases' `total_bytes` add up to 50 001, above the region's 50 000",
            ),
        ] {
            let mut figures = figures();
            figures.metrics.insert(key.into(), figure);
            assert_eq!(invariants(&figures), [sentence]);
        }
    }

    #[test]
    fn a_line_is_that_through_its_sizes() {
        let mut scaled = figures();
        let sizes = [1, 2, 4].map(|size| scaled.at_size(size));
        scaled.set_scale(sizes.to_vec());
        assert_eq!(invariants(&scaled), Vec::<String>::new());
        scaled.metrics.insert("growth.max_bytes.fixed".into(), 1);
        assert_eq!(
            invariants(&scaled),
            ["`growth.max_bytes.fixed` is 1, but the line through its sizes says 9 000"]
        );
    }

    #[test]
    fn the_instruments_agree_or_neither_is_believed() {
        let mut apart = figures();
        apart.counted = Blocks { blocks: 999, bytes: 50_001 };
        assert_eq!(
            invariants(&apart),
            [
                "`total_blocks` is 1 000 by dhat, but 999 by tripline's own counters",
                "`total_bytes` is 50 000 by dhat, but 50 001 by tripline's own counters",
            ]
        );
        let mut absent = figures();
        absent.metrics.remove("total_blocks");
        assert_eq!(
            invariants(&absent),
            ["`total_blocks` is absent, but tripline's own counters have 1 000"]
        );
    }
}
