//! Renamed files: a new file that is a former one under another name.

use std::collections::{BTreeMap, BTreeSet};

use super::tree::{ParsedFile, TreeFile};

/// Pairs each file that is gone with the new one that states most of its limits, by their names. A new
/// file is paired once at most.
///
/// Most: of the limits above 0, more than half stand in both files with one figure. 0 is the
/// limit of most leaks, and tells no two workloads apart.
#[must_use]
pub fn pair_renamed<'a>(
    gone: &BTreeMap<&'a str, &TreeFile>,
    new: &BTreeMap<&'a str, &TreeFile>,
) -> BTreeMap<&'a str, &'a str> {
    let mut candidates = Vec::new();
    for (from, old) in gone {
        for (to, file) in new {
            if let Some(same) = alike(old, file) {
                candidates.push((same, last(from) == last(to), *from, *to));
            }
        }
    }
    // The likest first; of equals the one that only moved to another suite or module.
    candidates.sort_by(|a, b| (b.0, b.1).cmp(&(a.0, a.1)).then((a.2, a.3).cmp(&(b.2, b.3))));
    let mut pairs = BTreeMap::new();
    let mut taken = BTreeSet::new();
    for (_, _, from, to) in candidates {
        if !pairs.contains_key(from) && taken.insert(to) {
            pairs.insert(from, to);
        }
    }
    pairs
}

fn last(name: &str) -> &str {
    name.rsplit("::").next().unwrap_or(name)
}

/// Returns how many limits two files share, if those are most of either.
fn alike(old: &TreeFile, new: &TreeFile) -> Option<usize> {
    let same_kind =
        matches!(old.parsed, ParsedFile::Types(_)) == matches!(new.parsed, ParsedFile::Types(_));
    let (old, new) = (amounts(old), amounts(new));
    let telling = |amounts: &BTreeMap<_, u64>| amounts.values().filter(|max| **max > 0).count();
    let most = telling(&old).max(telling(&new));
    if !same_kind || old.is_empty() {
        return None;
    }
    if most == 0 {
        return (old == new).then_some(0);
    }
    let same = old.iter().filter(|(key, max)| **max > 0 && new.get(*key) == Some(*max)).count();
    (same * 2 > most).then_some(same)
}

fn amounts(file: &TreeFile) -> BTreeMap<(Option<String>, String), u64> {
    file.stated().into_iter().map(|line| ((line.when, line.key), line.amount)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::relaxed::BudgetTree;

    /// The pairs of files that are gone and new, each a name and the figures of three limits.
    fn paired(gone: &[(&str, [u64; 3])], new: &[(&str, [u64; 3])]) -> Vec<(String, String)> {
        let tree = |files: &[(&str, [u64; 3])]| {
            let mut tree = BudgetTree::default();
            for (name, [blocks, bytes, leaked]) in files {
                let text = format!(
                    "[limits]\ntotal_blocks = {blocks}\nmax_bytes = {bytes}\nleaked_blocks = {leaked}"
                );
                tree.add("budgets", &format!("{}.toml", name.replace("::", "/")), &text).unwrap();
            }
            tree
        };
        let (gone, new) = (tree(gone), tree(new));
        let pairs = pair_renamed(&gone.files().collect(), &new.files().collect());
        pairs.into_iter().map(|(from, to)| (from.to_owned(), to.to_owned())).collect()
    }

    fn pair(from: &str, to: &str) -> (String, String) {
        (from.to_owned(), to.to_owned())
    }

    #[test]
    fn most_limits_decide() {
        let gone = [("s::a", [10, 20, 30])];
        assert_eq!(paired(&gone, &[("s::b", [10, 20, 99])]), [pair("s::a", "s::b")]);
        assert_eq!(paired(&gone, &[("s::b", [10, 98, 99])]), []);
        // Equal limits of 0 are no likeness.
        assert_eq!(paired(&[("s::a", [10, 0, 0])], &[("s::b", [11, 0, 0])]), []);
        assert_eq!(paired(&[("s::a", [0, 0, 0])], &[("s::b", [0, 0, 0])]), [pair("s::a", "s::b")]);
    }

    #[test]
    fn the_likest_is_taken_and_each_once() {
        let gone = [("s::a", [10, 20, 30]), ("s::b", [10, 20, 31])];
        let new = [("t::x", [10, 20, 31]), ("t::y", [10, 20, 30])];
        assert_eq!(paired(&gone, &new), [pair("s::a", "t::y"), pair("s::b", "t::x")]);
        assert_eq!(paired(&gone, &new[..1]), [pair("s::b", "t::x")]);
        let moved = [("t::a", [10, 20, 30]), ("t::_first", [10, 20, 30])];
        assert_eq!(paired(&gone[..1], &moved), [pair("s::a", "t::a")]);
    }
}
