//! What a person asks for beside recording and lowering.

use tripline_budget::{Finding, Metric, Quantity, Verdict};

use crate::recording::keys::{RaiseKey, is_same_type};

#[derive(Clone, Debug, Default)]
pub(crate) struct RecordingRequest {
    pub(crate) add: Vec<Metric>,
    pub(crate) raise: Vec<RaiseKey>,
    /// Not blank; there whenever something is to be raised.
    pub(crate) reason: Option<String>,
    /// Whether limits are lowered and nothing else is done.
    pub(crate) shrink: bool,
    /// Whether a move of the ruler is recorded and nothing else is done.
    pub(crate) ruler: bool,
}

impl RecordingRequest {
    pub(crate) fn raises(&self, metric: &Metric) -> bool {
        self.ruler || self.raise.contains(&RaiseKey::Metric(metric.clone()))
    }

    /// Whether what is not recorded stays so.
    pub(crate) const fn leaves_alone(&self) -> bool {
        self.shrink || self.ruler
    }

    /// Whether a limit is to be another one.
    pub(crate) fn moves(&self, finding: &Finding) -> bool {
        match finding.verdict {
            Verdict::Loose => true,
            Verdict::Over { .. } => self.raises(&finding.limit.metric),
            _ => false,
        }
    }

    pub(crate) fn raises_type(&self, name: &str) -> bool {
        let named = |key: &RaiseKey| matches!(key, RaiseKey::Type(own) if is_same_type(own, name));
        self.ruler || self.raise.iter().any(named)
    }

    /// Whether resident memory has to be measured, which takes a run of its own.
    pub(crate) fn needs_rss(&self) -> bool {
        let rss = |metric: &Metric| {
            matches!(metric.quantity, Quantity::RssGrowthBytes | Quantity::RssMaxBytes)
        };
        self.add.iter().any(rss)
    }
}
