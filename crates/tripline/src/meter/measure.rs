//! The meter: the process that runs one workload, measures it and judges nothing.
//!
//! The order is part of what the figures mean: threads and descriptors counted; runtime built; body up
//! to the region; region; totals, peak, live and disk read; rest of the body, whose locals drop inside
//! the runtime; runtime shut down; `settle`; leaks, threads and descriptors read; the profile saved, if it
//! is wanted.

use std::env::VarError;
use std::fs::OpenOptions;
use std::io;
use std::path::{Path, PathBuf};

use tripline_budget::protocol::{files, variables};
use tripline_budget::{Figures, Measurement, Outcome, Ruler, SCHEMA};

use crate::case::registry::Workload;
use crate::growth::all_sizes;
use crate::instruments::count::{Counting, Watching};
use crate::instruments::recording::{self, Recording};
use crate::meter::figures::{self, Census};
use crate::meter::plant::Plant;
use crate::meter::probe::{Instrument, Notes, Probe, Region, Saved};
use crate::meter::process;
use crate::sites::scribe::Scribe;

const CLAIM: &str = "claimed";

/// A meter's order.
#[derive(Debug)]
pub(crate) struct Meter {
    folder: PathBuf,
    instrument: Instrument,
}

/// What this process is.
pub(crate) enum Role {
    Judge,
    Meter(Meter),
    Scribe(Scribe),
    /// A process that a workload started.
    Stray,
}

impl Role {
    /// Claims the run's folder, which only one process can.
    pub(crate) fn take() -> Self {
        if let Some(scribe) = Scribe::ordered() {
            return Self::Scribe(scribe);
        }
        let Some(folder) = std::env::var_os(variables::METER) else {
            return Self::Judge;
        };
        match Meter::claim(folder.into()) {
            Ok(meter) => Self::Meter(meter),
            Err(_) => Self::Stray,
        }
    }
}

impl Meter {
    fn claim(folder: PathBuf) -> io::Result<Self> {
        OpenOptions::new().write(true).create_new(true).open(folder.join(CLAIM))?;
        let instrument =
            Instrument::from_variable(std::env::var(variables::INSTRUMENT).as_deref())?;
        let parent = std::env::var(variables::PARENT).ok().and_then(|id| id.parse().ok());
        if let Some(parent) = parent {
            process::die_with_parent(parent);
        }
        Ok(Self { folder, instrument })
    }

    /// Whether a process has claimed the run in `folder`.
    pub(crate) fn was_claimed(folder: &Path) -> bool {
        folder.join(CLAIM).exists()
    }

    /// Runs the workload and writes what it measured.
    ///
    /// # Panics
    /// If the measurement cannot be written; the judge shows why.
    pub(crate) fn run(self, workload: &Workload, body: impl FnOnce(&Probe) -> Result<(), String>) {
        let outcome = match self.measure(body) {
            Ok(figures) => Outcome::Measured(figures),
            Err(reason) => Outcome::Failed(reason),
        };
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
            snapshot: None,
        };
        let file = self.folder.join(files::MEASUREMENT);
        if let Err(error) = std::fs::write(&file, measurement.to_json()) {
            panic!("failed to write {}: {error}", file.display());
        }
    }

    fn measure(&self, body: impl FnOnce(&Probe) -> Result<(), String>) -> Result<Figures, String> {
        if !self.sees_a_plant() {
            return Err(NO_ALLOCATOR.to_owned());
        }
        let _watching = (self.instrument == Instrument::Count).then(Watching::begin);
        let before = Census { threads: process::threads(), descriptors: process::descriptors() };
        let plant = Plant::ordered();
        let profile = self.folder.join(files::PROFILE);
        let probe = Probe::new(self.instrument, profile, (plant.clone(), all_sizes::ordered()));
        body(&probe).map_err(|error| returned(&error))?;
        let mut notes = probe.into_notes();
        if let Some(settle) = notes.settle.take() {
            settle();
        }
        refuse_misuse(&notes)?;
        if let Some(plant) = plant {
            plant.at_exit();
        }
        let after = Census {
            threads: before.threads.and_then(process::settled_threads),
            descriptors: process::descriptors(),
        };
        let figures = figures::of(&notes, before, after);
        if let (Instrument::Dhat(Saved::AtExit), Region::Heap { measuring, .. }) =
            (self.instrument, &notes.region)
        {
            measuring.save();
        }
        Ok(figures)
    }

    /// Whether the allocator is installed, as far as this instrument needs one.
    fn sees_a_plant(&self) -> bool {
        match self.instrument {
            Instrument::Dhat(_) => recording::allocator_is_installed(|plant| {
                let recording = Recording::start();
                plant();
                recording.finish()
            }),
            Instrument::Count => recording::allocator_is_installed(|plant| {
                let counting = Counting::start();
                plant();
                counting.finish()
            }),
            Instrument::Rss => true,
        }
    }
}

/// Whether this process is a meter that measures with dhat, and so takes its memory from the system. Asked by the
/// process's first allocation, before there is anything else to ask.
pub(crate) fn is_dhats() -> bool {
    let instrument = std::env::var_os(variables::INSTRUMENT);
    let is_dhat = instrument.is_some_and(|name| name.as_encoded_bytes().starts_with(b"dhat"));
    is_dhat && std::env::var_os(variables::METER).is_some()
}

const NO_ALLOCATOR: &str = "\
tripline's allocator is not installed, so nothing can be measured

  `suite!(allocator = none)` leaves it to the crate, whose global allocator did not see a planted allocation.
  write     #[global_allocator]
            static ALLOC: tripline::Alloc = tripline::Alloc::new();
  or        tripline::suite!();   which installs it";

fn returned(error: &str) -> String {
    format!("the workload returned an error\n\n  | {}", error.replace('\n', "\n  | "))
}

fn refuse_misuse(notes: &Notes) -> Result<(), String> {
    let mut misuse = notes.misuse.clone();
    misuse.extend(all_sizes::miscounted(notes));
    if !notes.region.has_ended() {
        misuse.push(
            "the workload never called `probe.measure`, so there is no region to measure"
                .to_owned(),
        );
    }
    match misuse.as_slice() {
        [] => Ok(()),
        [one] => Err(one.clone()),
        several => Err(format!("the workload misused its probe\n\n  {}", several.join("\n  "))),
    }
}

impl Instrument {
    pub(crate) fn variable(self) -> &'static str {
        match self {
            Self::Dhat(Saved::Never) => "dhat",
            Self::Dhat(Saved::AtExit) => "dhat-at-exit",
            Self::Dhat(Saved::AtRegionEnd) => "dhat-at-region-end",
            Self::Count => "count",
            Self::Rss => "rss",
        }
    }

    fn from_variable(value: Result<&str, &VarError>) -> io::Result<Self> {
        const ALL: [Instrument; 5] = [
            Instrument::Dhat(Saved::Never),
            Instrument::Dhat(Saved::AtExit),
            Instrument::Dhat(Saved::AtRegionEnd),
            Instrument::Count,
            Instrument::Rss,
        ];
        let named = |instrument: &Self| value == Ok(instrument.variable());
        let unknown = || io::Error::other(format!("{} is {value:?}", variables::INSTRUMENT));
        ALL.into_iter().find(named).ok_or_else(unknown)
    }
}
