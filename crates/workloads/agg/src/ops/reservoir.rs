//! A fair sample of all values (Vitter 1985, algorithm R).

use crate::breakdown::Parts;
use crate::event::Event;
use crate::feature::Feature;
use crate::op::State;
use crate::output::Output;
use crate::value::Value;

/// A sample of the values: each was kept with the same probability.
#[derive(Clone, Debug, Default)]
pub struct Reservoir {
    values: Vec<Value>,
    seen: u64,
    /// The generator's state. It begins the same for every entity, as nothing random is available.
    random: u64,
}

impl Reservoir {
    fn push(&mut self, value: &Value, most: usize) {
        self.seen += 1;
        if self.values.len() < most {
            self.values.push(value.clone());
        } else if let Some(place) = self.place().and_then(|place| self.values.get_mut(place)) {
            *place = value.clone();
        }
    }

    /// Draws a position among all values so far; `None` if it is not in the sample.
    fn place(&mut self) -> Option<usize> {
        let product = u128::from(self.next()) * u128::from(self.seen);
        usize::try_from(product >> u64::BITS).ok()
    }

    /// Makes a step of splitmix64 (Steele, Lea and Flood 2014).
    fn next(&mut self) -> u64 {
        self.random = self.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.random ^ self.random >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }
}

impl State for Reservoir {
    fn update(&mut self, feature: &Feature, event: &Event<'_>) {
        if let Some(value) = feature.value(event) {
            self.push(value, feature.op.n());
        }
    }

    fn output(&self, _: &Feature, _: u64) -> Output {
        Output::list(&self.values)
    }

    fn heap(&self, parts: &mut Parts) {
        parts.vec("values", &self.values);
        parts.values(&self.values);
    }
}
