//! The instruments by name: what one meter measures with, and what it saves.

use std::path::PathBuf;
use std::{env, fs};

use tripline_budget::protocol::{file_names, variables};

use crate::instruments::count::Counting;
use crate::instruments::dhat_region::{DhatRegion, Reading};

/// The instrument of one meter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Instrument {
    /// dhat and the ledger.
    Dhat(ProfileSaved),
    /// tripline's own counters.
    Count,
    /// The kernel's view of resident memory, without dhat, which inflates it.
    Rss,
}

/// The moment at which dhat's profile is saved, and so the meaning of its sites' last column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ProfileSaved {
    Never,
    /// When everything has ended: what is left has leaked.
    AtExit,
    /// At the region's end: what is left is live. Leaks are then not known.
    AtRegionEnd,
}

impl Instrument {
    const ALL: [Self; 5] = [
        Self::Dhat(ProfileSaved::Never),
        Self::Dhat(ProfileSaved::AtExit),
        Self::Dhat(ProfileSaved::AtRegionEnd),
        Self::Count,
        Self::Rss,
    ];

    /// Returns the instrument of this name.
    pub(crate) fn called(name: &str) -> Option<Self> {
        named(name.as_bytes())
    }

    /// Returns its name in a meter's order and in folders.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Dhat(ProfileSaved::Never) => "dhat",
            Self::Dhat(ProfileSaved::AtExit) => "dhat-at-exit",
            Self::Dhat(ProfileSaved::AtRegionEnd) => "dhat-at-region-end",
            Self::Count => "count",
            Self::Rss => "rss",
        }
    }

    /// Returns the instrument that this process was started with; `None` for a process that is no meter.
    ///
    /// It allocates little, and frees all of it: the process's first allocation calls it.
    pub(crate) fn of_this_process() -> Option<Self> {
        let folder = PathBuf::from(env::var_os(variables::METER)?);
        let order = fs::read(folder.join(file_names::ORDER)).ok()?;
        named(order.split(|byte| *byte == b'\n').next()?)
    }

    /// Returns `true` if a planted allocation shows that the allocator is installed, as far as this instrument
    /// needs one. Without it every figure is 0 and every limit holds.
    pub(crate) fn sees_an_allocation(self) -> bool {
        match self {
            Self::Dhat(_) => is_installed(|allocate| {
                let dhat_region = DhatRegion::start();
                allocate();
                dhat_region.finish()
            }),
            Self::Count => is_installed(|allocate| {
                let counting = Counting::start();
                allocate();
                counting.finish()
            }),
            Self::Rss => true,
        }
    }
}

fn named(name: &[u8]) -> Option<Instrument> {
    Instrument::ALL.into_iter().find(|instrument| name == instrument.name().as_bytes())
}

fn is_installed(measure: impl FnOnce(fn()) -> Reading) -> bool {
    if !crate::instruments::alloc::GATE.was_used() {
        return false;
    }
    let Reading { heap, ledger, .. } = measure(|| drop(std::hint::black_box(Box::new(0_u8))));
    heap.total_blocks > 0 && ledger.total_blocks > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_instrument_is_found_by_its_name() {
        for instrument in Instrument::ALL {
            assert_eq!(Instrument::called(instrument.name()), Some(instrument));
        }
        assert_eq!(Instrument::called("dhat-never"), None);
    }
}
