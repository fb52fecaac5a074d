//! The most events in a short time.

use std::collections::VecDeque;

use crate::breakdown::Parts;
use crate::event::Event;
use crate::feature::{Feature, Op};
use crate::op::State;
use crate::output::Output;

/// The most buckets of a window, however short the sub-windows are.
const BUCKETS: u64 = 64;

/// The most events in one sub-window of the window: sub-windows begin at their multiples since 1970, and are
/// longer than requested if the window would have more than 64.
#[derive(Clone, Debug)]
pub struct Burst {
    /// Index and count of each earlier sub-window that had events.
    earlier: VecDeque<(u64, u64)>,
    /// A sub-window's milliseconds.
    width: u64,
    /// The sub-windows of the window.
    buckets: u64,
    current: u64,
    count: u64,
}

impl Burst {
    pub(crate) fn new(feature: &Feature) -> Self {
        let Op::BurstCount { sub_window } = feature.op else { return Self::of(1, 1) };
        let wanted = sub_window.max(1);
        match feature.window {
            Some(window) => {
                let width = wanted.max(window.div_ceil(BUCKETS));
                Self::of(width, window.div_ceil(width).max(1))
            }
            None => Self::of(wanted, BUCKETS),
        }
    }

    fn of(width: u64, buckets: u64) -> Self {
        Self { earlier: VecDeque::new(), width, buckets, current: 0, count: 0 }
    }

    fn is_over(&self, bucket: u64, now: u64) -> bool {
        now.saturating_sub(bucket) >= self.buckets
    }

    fn begin(&mut self, bucket: u64) {
        while self.earlier.front().is_some_and(|(earlier, _)| self.is_over(*earlier, bucket)) {
            self.earlier.pop_front();
        }
        if self.count > 0 && !self.is_over(self.current, bucket) {
            self.earlier.push_back((self.current, self.count));
        }
        self.current = bucket;
        self.count = 0;
    }
}

impl State for Burst {
    fn update(&mut self, _: &Feature, event: &Event<'_>) {
        let bucket = event.at / self.width;
        if bucket > self.current {
            self.begin(bucket);
        }
        self.count += 1;
    }

    fn output(&self, _: &Feature, now: u64) -> Output {
        let now = now / self.width;
        let buckets = self.earlier.iter().copied().chain([(self.current, self.count)]);
        let live = buckets.filter(|(bucket, _)| !self.is_over(*bucket, now));
        live.map(|(_, count)| count).max().unwrap_or_default().into()
    }

    fn heap(&self, parts: &mut Parts) {
        parts.deque("sub-windows", &self.earlier);
    }
}
