//! Programs that only allocate and free blocks of mixed small sizes.
//!
//! Every fourth block stays in a ring until its slot is needed again, so that an allocator cannot serve all of
//! them from the block that was freed last. Each block is written once, whole, as by a real program.

use std::hint::black_box;

use crate::overhead::expected::{Bounds, ExpectedFigures};

/// Slots of the ring.
const RING: usize = 512;
/// Every fourth block is kept.
const KEPT: usize = 4;

/// Their number shares no factor with [`RING`] or [`KEPT`], so that each slot of the ring gets every size.
const SIZES: [usize; 61] = sizes();

/// Calls between [`deep`] and its allocations.
const FRAMES: u32 = 20;

/// Allocates and frees `iterations` blocks.
#[inline(never)]
pub(super) fn shallow(iterations: u64) {
    let mut ring = [const { Vec::new() }; RING];
    for index in 0..iterations as usize {
        let mut block = Vec::<u8>::with_capacity(size(index));
        block.resize(size(index), 1);
        let block = black_box(block);
        if let Some(slot) = slot(index) {
            ring[slot] = block;
        }
    }
}

/// Does the same, [`FRAMES`] calls further from `main`.
pub(super) fn deep(iterations: u64) {
    descend(FRAMES, iterations);
}

#[inline(never)]
fn descend(frames: u32, iterations: u64) {
    if frames == 0 {
        return shallow(iterations);
    }
    descend(frames - 1, iterations);
    // This prevents a tail call: the frame stays until the one below has ended.
    black_box(frames);
}

/// Returns the figures of [`shallow`] on each of `threads` threads.
pub(super) fn expected(iterations: u64, threads: u64) -> ExpectedFigures {
    let mut ring = [0; RING];
    let (mut bytes, mut live, mut peak) = (0, 0, 0);
    for index in 0..iterations as usize {
        let size = size(index) as u64;
        bytes += size;
        live += size;
        peak = peak.max(live);
        live -= slot(index).map_or(size, |slot| std::mem::replace(&mut ring[slot], size));
    }
    let (blocks, bytes) = (iterations * threads, bytes * threads);
    ExpectedFigures {
        blocks: Bounds::exactly(blocks),
        bytes: Bounds::exactly(bytes),
        // Threads need not be at their peaks at one moment.
        peak: Bounds { least: peak, most: peak * threads },
        live: Bounds::exactly(0),
    }
}

fn size(index: usize) -> usize {
    SIZES[index % SIZES.len()]
}

/// Returns the slot in which the block is kept, if it is.
fn slot(index: usize) -> Option<usize> {
    index.is_multiple_of(KEPT).then_some(index / KEPT % RING)
}

/// Returns 16 to 512 bytes, mixed.
const fn sizes() -> [usize; 61] {
    let mut sizes = [0; 61];
    let mut index = 0;
    let mut state = 1_u32;
    while index < sizes.len() {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        sizes[index] = 16 + (state >> 16) as usize % 32 * 16;
        index += 1;
    }
    sizes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_small_and_mixed() {
        let distinct: std::collections::BTreeSet<_> = SIZES.into_iter().collect();
        assert!(distinct.len() > 20, "{distinct:?}");
        assert!(SIZES.iter().all(|size| (16..=512).contains(size)));
    }

    #[test]
    fn the_expected_figures_are_those_of_the_blocks() {
        let ExpectedFigures { blocks, bytes, peak, .. } = expected(2, 2);
        assert_eq!(blocks, Bounds::exactly(4));
        let [first, second] = [SIZES[0] as u64, SIZES[1] as u64];
        let both = first + second;
        assert_eq!(bytes, Bounds::exactly(2 * both));
        assert_eq!(peak, Bounds { least: both, most: 2 * both }, "the first is kept");
    }
}
