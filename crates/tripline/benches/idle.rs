//! Measures the cost of tripline's allocator while nothing is measured: `cargo bench -p tripline --bench idle`.
//!
//! Both allocators run the same program in turn, in one process, and only the ratio of each round counts.
//! The goal is a median of at most 1.1.

use std::alloc::{GlobalAlloc, Layout, System};
use std::hint::black_box;
use std::time::{Duration, Instant};

#[global_allocator]
static ALLOC: tripline::Alloc = tripline::Alloc::new();

const ROUNDS: usize = 101;
const BLOCKS: usize = 20_000;

/// Allocates and frees blocks of a few small sizes, one live at a time.
#[inline(never)]
fn program(allocator: &impl GlobalAlloc) -> Duration {
    let start = Instant::now();
    for index in 0..BLOCKS {
        let size = 16 + index % 8 * 24;
        let layout = Layout::from_size_align(size, 8).expect("a small layout");
        // SAFETY: the layout's size is above 0, and the block is freed at once with the same layout.
        unsafe {
            let block = black_box(allocator.alloc(black_box(layout)));
            assert!(!block.is_null());
            allocator.dealloc(block, layout);
        }
    }
    start.elapsed()
}

fn main() {
    let mut ratios = Vec::with_capacity(ROUNDS);
    let mut fastest = [Duration::MAX; 2];
    for round in 0..ROUNDS {
        // In turn, so that a drift of the machine's speed favours neither.
        let (system, tripline) = if round % 2 == 0 {
            let system = program(&System);
            (system, program(&ALLOC))
        } else {
            let tripline = program(&ALLOC);
            (program(&System), tripline)
        };
        fastest = [fastest[0].min(system), fastest[1].min(tripline)];
        ratios.push(tripline.as_secs_f64() / system.as_secs_f64());
    }
    ratios.sort_by(f64::total_cmp);
    let nanoseconds = |duration: Duration| duration.as_nanos() as f64 / BLOCKS as f64;
    println!("one thread, {BLOCKS} blocks a round, {ROUNDS} rounds in turn");
    println!(
        "  system          {:5.1} ns per alloc + free (fastest round)",
        nanoseconds(fastest[0])
    );
    println!("  tripline, idle  {:5.1} ns", nanoseconds(fastest[1]));
    println!(
        "  ratio           {:.3} (median; {:.3} to {:.3} for the middle half)",
        ratios[ROUNDS / 2],
        ratios[ROUNDS / 4],
        ratios[ROUNDS * 3 / 4]
    );
}
