//! Threads that run a program's chunks and allocate nothing but its blocks.

use std::alloc::{GlobalAlloc, Layout};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use crate::ALLOC;
use crate::program::{Chunk, Round, Step, THREADS};

/// The pace of a round's chunks: one after the other, or all at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pace {
    InTurn,
    AtOnce,
}

/// Threads that live as long as the process.
pub(crate) struct Workers {
    desks: Vec<Arc<Desk>>,
    pools: Arc<[Mutex<Blocks>; THREADS]>,
}

/// The place where a worker finds its order.
#[derive(Default)]
struct Desk {
    order: Mutex<Option<Order>>,
    changed: Condvar,
}

/// A chunk, not a copy of it, which would be blocks of its own. Whoever gives it waits until it is done.
struct Order(*const Chunk);

// SAFETY: it is only read, and outlives its place on a desk (`Desk::wait`).
unsafe impl Send for Order {}

impl Workers {
    pub(crate) fn start() -> Self {
        let pools: Arc<[Mutex<Blocks>; THREADS]> =
            Arc::new(std::array::from_fn(|_| Mutex::new(Blocks::with_room())));
        let desks = (0..THREADS).map(|_| Arc::new(Desk::default())).collect::<Vec<_>>();
        for desk in &desks {
            let (desk, pools) = (Arc::clone(desk), Arc::clone(&pools));
            std::thread::spawn(move || desk.work(&pools));
        }
        let workers = Self { desks, pools };
        // Once each has done something, it has allocated and freed whatever starting a thread takes.
        let nothing = |thread| vec![Chunk { thread, pool: thread, steps: Vec::new() }];
        workers.run(&(0..THREADS).map(nothing).collect::<Vec<_>>(), Pace::InTurn);
        workers
    }

    pub(crate) fn run(&self, rounds: &[Round], pace: Pace) {
        for round in rounds {
            for chunk in round {
                self.desks[chunk.thread].put(chunk);
                if pace == Pace::InTurn {
                    self.desks[chunk.thread].wait();
                }
            }
            for chunk in round {
                self.desks[chunk.thread].wait();
            }
        }
    }

    /// Frees whatever is left.
    pub(crate) fn clear(&self) {
        for pool in &*self.pools {
            pool.lock().unwrap_or_else(PoisonError::into_inner).clear();
        }
    }
}

impl Desk {
    fn put(&self, chunk: &Chunk) {
        *self.order() = Some(Order(chunk));
        self.changed.notify_all();
    }

    fn wait(&self) {
        let mut order = self.order();
        while order.is_some() {
            order = self.changed.wait(order).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn work(&self, pools: &[Mutex<Blocks>; THREADS]) {
        let mut order = self.order();
        loop {
            if let Some(Order(chunk)) = *order {
                // SAFETY: whoever put it there waits until it is taken away.
                let chunk = unsafe { &*chunk };
                let steps = || pools[chunk.pool].lock().expect("no panic").run(&chunk.steps);
                if catch_unwind(AssertUnwindSafe(steps)).is_err() {
                    std::process::abort(); // nobody waits for a thread that is gone
                }
                *order = None;
                self.changed.notify_all();
            }
            order = self.changed.wait(order).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn order(&self) -> MutexGuard<'_, Option<Order>> {
        self.order.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Blocks that a program holds.
struct Blocks(Vec<(*mut u8, Layout)>);

// SAFETY: a block may be used and freed by any thread.
unsafe impl Send for Blocks {}

impl Blocks {
    /// Room for every block, so that a program allocates nothing but its own.
    fn with_room() -> Self {
        Self(Vec::with_capacity(1_000))
    }

    fn run(&mut self, steps: &[Step]) {
        for step in steps {
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
        // SAFETY: the block has so many bytes. Written, so that a zeroed one is not zero by chance.
        unsafe { block.write_bytes(0xA5, layout.size()) };
        assert!(self.0.len() < self.0.capacity(), "the pool itself would allocate");
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

    fn clear(&mut self) {
        while !self.0.is_empty() {
            self.free(0);
        }
    }
}

fn layout(size: usize) -> Layout {
    Layout::from_size_align(size, 8).expect("a small layout")
}
