//! A breakdown, its sites and their places.

use std::cmp::Reverse;

use crate::figures::{Amount, SiteFigures};

/// The blocks and bytes of each site of a profile.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Breakdown {
    /// The sum of all sites. It equals the sum of the file.
    pub totals: SiteFigures,
    /// Each has a key of its own. In no particular order.
    pub sites: Vec<Site>,
}

/// An allocation site: the function that asked for the blocks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// The path of the first function outside std and the collections that stand in for it, without
    /// hashes, addresses, line numbers and generic arguments: `turso_core::vdbe::execute::op_insert`.
    ///
    /// A function that most is allocated through, such as a crate's own `malloc`, is split by its callers:
    /// `yaml::parser::scan (through yaml::malloc)` is the part of that caller.
    pub key: String,
    /// The keys of the functions that called it, the nearest first, in its heaviest stack.
    pub callers: Vec<String>,
    /// The keys of the functions of std and the like that it called to allocate, the nearest first, in the same
    /// stack.
    pub inside: Vec<String>,
    /// The place in its file that allocated most. Shown, never compared.
    pub place: Option<Place>,
    pub figures: SiteFigures,
}

/// A place in a source file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    pub file: String,
    pub line: u32,
}

impl Breakdown {
    /// Returns the breakdown without the blocks that lived at the end. What remains can be compared with a profile
    /// that was saved at another moment: its total and its peak mean the same, its end does not.
    #[must_use]
    pub fn without_end(&self) -> Self {
        let without = |figures: SiteFigures| SiteFigures { end: Amount::default(), ..figures };
        let site = |site: &Site| Site { figures: without(site.figures), ..site.clone() };
        Self { totals: without(self.totals), sites: self.sites.iter().map(site).collect() }
    }
}

/// Sorts sites by their total bytes, then by their keys.
pub(crate) fn sort_heaviest_first(sites: &mut [Site]) {
    let bytes = |site: &Site| Reverse(site.figures.total.bytes);
    sites.sort_by(|a, b| bytes(a).cmp(&bytes(b)).then_with(|| a.key.cmp(&b.key)));
}
