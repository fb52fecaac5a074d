//! A limit by hand, as dhat's documentation advises under "Heap usage testing": a file for each test.

use tripline_bench::workloads;

#[global_allocator]
static ALLOC: dhat::Alloc = dhat::Alloc;

#[test]
fn mvcc_insert() {
    let mut workload = workloads::mvcc_insert();
    let _profiler = dhat::Profiler::builder().testing().build();
    workload.run();
    let stats = dhat::HeapStats::get();
    dhat::assert_eq!(stats.total_blocks, 370_672);
    dhat::assert_eq!(stats.max_bytes, 1_436_864);
    dhat::assert_eq!(stats.curr_bytes, 1_330_543);
    drop(workload);
    let stats = dhat::HeapStats::get();
    // Draining the epoch collector allocates two of these, which are counted, too.
    dhat::assert_eq!(stats.curr_blocks, 6);
}
