//! From when to when something ran.

use std::time::{Duration, Instant};

/// By the time of day, of one thread or of several that are to run at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    /// The first thread's and the last one's.
    start: [Instant; 2],
    end: [Instant; 2],
}

impl Span {
    pub(super) fn and(self, other: Self) -> Self {
        let [[first, last], [one, another]] = [self.start, other.start];
        let start = [first.min(one), last.max(another)];
        let [[first, last], [one, another]] = [self.end, other.end];
        Self { start, end: [first.min(one), last.max(another)] }
    }

    /// From the first start to the last end.
    pub(super) fn length(self) -> Duration {
        self.end[1].saturating_duration_since(self.start[0])
    }

    /// Whether all ran at once for nine tenths of it. Threads that ran one after the other did not get into each
    /// other's way, which is what they are to be seen doing.
    pub(super) fn is_at_once(self) -> bool {
        let shared = self.end[0].saturating_duration_since(self.start[1]);
        shared * 10 >= self.length() * 9
    }
}

/// Runs it, and says when.
pub(super) fn clock<T>(run: impl FnOnce() -> T) -> (T, Span) {
    let start = Instant::now();
    let result = run();
    let end = Instant::now();
    (result, Span { start: [start; 2], end: [end; 2] })
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(crate) fn span(epoch: Instant, times: [u64; 2]) -> Span {
        let [start, end] = times.map(|time| [epoch + Duration::from_nanos(time); 2]);
        Span { start, end }
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
    fn what_runs_takes_time() {
        let (sum, span) = clock(|| (0..1_000_u64).fold(0, |sum, n| std::hint::black_box(sum + n)));
        assert_eq!(sum, 499_500);
        assert!(span.length() > Duration::ZERO);
    }
}
