//! The wishes of a person beyond recording and lowering.

use tripline_budget::{Finding, Metric, Source, Verdict};

use crate::recording::keys::{RaiseKey, is_same_type};

#[derive(Clone, Debug, Default)]
pub(crate) struct RecordingRequest {
    pub(crate) add: Vec<Metric>,
    pub(crate) raise: Vec<RaiseKey>,
    /// Not blank; present whenever a limit is raised.
    pub(crate) reason: Option<String>,
    /// The key of the `when` under which this build's limits are recorded, beside those of another build.
    pub(crate) when: Option<String>,
    pub(crate) mode: RecordingMode,
}

/// The extent of a recording.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum RecordingMode {
    #[default]
    Everything,
    /// Only lowers limits.
    OnlyLower,
    /// Only records a moved ruler.
    OnlyRuler,
}

impl RecordingRequest {
    /// Returns `true` if only a moved ruler is recorded.
    pub(crate) fn is_ruler(&self) -> bool {
        self.mode == RecordingMode::OnlyRuler
    }

    pub(crate) fn raises(&self, metric: &Metric) -> bool {
        self.is_ruler() || self.raise.contains(&RaiseKey::Metric(metric.clone()))
    }

    /// Returns `true` if workloads without a budget stay without one.
    pub(crate) const fn leaves_alone(&self) -> bool {
        !matches!(self.mode, RecordingMode::Everything)
    }

    /// Returns `true` if the limit is to change.
    pub(crate) fn moves(&self, finding: &Finding) -> bool {
        match finding.verdict {
            Verdict::Loose => true,
            Verdict::Over { .. } => self.raises(&finding.limit.metric),
            _ => false,
        }
    }

    pub(crate) fn raises_type(&self, name: &str) -> bool {
        let named = |key: &RaiseKey| matches!(key, RaiseKey::Type(own) if is_same_type(own, name));
        self.is_ruler() || self.raise.iter().any(named)
    }

    /// Returns `true` if resident memory has to be measured, which takes a run of its own.
    pub(crate) fn needs_rss(&self) -> bool {
        self.add.iter().any(|metric| metric.source() == Source::ResidentMemory)
    }
}
