//! The start and the end of a run, on one thread or on several.

use std::time::{Duration, Instant};

/// The time in which one thread ran, or several that should run at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    first_start: Instant,
    last_start: Instant,
    first_end: Instant,
    last_end: Instant,
}

impl Span {
    fn of_thread(start: Instant, end: Instant) -> Self {
        Self { first_start: start, last_start: start, first_end: end, last_end: end }
    }

    /// Adds the threads of another span.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            first_start: self.first_start.min(other.first_start),
            last_start: self.last_start.max(other.last_start),
            first_end: self.first_end.min(other.first_end),
            last_end: self.last_end.max(other.last_end),
        }
    }

    /// Returns the time from the first start to the last end.
    pub(super) fn length(self) -> Duration {
        self.last_end.saturating_duration_since(self.first_start)
    }

    /// Returns `true` if all threads ran at once for nine tenths of the span. Threads that ran one after the other
    /// did not contend, and contention is the point.
    pub(super) fn is_at_once(self) -> bool {
        let shared = self.first_end.saturating_duration_since(self.last_start);
        shared * 10 >= self.length() * 9
    }
}

/// Runs a closure, and returns its result and its span.
pub(super) fn clock<T>(run: impl FnOnce() -> T) -> (T, Span) {
    let start = Instant::now();
    let result = run();
    let end = Instant::now();
    (result, Span::of_thread(start, end))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Returns the span of one thread, in nanoseconds after `epoch`.
    pub(crate) fn span(epoch: Instant, times: [u64; 2]) -> Span {
        let [start, end] = times.map(|time| epoch + Duration::from_nanos(time));
        Span::of_thread(start, end)
    }

    #[test]
    fn threads_are_at_once_unless_one_waits_for_the_other() {
        let epoch = Instant::now();
        let both = |one, other| {
            let span = span(epoch, one).and(span(epoch, other));
            (span.length().as_nanos(), span.is_at_once())
        };
        assert_eq!(both([0, 100], [0, 100]), (100, true));
        assert_eq!(both([0, 95], [5, 100]), (100, true));
        assert_eq!(both([10, 100], [0, 99]), (100, false));
        assert_eq!(both([100, 200], [0, 100]), (200, false));
        assert_eq!(both([0, 100], [40, 50]), (100, false));
    }

    #[test]
    fn a_run_takes_time() {
        let (sum, span) = clock(|| (0..1_000_u64).fold(0, |sum, n| std::hint::black_box(sum + n)));
        assert_eq!(sum, 499_500);
        assert!(span.length() > Duration::ZERO);
    }
}
