//! Changes that cost nothing. Nobody is to blame.

use std::hint::black_box;

use tripline::Probe;

use super::measure;

#[tripline::test]
fn a_renamed_function(probe: &Probe) {
    measure(probe, |changed| if changed { read_page(40) } else { load_page(40) });
}

#[inline(never)]
fn load_page(pages: u8) -> Vec<Box<[u8; 100]>> {
    (0..pages).map(|page| Box::new([page; 100])).collect()
}

#[inline(never)]
fn read_page(pages: u8) -> Vec<Box<[u8; 100]>> {
    (0..pages).map(|page| Box::new([page; 100])).collect()
}

#[tripline::test]
fn moved_lines(probe: &Probe) {
    measure(probe, lines);
}

#[inline(never)]
fn lines(changed: bool) -> Vec<Box<u64>> {
    if changed {
        return (0..60).map(Box::new).collect();
    }
    // Somebody had written something here.
    (0..60).map(Box::new).collect()
}

#[tripline::test]
fn an_inlined_function(probe: &Probe) {
    measure(probe, outer);
}

#[inline(never)]
fn outer(changed: bool) -> Vec<Box<[u64; 4]>> {
    let mut kept = Vec::with_capacity(50);
    for value in 0..50 {
        kept.push(if changed { Box::new([value; 4]) } else { inner(value) });
    }
    kept
}

#[inline(never)]
fn inner(value: u64) -> Box<[u64; 4]> {
    Box::new([value; 4])
}

#[derive(Clone, Copy, Default)]
struct Fields {
    _flag: u8,
    _key: u64,
    _kind: u8,
}

#[derive(Clone, Copy, Default)]
struct Reordered {
    _key: u64,
    _kind: u8,
    _flag: u8,
}

#[tripline::test]
fn reordered_fields(probe: &Probe) {
    measure(probe, |changed| if changed { rows::<Reordered>(70) } else { rows::<Fields>(70) });
}

#[inline(never)]
fn rows<T: Copy + Default>(count: usize) -> usize {
    let rows: Vec<Box<T>> = (0..count).map(|_| Box::new(T::default())).collect();
    black_box(&rows).len()
}

/// `explain.rs` writes the former name into what was recorded.
#[tripline::test]
fn another_test_name(probe: &Probe) {
    let kept = probe.measure(|| (super::background::work(), vec![1_u8; 3_000]));
    drop(kept);
}

#[tripline::test]
fn a_recursion_that_is_one_deeper(probe: &Probe) {
    measure(probe, |changed| descend(if changed { 6 } else { 5 }));
}

#[inline(never)]
fn descend(depth: u32) -> Vec<Box<u32>> {
    if depth == 0 { (0..40).map(Box::new).collect() } else { black_box(descend(depth - 1)) }
}
