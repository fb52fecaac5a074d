//! Threads that come and go, more of them than have a slot of their own, and blocks that change hands: nothing is lost.
//!
//! Runs under Miri as well.

use std::alloc::{GlobalAlloc, Layout};
use std::sync::Barrier;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use tripline::__private::{Counting, OutsideBlockWatch, PeakPrecision};

#[global_allocator]
static ALLOC: tripline::Alloc = tripline::Alloc::new();

/// The number of threads that have a slot.
const SLOTS: usize = 256;
const THREADS: usize = SLOTS + 44;
const LAYOUT: Layout = Layout::new::<[u64; 10]>();

/// A block that any thread may free.
struct Block(*mut u8);

// SAFETY: it is one thread's at a time.
unsafe impl Send for Block {}

impl Block {
    fn new() -> Self {
        // SAFETY: the layout's size is above 0.
        Self(unsafe { ALLOC.alloc(LAYOUT) })
    }

    fn free(self) {
        // SAFETY: the block was allocated with this layout and is not used again.
        unsafe { ALLOC.dealloc(self.0, LAYOUT) };
    }
}

/// One region a process, so one test: a thread keeps its slot when it ends.
#[test]
fn nothing_is_lost() {
    let _watch = OutsideBlockWatch::begin();
    begun_before_and_running_after();
    gone_before_the_end();
}

/// All allocate at once, free what their neighbours allocated, and outlive the region.
fn begun_before_and_running_after() {
    let [started, begun, allocated, freed, ended] = &[const { Barrier::new(THREADS + 1) }; 5];
    std::thread::scope(|scope| {
        let (mut senders, mut receivers): (Vec<_>, Vec<_>) =
            (0..THREADS).map(|_| sync_channel::<Block>(1)).unzip();
        senders.rotate_left(1);
        let work = |(sender, receiver): (SyncSender<Block>, Receiver<Block>)| {
            scope.spawn(move || {
                sender.send(Block::new()).expect("room for one");
                receiver.recv().expect("one").free();
                started.wait();
                begun.wait();
                let [kept, given] = [(); 2].map(|()| Block::new());
                sender.send(given).expect("room for one");
                allocated.wait();
                receiver.recv().expect("one").free();
                freed.wait();
                ended.wait();
                kept.free();
            })
        };
        let threads: Vec<_> = senders.into_iter().zip(receivers.drain(..)).map(work).collect();
        started.wait();
        let counting = Counting::start();
        for barrier in [begun, allocated, freed] {
            barrier.wait();
        }
        let reading = counting.end();
        let (count, size) = (THREADS as u64, LAYOUT.size() as u64);
        assert_eq!(
            (reading.heap.total_blocks, reading.heap.total_bytes),
            (2 * count, 2 * count * size)
        );
        assert_eq!((reading.heap.live_blocks, reading.heap.live_bytes), (count, count * size));
        // All were allocated before any was freed.
        assert!(reading.heap.max_bytes >= 2 * count * size);
        assert!(matches!(reading.peak, PeakPrecision::TooHighBy(_)));
        ended.wait();
        drop(counting);
        // Not when they have nothing more to do, as a scope waits for, but when they are gone.
        threads.into_iter().for_each(|thread| thread.join().expect("no panic"));
    });
}

/// Threads without a slot that end inside the region.
fn gone_before_the_end() {
    let counting = Counting::start();
    let blocks = [(); 4]
        .map(|()| std::thread::spawn(Block::new))
        .map(|thread| thread.join().expect("no panic"));
    let reading = counting.end();
    // And what starting a thread takes.
    assert!(reading.heap.total_blocks >= 4 && reading.heap.live_blocks >= 4, "{reading:?}");
    let before = counting.leaked();
    blocks.into_iter().for_each(Block::free);
    let after = counting.leaked();
    assert_eq!((before.blocks - after.blocks, before.bytes - after.bytes), (4, 4 * 80));
}
