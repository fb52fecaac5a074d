//! Blocks that are not the region's, by address: what was allocated before it or after it, by tripline itself, or by
//! the thread that is left out.
//!
//! After the region a free counts against what it left only if the block was the region's. dhat knows its own
//! blocks; counters know none, so a meter keeps these apart instead, where nothing is measured and time is no matter.
//! Inside the region nobody looks here: what was there before and is freed in it counts as the region's, which is
//! why the counters and dhat agree on what lives only where that does not happen.

use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::thread;

pub(crate) struct Strangers(Mutex<HashSet<usize, BuildHasherDefault<AddressHasher>>>);

pub(crate) static STRANGERS: Strangers = Strangers::new();

impl Strangers {
    const fn new() -> Self {
        Self(Mutex::new(HashSet::with_hasher(BuildHasherDefault::new())))
    }

    pub(crate) fn insert(&self, block: *mut u8) {
        thread::instrument(|| self.lock().insert(block.addr()));
    }

    /// Whether it was one; it is none any more. Before the block is freed: then its address may be another's.
    pub(crate) fn remove(&self, block: *mut u8) -> bool {
        thread::instrument(|| self.lock().remove(&block.addr()))
    }

    /// Forgets all, of which some may be gone: nobody watched.
    pub(crate) fn forget(&self) {
        thread::instrument(|| self.lock().clear());
    }

    fn lock(&self) -> MutexGuard<'_, HashSet<usize, BuildHasherDefault<AddressHasher>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Spreads addresses, whose lowest bits are equal, over all bits. They are nobody's to choose.
#[derive(Default)]
pub(crate) struct AddressHasher(u64);

impl Hasher for AddressHasher {
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_usize(byte.into());
        }
    }

    /// Fibonacci hashing: 2^64 divided by the golden ratio.
    fn write_usize(&mut self, address: usize) {
        let product = (self.0 ^ address as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 = product ^ (product >> 32);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::Strangers;

    #[test]
    fn a_block_is_a_stranger_once() {
        let strangers = Strangers::new();
        let mut block = 0_u8;
        assert!(!strangers.remove(&raw mut block));
        strangers.insert(&raw mut block);
        assert!(strangers.remove(&raw mut block));
        assert!(!strangers.remove(&raw mut block));
    }
}
