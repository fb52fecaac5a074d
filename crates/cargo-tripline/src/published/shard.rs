//! One folder from another machine.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tripline_budget::protocol::file_names;
use tripline_budget::{Measurement, SuiteDescription};

use crate::published::disagreement::Disagreement;

/// The published files of one run, all readable and in their places.
#[derive(Debug)]
pub(crate) struct Shard {
    /// The folder as it was given.
    pub(crate) given: PathBuf,
    /// The folder of the suites' folders: the given one, or one in it.
    pub(crate) latest: PathBuf,
    /// The folder's canonical path, by which duplicates are found.
    pub(crate) canonical: PathBuf,
    /// Every file, relative to `latest`, sorted.
    pub(crate) files: Vec<PathBuf>,
    pub(crate) suites: Vec<SuiteDescription>,
    pub(crate) measurements: Vec<Measurement>,
}

impl Shard {
    pub(crate) fn shown(&self) -> String {
        shown(&self.given)
    }

    fn new(given: &Path) -> io::Result<Self> {
        // A target folder, `tripline` in it, or else `latest` itself.
        let above = [file_names::output_folder(given), given.to_owned()];
        let inner =
            above.map(|folder| folder.join(file_names::LATEST)).into_iter().find(|it| it.is_dir());
        let latest = inner.unwrap_or_else(|| given.to_owned());
        let canonical = fs::canonicalize(&latest)?;
        let mut files = Vec::new();
        list(&latest, Path::new(""), &mut files)?;
        files.sort();
        let (suites, measurements) = (Vec::new(), Vec::new());
        Ok(Self { given: given.to_owned(), latest, canonical, files, suites, measurements })
    }

    /// Reads the suites and measurements.
    fn fill(&mut self) -> Vec<Disagreement> {
        let mut problems = Vec::new();
        for file in self.files.clone() {
            let read = match file.file_name().and_then(|name| name.to_str()) {
                Some(file_names::SUITE) => self
                    .parse(&file, SuiteDescription::from_json, SuiteDescription::place)
                    .map(|suite| self.suites.push(suite)),
                Some(file_names::MEASUREMENT) => self
                    .parse(&file, Measurement::from_json, measurement_place)
                    .map(|measurement| self.measurements.push(measurement)),
                _ => continue,
            };
            problems.extend(read.err());
        }
        problems
    }

    /// Parses a file and checks that it lies where its suite and workload belong.
    fn parse<T>(
        &self,
        file: &Path,
        from_json: impl Fn(&str) -> Result<T, tripline_budget::Error>,
        place: impl Fn(&T) -> PathBuf,
    ) -> Result<T, Disagreement> {
        let whole = self.latest.join(file);
        let text = fs::read_to_string(&whole);
        let whole = shown(&whole);
        let text = text.map_err(|error| unreadable(&whole, error.to_string()))?;
        let read = from_json(&text).map_err(|error| unreadable(&whole, error.to_string()))?;
        let place = place(&read);
        if place == file { Ok(read) } else { Err(misplaced(&whole, &place)) }
    }
}

/// Reads every folder, or returns all problems.
pub(super) fn read(folders: &[PathBuf]) -> Result<Vec<Shard>, Vec<Disagreement>> {
    let mut problems = Vec::new();
    let mut shards: Vec<Shard> = Vec::new();
    for folder in folders {
        match Shard::new(folder) {
            Ok(shard) => shards.push(shard),
            Err(error) => problems.push(no_folder(folder, &error)),
        }
    }
    problems.extend(twice(&shards));
    for shard in &mut shards {
        let unread = shard.fill();
        if unread.is_empty() && shard.suites.is_empty() && shard.measurements.is_empty() {
            problems.push(empty(shard));
        }
        problems.extend(unread);
    }
    if problems.is_empty() { Ok(shards) } else { Err(problems) }
}

fn measurement_place(measurement: &Measurement) -> PathBuf {
    let mut place = PathBuf::from(&measurement.suite);
    place.push(file_names::workload_path(&measurement.workload));
    place.join(file_names::MEASUREMENT)
}

/// Lists every file below `root`/`folder`. Links are not followed: a published folder holds none.
fn list(root: &Path, folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in root.join(folder).read_dir()? {
        let entry = entry?;
        let path = folder.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            list(root, &path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

/// Returns the path with slashes on any platform.
fn shown(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}

fn no_folder(folder: &Path, error: &io::Error) -> Disagreement {
    Disagreement {
        reason: "a folder cannot be read".to_owned(),
        places: vec![(shown(folder), error.to_string())],
        remedy: ("give", "the folder that a run published in: `<target>/tripline/latest`"),
    }
}

fn empty(shard: &Shard) -> Disagreement {
    Disagreement {
        reason: "a folder holds nothing that a run published".to_owned(),
        places: vec![(shard.shown(), String::new())],
        remedy: ("upload", "`<target>/tripline/latest` after the tests, also where some fail"),
    }
}

fn twice(shards: &[Shard]) -> Option<Disagreement> {
    let mut known = BTreeMap::new();
    let mut places = Vec::new();
    for shard in shards {
        match known.entry(&shard.canonical) {
            Entry::Vacant(first) => _ = first.insert(shard),
            Entry::Occupied(first) => {
                places.push((shard.shown(), format!("is {}", first.get().shown())));
            }
        }
    }
    let reason = "a folder is given twice".to_owned();
    (!places.is_empty()).then_some(Disagreement {
        reason,
        places,
        remedy: ("give", "each folder once"),
    })
}

fn unreadable(file: &str, error: String) -> Disagreement {
    Disagreement {
        reason: "a file cannot be read".to_owned(),
        places: vec![(file.to_owned(), error)],
        remedy: ("upload", "it anew, from a run of the version of tripline that this tool is of"),
    }
}

fn misplaced(file: &str, place: &Path) -> Disagreement {
    Disagreement {
        reason: "a file lies where it does not belong".to_owned(),
        places: vec![(file.to_owned(), format!("says that it is {}", shown(place)))],
        remedy: ("give", "each run's `latest` by itself, not a folder above several or below one"),
    }
}
