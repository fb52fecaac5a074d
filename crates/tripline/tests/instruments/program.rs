//! Random programs of allocations.

use proptest::prelude::*;

/// The most threads that a program has.
pub(crate) const THREADS: usize = 8;

/// One step of a thread. Indices are taken modulo the blocks there are in its pool.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step {
    Alloc(usize),
    AllocZeroed(usize),
    Realloc(usize, usize),
    Free(usize),
}

/// The steps of one thread with one pool of blocks, which another thread may have filled.
#[derive(Clone, Debug)]
pub(crate) struct Chunk {
    pub(crate) thread: usize,
    pub(crate) pool: usize,
    pub(crate) steps: Vec<Step>,
}

/// Chunks that may run at once: no two have a thread or a pool in common.
pub(crate) type Round = Vec<Chunk>;

#[derive(Clone, Debug)]
pub(crate) struct Program {
    pub(crate) before: Vec<Round>,
    pub(crate) region: Vec<Round>,
    pub(crate) after: Vec<Round>,
}

impl Program {
    /// Returns the number of threads in the region.
    pub(crate) fn threads(&self) -> usize {
        let mut threads: Vec<_> = self.region.iter().flatten().map(|chunk| chunk.thread).collect();
        threads.sort_unstable();
        threads.dedup();
        threads.len()
    }
}

/// Sizes below, around and above what a thread may keep to itself.
fn size() -> impl Strategy<Value = usize> {
    prop_oneof![8 => 1_usize..600, 1 => 4_000_usize..40_000]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => size().prop_map(Step::Alloc),
        1 => size().prop_map(Step::AllocZeroed),
        2 => (any::<usize>(), size()).prop_map(|(index, size)| Step::Realloc(index, size)),
        3 => any::<usize>().prop_map(Step::Free),
    ]
}

fn round(threads: usize) -> impl Strategy<Value = Round> {
    let steps = prop::collection::vec(prop::collection::vec(step(), 0..9), 1..=threads);
    (steps, 0..threads, 0..threads).prop_map(move |(steps, thread, pool)| {
        let chunk = |(at, steps)| Chunk {
            thread: (thread + at) % threads,
            pool: (pool + at) % threads,
            steps,
        };
        steps.into_iter().enumerate().map(chunk).collect()
    })
}

fn rounds(threads: usize, most: usize) -> impl Strategy<Value = Vec<Round>> {
    prop::collection::vec(round(threads), 0..=most)
}

/// Half of the programs have nothing from before, so that nothing of it can be freed.
pub(crate) fn program() -> impl Strategy<Value = Program> {
    let threads = prop_oneof![Just(1), 1..=THREADS];
    (threads, any::<bool>()).prop_flat_map(|(threads, before)| {
        let before = rounds(threads, if before { 2 } else { 0 });
        (before, rounds(threads, 3), rounds(threads, 1))
            .prop_map(|(before, region, after)| Program { before, region, after })
    })
}
