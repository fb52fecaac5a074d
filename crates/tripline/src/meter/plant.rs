//! Plants a breach on purpose, to prove that a limit trips: the smallest that the limit has to see, made through
//! the allocator or the kernel. No figure is ever edited.
//!
//! Deliberately absent: figures that neither moves. A program reports its own figures, and resident memory
//! grows by pages whenever the system's allocator asks for some.

use std::fs::{self, File, OpenOptions};
use std::hint::black_box;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tripline_budget::{GrowthMetric, Metric, MetricKind, Quantity, Source, Unit};

use crate::error::Misuse;

/// A breach of one metric's limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Plant(Metric);

/// Blocks that are held until this is dropped.
#[derive(Debug, Default)]
#[cfg_attr(not(test), expect(dead_code, reason = "held, never read"))]
pub(crate) struct PlantedBlocks {
    bytes: Vec<u8>,
    blocks: Chain,
}

/// A file or folder that `probe.disk` named.
#[derive(Clone, Debug)]
pub(crate) struct DiskLabel {
    pub(crate) label: String,
    pub(crate) path: PathBuf,
}

/// Blocks that hold one another: a list of them would be a block itself.
#[derive(Debug, Default)]
struct Chain(Option<Box<Chain>>);

impl Plant {
    /// Returns a plant for `metric`, if anything can be planted for it.
    pub(crate) fn on(metric: &Metric) -> Option<Self> {
        let unplantable = metric.quantity.kind().entry().unplantable;
        unplantable.is_none().then(|| Self(metric.clone()))
    }

    /// Returns the plant that an order names.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(Self(name.parse().ok()?))
    }

    /// Returns its name in an order.
    pub(crate) fn name(&self) -> String {
        self.0.to_string()
    }

    /// Plants on the heap where the region begins, or its phase of this name. The blocks are to be kept to its end.
    pub(crate) fn on_heap(
        &self,
        phase: Option<&str>,
        entities: Option<u64>,
    ) -> Result<PlantedBlocks, Misuse> {
        let kind = match (&self.0.quantity, phase) {
            (Quantity::Region(kind) | Quantity::Growth(GrowthMetric { kind, .. }), None) => *kind,
            (Quantity::Phase { name, kind }, Some(phase)) if name == phase => *kind,
            _ => return Ok(PlantedBlocks::default()),
        };
        if kind.entry().source != Source::Heap {
            return Ok(PlantedBlocks::default());
        }
        let blocks = PlantedBlocks::of(kind.unit(), self.amount(entities)?);
        Ok(match kind {
            MetricKind::TotalBlocks | MetricKind::TotalBytes => PlantedBlocks::default(),
            _ if kind.entry().is_leak => {
                std::mem::forget(blocks);
                PlantedBlocks::default()
            }
            _ => blocks,
        })
    }

    /// Lengthens a file or folder while `read` reads its length.
    pub(crate) fn on_disk(
        &self,
        disk: &DiskLabel,
        entities: Option<u64>,
        read: impl FnOnce() -> io::Result<u64>,
    ) -> Result<io::Result<u64>, Misuse> {
        let is_planted = self.0.source() == Source::Files
            && self.0.quantity.label() == Some(disk.label.as_str());
        if !is_planted {
            return Ok(read());
        }
        let bytes = vec![0; self.amount(entities)? as usize];
        Ok(lengthened(&disk.path, &bytes, read))
    }

    /// Plants what is counted when everything has ended.
    pub(crate) fn at_exit(&self) {
        match self.0.quantity.kind() {
            MetricKind::LeakedThreads => {
                // It is never joined, and ends with the process.
                drop(std::thread::spawn(|| {
                    loop {
                        std::thread::park();
                    }
                }));
            }
            MetricKind::LeakedFds => {
                if let Ok(file) = File::open("/dev/null") {
                    std::mem::forget(file);
                }
            }
            _ => {}
        }
    }

    /// Returns one, or one for each entity.
    fn amount(&self, entities: Option<u64>) -> Result<u64, Misuse> {
        match (self.0.per_entity, entities) {
            (false, _) => Ok(1),
            (true, Some(entities)) => Ok(entities),
            (true, None) => Err(Misuse::PlantWithoutEntities(self.0.clone())),
        }
    }
}

fn lengthened(
    path: &Path,
    bytes: &[u8],
    read: impl FnOnce() -> io::Result<u64>,
) -> io::Result<u64> {
    if path.is_dir() {
        let file = path.join("planted-by-tripline");
        fs::write(&file, bytes)?;
        let length = read();
        fs::remove_file(&file)?;
        return length;
    }
    let mut file = OpenOptions::new().append(true).open(path)?;
    let length_before = file.metadata()?.len();
    file.write_all(bytes)?;
    let length = read();
    file.set_len(length_before)?;
    length
}

impl PlantedBlocks {
    fn of(unit: Unit, amount: u64) -> Self {
        let blocks = match unit {
            Unit::Count => Self { blocks: Chain::of(amount), bytes: Vec::new() },
            Unit::Bytes => {
                Self { bytes: Vec::with_capacity(amount as usize), blocks: Chain::default() }
            }
        };
        black_box(blocks)
    }
}

impl Chain {
    fn of(blocks: u64) -> Self {
        (0..blocks).fold(Self::default(), |chain, _| Self(Some(Box::new(chain))))
    }
}

/// Drops the blocks one by one: a chain that drops itself does so as deep as it is long.
impl Drop for Chain {
    fn drop(&mut self) {
        let mut next = self.0.take();
        while let Some(mut chain) = next {
            next = chain.0.take();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meter::disk;

    fn plant(key: &str) -> Plant {
        Plant::on(&key.parse().expect("a metric")).expect("it can be planted")
    }

    fn is_held(plant: &Plant, phase: Option<&str>) -> bool {
        let held = plant.on_heap(phase, Some(3)).expect("planted");
        held.bytes.capacity() > 0 || held.blocks.0.is_some()
    }

    #[test]
    fn what_a_program_reports_cannot_be_planted() {
        for key in
            ["reported.cache_hits", "rss_max_bytes", "rss_growth_bytes", "growth.reported.x.fixed"]
        {
            assert_eq!(Plant::on(&key.parse().expect("a metric")), None);
        }
    }

    #[test]
    fn what_lives_is_held_and_what_is_counted_is_not() {
        for (key, held) in [("max_bytes", true), ("live_blocks", true), ("total_bytes", false)] {
            assert_eq!(is_held(&plant(key), None), held, "{key}");
        }
    }

    #[test]
    fn a_phase_is_planted_in_its_own() {
        let plant = plant("phase.run.live_bytes");
        assert!(is_held(&plant, Some("run")));
        assert!(!is_held(&plant, Some("load")) && !is_held(&plant, None));
    }

    #[test]
    fn each_entity_gets_one_and_must_be_known() {
        let held = plant("live_bytes_per_entity").on_heap(None, Some(1_000)).expect("planted");
        assert_eq!(held.bytes.capacity(), 1_000);
        let unknown = plant("live_bytes_per_entity").on_heap(None, None);
        assert!(matches!(unknown, Err(Misuse::PlantWithoutEntities(_))));
    }

    #[test]
    fn a_long_chain_is_dropped_without_recursion() {
        drop(Chain::of(1_000_000));
    }

    #[test]
    fn a_file_is_longer_only_while_it_is_read() -> io::Result<()> {
        let dir = tempfile::tempdir()?;
        let file = dir.path().join("db");
        fs::write(&file, "four")?;
        let plant = plant("disk_bytes_per_entity.db");
        for (label, path, planted) in [("db", &*file, 7), ("log", &*file, 4), ("db", dir.path(), 7)]
        {
            let named = DiskLabel { label: label.to_owned(), path: path.to_owned() };
            let read = || disk::length(path);
            let length = plant.on_disk(&named, Some(3), read).expect("planted")?;
            assert_eq!(length, planted, "{label}");
            assert_eq!(disk::length(dir.path())?, 4);
        }
        Ok(())
    }
}
