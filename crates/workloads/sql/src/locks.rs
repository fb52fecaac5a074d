//! Allocates the locks' own memory before a measurement.

use std::thread;

use parking_lot::{Condvar, Mutex};

/// Makes `threads` threads wait at one time.
///
/// The engine's locks (`parking_lot`) keep a table of waiting threads. It is allocated when a thread first
/// waits, grows with the number of threads that have waited, and is kept for the life of the process. Chance
/// decides which run of a workload pays for it: on a multi-thread runtime a third did not. Call this
/// before measuring, with at least as many threads as the workload has.
pub fn warm_up_locks(threads: usize) {
    let (waiting, released) = (Mutex::new(0), Condvar::new());
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                let mut waiting = waiting.lock();
                *waiting += 1;
                released.wait(&mut waiting);
            });
        }
        // A counted thread waits: it gives up the lock that guards the count only by waiting.
        while *waiting.lock() < threads {
            thread::yield_now();
        }
        released.notify_all();
    });
}
