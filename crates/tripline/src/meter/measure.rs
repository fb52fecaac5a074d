//! The meter's own work: it claims its run, runs the workload, and measures it.
//!
//! The order is part of what the figures mean: threads and descriptors counted; runtime built; body up
//! to the region; region; totals, peak, live and disk read; rest of the body, whose locals drop inside
//! the runtime; runtime shut down; `settle`; leaks, threads and descriptors read; the profile saved, if it
//! is wanted.

use std::fs::OpenOptions;
use std::io::{self, ErrorKind};
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

/// A process that measures one workload.
#[derive(Debug)]
pub(crate) struct Meter {
    order: WrittenOrder,
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
            process::die_with_parent(judge);
        }
        Ok(Some(Self { order }))
    }

    /// Returns `true` if a process has claimed the run in `folder`.
    pub(crate) fn was_claimed(folder: &Path) -> bool {
        folder.join(CLAIM).exists()
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
        body(&probe)?;
        let mut notes = probe.into_notes();
        if let Some(settle) = notes.settle.take() {
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
        if let Err(error) = std::fs::write(&file, measurement.to_json()) {
            panic!("failed to write {}: {error}", file.display());
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
