//! Times at which an entity's events came.

use std::collections::VecDeque;

use super::recent::push_bounded;
use crate::breakdown::Parts;
use crate::event::Event;
use crate::feature::{Feature, Op};
use crate::op::State;
use crate::output::Output;

/// The times of the first and the last event. The operator decides which of the two counts, and how.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    first: Option<u64>,
    last: Option<u64>,
}

/// The times of the latest n events.
#[derive(Clone, Debug, Default)]
pub struct TimeSinceLastN {
    times: VecDeque<u64>,
    seen: u64,
}

/// The time of the first event since the entity was last silent for a whole window; none once it is again.
#[derive(Clone, Debug, Default)]
pub struct FirstSeenInWindow {
    first: Option<u64>,
    last: u64,
}

impl TimeSinceLastN {
    #[must_use]
    pub fn seen(&self) -> u64 {
        self.seen
    }
}

impl State for Seen {
    fn update(&mut self, _: &Feature, event: &Event<'_>) {
        self.first.get_or_insert(event.at);
        self.last = Some(event.at);
    }

    fn output(&self, feature: &Feature, now: u64) -> Output {
        let since = |then: u64| now.saturating_sub(then);
        match feature.op {
            Op::FirstSeen => self.first.into(),
            Op::LastSeen => self.last.into(),
            Op::Age => self.first.map(since).into(),
            Op::TimeSince => self.last.map(since).into(),
            _ => Output::Flag(self.first.is_some()),
        }
    }
}

impl State for TimeSinceLastN {
    fn update(&mut self, feature: &Feature, event: &Event<'_>) {
        self.seen += 1;
        push_bounded(&mut self.times, event.at, feature.op.n());
    }

    fn output(&self, feature: &Feature, now: u64) -> Output {
        let reached = self.times.len() >= feature.op.n();
        self.times.front().filter(|_| reached).map(|then| now.saturating_sub(*then)).into()
    }

    fn heap(&self, parts: &mut Parts) {
        parts.deque("times", &self.times);
    }
}

impl State for FirstSeenInWindow {
    fn update(&mut self, feature: &Feature, event: &Event<'_>) {
        if self.first.is_none() || feature.is_over(self.last, event.at) {
            self.first = Some(event.at);
        }
        self.last = event.at;
    }

    fn output(&self, feature: &Feature, now: u64) -> Output {
        self.first.filter(|_| !feature.is_over(self.last, now)).into()
    }
}
