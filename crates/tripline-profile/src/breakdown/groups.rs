//! Groups the sites of a breakdown by crate or by module.

use std::collections::HashMap;

use crate::breakdown::part_key::function_path;
use crate::breakdown::site::{Breakdown, Site};
use crate::figures::SiteFigures;

/// The sum of the sites of one crate or module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// `turso_core`, or `turso_core::vdbe::execute`.
    pub name: String,
    /// The number of sites.
    pub sites: usize,
    pub figures: SiteFigures,
}

/// The property by which sites are grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupBy {
    Crate,
    Module,
}

/// The group of C functions and of other names without a crate.
const NO_CRATE: &str = "(no crate)";

impl Breakdown {
    /// Groups the sites. Each belongs to one group, so the groups add up to the totals. The heaviest is first.
    #[must_use]
    pub fn groups(&self, by: GroupBy) -> Vec<Group> {
        let mut groups: HashMap<&str, Group> = HashMap::new();
        for site in &self.sites {
            let name = group_name(site, by);
            let group = groups.entry(name).or_insert_with(|| Group::named(name));
            group.sites += 1;
            group.figures += site.figures;
        }
        let mut groups: Vec<Group> = groups.into_values().collect();
        groups.sort_by(|a, b| {
            let bytes = |group: &Group| group.figures.total.bytes;
            bytes(b).cmp(&bytes(a)).then_with(|| a.name.cmp(&b.name))
        });
        groups
    }
}

impl Group {
    fn named(name: &str) -> Self {
        Self { name: name.to_owned(), sites: 0, figures: SiteFigures::default() }
    }
}

/// Returns the name of a site's group. Blocks that were taken through a wrapper belong to the caller.
fn group_name(site: &Site, by: GroupBy) -> &str {
    // A line of small sites is a group of its own.
    if site.folded_sites().is_some() {
        return &site.key;
    }
    let key = function_path(&site.key);
    let Some(end_of_crate) = key.find("::") else { return NO_CRATE };
    match by {
        GroupBy::Crate => &key[..end_of_crate],
        GroupBy::Module => module_without_type(key),
    }
}

/// Returns a key without its function, and without the type that the function belongs to.
fn module_without_type(key: &str) -> &str {
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
            let figures = SiteFigures { total, ..SiteFigures::default() };
            Site { key: key.to_owned(), callers: vec![], inside: vec![], place: None, figures }
        };
        let sites: Vec<Site> = sites.iter().map(site).collect();
        Breakdown { totals: sites.iter().map(|site| site.figures).sum(), sites }
    }

    fn shown(breakdown: &Breakdown, by: GroupBy) -> Vec<(String, usize, u64)> {
        let groups = breakdown.groups(by);
        assert_eq!(groups.iter().map(|group| group.figures).sum::<SiteFigures>(), breakdown.totals);
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
            shown(&breakdown, GroupBy::Crate),
            [
                line("c", 1, 20),
                line("a", 3, 13),
                line("(no crate)", 1, 3),
                line("other (12 sites)", 1, 2)
            ]
        );
        assert_eq!(
            shown(&breakdown, GroupBy::Module),
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
        assert_eq!(shown(&breakdown, GroupBy::Module), modules);
        let crates = [("a".to_owned(), 2, 9), line("c", 3), small];
        assert_eq!(shown(&breakdown, GroupBy::Crate), crates);
    }
}
