//! dhat, the ledger and the counters run the same random programs and must say the same.
//!
//! A program has one to eight threads, which outlive every region. In turn, its peak is known; at once, it is not,
//! and everything else is.

mod program;
mod workers;

use proptest::prelude::*;
use tripline::__private::{
    BlockBalance, Counting, DhatRegion, OutsideBlockWatch, PeakPrecision, Reading,
};

use program::{Program, program};
use workers::{Pace, Workers};

#[global_allocator]
static ALLOC: tripline::Alloc = tripline::Alloc::new();

/// A program measured by one engine.
struct Run {
    reading: Reading,
    leaked: BlockBalance,
}

fn by_dhat(workers: &Workers, program: &Program, pace: Pace) -> Run {
    workers.run(&program.before, Pace::InTurn);
    let dhat_region = DhatRegion::start();
    workers.run(&program.region, pace);
    let reading = dhat_region.end();
    workers.run(&program.after, Pace::InTurn);
    let left = dhat_region.leaked().expect("nothing is saved");
    drop(dhat_region);
    workers.clear();
    let (blocks, bytes) = (left.live_blocks.cast_signed(), left.live_bytes.cast_signed());
    Run { reading, leaked: BlockBalance { blocks, bytes } }
}

fn by_counters(workers: &Workers, program: &Program, pace: Pace) -> Run {
    let _watch = OutsideBlockWatch::begin();
    workers.run(&program.before, Pace::InTurn);
    let counting = Counting::start();
    workers.run(&program.region, pace);
    let reading = counting.end();
    workers.run(&program.after, Pace::InTurn);
    let leaked = counting.leaked();
    drop(counting);
    workers.clear();
    Run { reading, leaked }
}

/// Checks all that must hold however the threads interleave.
fn agree(dhat: &Run, counted: &Run) -> Result<(), TestCaseError> {
    let (heap, ledger) = (dhat.reading.heap, dhat.reading.ledger);
    let counters = counted.reading.ledger;
    let totals = (heap.total_blocks, heap.total_bytes);
    prop_assert_eq!(totals, (ledger.total_blocks, ledger.total_bytes));
    prop_assert_eq!(totals, (counters.total_blocks, counters.total_bytes));
    // What lives differs by what was freed from before the region, for the ledger and the counters alike.
    let BlockBalance { blocks, bytes } = dhat.reading.freed_before();
    prop_assert!(blocks >= 0 && bytes >= 0);
    prop_assert_eq!(heap.live_blocks.cast_signed() - blocks, counters.live_blocks);
    prop_assert_eq!(heap.live_bytes.cast_signed() - bytes, counters.live_bytes);
    prop_assert_eq!(
        (counters.live_blocks, counters.live_bytes),
        (ledger.live_blocks, ledger.live_bytes)
    );
    // Beyond that, a block of the region's at the address of one that it freed passes for that one.
    if (blocks, bytes) == (0, 0) {
        prop_assert_eq!(dhat.leaked, counted.leaked);
    }
    Ok(())
}

/// Checks the peak of a program whose threads take turns.
fn peaks_agree(dhat: &Run, counted: &Run, threads: usize) -> Result<(), TestCaseError> {
    let (heap, ledger, counters) = (dhat.reading.heap, dhat.reading.ledger, counted.reading.ledger);
    let BlockBalance { blocks, bytes } = dhat.reading.freed_before();
    // dhat's is at most what was freed from before above the ledger's, and the same where nothing was.
    prop_assert!(heap.max_bytes.cast_signed() >= ledger.peak_bytes);
    prop_assert!(heap.max_bytes.cast_signed() <= ledger.peak_bytes + bytes);
    if (blocks, bytes) == (0, 0) {
        prop_assert_eq!(heap.max_blocks.cast_signed(), ledger.peak_blocks);
    }
    match counted.reading.peak {
        PeakPrecision::Exact => {
            prop_assert_eq!(counters.peak_bytes, ledger.peak_bytes);
            prop_assert_eq!(counters.peak_blocks, ledger.peak_blocks);
        }
        PeakPrecision::TooHighBy(apart) => {
            prop_assert!(threads > 1, "one thread knows its peak");
            prop_assert!(counters.peak_bytes >= ledger.peak_bytes);
            prop_assert!(counters.peak_bytes - apart.cast_signed() <= ledger.peak_bytes);
            // 16 KiB on either side, a thread.
            prop_assert!(apart <= 2 * (16 << 10) * threads as u64);
        }
    }
    Ok(())
}

/// One profiler a process, so one test.
#[test]
fn the_instruments_agree() {
    let workers = Workers::start();
    proptest!(ProptestConfig::with_cases(8_000), |(program in program())| {
        let dhat = by_dhat(&workers, &program, Pace::InTurn);
        let counted = by_counters(&workers, &program, Pace::InTurn);
        agree(&dhat, &counted)?;
        peaks_agree(&dhat, &counted, program.threads())?;
    });
    proptest!(ProptestConfig::with_cases(2_500), |(program in program())| {
        let dhat = by_dhat(&workers, &program, Pace::AtOnce);
        let counted = by_counters(&workers, &program, Pace::AtOnce);
        agree(&dhat, &counted)?;
    });
}
