//! Each way into tripline once, and one breach.

use tripline::Probe;

tripline::suite!();

tripline::sizes! { Vec<u8> <= 32 }

#[tripline::test]
fn holds(probe: &Probe) {
    probe.measure(|| vec![1_u8; 100]);
}

#[tripline::test(flavor = "multi_thread", worker_threads = 2, start_paused = false)]
async fn waits(probe: &Probe) {
    probe.measure_async(async || vec![1_u8; 100]).await;
}

/// Allocates a block more than its budget allows.
#[tripline::test]
#[ignore = "trips: `.ci/run` runs it and wants it to"]
fn trips(probe: &Probe) {
    probe.measure(|| [vec![1_u8; 100], vec![2_u8; 100]]);
}
