//! From when to when something ran.

use std::time::{Duration, Instant};

/// By the time of day. What threads do at the same time takes from the first one's start to the last one's end: if
/// they ran one after the other, it is twice as long, and is nobody's fastest time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    start: Instant,
    end: Instant,
}

impl Span {
    /// Both, and what is between them.
    pub(super) fn and(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    pub(super) fn length(self) -> Duration {
        self.end.saturating_duration_since(self.start)
    }
}

/// Runs it, and says when.
pub(super) fn clock<T>(run: impl FnOnce() -> T) -> (T, Span) {
    let start = Instant::now();
    let result = run();
    (result, Span { start, end: Instant::now() })
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(crate) fn span(epoch: Instant, [start, end]: [u64; 2]) -> Span {
        Span { start: epoch + Duration::from_nanos(start), end: epoch + Duration::from_nanos(end) }
    }

    #[test]
    fn threads_that_ran_one_after_the_other_took_as_long_as_both() {
        let epoch = Instant::now();
        let length = |one, other| span(epoch, one).and(span(epoch, other)).length().as_nanos();
        assert_eq!(length([0, 5], [1, 6]), 6);
        assert_eq!(length([5, 10], [0, 5]), 10);
        assert_eq!(length([0, 9], [2, 3]), 9);
    }

    #[test]
    fn what_runs_takes_time() {
        let (sum, span) = clock(|| (0..1_000_u64).fold(0, |sum, n| std::hint::black_box(sum + n)));
        assert_eq!(sum, 499_500);
        assert!(span.length() > Duration::ZERO);
    }
}
