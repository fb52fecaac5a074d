//! Notes that the probe keeps while its workload runs: declarations, reports, the region, misuses.

use tripline_budget::Entities;

use crate::error::{Misuse, UnreadFigure};
use crate::instruments::dhat_region::Reading;
use crate::instruments::heap_measuring::HeapMeasuring;
use crate::meter::disk;
use crate::meter::plant::{DiskLabel, Plant, PlantedBlocks};

/// All that a workload told its probe, and what the probe measured.
#[derive(Default)]
pub(crate) struct ProbeNotes {
    pub(crate) entities: Option<Entities>,
    /// The sizes of `probe.scale`; empty where there is one.
    pub(crate) sizes: Vec<u64>,
    /// The size that this meter has.
    pub(crate) size: Option<u64>,
    pub(crate) disks: Vec<DiskLabel>,
    /// Lengths of `disks`, read when the region ended.
    pub(crate) disk_lengths: Vec<(String, u64)>,
    pub(crate) reports: Vec<(String, u64)>,
    pub(crate) region: Region,
    pub(crate) settle: Option<Box<dyn FnOnce()>>,
    /// Blocks that were planted and stay until the region ends.
    pub(crate) planted: Vec<PlantedBlocks>,
    pub(crate) misuse: Vec<Misuse>,
}

/// The measured region.
#[derive(Default)]
pub(crate) enum Region {
    #[default]
    Before,
    Heap {
        measuring: HeapMeasuring,
        phases: Vec<Phase>,
        /// Set when the region has ended.
        end: Option<Reading>,
    },
    Rss {
        start: RssReading,
        /// Set when the region has ended.
        end: Option<RssReading>,
    },
}

/// Resident memory; `None` where the platform has no such figure.
pub(crate) type RssReading = Result<Option<u64>, UnreadFigure>;

/// A named part of the region.
pub(crate) struct Phase {
    pub(crate) name: String,
    pub(crate) start: Reading,
    /// Set when the next phase or the region's end has ended this one.
    pub(crate) end: Option<Reading>,
}

impl Region {
    pub(crate) fn has_ended(&self) -> bool {
        match self {
            Self::Before => false,
            Self::Heap { end, .. } => end.is_some(),
            Self::Rss { end, .. } => end.is_some(),
        }
    }
}

impl ProbeNotes {
    /// Returns the number of entities, if it was declared.
    pub(crate) fn entity_count(&self) -> Option<u64> {
        self.entities.as_ref().map(|entities| entities.count)
    }

    /// Notes the length of each file and folder that `probe.disk` named.
    pub(crate) fn read_disks(&mut self, plant: Option<&Plant>) {
        let entities = self.entity_count();
        for disk in &self.disks {
            let read = || disk::length(&disk.path);
            let length = match plant {
                Some(plant) => plant.on_disk(disk, entities, read),
                None => Ok(read()),
            };
            match length {
                Ok(Ok(length)) => self.disk_lengths.push((disk.label.clone(), length)),
                Ok(Err(source)) => self.misuse.push(Misuse::DiskUnreadable {
                    label: disk.label.clone(),
                    path: disk.path.clone(),
                    source,
                }),
                Err(misuse) => self.misuse.push(misuse),
            }
        }
    }
}
