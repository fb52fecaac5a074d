//! What the processor spends on a thread.

use std::time::Duration;

/// Runs it, and how long that took.
///
/// Not by the time of day: what a machine does meanwhile for others is nobody's here.
pub(super) fn clock<T>(run: impl FnOnce() -> T) -> (T, Duration) {
    let start = processor_time();
    let result = run();
    (result, processor_time().saturating_sub(start))
}

fn processor_time() -> Duration {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: it writes to the one argument that is a pointer, which is valid.
    let failed = unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &raw mut time) };
    assert_eq!(failed, 0, "the kernel keeps no processor time");
    Duration::new(time.tv_sec.unsigned_abs(), time.tv_nsec as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sleeping_takes_no_time_and_working_does() {
        let nap = Duration::from_millis(200);
        assert!(clock(|| std::thread::sleep(nap)).1 < nap / 2);
        let (sum, time) =
            clock(|| (0..1_000_000_u64).fold(0, |sum, n| std::hint::black_box(sum + n)));
        assert_eq!(sum, 499_999_500_000);
        assert!(time > Duration::ZERO);
    }
}
