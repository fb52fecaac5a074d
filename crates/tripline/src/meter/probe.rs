//! What a workload tells tripline, and the region that it has measured.
//!
//! Every method keeps its own bookkeeping out of the figures (`untracked`). A misuse is noted and told
//! by the judge after the workload has ended: measuring adds no error of its own to a workload.

use std::cell::RefCell;
use std::fmt;
use std::path::{Path, PathBuf};

use tripline_budget::{Entities, MetricKind, check_name};

use crate::growth::all_sizes;
use crate::instruments::measuring::Measuring;
use crate::instruments::recording::Reading;
use crate::instruments::thread::untracked;
use crate::meter::plant::{Held, Plant};
use crate::meter::process;

/// Marks the region that a workload has measured, and says what belongs to it.
///
/// A workload gets one as its only argument:
///
/// ```no_run
/// use tripline::Probe;
///
/// tripline::suite!();
///
/// #[tripline::test]
/// fn squares(probe: &Probe) {
///     probe.entities("number", 1_000);
///     let squares = probe.measure(|| (0..1_000_u64).map(|n| n * n).collect::<Vec<_>>());
///     assert_eq!(squares[9], 81); // not measured; `squares` counts as live at the region's end
/// }
/// # fn main() {}
/// ```
pub struct Probe {
    instrument: Instrument,
    /// Where dhat's profile goes, if it is saved.
    profile: PathBuf,
    /// A breach to prove that a limit trips.
    plant: Option<Plant>,
    /// Which of its sizes the workload is to have; without one, the largest.
    size: Option<u64>,
    notes: RefCell<Notes>,
}

/// What a meter measures with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Instrument {
    /// dhat and the ledger.
    Dhat(Saved),
    /// tripline's own counters.
    Count,
    /// The kernel's view of resident memory, without dhat, which inflates it.
    Rss,
}

/// When dhat's profile is saved, and so what its sites' last column says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Saved {
    Never,
    /// When everything has ended: what is left has leaked.
    AtExit,
    /// At the region's end: what is left is live. Leaks are then not known.
    AtRegionEnd,
}

#[derive(Default)]
pub(crate) struct Notes {
    pub(crate) entities: Option<Entities>,
    /// The sizes that there are; empty where there is one.
    pub(crate) sizes: Vec<u64>,
    /// Which of them this meter has.
    pub(crate) size: Option<u64>,
    pub(crate) disks: Vec<(String, PathBuf)>,
    /// Lengths of `disks`, read when the region ended.
    pub(crate) disk_lengths: Vec<(String, u64)>,
    pub(crate) reports: Vec<(String, u64)>,
    pub(crate) region: Region,
    pub(crate) settle: Option<Box<dyn FnOnce()>>,
    /// What was planted and stays until the region ends.
    planted: Vec<Held>,
    pub(crate) misuse: Vec<String>,
}

#[derive(Default)]
pub(crate) enum Region {
    #[default]
    Before,
    Heap {
        measuring: Measuring,
        phases: Vec<Phase>,
        /// Set when the region has ended.
        end: Option<Reading>,
    },
    Rss {
        start: Option<u64>,
        end: Option<u64>,
        ended: bool,
    },
}

/// A named part of the region.
pub(crate) struct Phase {
    pub(crate) name: String,
    pub(crate) start: Reading,
    /// Set when the next phase or the region's end has ended this one.
    pub(crate) end: Option<Reading>,
}

impl Probe {
    pub(crate) fn new(
        instrument: Instrument,
        profile: PathBuf,
        (plant, size): (Option<Plant>, Option<u64>),
    ) -> Self {
        Self { instrument, profile, plant, size, notes: RefCell::default() }
    }

    pub(crate) fn into_notes(self) -> Notes {
        self.notes.into_inner()
    }

    /// Measures `region`: every allocation from its start to its end, on every thread.
    ///
    /// What it returns counts as live, and as leaked unless the workload drops it. Blocks from before the
    /// region that it frees are ignored and reported apart, so allocate inside the region whatever the
    /// system under test keeps.
    ///
    /// A workload has one region; a second call runs unmeasured and fails the test.
    pub fn measure<T>(&self, region: impl FnOnce() -> T) -> T {
        self.start();
        let output = region();
        self.end();
        output
    }

    /// Measures an async region; building the future is part of it. See [`Probe::measure`].
    pub async fn measure_async<T>(&self, region: impl AsyncFnOnce() -> T) -> T {
        self.start();
        let output = region().await;
        self.end();
        output
    }

    /// Runs `drain` after the runtime has shut down and before leaks are read, on the test's thread: for
    /// what outlives the runtime by design, such as epoch garbage.
    ///
    /// At most once a workload.
    pub fn settle(&self, drain: impl FnOnce() + 'static) {
        self.note(|notes| {
            if notes.settle.is_some() {
                notes.misuse.push("`probe.settle` was called twice".to_owned());
            } else {
                notes.settle = Some(Box::new(drain));
            }
        });
    }

    /// Ends the phase before, if any, and begins the phase `name`; only inside the region.
    ///
    /// `phase.<name>.total_*` is what the phase allocated. Its `max_*` and `live_*` are the region's live
    /// heap, at its highest within the phase and at its end. They are exact where nothing from before the
    /// region is freed in the phase; otherwise `max_*` may be too high by what is, never too low.
    pub fn phase(&self, name: &str) {
        self.begin_phase(name);
        self.plant(Some(name));
    }

    fn begin_phase(&self, name: &str) {
        self.note(|notes| {
            if let Err(error) = check_name(name) {
                notes.misuse.push(format!("`probe.phase(\"{name}\")`: {error}"));
                return;
            }
            match &mut notes.region {
                Region::Heap { measuring, phases, end: None } => {
                    if phases.iter().any(|phase| phase.name == name) {
                        notes.misuse.push(format!("`probe.phase(\"{name}\")` was called twice"));
                        return;
                    }
                    let phase = Phase {
                        name: name.to_owned(),
                        start: measuring.read_and_restart_peak(),
                        end: None,
                    };
                    if let Some(last) = phases.last_mut() {
                        last.end = Some(phase.start);
                    }
                    phases.push(phase);
                }
                Region::Rss { ended: false, .. } => {}
                _ => {
                    let outside =
                        format!("`probe.phase(\"{name}\")` was called outside the region");
                    notes.misuse.push(outside);
                }
            }
        });
    }

    /// Says that the region holds `count` of the entity `name`, which the budget file's `entity` must name
    /// too; per-entity limits divide by it. At most once a workload, and never 0.
    pub fn entities(&self, name: &str, count: u64) {
        self.note(|notes| {
            if notes.entities.is_some() {
                notes.misuse.push("`probe.entities` was called twice".to_owned());
            } else if count == 0 {
                let zero = format!(
                    "`probe.entities(\"{name}\", 0)`: a per-entity figure needs at least one entity"
                );
                notes.misuse.push(zero);
            } else {
                notes.entities = Some(Entities { name: name.to_owned(), count });
            }
        });
    }

    /// Has the workload measured at each of several sizes, and answers which one this time: how many entities to
    /// build. The budget's `[growth]` then holds what is fixed and what each entity adds, and trips on whatever grows
    /// faster than the entities.
    ///
    /// ```no_run
    /// # use tripline::Probe;
    /// # fn squares(probe: &Probe) {
    /// let n = probe.scale([1_000, 2_000, 4_000]);
    /// probe.entities("number", n);
    /// let squares = probe.measure(|| (0..n).map(|n| n * n).collect::<Vec<_>>());
    /// # drop(squares);
    /// # }
    /// ```
    ///
    /// Each size runs in a process of its own; all other limits are on the largest. At least three sizes,
    /// ascending, each the first times a power of two, so that a container that doubles is as full at each. At most
    /// once a workload, before the region.
    pub fn scale(&self, sizes: impl IntoIterator<Item = u64>) -> u64 {
        let sizes = untracked(|| sizes.into_iter().collect::<Vec<_>>());
        let size = self.size.or(sizes.last().copied()).unwrap_or(1);
        self.note(|notes| match all_sizes::refusal(&sizes, self.size, notes) {
            Some(refusal) => notes.misuse.push(format!("`probe.scale`: {refusal}")),
            None => (notes.sizes, notes.size) = (sizes, Some(size)),
        });
        size
    }

    /// Gives a figure of the program's own to the budget, as `reported.<name>`. Once a name.
    pub fn report(&self, name: &str, value: u64) {
        self.note(|notes| {
            if let Err(error) = check_name(name) {
                notes.misuse.push(format!("`probe.report(\"{name}\", …)`: {error}"));
            } else if notes.reports.iter().any(|(known, _)| known == name) {
                notes.misuse.push(format!("`probe.report(\"{name}\", …)` was called twice"));
            } else {
                notes.reports.push((name.to_owned(), value));
            }
        });
    }

    /// Has the length of a file, or of a folder's files, read right after the region, as
    /// `disk_bytes.<label>`. A path that is missing then fails the test. Once a label, before the region ends.
    pub fn disk(&self, label: &str, path: impl AsRef<Path>) {
        self.note(|notes| {
            if let Err(error) = check_name(label) {
                notes.misuse.push(format!("`probe.disk(\"{label}\", …)`: {error}"));
            } else if notes.disks.iter().any(|(known, _)| known == label) {
                notes.misuse.push(format!("`probe.disk(\"{label}\", …)` was called twice"));
            } else if notes.region.has_ended() {
                notes
                    .misuse
                    .push(format!("`probe.disk(\"{label}\", …)` was called after the region"));
            } else {
                notes.disks.push((label.to_owned(), path.as_ref().to_owned()));
            }
        });
    }

    fn note(&self, note: impl FnOnce(&mut Notes)) {
        untracked(|| note(&mut self.notes.borrow_mut()));
    }

    /// Plants where the region begins, or a phase of it.
    fn plant(&self, phase: Option<&str>) {
        let Some(plant) = &self.plant else { return };
        let entities = self.notes.borrow().entities.as_ref().map(|entities| entities.count);
        let planted = plant.on_heap(phase, entities);
        self.note(|notes| match planted {
            Ok(held) => notes.planted.push(held),
            Err(problem) => notes.misuse.push(problem),
        });
    }

    fn start(&self) {
        self.begin_region();
        self.plant(None);
    }

    fn begin_region(&self) {
        let mut notes = self.notes.borrow_mut();
        if !matches!(notes.region, Region::Before) {
            let twice = "`probe.measure` was called twice; a workload has one region";
            untracked(|| notes.misuse.push(twice.to_owned()));
            return;
        }
        // Last, so that the region begins with the workload's own code.
        let heap = |measuring| Region::Heap { phases: Vec::new(), end: None, measuring };
        notes.region = match self.instrument {
            Instrument::Dhat(saved) => heap(Measuring::dhat(saved, &self.profile)),
            Instrument::Count => heap(Measuring::count()),
            Instrument::Rss => Region::Rss { start: process::rss(), end: None, ended: false },
        };
    }

    fn end(&self) {
        let mut notes = self.notes.borrow_mut();
        match &mut notes.region {
            Region::Heap { measuring, phases, end: end @ None } => {
                let reading = measuring.end();
                *end = Some(reading);
                if let Some(last) = phases.last_mut() {
                    last.end = Some(reading);
                }
                if self.instrument == Instrument::Dhat(Saved::AtRegionEnd) {
                    measuring.save();
                }
            }
            Region::Rss { end, ended: ended @ false, .. } => {
                *end = process::rss_peak();
                *ended = true;
            }
            _ => return,
        }
        notes.planted.clear();
        untracked(|| notes.read_disks(self.plant.as_ref()));
    }
}

impl Region {
    pub(crate) fn has_ended(&self) -> bool {
        match self {
            Self::Before => false,
            Self::Heap { end, .. } => end.is_some(),
            Self::Rss { ended, .. } => *ended,
        }
    }
}

impl Notes {
    fn read_disks(&mut self, plant: Option<&Plant>) {
        let entities = self.entities.as_ref().map(|entities| entities.count);
        for (label, path) in &self.disks {
            let read = || crate::meter::disk::length(path);
            let length = match plant {
                Some(plant) => plant.on_disk((label, path), entities, read),
                None => read(),
            };
            match length {
                Ok(length) => self.disk_lengths.push((label.clone(), length)),
                Err(error) => self.misuse.push(format!(
                    "failed to measure `{}`: {}: {error}",
                    MetricKind::DiskBytes.entry().key_of(label),
                    path.display()
                )),
            }
        }
    }
}

impl fmt::Debug for Probe {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Probe").finish_non_exhaustive()
    }
}
