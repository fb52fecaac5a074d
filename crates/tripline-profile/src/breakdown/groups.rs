//! A breakdown by crate, or by module.

use std::collections::HashMap;

use crate::breakdown::part_key::path;
use crate::breakdown::site::{Breakdown, Site};
use crate::figures::Figures;

/// What some sites took together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// `turso_core`, or `turso_core::vdbe::execute`.
    pub name: String,
    /// How many.
    pub sites: usize,
    pub figures: Figures,
}

/// By what sites are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    Crate,
    Module,
}

/// What C functions and other names without a crate are put under.
const NO_CRATE: &str = "(no crate)";

impl Breakdown {
    /// The sites put together; each belongs to one group, so that the groups add up to the totals. The
    /// heaviest first.
    #[must_use]
    pub fn groups(&self, level: Level) -> Vec<Group> {
        let mut groups: HashMap<&str, (usize, Figures)> = HashMap::new();
        for site in &self.sites {
            let (sites, figures) = groups.entry(name(site, level)).or_default();
            *sites += 1;
            *figures += site.figures;
        }
        let group =
            |(name, (sites, figures)): (&str, _)| Group { name: name.to_owned(), sites, figures };
        let mut groups: Vec<Group> = groups.into_iter().map(group).collect();
        groups.sort_by(|a, b| {
            let bytes = |group: &Group| group.figures.total.bytes;
            bytes(b).cmp(&bytes(a)).then_with(|| a.name.cmp(&b.name))
        });
        groups
    }
}

/// What was taken through a wrapper belongs to the caller.
fn name(site: &Site, level: Level) -> &str {
    // What stands for many sites has its own line here too.
    if site.stands_for().is_some() {
        return &site.key;
    }
    let key = path(&site.key);
    let Some(end_of_crate) = key.find("::") else { return NO_CRATE };
    match level {
        Level::Crate => &key[..end_of_crate],
        Level::Module => module(key),
    }
}

/// A key without its function, and without the type that the function belongs to.
fn module(key: &str) -> &str {
    let mut end = key.rfind("::").unwrap_or(key.len());
    for (at, _) in key.match_indices("::") {
        if key[at + 2..].starts_with(|first: char| first.is_uppercase()) {
            end = end.min(at);
        }
    }
    &key[..end]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::Amount;

    fn breakdown(sites: &[(&str, u64)]) -> Breakdown {
        let site = |&(key, bytes): &(&str, u64)| {
            let total = Amount { blocks: 1, bytes };
            let figures = Figures { total, ..Figures::default() };
            Site { key: key.to_owned(), callers: vec![], inside: vec![], place: None, figures }
        };
        let sites: Vec<Site> = sites.iter().map(site).collect();
        Breakdown { totals: sites.iter().map(|site| site.figures).sum(), sites }
    }

    fn shown(breakdown: &Breakdown, level: Level) -> Vec<(String, usize, u64)> {
        let groups = breakdown.groups(level);
        assert_eq!(groups.iter().map(|group| group.figures).sum::<Figures>(), breakdown.totals);
        groups
            .into_iter()
            .map(|group| (group.name, group.sites, group.figures.total.bytes))
            .collect()
    }

    #[test]
    fn every_site_belongs_to_one_group_of_each_kind() {
        let breakdown = breakdown(&[
            ("a::b::f", 5),
            ("a::b::Type::f", 7),
            ("a::g", 1),
            ("c::d::{closure}", 20),
            ("sqlite3_malloc", 3),
            ("other (12 sites)", 2),
        ]);
        let line = |name: &str, sites, bytes| (name.to_owned(), sites, bytes);
        assert_eq!(
            shown(&breakdown, Level::Crate),
            [
                line("c", 1, 20),
                line("a", 3, 13),
                line("(no crate)", 1, 3),
                line("other (12 sites)", 1, 2)
            ]
        );
        assert_eq!(
            shown(&breakdown, Level::Module),
            [
                line("c::d", 1, 20),
                line("a::b", 2, 12),
                line("(no crate)", 1, 3),
                line("other (12 sites)", 1, 2),
                line("a", 1, 1),
            ]
        );
    }

    #[test]
    fn what_was_taken_through_a_wrapper_is_the_callers() {
        let breakdown = breakdown(&[
            ("a::b::f (through c::malloc)", 5),
            ("a::Type::f (through c::copy, c::malloc)", 4),
            ("unknown (through c::malloc)", 3),
            ("other (2 sites through c::malloc)", 2),
        ]);
        let line = |name: &str, bytes| (name.to_owned(), 1, bytes);
        let small = line("other (2 sites through c::malloc)", 2);
        let modules = [line("a::b", 5), line("a", 4), line("c", 3), small.clone()];
        assert_eq!(shown(&breakdown, Level::Module), modules);
        let crates = [("a".to_owned(), 2, 9), line("c", 3), small];
        assert_eq!(shown(&breakdown, Level::Crate), crates);
    }
}
