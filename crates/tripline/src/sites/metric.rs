//! The metrics that a profile knows by call site.

use tripline_budget::{GrowthMetric, Heap, Quantity};
use tripline_profile::{Moment, Quantity as Of, Question};

/// The figures of each site that a run without a second meter knows, and the metrics that limit them.
pub(crate) const WITHOUT_SECOND_METER: [(Heap, Question); 4] = [
    (Heap::TotalBlocks, Question::new(Moment::Total, Of::Blocks)),
    (Heap::TotalBytes, Question::new(Moment::Total, Of::Bytes)),
    (Heap::MaxBlocks, Question::new(Moment::Peak, Of::Blocks)),
    (Heap::MaxBytes, Question::new(Moment::Peak, Of::Bytes)),
];

/// Returns the figure of a site that answers for `heap`. There is none of what leaked, which no recorded
/// breakdown knows.
pub(crate) fn question(heap: Heap) -> Option<Question> {
    match heap {
        Heap::LiveBlocks => Some(Question::new(Moment::End, Of::Blocks)),
        Heap::LiveBytes => Some(Question::new(Moment::End, Of::Bytes)),
        _ => {
            let known = WITHOUT_SECOND_METER.into_iter().find(|(known, _)| *known == heap);
            known.map(|(_, question)| question)
        }
    }
}

/// Returns the figure of a site that answers for a limit on a heap metric, the region's or a phase's. No profile
/// knows what lived when a phase ended.
pub(crate) fn question_of(limited: &Quantity) -> Option<Question> {
    match limited {
        Quantity::Heap(heap) | Quantity::Growth(GrowthMetric::Heap(heap)) => question(*heap),
        Quantity::Phase { heap, .. } => {
            question(*heap).filter(|question| question.moment != Moment::End)
        }
        _ => None,
    }
}

/// Returns how to rank what is left after everything ended, for a limit on what leaked.
pub(crate) fn leaked(limited: &Quantity) -> Option<Of> {
    match limited {
        Quantity::Growth(of) => leaked(&of.quantity()),
        Quantity::Heap(Heap::LeakedBlocks) => Some(Of::Blocks),
        Quantity::Heap(Heap::LeakedBytes) => Some(Of::Bytes),
        _ => None,
    }
}
