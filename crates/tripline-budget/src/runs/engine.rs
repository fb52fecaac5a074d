//! The engines that can measure the heap.

use serde::{Deserialize, Serialize};

/// The instrument that measures the heap.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Engine {
    #[default]
    Dhat,
    /// tripline's own counters alone, for workloads that dhat makes too slow.
    Count,
}

impl Engine {
    /// Returns its name in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Dhat => "dhat",
            Self::Count => "count",
        }
    }

    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        Self::named(text).ok_or_else(|| "no such engine".to_owned())
    }

    /// Returns the engine of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [Self::Dhat, Self::Count].into_iter().find(|engine| engine.name() == name)
    }
}
