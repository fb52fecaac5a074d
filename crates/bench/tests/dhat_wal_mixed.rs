//! A limit by hand, as dhat's documentation advises under "Heap usage testing": a file for each test.

use tripline_bench::workloads;

#[global_allocator]
static ALLOC: dhat::Alloc = dhat::Alloc;

#[test]
fn wal_mixed() {
    let mut workload = workloads::wal_mixed();
    let _profiler = dhat::Profiler::builder().testing().build();
    workload.run();
    let stats = dhat::HeapStats::get();
    dhat::assert_eq!(stats.total_blocks, 275_249);
    dhat::assert_eq!(stats.max_bytes, 277_080);
    dhat::assert_eq!(stats.curr_bytes, 145_982);
    drop(workload);
    let stats = dhat::HeapStats::get();
    dhat::assert_eq!(stats.curr_blocks, 1);
}
