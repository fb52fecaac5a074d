//! The five workloads as tripline's users write them, on its counters: the budgets say `engine = "count"`.

use tripline::Probe;
use tripline_bench::workloads::{self, entities};

tripline::suite!();

#[tripline::test]
fn wal_insert(probe: &Probe) {
    let mut workload = workloads::wal_insert();
    probe.entities("row", entities::INSERTS);
    probe.measure(|| workload.run());
}

#[tripline::test]
fn wal_read(probe: &Probe) {
    let mut workload = workloads::wal_read();
    probe.entities("statement", entities::STATEMENTS);
    probe.measure(|| workload.run());
}

#[tripline::test]
fn wal_mixed(probe: &Probe) {
    let mut workload = workloads::wal_mixed();
    probe.entities("statement", entities::STATEMENTS);
    probe.measure(|| workload.run());
}

#[tripline::test]
fn mvcc_insert(probe: &Probe) {
    let mut workload = workloads::mvcc_insert();
    probe.entities("row", entities::INSERTS);
    probe.measure(|| workload.run());
}

#[tripline::test]
fn agg_users(probe: &Probe) {
    let mut workload = workloads::agg_users();
    probe.entities("event", entities::EVENTS);
    probe.measure(|| workload.run());
}
