//! A running measurement of the heap, by either engine.

use std::path::Path;

use tripline_budget::Engine;

use crate::instruments::count::Counting;
use crate::instruments::instrument::ProfileSaved;
use crate::instruments::recording::{BlockBalance, Reading, Recording};

/// A running measurement of the heap.
#[derive(Debug)]
pub(crate) enum Measuring {
    /// dhat and the ledger.
    Dhat(Recording),
    /// The counters alone.
    Count(Counting),
}

impl Measuring {
    pub(crate) fn dhat(saved: ProfileSaved, profile: &Path) -> Self {
        Self::Dhat(match saved {
            ProfileSaved::Never => Recording::start(),
            ProfileSaved::AtExit | ProfileSaved::AtRegionEnd => Recording::start_profiling(profile),
        })
    }

    pub(crate) fn count() -> Self {
        Self::Count(Counting::start())
    }

    pub(crate) fn engine(&self) -> Engine {
        match self {
            Self::Dhat(_) => Engine::Dhat,
            Self::Count(_) => Engine::Count,
        }
    }

    /// Takes a reading and begins a phase at the same moment.
    pub(crate) fn read_and_restart_peak(&self) -> Reading {
        match self {
            Self::Dhat(recording) => recording.read_and_restart_peak(),
            Self::Count(counting) => counting.read_and_restart_peak(),
        }
    }

    /// Ends the region. From here on nothing new is counted, and the region's blocks are watched.
    pub(crate) fn end(&self) -> Reading {
        match self {
            Self::Dhat(recording) => recording.end(),
            Self::Count(counting) => counting.end(),
        }
    }

    /// Returns what the region allocated and nobody has freed; `None` once a profile is saved.
    pub(crate) fn leaked(&self) -> Option<BlockBalance> {
        match self {
            Self::Dhat(recording) => {
                let left = recording.leaked()?;
                Some(BlockBalance {
                    blocks: left.live_blocks.cast_signed(),
                    bytes: left.live_bytes.cast_signed(),
                })
            }
            Self::Count(counting) => Some(counting.leaked()),
        }
    }

    /// Saves dhat's profile. No reading can be taken after it.
    pub(crate) fn save(&self) {
        if let Self::Dhat(recording) = self {
            recording.save();
        }
    }
}
