//! The meter's own work: it claims its run, runs the workload, and measures it.
//!
//! The order is part of what the figures mean: threads and descriptors counted; runtime built; body up
//! to the region; region; totals, peak, live and disk read; rest of the body, whose locals drop inside
//! the runtime; runtime shut down; `settle`; leaks, threads and descriptors read; the profile saved, if it
//! is wanted.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::Path;

use tripline_budget::protocol::file_names;
use tripline_budget::{Figures, Measurement, Outcome, Ruler, SCHEMA};

use crate::case::registry::Workload;
use crate::error::{FileAction, Misuse, NotMeasured, SystemError};
use crate::instruments::count::OutsideBlockWatch;
use crate::instruments::instrument::{Instrument, ProfileSaved};
use crate::meter::figures::{self, ProcessCounts};
use crate::meter::notes::{ProbeNotes, Region};
use crate::meter::order::WrittenOrder;
use crate::meter::probe::{Probe, ProbeSetup};
use crate::meter::{process, scale};

/// The mark of a run's folder that a meter has claimed.
const CLAIM: &str = "claimed";

/// The mark of a run's folder whose meter panicked. A folder, because it takes no descriptor to create one.
const PANICKED: &str = "panicked";

/// The measurement while it is written.
const UNFINISHED: &str = "unfinished.json";

/// A process that measures one workload.
#[derive(Debug)]
pub(crate) struct Meter {
    order: WrittenOrder,
    /// The measurement's file, opened before the workload can use up all descriptors.
    unfinished: File,
}

impl Meter {
    /// Claims the run of the order in `told`. Returns `None` if another process has it, or had it: this one was started
    /// by a workload.
    pub(crate) fn claim(told: &Path) -> Result<Option<Self>, SystemError> {
        let missing = |error: &io::Error| error.kind() == ErrorKind::NotFound;
        let order = match WrittenOrder::read(told) {
            Err(error) if missing(&error) => return Ok(None),
            order => order.map_err(SystemError::file(FileAction::Read, told))?,
        };
        let claim = order.folder.join(CLAIM);
        match OpenOptions::new().write(true).create_new(true).open(&claim) {
            Err(error) if missing(&error) || error.kind() == ErrorKind::AlreadyExists => {
                return Ok(None);
            }
            claimed => drop(claimed.map_err(SystemError::file(FileAction::Create, claim))?),
        }
        if let Some(judge) = order.judge {
            process::die_with(judge);
        }
        process::adopt_orphans();
        let file = order.folder.join(UNFINISHED);
        let unfinished =
            File::create(&file).map_err(SystemError::file(FileAction::Create, file))?;
        Ok(Some(Self { order, unfinished }))
    }

    /// Returns `true` if a process has claimed the run in `folder`.
    pub(crate) fn was_claimed(folder: &Path) -> bool {
        folder.join(CLAIM).exists()
    }

    /// Returns `true` if the meter that claimed the run in `folder` noted that it panicked.
    pub(crate) fn noted_a_panic(folder: &Path) -> bool {
        folder.join(PANICKED).exists()
    }

    /// Runs the workload and measures it.
    pub(crate) fn measure(
        &self,
        body: impl FnOnce(&Probe) -> Result<(), NotMeasured>,
    ) -> Result<Figures, NotMeasured> {
        if !self.order.instrument.sees_an_allocation() {
            return Err(NotMeasured::NoAllocator);
        }
        let _watch = (self.order.instrument == Instrument::Count).then(OutsideBlockWatch::begin);
        let before = ProcessCounts::read()?;
        let plant = self.order.plant.clone();
        let profile = self.order.folder.join(file_names::PROFILE);
        let setup = ProbeSetup { profile, plant: plant.clone(), size: self.order.size };
        let probe = Probe::new(self.order.instrument, setup);
        {
            let _note = PanicNote { folder: &self.order.folder };
            body(&probe)?;
        }
        let mut notes = probe.into_notes();
        if let Some(settle) = notes.settle.take() {
            let _note = PanicNote { folder: &self.order.folder };
            settle();
        }
        refuse_misuse(&mut notes)?;
        if let Some(plant) = plant {
            plant.at_exit();
        }
        let after = before.read_again()?;
        let figures = figures::figures_of(&mut notes, before, after)?;
        if let (Instrument::Dhat(ProfileSaved::AtExit), Region::Heap { measuring, .. }) =
            (self.order.instrument, &notes.region)
        {
            measuring.save();
        }
        Ok(figures)
    }

    /// Writes the outcome for the judge.
    ///
    /// # Panics
    /// If it cannot be written; the judge shows why.
    pub(crate) fn write(&self, workload: &Workload, outcome: Outcome) {
        let measurement = Measurement {
            schema: SCHEMA,
            // The judge knows these better and fills them in.
            run: String::new(),
            suite: String::new(),
            workload: workload.path(),
            commit: None,
            ruler: Ruler::default(),
            outcome,
            repeats: Vec::new(),
            planted: None,
            tripped: Vec::new(),
            snapshot: None,
        };
        let file = self.order.folder.join(file_names::MEASUREMENT);
        let written = (&self.unfinished)
            .write_all(measurement.to_json().as_bytes())
            .and_then(|()| fs::rename(self.order.folder.join(UNFINISHED), &file));
        if let Err(error) = written {
            panic!("failed to write {}: {error}", file.display());
        }
    }
}

/// Notes a panic that unwinds through it: an exit status alone does not tell one.
struct PanicNote<'a> {
    folder: &'a Path,
}

impl Drop for PanicNote<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            // Where this fails, the judge states the exit status alone.
            let _ = fs::create_dir(self.folder.join(PANICKED));
        }
    }
}

fn refuse_misuse(notes: &mut ProbeNotes) -> Result<(), NotMeasured> {
    let mut misuse = std::mem::take(&mut notes.misuse);
    misuse.extend(scale::other_count(notes));
    if !notes.region.has_ended() {
        misuse.push(Misuse::NeverMeasured);
    }
    if misuse.is_empty() { Ok(()) } else { Err(NotMeasured::Misused(misuse)) }
}
