//! The probe: a workload marks its region with it, and declares what the region's figures mean.
//!
//! Every method keeps its own bookkeeping out of the figures (`untracked`). A misuse is noted, and fails the test after
//! the workload has ended: measuring adds no error of its own to a workload.

use std::cell::RefCell;
use std::fmt;
use std::path::{Path, PathBuf};

use tripline_budget::{Entities, check_name};

use crate::error::{Misuse, ProbeCall};
use crate::instruments::heap_measuring::HeapMeasuring;
use crate::instruments::instrument::{Instrument, ProfileSaved};
use crate::instruments::thread::untracked;
use crate::meter::notes::{Phase, ProbeNotes, Region};
use crate::meter::plant::{DiskLabel, Plant};
use crate::meter::{process, scale};

/// Marks the region that a workload has measured.
///
/// A workload gets a probe as its only argument. It prepares its input, measures a region with [`measure`], and checks
/// the result:
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
///
/// The other methods add to the figures: [`entities`] for limits per entity, [`phase`] for parts of the region,
/// [`scale`] for growth, [`disk`] and [`report`] for more than the heap, [`settle`] for what outlives the runtime.
///
/// [`measure`]: Self::measure
/// [`entities`]: Self::entities
/// [`phase`]: Self::phase
/// [`scale`]: Self::scale
/// [`disk`]: Self::disk
/// [`report`]: Self::report
/// [`settle`]: Self::settle
pub struct Probe {
    instrument: Instrument,
    setup: ProbeSetup,
    notes: RefCell<ProbeNotes>,
}

/// The parts of a meter's order that its probe carries out.
#[derive(Clone, Debug)]
pub(crate) struct ProbeSetup {
    /// The file of dhat's profile, if it is saved.
    pub(crate) profile: PathBuf,
    /// A breach to prove that a limit trips.
    pub(crate) plant: Option<Plant>,
    /// The size that the workload is to have; without one, the largest.
    pub(crate) size: Option<u64>,
}

impl Probe {
    pub(crate) fn new(instrument: Instrument, setup: ProbeSetup) -> Self {
        Self { instrument, setup, notes: RefCell::default() }
    }

    pub(crate) fn into_notes(self) -> ProbeNotes {
        self.notes.into_inner()
    }

    /// Measures `region`: every allocation from its start to its end, on every thread.
    ///
    /// The region's output counts as live at its end, and as leaked unless the workload drops it. Blocks from
    /// before the region that it frees are counted by no figure and reported apart, so allocate inside the region
    /// whatever the system under test keeps.
    ///
    /// A workload has one region. A second call runs unmeasured and fails the test.
    pub fn measure<T>(&self, region: impl FnOnce() -> T) -> T {
        self.start();
        let output = region();
        self.end();
        output
    }

    /// Measures an async region. See [`Probe::measure`]; building the future is part of the region.
    pub async fn measure_async<T>(&self, region: impl AsyncFnOnce() -> T) -> T {
        self.start();
        let output = region().await;
        self.end();
        output
    }

    /// Declares that the region holds `count` of the entity `name`.
    ///
    /// Limits per entity divide by it, and the budget file's `entity` must be the same name. Call it at most once a
    /// workload; `count` is never 0.
    pub fn entities(&self, name: &str, count: u64) {
        self.note(|notes| {
            if notes.entities.is_some() {
                notes.misuse.push(Misuse::Twice(ProbeCall::Entities));
            } else if count == 0 {
                notes.misuse.push(Misuse::NoEntities { name: name.to_owned() });
            } else {
                notes.entities = Some(Entities { name: name.to_owned(), count });
            }
        });
    }

    /// Begins the phase `name` of the region, and ends the phase before it.
    ///
    /// `phase.<name>.total_*` is what the phase allocated. `phase.<name>.max_*` and `live_*` are the region's live
    /// heap: at its highest within the phase, and at the phase's end. They are exact where the phase frees nothing
    /// from before the region. Otherwise `max_*` may be too high by what it frees, and is never too low.
    pub fn phase(&self, name: &str) {
        self.begin_phase(name);
        self.plant(Some(name));
    }

    fn begin_phase(&self, name: &str) {
        let call = || ProbeCall::Phase(name.to_owned());
        self.note(|notes| {
            if let Err(error) = check_name(name) {
                notes.misuse.push(Misuse::Name { call: call(), error });
                return;
            }
            match &mut notes.region {
                Region::Heap { measuring, phases, end: None } => {
                    if phases.iter().any(|phase| phase.name == name) {
                        notes.misuse.push(Misuse::Twice(call()));
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
                Region::Rss { end: None, .. } => {}
                _ => notes.misuse.push(Misuse::PhaseOutsideRegion { name: name.to_owned() }),
            }
        });
    }

    /// Returns the workload's size in this process: how many entities to build.
    ///
    /// The workload runs once at each of `sizes`, in a process of its own each time. The budget's `[growth]` then
    /// limits what is fixed and what each entity adds, and trips on a figure that grows faster than the entities. All
    /// other limits are on the largest size.
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
    /// Give at least three sizes, ascending, each the first times a power of two: then a container that doubles is as
    /// full at each. Call it at most once a workload, before the region.
    pub fn scale(&self, sizes: impl IntoIterator<Item = u64>) -> u64 {
        let sizes = untracked(|| sizes.into_iter().collect::<Vec<_>>());
        let ordered = self.setup.size;
        let size = ordered.or(sizes.last().copied()).unwrap_or(1);
        self.note(|notes| match scale::check(&sizes, ordered, notes) {
            Err(misuse) => notes.misuse.push(Misuse::Sizes(misuse)),
            Ok(()) => (notes.sizes, notes.size) = (sizes, Some(size)),
        });
        size
    }

    /// Reports a figure of the program's own, which the budget limits as `reported.<name>`.
    ///
    /// Call it once a name.
    pub fn report(&self, name: &str, value: u64) {
        let call = || ProbeCall::Report(name.to_owned());
        self.note(|notes| {
            if let Err(error) = check_name(name) {
                notes.misuse.push(Misuse::Name { call: call(), error });
            } else if notes.reports.iter().any(|(known, _)| known == name) {
                notes.misuse.push(Misuse::Twice(call()));
            } else {
                notes.reports.push((name.to_owned(), value));
            }
        });
    }

    /// Measures the length of a file, or of all files in a folder, right after the region.
    ///
    /// The budget limits it as `disk_bytes.<label>`. If the path is missing then, the test fails. Call it once a
    /// label, before the region ends.
    pub fn disk(&self, label: &str, path: impl AsRef<Path>) {
        let call = || ProbeCall::Disk(label.to_owned());
        self.note(|notes| {
            if let Err(error) = check_name(label) {
                notes.misuse.push(Misuse::Name { call: call(), error });
            } else if notes.disks.iter().any(|disk| disk.label == label) {
                notes.misuse.push(Misuse::Twice(call()));
            } else if notes.region.has_ended() {
                notes.misuse.push(Misuse::DiskAfterRegion { label: label.to_owned() });
            } else {
                let path = path.as_ref().to_owned();
                notes.disks.push(DiskLabel { label: label.to_owned(), path });
            }
        });
    }

    /// Runs `drain` after the runtime has shut down and before leaks are read, on the test's thread.
    ///
    /// It is for what outlives the runtime by design, such as epoch garbage. Call it at most once a workload.
    pub fn settle(&self, drain: impl FnOnce() + 'static) {
        self.note(|notes| {
            if notes.settle.is_some() {
                notes.misuse.push(Misuse::Twice(ProbeCall::Settle));
            } else {
                notes.settle = Some(Box::new(drain));
            }
        });
    }

    fn note(&self, note: impl FnOnce(&mut ProbeNotes)) {
        untracked(|| note(&mut self.notes.borrow_mut()));
    }

    /// Plants where the region begins, or a phase of it.
    fn plant(&self, phase: Option<&str>) {
        let Some(plant) = &self.setup.plant else { return };
        let entities = self.notes.borrow().entity_count();
        let planted = plant.on_heap(phase, entities);
        self.note(|notes| match planted {
            Ok(blocks) => notes.planted.push(blocks),
            Err(misuse) => notes.misuse.push(misuse),
        });
    }

    fn start(&self) {
        self.begin_region();
        self.plant(None);
    }

    fn begin_region(&self) {
        let mut notes = self.notes.borrow_mut();
        if !matches!(notes.region, Region::Before) {
            untracked(|| notes.misuse.push(Misuse::Twice(ProbeCall::Measure)));
            return;
        }
        // Last, so that the region begins with the workload's own code.
        let heap = |measuring| Region::Heap { phases: Vec::new(), end: None, measuring };
        notes.region = match self.instrument {
            Instrument::Dhat(saved) => heap(HeapMeasuring::dhat(saved, &self.setup.profile)),
            Instrument::Count => heap(HeapMeasuring::count()),
            Instrument::Rss => Region::Rss { start: process::rss(), end: None },
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
                if self.instrument == Instrument::Dhat(ProfileSaved::AtRegionEnd) {
                    measuring.save();
                }
            }
            Region::Rss { end: end @ None, .. } => *end = Some(process::rss_peak()),
            _ => return,
        }
        notes.planted.clear();
        untracked(|| notes.read_disks(self.setup.plant.as_ref()));
    }
}

impl fmt::Debug for Probe {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Probe").finish_non_exhaustive()
    }
}
