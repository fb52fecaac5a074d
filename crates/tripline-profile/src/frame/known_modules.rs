//! Whose module a cut path is, as the rest of the frame table tells.
//!
//! `scheduler/multi_thread/worker.rs` may be anybody's. But some other name of the table mentions
//! `tokio::runtime::scheduler::multi_thread::worker::Context`, and nobody else's `scheduler::multi_thread` occurs.
//! What two crates share says nothing.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::frame::origin::{Origin, join};
use crate::frame::table::{Frame, FrameTable};
use crate::function::is_std;

/// The modules that a frame table mentions.
#[derive(Debug, Default)]
pub(crate) struct Evidence {
    /// Two or three modules in a row, or `^` and those next to the crate: the whole path up to there, and
    /// none where crates differ.
    runs: HashMap<String, Option<String>>,
    /// Each crate with its outermost modules.
    crates: BTreeMap<String, BTreeSet<String>>,
    /// Each package folder with the outermost modules that lie in it.
    folders: BTreeMap<String, BTreeSet<String>>,
}

impl Evidence {
    pub(crate) fn of(frames: &FrameTable) -> Self {
        let mut evidence = Self::default();
        let mut seen = HashSet::new();
        for frame in frames.iter() {
            evidence.note_origin(&frame.origin);
            for path in mentions(&frame.text) {
                if seen.insert(path) {
                    evidence.note(
                        &path.split("::").take_while(|part| is_module(part)).collect::<Vec<_>>(),
                    );
                }
            }
        }
        evidence
    }

    fn note_origin(&mut self, origin: &Origin) {
        match origin {
            Origin::Module(module) => self.note(&module.split("::").collect::<Vec<_>>()),
            Origin::Folder { folder, modules } => {
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
                    self.vote(format!("^{}", run.join("::")), &whole);
                }
                if length > 1 {
                    self.vote(run.join("::"), &whole);
                }
            }
        }
    }

    fn vote(&mut self, run: String, whole: &str) {
        let slot = self.runs.entry(run).or_insert_with(|| Some(whole.to_owned()));
        let Some(known) = slot else { return };
        if crate_of(known) != crate_of(whole) {
            *slot = None;
        } else if (whole.len(), whole) < (known.len(), known.as_str()) {
            *slot = Some(whole.to_owned());
        }
    }

    fn known(&self, run: &str) -> Option<&str> {
        self.runs.get(run)?.as_deref()
    }

    /// The whole module of a frame's source, if it can be told without the frame's neighbours.
    pub(crate) fn module(&self, frame: &Frame) -> Option<String> {
        match &frame.origin {
            Origin::Module(module) => Some(module.clone()),
            Origin::Folder { folder, modules } => Some(join(&self.named(folder), modules)),
            Origin::Open { modules, anchored: true } => self.anchored(modules),
            Origin::Open { modules, anchored: false } => self.floating(modules),
            Origin::Std(_) | Origin::C | Origin::Unknown => None,
        }
    }

    /// The crate of a package by its folder: `workload_sql` for `sql`, if the two have a module in common.
    fn named(&self, folder: &str) -> String {
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

    fn anchored(&self, modules: &[String]) -> Option<String> {
        let shown = modules.get(..modules.len().min(3))?;
        (1..=shown.len()).rev().find_map(|length| {
            let known = self.known(&format!("^{}", shown[..length].join("::")))?;
            Some(join(known, &modules[length..]))
        })
    }

    fn floating(&self, modules: &[String]) -> Option<String> {
        for length in (2..=modules.len()).rev() {
            for start in 0..=modules.len() - length {
                if let Some(known) = self.known(&modules[start..start + length].join("::")) {
                    return Some(join(known, &modules[start + length..]));
                }
            }
        }
        None
    }

    /// A weaker guess, for when the neighbours know nothing either: who has an outermost module of that name.
    pub(crate) fn guess(&self, modules: &[String]) -> Option<&str> {
        let first = modules.first()?;
        self.known(&format!("^{first}")).map(crate_of)
    }
}

pub(crate) fn crate_of(path: &str) -> &str {
    path.split("::").next().unwrap_or_default()
}

fn is_module(part: &str) -> bool {
    part.starts_with(|first: char| first.is_ascii_lowercase() || first == '_')
}

/// The paths within a text, each from its crate on: `a::b::C` in `f<a::b::C<u8>>`.
pub(crate) fn mentions(text: &str) -> impl Iterator<Item = &str> {
    let end_of_path =
        |character: char| !(character.is_alphanumeric() || character == '_' || character == ':');
    text.split(end_of_path).filter_map(|part| {
        let part = part.trim_end_matches(':');
        let starts = part.starts_with(|first: char| first.is_ascii_lowercase());
        (starts && part.contains("::")).then_some(part)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn module(table: &[&str], text: &str) -> Option<String> {
        let mut frames = FrameTable::default();
        table.iter().for_each(|text| frames.push(text));
        Evidence::of(&frames).module(&Frame::parse(text))
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

    #[test]
    fn mentions_begin_with_a_crate() {
        let found: Vec<_> =
            mentions("f<a::b::{impl#6}::poll::{closure_env#0}<C::D>, e::F>").collect();
        assert_eq!(found, ["a::b", "e::F"]);
    }
}
