//! A running measurement of the heap, by either engine.

use std::path::Path;

use tripline_budget::Engine;

use crate::instruments::count::Counting;
use crate::instruments::dhat_region::{BlockBalance, DhatRegion, Reading};
use crate::instruments::instrument::ProfileSaved;

/// A running measurement of the heap.
#[derive(Debug)]
pub(crate) enum HeapMeasuring {
    /// dhat and the ledger.
    Dhat(DhatRegion),
    /// The counters alone.
    Count(Counting),
}

impl HeapMeasuring {
    pub(crate) fn dhat(saved: ProfileSaved, profile: &Path) -> Self {
        Self::Dhat(match saved {
            ProfileSaved::Never => DhatRegion::start(),
            ProfileSaved::AtExit | ProfileSaved::AtRegionEnd => {
                DhatRegion::start_profiling(profile)
            }
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
            Self::Dhat(dhat_region) => dhat_region.read_and_restart_peak(),
            Self::Count(counting) => counting.read_and_restart_peak(),
        }
    }

    /// Ends the region. From here on nothing new is counted, and the region's blocks are watched.
    pub(crate) fn end(&self) -> Reading {
        match self {
            Self::Dhat(dhat_region) => dhat_region.end(),
            Self::Count(counting) => counting.end(),
        }
    }

    /// Returns what the region allocated and nobody has freed; `None` once a profile is saved.
    pub(crate) fn leaked(&self) -> Option<BlockBalance> {
        match self {
            Self::Dhat(dhat_region) => {
                let left = dhat_region.leaked()?;
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
        if let Self::Dhat(dhat_region) = self {
            dhat_region.save();
        }
    }
}
