//! Heap bytes by data structure.
//!
//! Written by hand, although crates sum up the heap of a value. Here the sum must equal the bytes asked of the
//! allocator, and each byte must name its data structure. `get-size2` 0.11 is right about hashbrown's
//! tables and about `VecDeque`, but returns one sum, and takes a `SmallVec` that spilled and shrank for one
//! that never did. `mem_dbg` 0.4 has neither `SmallVec` nor hashbrown's own maps; it derives std's from their
//! capacity, which is too little once entries were removed.

use std::collections::{BTreeMap, VecDeque};

use smallvec::{Array, SmallVec};

use crate::value::Value;

/// The heap bytes of each data structure, by its name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts(BTreeMap<&'static str, u64>);

impl Parts {
    pub fn add(&mut self, structure: &'static str, bytes: usize) {
        if bytes > 0 {
            *self.0.entry(structure).or_default() += bytes as u64;
        }
    }

    /// Returns the sum of all.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.0.values().sum()
    }

    /// Returns each data structure's name and bytes, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, u64)> {
        self.0.iter().map(|(structure, bytes)| (*structure, *bytes))
    }

    pub(crate) fn vec<T>(&mut self, structure: &'static str, vec: &Vec<T>) {
        self.add(structure, vec.capacity() * size_of::<T>());
    }

    pub(crate) fn deque<T>(&mut self, structure: &'static str, deque: &VecDeque<T>) {
        self.add(structure, deque.capacity() * size_of::<T>());
    }

    /// Adds a small vector's heap: nothing while the items stand in the vector itself.
    pub(crate) fn small<A: Array>(&mut self, structure: &'static str, vec: &SmallVec<A>) {
        if vec.spilled() {
            self.add(structure, vec.capacity() * size_of::<A::Item>());
        }
    }

    pub(crate) fn values<'a>(&mut self, values: impl IntoIterator<Item = &'a Value>) {
        for value in values {
            value.add_to(self);
        }
    }
}

/// A value that owns heap memory and knows the bytes that it asked of the allocator.
pub trait Footprint {
    /// Adds the heap behind the value, not the value itself.
    fn add_to(&self, parts: &mut Parts);
}

impl Footprint for Value {
    fn add_to(&self, parts: &mut Parts) {
        if let Self::Str(text) = self {
            parts.add("strings", text.len());
        }
    }
}
