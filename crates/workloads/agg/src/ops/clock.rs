//! Events by the hour, in UTC.

use crate::breakdown::Parts;
use crate::event::Event;
use crate::feature::Feature;
use crate::op::State;
use crate::output::Output;

const HOUR: u64 = 3_600_000;

pub(super) fn hour(at: u64) -> usize {
    (at / HOUR % 24) as usize
}

/// Returns the hours since the week began on Monday; 1970 began on a Thursday.
fn hour_of_week(at: u64) -> usize {
    ((at / HOUR + 3 * 24) % (7 * 24)) as usize
}

/// The number of events in each hour of the day.
#[derive(Clone, Debug, Default)]
pub struct HourOfDay {
    counts: [u64; 24],
}

/// The number of events in each hour of the week, from Monday; no memory before the first.
#[derive(Clone, Debug, Default)]
pub struct DowHour {
    counts: Vec<u32>,
}

impl State for HourOfDay {
    fn update(&mut self, _: &Feature, event: &Event<'_>) {
        self.counts[hour(event.at)] += 1;
    }

    fn output(&self, _: &Feature, _: u64) -> Output {
        Output::list(self.counts)
    }
}

impl State for DowHour {
    fn update(&mut self, _: &Feature, event: &Event<'_>) {
        if self.counts.is_empty() {
            self.counts = vec![0; 7 * 24];
        }
        let count = &mut self.counts[hour_of_week(event.at)];
        *count = count.saturating_add(1);
    }

    fn output(&self, _: &Feature, _: u64) -> Output {
        if self.counts.is_empty() {
            return Output::None;
        }
        Output::list(self.counts.iter().map(|count| u64::from(*count)))
    }

    fn heap(&self, parts: &mut Parts) {
        parts.vec("hours", &self.counts);
    }
}
