//! Making the locks' own memory part of what was there before a measurement.

use std::thread;

use parking_lot::{Condvar, Mutex};

/// Has `threads` threads wait at one time.
///
/// The engine's locks (`parking_lot`) keep a table of waiting threads. It is made when a thread first
/// waits, grows with the number of threads that have waited, and is kept for the life of the process. Which
/// run of a workload pays for it is chance: on a multi-thread runtime a third of them did not. Call this
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
        // Whoever has been counted waits: the lock that guards the count is given up by waiting alone.
        while *waiting.lock() < threads {
            thread::yield_now();
        }
        released.notify_all();
    });
}
