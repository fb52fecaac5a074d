//! The gate and the slots under loom, which runs a few calls in every order that threads and the memory model allow.
//!
//! The sources are the product's own, with loom's atomics in place of the standard library's.

#![allow(dead_code, unreachable_pub, reason = "the sources hold more than these models call")]

#[path = "../../src/instruments/gate.rs"]
mod gate;
mod model;
mod sync {
    pub(crate) use loom::sync::atomic::{AtomicI64, AtomicU32, AtomicU64, AtomicUsize, fence};
    pub(crate) use loom::thread::yield_now;
}

/// The product's paths.
mod instruments {
    pub(crate) use crate::{gate, sync};

    pub(crate) mod count {
        pub(crate) use crate::{periods, shared, slot, slots};
    }
}
#[path = "../../src/instruments/count/periods.rs"]
mod periods;
#[path = "../../src/instruments/count/shared.rs"]
mod shared;
#[path = "../../src/instruments/count/slot.rs"]
mod slot;
#[path = "../../src/instruments/count/slots.rs"]
mod slots;

use std::sync::atomic::Ordering::{Acquire, Relaxed, Release, SeqCst};

use loom::sync::Arc;
use loom::sync::atomic::{AtomicBool, AtomicU64};
use loom::thread;

use gate::Route;
use instruments::count::slots::Peak;
use model::Counters;

/// Every order with up to three switches away from a thread that could go on.
fn explore(model: impl Fn() + Sync + Send + 'static) {
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = Some(3);
    builder.check(model);
}

/// Two instruments that each call updates one after the other are the same at every reading.
#[test]
fn no_reading_falls_between_the_two_instruments() {
    explore(|| {
        let gate = Arc::new(model::gate());
        let both = Arc::new([AtomicU64::new(0), AtomicU64::new(0)]);
        gate.open();
        let caller = {
            let (gate, both) = (Arc::clone(&gate), Arc::clone(&both));
            thread::spawn(move || {
                if let Route::Record(_pass) = gate.enter() {
                    both.iter().for_each(|one| one.store(one.load(Relaxed) + 1, Relaxed));
                }
            })
        };
        let [one, other] = gate.read_last(|| both.each_ref().map(|one| one.load(Relaxed)));
        assert_eq!(one, other);
        caller.join().expect("no panic");
        assert_eq!(both[0].load(Relaxed), both[1].load(Relaxed));
    });
}

/// The first of two first calls decides, and the other waits for it.
#[test]
fn one_caller_decides() {
    explore(|| {
        let gate = Arc::new(model::gate());
        let decided = Arc::new(AtomicU64::new(0));
        let decide = |gate: &gate::Gate, decided: &AtomicU64| {
            gate.decide(|| {
                decided.fetch_add(1, SeqCst);
                gate::IDLE
            });
            assert_eq!((decided.load(SeqCst), gate.state()), (1, gate::IDLE));
        };
        let other = {
            let (gate, decided) = (Arc::clone(&gate), Arc::clone(&decided));
            thread::spawn(move || decide(&gate, &decided))
        };
        decide(&gate, &decided);
        other.join().expect("no panic");
    });
}

/// A block that one thread allocates and another frees is never seen freed alone.
#[test]
fn nothing_is_freed_before_it_was_allocated() {
    explore(|| {
        let counters = Arc::new(Counters::<2>::start());
        let handed_over = Arc::new(AtomicBool::new(false));
        let owner = {
            let (counters, handed_over) = (Arc::clone(&counters), Arc::clone(&handed_over));
            thread::spawn(move || {
                counters.thread().allocated(40);
                handed_over.store(true, Release);
            })
        };
        let other = {
            let counters = Arc::clone(&counters);
            thread::spawn(move || {
                if handed_over.load(Acquire) {
                    counters.thread().freed(40);
                }
            })
        };
        let now = counters.read().sum();
        assert!(now.live_blocks >= 0 && now.live_bytes >= 0, "{now:?}");
        owner.join().expect("no panic");
        other.join().expect("no panic");
        let end = counters.read().sum();
        assert_eq!((end.total_blocks, end.total_bytes), (1, 40));
    });
}

/// All that a joined thread did is counted, with a slot or without, and the peak is inside the bound.
#[test]
fn nothing_of_a_joined_thread_is_lost() {
    explore(|| {
        let counters = Arc::new(Counters::<1>::start());
        let start = counters.read();
        let threads = [20_000, 30].map(|size| {
            let counters = Arc::clone(&counters);
            thread::spawn(move || {
                let mut thread = counters.thread();
                thread.allocated(size);
                thread.freed(size - 5);
            })
        });
        for thread in threads {
            thread.join().expect("no panic");
        }
        let end = counters.read();
        let sum = end.sum();
        assert_eq!((sum.total_blocks, sum.total_bytes), (2, 20_030));
        assert_eq!((sum.live_blocks, sum.live_bytes), (0, 10));
        let Peak::Within { bytes, too_high_by } = counters.peak(&start, &end) else {
            panic!("two threads allocated");
        };
        assert!(bytes >= 20_000, "{bytes}");
        assert!(bytes - too_high_by.cast_signed() <= 20_030, "{bytes} less {too_high_by}");
    });
}

/// A period that begins while a thread allocates: whichever it counts in, its peak is inside the bound.
#[test]
fn a_thread_may_see_a_period_late() {
    explore(|| {
        let counters = Arc::new(Counters::<2>::start());
        let thread = {
            let counters = Arc::clone(&counters);
            thread::spawn(move || {
                let mut thread = counters.thread();
                thread.allocated(100_000);
                thread.allocated(100_000);
            })
        };
        let start = counters.next_period();
        counters.thread().allocated(5);
        thread.join().expect("no panic");
        let end = counters.read();
        assert_eq!(end.sum().live_bytes, 200_005);
        let grown = 200_005 - start.sum().live_bytes;
        match counters.peak(&start, &end) {
            Peak::Exact { bytes, .. } => assert_eq!(bytes, grown),
            Peak::Within { bytes, too_high_by } => {
                assert!(bytes >= grown, "{bytes} of {grown}");
                assert!(
                    bytes - too_high_by.cast_signed() <= grown,
                    "{bytes} less {too_high_by} of {grown}"
                );
            }
        }
    });
}
