//! The files of two moments, each beside its own.

use std::collections::BTreeMap;

use super::relaxation::{Relaxation, RelaxationKind, Remedy, new_reason};
use super::settings::{self, FileSettings};
use super::tree::{BudgetTree, ParsedFile, TreeFile};
use super::{defaults, limits, renamed, types};
use crate::files::render::quote;
use crate::files::{BudgetFile, ConfigFile, SizesFile};
use crate::protocol::file_names::CONFIG;

/// Returns every line of `old` that `new` relaxes, in the order of the files' names. A new file relaxes nothing.
#[must_use]
pub fn relaxed(old: &BudgetTree, new: &BudgetTree) -> Vec<Relaxation> {
    let between = TreeComparison { old, new };
    let mut found = between.defaults();
    let renames = between.renames();
    for (name, was) in old.files() {
        match (new.files.get(name), renames.get(name)) {
            (Some(is), _) => found.extend(between.same(name, was, is)),
            (None, Some(to)) => found.extend(between.renamed(name, was, to)),
            (None, None) => found.extend(between.gone(name, was)),
        }
    }
    found
}

struct TreeComparison<'a> {
    old: &'a BudgetTree,
    new: &'a BudgetTree,
}

impl<'a> TreeComparison<'a> {
    /// Compares the defaults of every `budgets/` that was there before.
    fn defaults(&self) -> Vec<Relaxation> {
        let mut found = Vec::new();
        let unstated = ConfigFile::default();
        let mut folders: Vec<&str> = self.old.files.values().map(|f| f.folder.as_str()).collect();
        folders.dedup();
        folders.sort_unstable();
        folders.dedup();
        for folder in folders {
            let of = |tree: &'a BudgetTree| tree.configs.get(folder);
            let (was, is) = (of(self.old).unwrap_or(&unstated), of(self.new).unwrap_or(&unstated));
            found.extend(defaults::compare(&config(folder), was, is));
        }
        found
    }

    fn renames(&self) -> BTreeMap<&'a str, &'a str> {
        let only = |of: &'a BudgetTree, without: &BudgetTree| {
            of.files().filter(|(name, _)| !without.files.contains_key(*name)).collect()
        };
        renamed::pair_renamed(&only(self.old, self.new), &only(self.new, self.old))
    }

    fn same(&self, name: &str, was: &TreeFile, is: &TreeFile) -> Vec<Relaxation> {
        match (&was.parsed, &is.parsed) {
            (ParsedFile::Workload(old), ParsedFile::Workload(new)) => {
                let mut found = limits::compare(name, old, new);
                let old = FileSettings { file: old, default: breakdown(self.old, was) };
                let new = FileSettings { file: new, default: breakdown(self.new, is) };
                found.extend(settings::compare(name, old, new, was.folder == is.folder));
                found
            }
            (ParsedFile::Types(old), ParsedFile::Types(new)) => types::compare(name, old, new),
            // No name is that of a workload once and of types then; were one, all of it would be gone.
            _ => self.gone(name, was),
        }
    }

    /// Returns the rename itself, and the lines that the new file relaxes.
    fn renamed(&self, name: &str, was: &TreeFile, to: &str) -> Vec<Relaxation> {
        let Some(is) = self.new.files.get(to) else {
            return self.gone(name, was);
        };
        let mut found = vec![Relaxation {
            name: to.to_owned(),
            key: name.to_owned(),
            when: None,
            kind: RelaxationKind::Renamed,
            file: is.file().to_owned(),
            line: 1,
            old: name.to_owned(),
            new: to.to_owned(),
            reason: self.reason(name),
            remedy: Remedy::in_reasons(&config(&is.folder), &quote(name)),
        }];
        found.extend(self.same(to, was, is));
        found
    }

    /// Returns every line of a file that is gone.
    fn gone(&self, name: &str, was: &TreeFile) -> Vec<Relaxation> {
        let mut found = match &was.parsed {
            ParsedFile::Workload(old) => {
                let nothing = BudgetFile { file: old.file.clone(), ..BudgetFile::default() };
                limits::compare(name, old, &nothing)
            }
            ParsedFile::Types(old) => {
                let nothing = SizesFile { file: old.file.clone(), ..SizesFile::default() };
                types::compare(name, old, &nothing)
            }
        };
        let remedy = Remedy::in_reasons(&config(&self.folder(was)), &quote(name));
        for line in &mut found {
            line.reason = self.reason(name);
            line.remedy = remedy.clone();
        }
        found
    }

    /// Returns the `budgets/` that a file which is gone would be in now.
    fn folder(&self, was: &TreeFile) -> String {
        let known = |folder: &str| self.new.files.values().any(|file| file.folder == folder);
        let first = || self.new.files.values().next().map(|file| file.folder.clone());
        if known(&was.folder) { None } else { first() }.unwrap_or_else(|| was.folder.clone())
    }

    /// Returns the new reason that the defaults give for a file that is gone.
    fn reason(&self, name: &str) -> Option<String> {
        let reason = |config: &'a ConfigFile| config.reasons.get(&name.to_owned());
        let before = || self.old.configs.values().map(reason);
        self.new.configs.values().find_map(|config| new_reason(reason(config), before()))
    }
}

fn config(folder: &str) -> String {
    format!("{folder}/{CONFIG}")
}

fn breakdown(tree: &BudgetTree, file: &TreeFile) -> bool {
    let config = tree.configs.get(&file.folder).map(|config| &config.config);
    config.cloned().unwrap_or_default().breakdown
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the relaxations between two sets of files, each a folder, a path in it and a text.
    fn found(old: &[[&str; 3]], new: &[[&str; 3]]) -> Vec<String> {
        let tree = |files: &[[&str; 3]]| {
            let mut tree = BudgetTree::default();
            for [folder, path, text] in files {
                tree.add(folder, path, text).unwrap();
            }
            tree
        };
        let text = |line: &Relaxation| {
            let reason = line.reason.as_deref().unwrap_or("none");
            format!("{} {} {}: {reason}", line.name, line.key, line.kind.text())
        };
        relaxed(&tree(old), &tree(new)).iter().map(text).collect()
    }

    const A: [&str; 3] = ["budgets", "s/a.toml", "[limits]\ntotal_blocks = 1"];
    const OFF: [&str; 3] = ["budgets", "tripline.toml", "schema = 1\nbreakdown = false"];

    #[test]
    fn a_file_in_another_folder_is_the_same() {
        let moved = |text| ["crates/x/budgets", "s/a.toml", text];
        assert_eq!(found(&[A], &[moved(A[2])]), Vec::<String>::new());
        let raised = moved("[limits]\ntotal_blocks = 2");
        assert_eq!(found(&[A], &[raised]), ["s::a total_blocks raised: none"]);
        // And what its new folder's defaults switch off is off for it.
        let off = ["crates/x/budgets", OFF[1], OFF[2]];
        assert_eq!(found(&[A], &[moved(A[2]), off]), ["s::a breakdown switched off: none"]);
    }

    #[test]
    fn a_breakdown_is_switched_off_by_its_own_line_or_by_the_defaults() {
        let on = ["budgets", "s/a.toml", "breakdown = true\n[limits]\ntotal_blocks = 1"];
        assert_eq!(found(&[on, OFF], &[A, OFF]), ["s::a breakdown switched off: none"]);
        assert_eq!(found(&[A], &[A, OFF]), ["budgets/tripline.toml breakdown switched off: none"]);
        assert_eq!(found(&[A, OFF], &[A, OFF]), Vec::<String>::new());
        assert_eq!(found(&[A, OFF], &[A]), Vec::<String>::new());
        let own_off = ["budgets", "s/a.toml", "breakdown = false\n[limits]\ntotal_blocks = 1"];
        assert_eq!(found(&[A, OFF], &[own_off, OFF]), Vec::<String>::new());
    }

    #[test]
    fn defaults_that_are_gone_are_the_usual_ones() {
        let defaults = |tolerance| ["budgets", "tripline.toml", tolerance];
        let strict = defaults("schema = 1\ntolerance = '1%'");
        assert_eq!(found(&[A, strict], &[A]), ["budgets/tripline.toml tolerance raised: none"]);
        assert_eq!(
            found(&[A, defaults("schema = 1\ntolerance = '5%'")], &[A]),
            Vec::<String>::new()
        );
        // Those of a folder that is new relax nothing that was there.
        let elsewhere = ["crates/x/budgets", "tripline.toml", "schema = 1\ntolerance = '9%'"];
        assert_eq!(found(&[A], &[A, elsewhere]), Vec::<String>::new());
    }

    #[test]
    fn the_reason_for_a_file_that_is_gone_must_be_new() {
        let tree = |why| ["budgets", "tripline.toml", why];
        let old = tree("schema = 1\n[reasons]\n's::a' = 'last time'");
        let new = tree("schema = 1\n[reasons]\n's::a' = 'this time'");
        assert_eq!(found(&[A, old], &[old]), ["s::a total_blocks removed: none"]);
        assert_eq!(found(&[A, old], &[new]), ["s::a total_blocks removed: this time"]);
        assert_eq!(found(&[A], &[new]), ["s::a total_blocks removed: this time"]);
    }
}
