//! Membership of the latest value in those before.

use crate::breakdown::{Footprint, Parts};
use crate::event::Event;
use crate::feature::Feature;
use crate::op::State;
use crate::output::Output;
use crate::sketch::BloomFilter;

/// True if the latest value came before, with the filter's error.
#[derive(Clone, Debug, Default)]
pub struct Bloom {
    filter: BloomFilter,
    seen: u64,
    member: bool,
}

impl State for Bloom {
    fn update(&mut self, feature: &Feature, event: &Event<'_>) {
        if let Some(fingerprint) = feature.fingerprint(event) {
            self.member = self.filter.insert(fingerprint);
            self.seen += 1;
        }
    }

    fn output(&self, _: &Feature, _: u64) -> Output {
        if self.seen > 0 { Output::Flag(self.member) } else { Output::None }
    }

    fn heap(&self, parts: &mut Parts) {
        self.filter.add_to(parts);
    }
}
