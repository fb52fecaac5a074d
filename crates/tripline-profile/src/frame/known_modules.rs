//! Finds the crate of a source whose path was cut, by the modules that the whole frame table mentions.
//!
//! `scheduler/multi_thread/worker.rs` may belong to any crate. But another name in the table mentions
//! `tokio::runtime::scheduler::multi_thread::worker::Context`, and no other crate has a `scheduler::multi_thread`.
//! Modules that two crates share decide nothing.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::frame::origin::SourceOrigin;
use crate::frame::table::{Frame, FrameTable};
use crate::function::is_std;
use crate::rust_path::{crate_of, join, paths_in};

/// The modules that a frame table mentions.
#[derive(Debug, Default)]
pub(crate) struct KnownModules {
    /// The whole path up to a run of modules: two or three in a row, or `^` and up to three next to the crate.
    /// `None` if several crates have such a run.
    runs: HashMap<String, Option<String>>,
    /// The outermost modules of each crate.
    crates: BTreeMap<String, BTreeSet<String>>,
    /// The outermost modules in each package's folder.
    folders: BTreeMap<String, BTreeSet<String>>,
}

impl KnownModules {
    /// Collects the modules that the frames mention.
    pub(crate) fn of(frames: &FrameTable) -> Self {
        let mut known = Self::default();
        let mut seen = HashSet::new();
        for frame in frames.iter() {
            known.note_origin(&frame.origin);
            for path in paths_in(&frame.text) {
                if seen.insert(path) {
                    known.note(
                        &path.split("::").take_while(|part| is_module(part)).collect::<Vec<_>>(),
                    );
                }
            }
        }
        known
    }

    fn note_origin(&mut self, origin: &SourceOrigin) {
        match origin {
            SourceOrigin::Module(module) => self.note(&module.split("::").collect::<Vec<_>>()),
            SourceOrigin::Folder { folder, modules } => {
                let outermost = self.folders.entry(folder.clone()).or_default();
                outermost.extend(modules.first().cloned());
            }
            _ => {}
        }
    }

    fn note(&mut self, path: &[&str]) {
        let Some((name, modules)) = path.split_first() else {
            return;
        };
        if is_std(name) {
            return;
        }
        let outermost = self.crates.entry((*name).to_owned()).or_default();
        outermost.extend(modules.first().map(|&module| module.to_owned()));
        for length in 1..=3 {
            for (start, run) in modules.windows(length).enumerate() {
                let whole = path[..=start + length].join("::");
                if start == 0 {
                    self.note_run(format!("^{}", run.join("::")), &whole);
                }
                if length > 1 {
                    self.note_run(run.join("::"), &whole);
                }
            }
        }
    }

    fn note_run(&mut self, run: String, whole: &str) {
        let slot = self.runs.entry(run).or_insert_with(|| Some(whole.to_owned()));
        let Some(shortest) = slot else { return };
        if crate_of(shortest) != crate_of(whole) {
            *slot = None;
        } else if (whole.len(), whole) < (shortest.len(), shortest.as_str()) {
            *slot = Some(whole.to_owned());
        }
    }

    fn path_of_run(&self, run: &str) -> Option<&str> {
        self.runs.get(run)?.as_deref()
    }

    /// Returns the whole module of a frame's source, if no stack is needed to find it.
    pub(crate) fn module(&self, frame: &Frame) -> Option<String> {
        match &frame.origin {
            SourceOrigin::Module(module) => Some(module.clone()),
            SourceOrigin::Folder { folder, modules } => Some(join(&self.crate_in(folder), modules)),
            SourceOrigin::UnknownCrate { modules, from_root: true } => {
                self.complete_from_root(modules)
            }
            SourceOrigin::UnknownCrate { modules, from_root: false } => self.complete(modules),
            SourceOrigin::Std(_) | SourceOrigin::C | SourceOrigin::Unknown => None,
        }
    }

    /// Returns the crate of a package by its folder: `workload_sql` for `sql`, if the two share a module.
    fn crate_in(&self, folder: &str) -> String {
        let inside = self.folders.get(folder);
        let fits = |name: &str, outermost: &BTreeSet<String>| {
            let tail = name.strip_suffix(folder).is_some_and(|rest| rest.ends_with('_'));
            tail && inside.is_some_and(|inside| !inside.is_disjoint(outermost))
        };
        let mut fitting = self.crates.iter().filter(|(name, outermost)| fits(name, outermost));
        match (fitting.next(), fitting.next()) {
            (Some((name, _)), None) if !self.crates.contains_key(folder) => name.clone(),
            _ => folder.to_owned(),
        }
    }

    fn complete_from_root(&self, modules: &[String]) -> Option<String> {
        let shown = modules.get(..modules.len().min(3))?;
        (1..=shown.len()).rev().find_map(|length| {
            let path = self.path_of_run(&format!("^{}", shown[..length].join("::")))?;
            Some(join(path, &modules[length..]))
        })
    }

    fn complete(&self, modules: &[String]) -> Option<String> {
        for length in (2..=modules.len()).rev() {
            for start in 0..=modules.len() - length {
                if let Some(path) = self.path_of_run(&modules[start..start + length].join("::")) {
                    return Some(join(path, &modules[start + length..]));
                }
            }
        }
        None
    }

    /// Returns the crate that has an outermost module of that name. A guess, weaker than [`Self::module`].
    pub(crate) fn guess_crate(&self, modules: &[String]) -> Option<&str> {
        let first = modules.first()?;
        self.path_of_run(&format!("^{first}")).map(crate_of)
    }
}

fn is_module(part: &str) -> bool {
    part.starts_with(|first: char| first.is_ascii_lowercase() || first == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn module(table: &[&str], text: &str) -> Option<String> {
        let mut frames = FrameTable::default();
        table.iter().for_each(|text| frames.push(text));
        KnownModules::of(&frames).module(&Frame::parse(text))
    }

    #[test]
    fn a_cut_path_belongs_to_the_crate_that_is_mentioned_with_it() {
        let table =
            ["0x1: new<tokio::runtime::scheduler::multi_thread::worker::Context> (???:0:0)"];
        let worker = "0x2: run (scheduler/multi_thread/worker.rs:1:1)";
        assert_eq!(
            module(&table, worker).as_deref(),
            Some("tokio::runtime::scheduler::multi_thread::worker")
        );
        let handle = "0x2: run (scheduler/multi_thread/handle.rs:1:1)";
        assert_eq!(
            module(&table, handle).as_deref(),
            Some("tokio::runtime::scheduler::multi_thread::handle")
        );
        let park = "0x2: block_on (src/runtime/park.rs:1:1)";
        assert_eq!(module(&table, park).as_deref(), Some("tokio::runtime::park"));
        assert_eq!(module(&table, "0x2: f (src/time/park.rs:1:1)"), None);
    }

    #[test]
    fn what_two_crates_share_says_nothing() {
        let table = ["0x1: f<a::io::util::X, b::io::util::X> (???:0:0)"];
        assert_eq!(module(&table, "0x2: f (io/util/mod.rs:1:1)"), None);
        assert_eq!(module(&table[..0], "0x2: f (io/util/mod.rs:1:1)"), None);
    }

    #[test]
    fn a_folder_is_named_as_the_crate_that_has_its_module() {
        let table =
            ["0x1: f<workload_sql::bench::Bench> (???:0:0)", "0x2: f (sql/src/bench.rs:1:1)"];
        let other = "0x2: f (sql/src/other.rs:1:1)";
        assert_eq!(module(&table, table[1]).as_deref(), Some("workload_sql::bench"));
        assert_eq!(module(&table, other).as_deref(), Some("workload_sql::other"));
        assert_eq!(module(&table[..1], other).as_deref(), Some("sql::other"));
        assert_eq!(module(&table, "0x2: f (ql/src/bench.rs:1:1)").as_deref(), Some("ql::bench"));
    }
}
