//! The five workloads as tests that measure nothing.

use tripline_bench::workloads;

#[test]
fn wal_insert() {
    workloads::wal_insert().run();
}

#[test]
fn wal_read() {
    workloads::wal_read().run();
}

#[test]
fn wal_mixed() {
    workloads::wal_mixed().run();
}

#[test]
fn mvcc_insert() {
    workloads::mvcc_insert().run();
}

#[test]
fn agg_users() {
    workloads::agg_users().run();
}
