//! The gate: threads that allocate throughout, and two instruments that must agree all the same.
//!
//! Without it 311 of 1 000 such regions disagreed: a thread that outlives a region is always half-way
//! through some allocation when the region is read.

use std::hint::black_box;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use tripline::__private::DhatRegion;

#[global_allocator]
static ALLOC: tripline::Alloc = tripline::Alloc::new();

const REGIONS: usize = 2_000;

/// Allocates, grows and frees until told to stop.
async fn churn(stop: Arc<AtomicBool>, size: usize) -> u64 {
    let mut rounds = 0;
    while !stop.load(Relaxed) {
        let mut block = vec![0_u8; size];
        block.extend_from_slice(&[1; 64]);
        drop(black_box(block));
        rounds += 1;
        tokio::task::yield_now().await;
    }
    rounds
}

#[test]
fn both_instruments_agree_in_every_region_whoever_allocates_meanwhile() {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(3).build().expect("a runtime");
    let stop = Arc::new(AtomicBool::new(false));
    let tasks: Vec<_> =
        (1..=16).map(|size| runtime.spawn(churn(Arc::clone(&stop), size * 10))).collect();

    let mut blocks = 0;
    for region in 0..REGIONS {
        let dhat_region = DhatRegion::start();
        for size in 1..20_usize {
            drop(black_box(vec![0_u8; size]));
        }
        let reading = dhat_region.finish();
        let (dhat, ledger) = (reading.heap, reading.ledger);
        assert_eq!(
            (dhat.total_blocks, dhat.total_bytes),
            (ledger.total_blocks, ledger.total_bytes),
            "region {region}"
        );
        assert!(dhat.total_blocks >= 19, "region {region} missed its own blocks");
        blocks += dhat.total_blocks;
    }

    stop.store(true, Relaxed);
    let rounds: u64 = tasks.into_iter().map(|task| runtime.block_on(task).expect("no panic")).sum();
    assert!(rounds > 0, "no thread allocated");
    assert!(blocks > 19 * REGIONS as u64, "no region saw another thread's blocks");
}
