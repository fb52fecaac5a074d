//! A profile by allocation site.

use crate::figures::Figures;

/// What each site of a profile took.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Breakdown {
    /// The sum over all sites, which is the file's.
    pub totals: Figures,
    /// Each under a key of its own, in no particular order.
    pub sites: Vec<Site>,
}

/// An allocation site: the function that asked for the blocks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// The path of the first function outside std and the collections that stand in for it, without
    /// hashes, addresses, line numbers and generic arguments: `turso_core::vdbe::execute::op_insert`.
    ///
    /// A function that most is allocated through, as a crate's own `malloc`, is split by its callers:
    /// `yaml::parser::scan (through yaml::malloc)` is what that caller took.
    pub key: String,
    /// The keys of the functions that called it, the nearest first, of the stack that took most.
    pub callers: Vec<String>,
    /// The keys of the functions of std and the like that it called to allocate, the nearest first, of the
    /// same stack.
    pub inside: Vec<String>,
    /// Where in its file it allocated most. Shown, never compared.
    pub place: Option<Place>,
    pub figures: Figures,
}

/// A place in a source file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    pub file: String,
    pub line: u32,
}
