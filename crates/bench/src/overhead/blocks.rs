//! Blocks of mixed small sizes, allocated and freed: the programs that do nothing else.
//!
//! Every fourth block is kept in a ring until its place is wanted again, so that an allocator cannot serve all
//! of them from the one block that was freed last. Each is written once, whole, as by a program that asked for it.

use std::hint::black_box;

use crate::overhead::figures::{Bounds, Known};

/// How many blocks live at once, in the ring.
const RING: usize = 512;
const KEPT: usize = 4;

/// Divides neither the ring nor what is kept, so that each place of the ring sees every size.
const SIZES: [usize; 61] = sizes();

/// How many functions deep [`deep`] allocates.
const FRAMES: u32 = 20;

/// Allocates and frees `iterations` blocks.
#[inline(never)]
pub(super) fn shallow(iterations: u64) {
    let mut ring = [const { Vec::new() }; RING];
    for index in 0..iterations as usize {
        let mut block = Vec::<u8>::with_capacity(size(index));
        block.resize(size(index), 1);
        let block = black_box(block);
        if let Some(place) = place(index) {
            ring[place] = block;
        }
    }
}

/// [`shallow`], [`FRAMES`] calls further from `main`.
pub(super) fn deep(iterations: u64) {
    descend(FRAMES, iterations);
}

#[inline(never)]
fn descend(frames: u32, iterations: u64) {
    if frames == 0 {
        return shallow(iterations);
    }
    descend(frames - 1, iterations);
    // No tail call: the frame stays until the one below has ended.
    black_box(frames);
}

/// What [`shallow`] does on each of `threads` threads.
pub(super) fn known(iterations: u64, threads: u64) -> Known {
    let mut ring = [0; RING];
    let (mut bytes, mut live, mut peak) = (0, 0, 0);
    for index in 0..iterations as usize {
        let size = size(index) as u64;
        bytes += size;
        live += size;
        peak = peak.max(live);
        live -= place(index).map_or(size, |place| std::mem::replace(&mut ring[place], size));
    }
    let (blocks, bytes) = (iterations * threads, bytes * threads);
    Known {
        blocks: Bounds(blocks, blocks),
        bytes: Bounds(bytes, bytes),
        // Threads need not be at their peaks at one moment.
        peak: Bounds(peak, peak * threads),
        live: Bounds(0, 0),
    }
}

fn size(index: usize) -> usize {
    SIZES[index % SIZES.len()]
}

/// Where the block is kept, if it is.
fn place(index: usize) -> Option<usize> {
    index.is_multiple_of(KEPT).then_some(index / KEPT % RING)
}

/// 16 to 512 bytes, mixed.
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
    fn what_is_known_of_a_few_blocks_is_what_they_are() {
        let Known { blocks, bytes, peak, .. } = known(2, 2);
        assert_eq!((blocks.0, blocks.1), (4, 4));
        let [first, second] = [SIZES[0] as u64, SIZES[1] as u64];
        assert_eq!(bytes.0, 2 * (first + second));
        assert_eq!((peak.0, peak.1), (first + second, 2 * (first + second)), "the first is kept");
    }
}
