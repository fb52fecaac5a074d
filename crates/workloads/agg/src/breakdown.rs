//! Heap bytes, accounted for by data structure.

use std::collections::BTreeMap;

/// The heap bytes of each data structure, by its name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts(BTreeMap<&'static str, u64>);

impl Parts {
    pub fn add(&mut self, structure: &'static str, bytes: usize) {
        if bytes > 0 {
            *self.0.entry(structure).or_default() += bytes as u64;
        }
    }

    /// The sum of all.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.0.values().sum()
    }

    /// Each data structure's name and bytes, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, u64)> {
        self.0.iter().map(|(structure, bytes)| (*structure, *bytes))
    }
}

/// What owns heap memory and can say how much, by what was asked of the allocator.
pub trait Footprint {
    /// Adds what is behind the value, not the value itself.
    fn add_to(&self, parts: &mut Parts);
}
