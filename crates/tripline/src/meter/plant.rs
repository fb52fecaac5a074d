//! A breach planted on purpose, to prove that a limit trips: the smallest that it has to see, made through
//! the allocator or the kernel. No figure is ever edited.
//!
//! Deliberately absent: figures that neither moves. What a program reports is its own, and resident memory
//! grows by pages when the system's allocator likes.

use std::env;
use std::fs::{self, File, OpenOptions};
use std::hint::black_box;
use std::io::{self, Write as _};
use std::path::Path;

use tripline_budget::protocol::variables::METER_PLANT;
use tripline_budget::{GrowthMetric, Metric, MetricKind, Quantity, Source, Unit};

/// What a meter plants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Plant(Metric);

/// Blocks that are held until this is dropped.
#[derive(Debug, Default)]
#[cfg_attr(not(test), expect(dead_code, reason = "held, never read"))]
pub(crate) struct Held {
    bytes: Vec<u8>,
    blocks: Chain,
}

/// Blocks without a list that holds them, which would be a block itself.
#[derive(Debug, Default)]
struct Chain(Option<Box<Chain>>);

impl Plant {
    /// A plant for `metric`, if anything can be planted for it.
    pub(crate) fn on(metric: &Metric) -> Option<Self> {
        let unplantable = metric.quantity.kind().entry().unplantable;
        unplantable.is_none().then(|| Self(metric.clone()))
    }

    /// What this meter was ordered to plant.
    pub(crate) fn ordered() -> Option<Self> {
        Some(Self(env::var(METER_PLANT).ok()?.parse().ok()?))
    }

    /// As a meter is told.
    pub(crate) fn order(&self) -> String {
        self.0.to_string()
    }

    /// Plants on the heap where the region begins, or its phase of this name; the answer is to be kept to its end.
    pub(crate) fn on_heap(
        &self,
        phase: Option<&str>,
        entities: Option<u64>,
    ) -> Result<Held, String> {
        let kind = match (&self.0.quantity, phase) {
            (Quantity::Region(kind) | Quantity::Growth(GrowthMetric { kind, .. }), None) => *kind,
            (Quantity::Phase { name, kind }, Some(phase)) if name == phase => *kind,
            _ => return Ok(Held::default()),
        };
        if kind.entry().source != Source::Heap {
            return Ok(Held::default());
        }
        let held = Held::of(kind.unit(), self.amount(entities)?);
        Ok(match kind {
            MetricKind::TotalBlocks | MetricKind::TotalBytes => Held::default(),
            _ if kind.entry().is_leak => {
                std::mem::forget(held);
                Held::default()
            }
            _ => held,
        })
    }

    /// Lengthens what `label` names while `read` reads it.
    pub(crate) fn on_disk<T>(
        &self,
        (label, path): (&str, &Path),
        entities: Option<u64>,
        read: impl FnOnce() -> io::Result<T>,
    ) -> io::Result<T> {
        let is_disk = self.0.source() == Source::Files;
        if !is_disk || self.0.quantity.label() != Some(label) {
            return read();
        }
        let bytes = vec![0; self.amount(entities).map_err(io::Error::other)? as usize];
        if path.is_dir() {
            let file = path.join("planted-by-tripline");
            fs::write(&file, bytes)?;
            let answer = read();
            fs::remove_file(&file)?;
            return answer;
        }
        let mut file = OpenOptions::new().append(true).open(path)?;
        let length = file.metadata()?.len();
        file.write_all(&bytes)?;
        let answer = read();
        file.set_len(length)?;
        answer
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

    /// One, or one for each entity.
    fn amount(&self, entities: Option<u64>) -> Result<u64, String> {
        match (self.0.per_entity, entities) {
            (false, _) => Ok(1),
            (true, Some(entities)) => Ok(entities),
            (true, None) => Err(format!(
                "nothing can be planted for `{}`: call `probe.entities` before the region",
                self.0
            )),
        }
    }
}

impl Held {
    fn of(unit: Unit, amount: u64) -> Self {
        let held = match unit {
            Unit::Count => Self { blocks: Chain::of(amount), bytes: Vec::new() },
            Unit::Bytes => {
                Self { bytes: Vec::with_capacity(amount as usize), blocks: Chain::default() }
            }
        };
        black_box(held)
    }
}

impl Chain {
    fn of(blocks: u64) -> Self {
        (0..blocks).fold(Self::default(), |chain, _| Self(Some(Box::new(chain))))
    }
}

/// One by one: a chain that drops itself does so as deep as it is long.
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
        let unknown = plant("live_bytes_per_entity").on_heap(None, None).expect_err("unknown");
        assert!(unknown.contains("call `probe.entities` before the region"), "{unknown}");
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
            let read = || crate::meter::disk::length(path);
            assert_eq!(plant.on_disk((label, path), Some(3), read)?, planted, "{label}");
            assert_eq!(crate::meter::disk::length(dir.path())?, 4);
        }
        Ok(())
    }
}
