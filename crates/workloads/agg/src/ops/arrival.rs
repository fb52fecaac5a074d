//! The time from one event to the next.

use crate::event::Event;
use crate::feature::Feature;
use crate::op::State;
use crate::output::Output;
use crate::welford::Welford;

/// The number of gaps, their mean and standard deviation in milliseconds. A whole window of silence is no gap: the
/// event after it begins anew.
#[derive(Clone, Debug, Default)]
pub struct InterArrival {
    gaps: Welford,
    last: Option<u64>,
}

impl State for InterArrival {
    fn update(&mut self, feature: &Feature, event: &Event<'_>) {
        match self.last {
            Some(last) if feature.is_over(last, event.at) => self.gaps = Welford::default(),
            Some(last) => self.gaps.push(event.at.saturating_sub(last) as f64),
            None => {}
        }
        self.last = Some(event.at);
    }

    fn output(&self, feature: &Feature, now: u64) -> Output {
        match self.last.filter(|last| !feature.is_over(*last, now)) {
            Some(_) => Output::List(vec![
                self.gaps.count().into(),
                self.gaps.mean().into(),
                self.gaps.deviation().into(),
            ]),
            None => Output::None,
        }
    }
}
