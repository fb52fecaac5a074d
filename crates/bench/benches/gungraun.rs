//! The five workloads under valgrind's DHAT, through gungraun.
//!
//! DHAT counts only below the benchmark's function, so it must keep stacks that are deep enough to reach it.

#![expect(unused_qualifications, reason = "in what the macros make of a benchmark")]

use std::hint::black_box;

use gungraun::prelude::*;
use gungraun::{Dhat, DhatMetric, Tool};
use tripline_bench::workloads::{self, Workload};

fn dhat(total_blocks: u64, max_bytes: u64, end_bytes: u64) -> LibraryBenchmarkConfig {
    let limits = [
        (DhatMetric::TotalBlocks, total_blocks),
        (DhatMetric::AtTGmaxBytes, max_bytes),
        (DhatMetric::AtTEndBytes, end_bytes),
    ];
    LibraryBenchmarkConfig::default()
        .tool(Dhat::with_args(["--num-callers=500"]).hard_limits(limits))
        .clone()
}

#[library_benchmark(config = dhat(164_273, 264_828, 456), setup = workloads::wal_insert)]
fn wal_insert(mut workload: Workload) -> Workload {
    black_box(&mut workload).run();
    workload
}

#[library_benchmark(config = dhat(301_553, 263_886, 456), setup = workloads::wal_read)]
fn wal_read(mut workload: Workload) -> Workload {
    black_box(&mut workload).run();
    workload
}

#[library_benchmark(config = dhat(275_249, 277_080, 456), setup = workloads::wal_mixed)]
fn wal_mixed(mut workload: Workload) -> Workload {
    black_box(&mut workload).run();
    workload
}

#[library_benchmark(config = dhat(370_674, 1_436_896, 3_400), setup = workloads::mvcc_insert)]
fn mvcc_insert(mut workload: Workload) -> Workload {
    black_box(&mut workload).run();
    workload
}

#[library_benchmark(config = dhat(410_419, 74_098_442, 0), setup = workloads::agg_users)]
fn agg_users(mut workload: Workload) -> Workload {
    black_box(&mut workload).run();
    workload
}

library_benchmark_group!(
    name = suite,
    benchmarks = [wal_insert, wal_read, wal_mixed, mvcc_insert, agg_users]
);

main!(
    config = LibraryBenchmarkConfig::default()
        .default_tool(Tool::DHAT)
        .pass_through_envs([workloads::TIMES, workloads::REGRESSED]),
    library_benchmark_groups = suite
);
