//! Quantiles of numbers.

use crate::breakdown::{Footprint, Parts};
use crate::event::Event;
use crate::feature::{Feature, Op};
use crate::op::State;
use crate::output::Output;
use crate::sketch::UddSketch;

/// Up to so many numbers are kept as they came.
const EXACT: usize = 256;

/// A quantile: exact up to 256 numbers, within the sketch's error beyond.
#[derive(Clone, Debug)]
pub enum Percentile {
    Exact(Vec<f64>),
    Sketch(UddSketch),
}

impl Default for Percentile {
    fn default() -> Self {
        Self::Exact(Vec::new())
    }
}

impl Percentile {
    fn push(&mut self, number: f64) {
        match self {
            Self::Exact(numbers) if numbers.len() < EXACT => numbers.push(number),
            Self::Exact(numbers) => {
                let mut sketch = UddSketch::default();
                numbers.drain(..).chain([number]).for_each(|number| sketch.push(number));
                *self = Self::Sketch(sketch);
            }
            Self::Sketch(sketch) => sketch.push(number),
        }
    }

    pub(crate) fn merge(&mut self, later: &Self) {
        match (self, later) {
            (mine, Self::Exact(numbers)) => numbers.iter().for_each(|number| mine.push(*number)),
            (Self::Sketch(mine), Self::Sketch(theirs)) => mine.merge(theirs),
            (mine, Self::Sketch(theirs)) => {
                let exact = std::mem::replace(mine, Self::Sketch(theirs.clone()));
                mine.merge(&exact);
            }
        }
    }

    /// Returns the number of rank floor(q · (n - 1)).
    fn quantile(&self, q: f64) -> Option<f64> {
        match self {
            Self::Exact(numbers) => {
                let rank = (q.clamp(0.0, 1.0) * numbers.len().checked_sub(1)? as f64) as usize;
                Some(*numbers.clone().select_nth_unstable_by(rank, f64::total_cmp).1)
            }
            Self::Sketch(sketch) => sketch.quantile(q),
        }
    }
}

impl State for Percentile {
    fn update(&mut self, feature: &Feature, event: &Event<'_>) {
        if let Some(number) = feature.number(event) {
            self.push(number);
        }
    }

    fn output(&self, feature: &Feature, _: u64) -> Output {
        let Op::Quantile { q } = feature.op else { return Output::None };
        self.quantile(q).into()
    }

    fn heap(&self, parts: &mut Parts) {
        match self {
            Self::Exact(numbers) => parts.vec("numbers", numbers),
            Self::Sketch(sketch) => sketch.add_to(parts),
        }
    }
}
