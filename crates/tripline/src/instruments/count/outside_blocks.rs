//! The blocks that are not the region's, by address: those allocated before it or after it, by tripline itself, or by
//! the thread that is left out.
//!
//! After the region a free counts against what the region left only if the block was the region's. dhat knows its own
//! blocks. The counters know none, so a meter notes the others instead, while no region runs.
//! Inside the region nobody looks here: a block from before that is freed in the region counts as the region's. So the
//! counters and dhat agree on what lives only where no such block is freed, and dhat decides where one is.
//!
//! A set-up may make millions of blocks, and a region leave as many to free, so a call here costs nanoseconds: an
//! address leads through a tree to its own bit. No node of the tree moves or is freed, so that no call takes a lock. The
//! tree takes up to an eighth of the memory of the blocks in it, and half a megabyte.

use std::sync::OnceLock;
use std::sync::atomic::Ordering::Relaxed;

use static_assertions::{const_assert, const_assert_eq};

use crate::instruments::sync::AtomicU64;
use crate::instruments::thread;

pub(crate) struct OutsideBlocks(OnceLock<Tree>);

pub(crate) static OUTSIDE_BLOCKS: OutsideBlocks = OutsideBlocks(OnceLock::new());

/// A tree by all 64 bits of an address: 12 for each node, 10 for a leaf's word and 6 for its bit.
type Tree = Node<Node<Node<Node<Leaf>>>>;

// The tree decides every bit of an address, and no address has more.
const_assert_eq!(Tree::BITS, u64::BITS);
const_assert!(usize::BITS <= u64::BITS);

/// The nodes below; none where no block was ever noted.
struct Node<T>(Box<[OnceLock<T>; NODE]>);
const NODE: usize = 1 << 12;

/// A bit for each address, because an allocator may return any.
struct Leaf(Box<[AtomicU64; WORDS]>);
const WORDS: usize = 1 << 10;

trait Level {
    /// The number of an address's bits that this level and those below decide.
    const BITS: u32;

    fn new() -> Self;
    fn leaf(&self, address: u64) -> Option<&Leaf>;
    fn grown_leaf(&self, address: u64) -> &Leaf;
    fn clear(&self);
}

impl OutsideBlocks {
    pub(crate) fn insert(&self, block: *mut u8) {
        let address = block.addr() as u64;
        let leaf = self.0.get().and_then(|tree| tree.leaf(address));
        let leaf = leaf.unwrap_or_else(|| thread::as_bookkeeping(|| self.grown_leaf(address)));
        leaf.insert(address);
    }

    /// Removes a block, and returns `true` if it was noted. It is to be called before the block is freed: then its
    /// address may be another block's.
    pub(crate) fn remove(&self, block: *mut u8) -> bool {
        let address = block.addr() as u64;
        let leaf = self.0.get().and_then(|tree| tree.leaf(address));
        leaf.is_some_and(|leaf| leaf.remove(address))
    }

    /// Forgets all blocks: some may have been freed while nobody watched.
    pub(crate) fn forget(&self) {
        if let Some(tree) = self.0.get() {
            tree.clear();
        }
    }

    #[cold]
    fn grown_leaf(&self, address: u64) -> &Leaf {
        self.0.get_or_init(Level::new).grown_leaf(address)
    }
}

impl<T: Level> Node<T> {
    fn place(&self, address: u64) -> &OnceLock<T> {
        &self.0[(address >> T::BITS) as usize % NODE]
    }
}

impl<T: Level> Level for Node<T> {
    const BITS: u32 = T::BITS + NODE.ilog2();

    fn new() -> Self {
        Self(boxed(OnceLock::new))
    }

    #[inline]
    fn leaf(&self, address: u64) -> Option<&Leaf> {
        self.place(address).get()?.leaf(address)
    }

    fn grown_leaf(&self, address: u64) -> &Leaf {
        self.place(address).get_or_init(T::new).grown_leaf(address)
    }

    fn clear(&self) {
        self.0.iter().filter_map(OnceLock::get).for_each(T::clear);
    }
}

/// Relaxed is enough. Freeing a block, or giving its address out again, comes after its allocation by the
/// program's own order; and a word's other bits are other blocks', which a read-modify-write leaves as they are.
impl Leaf {
    fn insert(&self, address: u64) {
        let (word, bit) = self.place(address);
        word.fetch_or(bit, Relaxed);
    }

    fn remove(&self, address: u64) -> bool {
        let (word, bit) = self.place(address);
        let was_there = word.load(Relaxed) & bit != 0;
        if was_there {
            word.fetch_and(!bit, Relaxed);
        }
        was_there
    }

    fn place(&self, address: u64) -> (&AtomicU64, u64) {
        let (word, bit) = (address >> u64::BITS.ilog2(), address % u64::from(u64::BITS));
        (&self.0[word as usize % WORDS], 1 << bit)
    }
}

impl Level for Leaf {
    const BITS: u32 = WORDS.ilog2() + u64::BITS.ilog2();

    fn new() -> Self {
        Self(boxed(|| AtomicU64::new(0)))
    }

    #[inline]
    fn leaf(&self, _address: u64) -> Option<&Leaf> {
        Some(self)
    }

    fn grown_leaf(&self, _address: u64) -> &Leaf {
        self
    }

    fn clear(&self) {
        self.0.iter().for_each(|word| word.store(0, Relaxed));
    }
}

/// Makes an array in its place: one of a node's size would not fit every thread's stack.
fn boxed<T, const N: usize>(make: impl Fn() -> T) -> Box<[T; N]> {
    let all: Box<[T]> = (0..N).map(|_| make()).collect();
    let Ok(all) = all.try_into() else { unreachable!("N were made") };
    all
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::ptr::without_provenance_mut as at;

    use proptest::prelude::*;

    use super::*;

    fn blocks() -> OutsideBlocks {
        OutsideBlocks(OnceLock::new())
    }

    #[test]
    fn a_block_is_noted_once() {
        let blocks = blocks();
        assert!(!blocks.remove(at(64)));
        blocks.insert(at(64));
        assert!(blocks.remove(at(64)));
        assert!(!blocks.remove(at(64)));
    }

    #[test]
    fn what_is_forgotten_is_not_noted() {
        let blocks = blocks();
        blocks.forget();
        blocks.insert(at(usize::MAX));
        blocks.forget();
        assert!(!blocks.remove(at(usize::MAX)));
    }

    #[test]
    fn neighbours_come_and_go_at_once() {
        let blocks = blocks();
        std::thread::scope(|scope| {
            for thread in 0..4 {
                let blocks = &blocks;
                scope.spawn(move || {
                    for address in (thread..100_000).step_by(4) {
                        blocks.insert(at(address));
                        assert!(blocks.remove(at(address)), "{address}");
                        blocks.insert(at(address));
                    }
                });
            }
        });
        assert!((0..100_000).all(|address| blocks.remove(at(address))));
    }

    /// Few, so that they meet again, and apart by any one bit.
    fn address() -> impl Strategy<Value = usize> {
        (0_u32..usize::BITS, 0_usize..3).prop_map(|(bit, low)| (1_usize << bit) | low)
    }

    proptest! {
        #[test]
        fn it_is_a_set(calls in prop::collection::vec((any::<bool>(), address()), 0..200)) {
            let (blocks, mut set) = (blocks(), HashSet::new());
            for (inserts, address) in calls {
                if inserts {
                    blocks.insert(at(address));
                    set.insert(address);
                } else {
                    prop_assert_eq!(blocks.remove(at(address)), set.remove(&address));
                }
            }
        }
    }
}
