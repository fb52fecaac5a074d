//! An operator reports its heap memory as the bytes asked of the allocator, to the byte.
//!
//! Runs without libtest, whose main thread allocates as it likes while a test runs; all on one thread.

mod mix;
mod stream;

use std::collections::BTreeSet;

use libtest_mimic::{Arguments, Failed, Trial};
use workload_agg::{AggOp, Feature, Footprint, Parts};

use crate::stream::{Happened, stream};

type Structures = BTreeSet<&'static str>;

#[global_allocator]
static ALLOC: dhat::Alloc = dhat::Alloc;

fn main() {
    let mut arguments = Arguments::from_args();
    // The one thread is then the main thread.
    arguments.test_threads = Some(1);
    let _profiler = dhat::Profiler::builder().testing().build();
    let tests = [
        ("fraud_team_mix", fraud_team_mix as fn() -> Result<(), Failed>),
        ("slow_and_diverse", slow_and_diverse),
        ("wrong_footprint_is_found", wrong_footprint_is_found),
    ];
    let tests = tests.map(|(name, test)| Trial::test(name, test)).into();
    libtest_mimic::run(&arguments, tests).exit();
}

/// Returns the measured heap and the reported heap.
fn heap<T: Footprint>(make: impl FnOnce() -> T) -> (u64, Parts) {
    let before = dhat::HeapStats::get().curr_bytes;
    let made = make();
    let after = dhat::HeapStats::get().curr_bytes;
    let mut parts = Parts::default();
    made.add_to(&mut parts);
    ((after - before) as u64, parts)
}

fn fed(feature: &Feature, events: &[Happened]) -> AggOp {
    let mut state = AggOp::new(feature);
    for event in events {
        state.update(feature, &event.event());
    }
    state
}

/// Returns the number of features that agreed and their data structures, or each that did not agree.
fn compare(features: &[Feature], events: &[Happened]) -> Result<(usize, Structures), Failed> {
    let mut compared = 0;
    let mut structures = Structures::new();
    let mut wrong = Vec::new();
    for feature in features {
        for count in [0, 1, events.len()] {
            let (measured, said) = heap(|| fed(feature, &events[..count]));
            structures.extend(said.iter().map(|(structure, _)| structure));
            compared += 1;
            if measured != said.bytes() {
                wrong.push(format!(
                    "{} {:?} after {count} events: {measured} B, not {said:?}",
                    feature.name, feature.window
                ));
            }
        }
    }
    if wrong.is_empty() { Ok((compared, structures)) } else { Err(wrong.join("\n").into()) }
}

fn fraud_team_mix() -> Result<(), Failed> {
    let features = mix::mix();
    let names: BTreeSet<_> = features.iter().map(|feature| feature.op.name()).collect();
    let (compared, _) = compare(&features, &stream(2_000, 1, 1_000))?;
    println!("{compared} compared, of {} operators", names.len());
    assert!(compared > 150, "{compared}");
    assert_eq!(names.len(), 52);
    Ok(())
}

/// Buckets come and go, and every threshold is passed.
fn slow_and_diverse() -> Result<(), Failed> {
    let features = [mix::mix(), mix::others()].concat();
    let (slow, mut structures) = compare(&features, &stream(2_000, 37_000, 1_000_000))?;
    let (diverse, more) = compare(&features, &stream(5_000, 3, 1_000_000))?;
    let mut paused = stream(200, 37_000, 1_000_000);
    paused.extend(stream(1, 0, 1).into_iter().map(|event| event.later(40 * 24 * 3_600_000)));
    // Full tables are empty then, and keep their memory.
    let (paused, _) = compare(&features, &paused)?;
    structures.extend(more);
    println!("{} compared, of {structures:?}", slow + diverse + paused);
    assert!(slow + diverse + paused > 700);
    assert_eq!(structures.len(), 20);
    Ok(())
}

/// Reports the bytes that it holds, not the bytes that it asked for.
struct Wrong(Vec<u8>);

impl Footprint for Wrong {
    fn add_to(&self, parts: &mut Parts) {
        parts.add("bytes", self.0.len());
    }
}

fn wrong_footprint_is_found() -> Result<(), Failed> {
    let make = |capacity| {
        let mut bytes = Vec::with_capacity(capacity);
        bytes.push(0);
        Wrong(bytes)
    };
    let both = |capacity| {
        let (measured, said) = heap(|| make(capacity));
        (measured, said.bytes())
    };
    assert_eq!(both(1), (1, 1));
    assert_eq!(both(9), (9, 1));
    Ok(())
}
