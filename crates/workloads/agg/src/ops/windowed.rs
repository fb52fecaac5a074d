//! A window over a state that can be merged: a state for each part of the window. The oldest is forgotten as a whole.

use smallvec::SmallVec;

use crate::breakdown::{Footprint, Parts};
use crate::event::Event;
use crate::feature::Feature;
use crate::op::{AggOp, State};
use crate::output::Output;

const BUCKETS: u64 = 64;

/// At most 64 buckets. They begin at their multiples since 1970 and exist from their first event on. The
/// window is the bucket of the moment and as many before it as make its length, so up to a bucket shorter than
/// requested.
#[derive(Clone, Debug)]
pub struct Windowed {
    /// The state of a new bucket.
    template: AggOp,
    window: u64,
    /// Milliseconds that a bucket covers.
    bucket: u64,
    /// The time of the latest event.
    latest: u64,
    /// The buckets with their indexes, the oldest first.
    buckets: SmallVec<[(u64, Box<AggOp>); 4]>,
}

impl Windowed {
    pub(crate) fn new(window: u64, template: AggOp) -> Self {
        let window = window.max(1);
        let bucket = window.div_ceil(BUCKETS);
        Self { template, window, bucket, latest: 0, buckets: SmallVec::new() }
    }

    fn is_over(&self, index: u64, now: u64) -> bool {
        (now / self.bucket).saturating_sub(index) >= self.window.div_ceil(self.bucket)
    }

    fn current(&mut self) -> Option<&mut AggOp> {
        let index = self.latest / self.bucket;
        if self.buckets.last().is_none_or(|(last, _)| *last < index) {
            let over = self.buckets.iter().take_while(|(old, _)| self.is_over(*old, self.latest));
            let over = over.count();
            self.buckets.drain(..over);
            self.buckets.push((index, Box::new(self.template.clone())));
        }
        self.buckets.last_mut().map(|(_, state)| &mut **state)
    }
}

impl State for Windowed {
    fn update(&mut self, feature: &Feature, event: &Event<'_>) {
        self.latest = self.latest.max(event.at);
        if let Some(state) = self.current() {
            state.update(feature, event);
        }
    }

    fn output(&self, feature: &Feature, now: u64) -> Output {
        let now = now.max(self.latest);
        let mut merged = self.template.clone();
        for (index, state) in &self.buckets {
            if !self.is_over(*index, now) {
                merged.merge(feature, state);
            }
        }
        merged.output(feature, now)
    }

    fn heap(&self, parts: &mut Parts) {
        self.template.add_to(parts);
        parts.small("window", &self.buckets);
        for (_, state) in &self.buckets {
            parts.add("window buckets", size_of::<AggOp>());
            state.add_to(parts);
        }
    }
}
