//! Membership of a value in a set (Bloom 1970). Its hashes are two that are combined (Kirsch and
//! Mitzenmacher 2008).
//!
//! Never false where it should be true; true instead of false for 1 % at 1 000 values, and for more beyond.

use crate::breakdown::{Footprint, Parts};

/// n · log2(e) · log2(1 / 1 %) for 1 000 values, in whole words.
const BITS: u64 = 9_600;
/// The number of hashes: BITS / n · ln 2.
const HASHES: u64 = 7;

/// A set of hashes that knows if one is in it; without memory while it is empty.
#[derive(Clone, Debug, Default)]
pub struct BloomFilter {
    words: Vec<u64>,
    /// The number of hashes that were new.
    inserted: u64,
}

impl BloomFilter {
    /// Adds a hash. Returns `true` if it was in the set before.
    pub fn insert(&mut self, hash: u64) -> bool {
        if self.words.is_empty() {
            self.words = vec![0; (BITS / 64) as usize];
        }
        let mut present = true;
        for bit in bits(hash) {
            let word = &mut self.words[(bit / 64) as usize];
            present &= *word >> (bit % 64) & 1 == 1;
            *word |= 1 << (bit % 64);
        }
        self.inserted += u64::from(!present);
        present
    }

    /// Returns the number of distinct hashes, or fewer: those taken for others are missing.
    #[must_use]
    pub fn inserted(&self) -> u64 {
        self.inserted
    }
}

fn bits(hash: u64) -> impl Iterator<Item = u64> {
    let [first, step] = [hash & u64::from(u32::MAX), hash >> 32 | 1];
    (0..HASHES).map(move |index| (first + index * step) % BITS)
}

impl Footprint for BloomFilter {
    fn add_to(&self, parts: &mut Parts) {
        parts.vec("bits", &self.words);
    }
}
