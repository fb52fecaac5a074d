//! A limit by hand, as dhat's documentation advises under "Heap usage testing": a file for each test.

use tripline_bench::workloads;

#[global_allocator]
static ALLOC: dhat::Alloc = dhat::Alloc;

#[test]
fn agg_users() {
    let mut workload = workloads::agg_users();
    let _profiler = dhat::Profiler::builder().testing().build();
    workload.run();
    let stats = dhat::HeapStats::get();
    dhat::assert_eq!(stats.total_blocks, 410_419);
    dhat::assert_eq!(stats.max_bytes, 74_098_442);
    dhat::assert_eq!(stats.curr_bytes, 74_098_442);
    drop(workload);
    let stats = dhat::HeapStats::get();
    dhat::assert_eq!(stats.curr_blocks, 0);
}
