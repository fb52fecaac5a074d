//! dhat and the ledger run the same random programs and must say the same.

use std::alloc::{GlobalAlloc, Layout};

use proptest::prelude::*;
use tripline::__private::{Reading, Recording};

#[global_allocator]
static ALLOC: tripline::Alloc = tripline::Alloc::new();

/// One step of a program. Indices are taken modulo the blocks there are.
#[derive(Clone, Copy, Debug)]
enum Step {
    Alloc(usize),
    AllocZeroed(usize),
    Realloc(usize, usize),
    Free(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let size = 1_usize..5_000;
    prop_oneof![
        size.clone().prop_map(Step::Alloc),
        size.clone().prop_map(Step::AllocZeroed),
        (any::<usize>(), size).prop_map(|(index, size)| Step::Realloc(index, size)),
        any::<usize>().prop_map(Step::Free),
    ]
}

fn program() -> impl Strategy<Value = Vec<Step>> {
    prop::collection::vec(step(), 0..60)
}

/// Blocks that a program holds.
#[derive(Default)]
struct Blocks(Vec<(*mut u8, Layout)>);

impl Blocks {
    /// Room for every block, so that a program allocates nothing but its own.
    fn with_room() -> Self {
        Self(Vec::with_capacity(200))
    }

    fn run(&mut self, program: &[Step]) {
        for step in program {
            self.step(*step);
        }
    }

    fn step(&mut self, step: Step) {
        match step {
            // SAFETY: the layout's size is above 0.
            Step::Alloc(size) => self.push(unsafe { ALLOC.alloc(layout(size)) }, layout(size)),
            Step::AllocZeroed(size) => {
                // SAFETY: likewise.
                let block = unsafe { ALLOC.alloc_zeroed(layout(size)) };
                // SAFETY: the block has `size` bytes, all written.
                assert!((0..size).all(|at| unsafe { *block.add(at) } == 0));
                self.push(block, layout(size));
            }
            Step::Realloc(index, size) => {
                if let Some((block, old)) = self.take(index) {
                    // SAFETY: the block is live with this layout, and the new size above 0.
                    let moved = unsafe { ALLOC.realloc(block, old, size) };
                    self.push(moved, layout(size));
                }
            }
            Step::Free(index) => self.free(index),
        }
    }

    fn push(&mut self, block: *mut u8, layout: Layout) {
        assert!(!block.is_null());
        self.0.push((block, layout));
    }

    fn take(&mut self, index: usize) -> Option<(*mut u8, Layout)> {
        let count = self.0.len();
        (count > 0).then(|| self.0.swap_remove(index % count))
    }

    fn free(&mut self, index: usize) {
        if let Some((block, layout)) = self.take(index) {
            // SAFETY: the block is live with this layout and is not used again.
            unsafe { ALLOC.dealloc(block, layout) };
        }
    }
}

impl Drop for Blocks {
    fn drop(&mut self) {
        while !self.0.is_empty() {
            self.free(0);
        }
    }
}

fn layout(size: usize) -> Layout {
    Layout::from_size_align(size, 8).expect("a small layout")
}

fn measure(before: &[Step], program: &[Step]) -> Reading {
    let mut blocks = Blocks::with_room();
    blocks.run(before);
    let recording = Recording::start();
    blocks.run(program);
    recording.finish()
}

/// One profiler a process, so one test.
#[test]
fn the_instruments_agree() {
    proptest!(ProptestConfig::with_cases(1_000), |(program in program())| {
        let Reading { dhat, ledger } = measure(&[], &program);
        prop_assert_eq!((dhat.total_blocks, dhat.total_bytes), (ledger.total_blocks, ledger.total_bytes));
        prop_assert_eq!(dhat.live_blocks.cast_signed(), ledger.live_blocks);
        prop_assert_eq!(dhat.live_bytes.cast_signed(), ledger.live_bytes);
        prop_assert_eq!(dhat.max_blocks.cast_signed(), ledger.peak_blocks);
        prop_assert_eq!(dhat.max_bytes.cast_signed(), ledger.peak_bytes);
    });
    // With blocks from before the region, live differs by what it freed of them, and never the totals.
    proptest!(ProptestConfig::with_cases(1_000), |(before in program(), program in program())| {
        let reading = measure(&before, &program);
        let Reading { dhat, ledger } = reading;
        prop_assert_eq!((dhat.total_blocks, dhat.total_bytes), (ledger.total_blocks, ledger.total_bytes));
        let (blocks, bytes) = reading.freed_before();
        prop_assert!(blocks >= 0 && bytes >= 0);
        prop_assert!(dhat.max_bytes.cast_signed() >= ledger.peak_bytes);
        prop_assert!(dhat.max_bytes.cast_signed() <= ledger.peak_bytes + bytes);
    });
}
